//! A server that keeps each request as it came, secrets included, and answers `{}`.
//!
//! The mock server keeps no secrets, and here they are compared.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// How long a client may be silent in the middle of a request.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request as it came.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    /// Path and query, as they were sent.
    pub(super) target: String,
    /// The names in small letters.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// A server on a free port of this machine, which lives as long as the process.
pub(super) struct Recorder {
    pub(super) url: String,
    requests: Receiver<io::Result<Request>>,
}

impl Recorder {
    pub(super) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, requests) = mpsc::channel();
        thread::spawn(move || serve(&listener, &sender));
        Ok(Self { url, requests })
    }

    /// The requests that came since the last time, in their order.
    ///
    /// # Errors
    ///
    /// When one of them could not be read.
    pub(super) fn take(&self) -> io::Result<Vec<Request>> {
        self.requests.try_iter().collect()
    }
}

/// One connection after another: the clients call one thing after another.
fn serve(listener: &TcpListener, to: &Sender<io::Result<Request>>) {
    for stream in listener.incoming() {
        if to.send(stream.and_then(exchange)).is_err() {
            return;
        }
    }
}

/// Reads the request of a connection, answers it and closes.
fn exchange(stream: TcpStream) -> io::Result<Request> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(&stream);
    let request = read(&mut reader)?;
    let status = match request.method.as_str() {
        "POST" => "201 Created",
        _ => "200 OK",
    };
    write!(
        &stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\
         connection: close\r\n\r\n{{}}"
    )?;
    Ok(request)
}

fn read(from: &mut impl BufRead) -> io::Result<Request> {
    let first = line(from)?;
    let mut words = first.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err(io::Error::other(format!("no request line: {first:?}")));
    };
    let (method, target) = (method.to_owned(), target.to_owned());
    let mut headers = Vec::new();
    loop {
        let line = line(from)?;
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(io::Error::other(format!("no header: {line:?}")));
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request {
        method,
        target,
        headers,
        body: Vec::new(),
    };
    if request.header("transfer-encoding").is_some() {
        return Err(io::Error::other(
            "a body in chunks, which nobody here sends",
        ));
    }
    if let Some(length) = request.header("content-length") {
        let length = length.parse().map_err(io::Error::other)?;
        from.take(length).read_to_end(&mut request.body)?;
    }
    Ok(request)
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

impl Request {
    /// The first header of this name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn head_and_body_are_read() {
        let text = "POST /a?b=c HTTP/1.1\r\nContent-Length: 2\r\nX-Y:  z \r\n\r\n{}rest";
        let request = read(&mut text.as_bytes()).unwrap();
        assert_eq!((&*request.method, &*request.target), ("POST", "/a?b=c"));
        assert_eq!(request.header("x-y"), Some("z"));
        assert_eq!(request.body, b"{}");
    }

    #[test]
    fn what_is_no_request_is_an_error() {
        assert!(read(&mut "".as_bytes()).is_err());
        assert!(read(&mut "GET\r\n\r\n".as_bytes()).is_err());
        assert!(read(&mut "GET / HTTP/1.1\r\nnothing\r\n\r\n".as_bytes()).is_err());
    }
}
