//! A server of the files of one folder, for this machine alone.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};

/// Serves a folder until the process is stopped.
pub(super) fn serve(site: &Path, open: bool) -> Result<(), String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let address = format!("http://{address}/");
    println!("serving {address}; stop it with Ctrl-C");
    if open {
        super::open(&address)?;
    }
    for stream in listener.incoming().flatten() {
        let site = site.to_owned();
        // A browser that goes away is no matter.
        std::thread::spawn(move || answer(stream, &site).ok());
    }
    Ok(())
}

fn answer(mut stream: TcpStream, site: &Path) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?.take(16 * 1024)).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head says nothing that is needed.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or("/");
    let file = file(site, target).and_then(|path| Some((kind(&path), fs::read(path).ok()?)));
    let (status, kind, body) = match file {
        Some((kind, body)) => ("200 OK", kind, body),
        None => (
            "404 Not Found",
            "text/plain",
            b"There is no such page.\n".to_vec(),
        ),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

/// The file that a target names; never one outside of the folder.
fn file(site: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(path);
    let is_inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = is_inside.then(|| site.join(path))?;
    Some(if path.is_dir() {
        path.join("index.html")
    } else {
        path
    })
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        let site = Path::new("site");
        assert_eq!(file(site, "/a/b.html?c"), Some(site.join("a/b.html")));
        assert_eq!(file(site, "/../Cargo.toml"), None);
        assert_eq!(file(site, "/a/../../Cargo.toml"), None);
    }
}
