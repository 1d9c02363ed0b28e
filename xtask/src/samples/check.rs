//! Whether what is wrong is seen: a sample of each language, broken in ways in which a generator
//! could break it, has to fail. This is asked before each report.

use super::attempt::{self, Sample};
use super::documents::{Document, Kind};
use super::extract::Block;
use super::house::{House, display};
use super::runners::Runners;
use super::rust::{self, Rust};

/// A way to break a sample.
struct Break {
    language: &'static str,
    /// What is replaced, by what.
    by: (&'static str, &'static str),
    /// What it stands for.
    what: &'static str,
}

const BREAKS: [Break; 9] = [
    Break {
        language: "javascript",
        by: ("client.", "client.no."),
        what: "a resource that is not there",
    },
    Break {
        language: "javascript",
        by: ("params = {", "params = {{"),
        what: "a mistake of syntax",
    },
    Break {
        language: "javascript",
        by: (": my", ": our"),
        what: "a variable that the page does not name",
    },
    Break {
        language: "ruby",
        by: ("client.", "client.no."),
        what: "a resource that is not there",
    },
    Break {
        language: "ruby",
        by: ("(", "(("),
        what: "a mistake of syntax",
    },
    Break {
        language: "ruby",
        by: ("puts", "print"),
        what: "a result that is not printed as documented",
    },
    Break {
        language: "bash",
        by: ("-X ", "-X X"),
        what: "another method",
    },
    Break {
        language: "bash",
        by: ("'Authorization: ", "'X-Authorization: "),
        what: "no credentials",
    },
    Break {
        language: "bash",
        by: (" -H 'Accept", " -H Accept"),
        what: "a quotation mark that is missing",
    },
];

/// Breaks the first sample of each language that is run.
///
/// # Errors
///
/// When one passes all the same, or does not pass although it is whole.
pub(super) fn broken_samples_fail(house: &House, runners: &Runners) -> Result<(), String> {
    for each in &BREAKS {
        let (Ok(runner), Some(sample)) = (runners.runner(each.language), first(house, each)) else {
            continue;
        };
        let (from, to) = each.by;
        let block = Block {
            text: sample.block.text.replacen(from, to, 1),
            ..sample.block.clone()
        };
        let broken = Sample {
            block: &block,
            ..sample
        };
        if attempt::all(runner, broken).is_ok() {
            return Err(format!(
                "a sample of {} with {} passes all the same, so that no other sample counts",
                display(each.language),
                each.what
            ));
        }
    }
    match runners.runner("rust") {
        Ok(_) => broken_rust_fails(house),
        Err(_) => Ok(()),
    }
}

/// Breaks samples of a page of Rust, which has to be found by the compiler, and leaves one whole.
fn broken_rust_fails(house: &House) -> Result<(), String> {
    let mut pages = house.documents.iter().filter_map(|document| {
        let own = document.extracted.blocks.iter();
        let own: Vec<&Block> = own
            .filter(|block| rust::is_sample(document, block))
            .collect();
        match (&document.kind, &own[..]) {
            (Kind::Page(api), [_, _, ..]) => Some((document, api, own)),
            _ => None,
        }
    });
    let (document, api, own) = pages.next().ok_or("no page has two samples of Rust")?;
    let breaks: [(&str, &str, &str); 2] = [
        ("client", "client.no()", "a resource that is not there"),
        (";", "", "a mistake of syntax"),
    ];
    for (from, to, what) in breaks {
        let mut copy = Document::new("broken.md".to_owned(), document.kind.clone(), "");
        copy.lines = document.lines;
        let broken = Block {
            text: own[0].text.replacen(from, to, 1),
            ..own[0].clone()
        };
        copy.extracted.blocks = vec![broken, own[1].clone()];
        let built = Rust::build(&[(&copy, api)], &house.clients, "sdkwright-broken-samples")?;
        let found: Vec<&String> = built.broken.keys().collect();
        if found != [&format!("broken.md:{}", own[0].line + 1)] {
            return Err(format!(
                "of two samples of Rust, the first with {what}, these do not compile: {found:?}"
            ));
        }
    }
    Ok(())
}

/// The first sample that can be broken so.
fn first<'a>(house: &'a House, how: &Break) -> Option<Sample<'a>> {
    let samples = house.documents.iter().flat_map(|document| {
        let blocks = document.extracted.blocks.iter();
        let meant = blocks.filter(|block| block.language() == how.language);
        let meant = meant.filter(|block| block.text.contains(how.by.0));
        meant.filter_map(move |block| match &document.kind {
            Kind::Page(api) => house.action(api, document, block).ok(),
            _ => None,
        })
    });
    samples.into_iter().next()
}
