//! What an API is called within a sentence.

/// A title as a sentence goes on with it: `the Losant API`, but `Microsoft Graph`. A title that calls the
/// API by what it is takes an article; a name, and a title that has an article or an owner, does not.
pub fn with_article(title: &str) -> String {
    let mut words = title.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let owned = first.ends_with("'s") || first.ends_with("’s");
    let said = matches!(first.as_str(), "the" | "a" | "an" | "our" | "your" | "my");
    match owned || said || !says_what_it_is(title) {
        true => title.to_owned(),
        false => format!("the {title}"),
    }
}

/// Whether some word of a title says that it is an API.
fn says_what_it_is(title: &str) -> bool {
    let mut words = title.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        let word = word.to_lowercase();
        matches!(word.as_str(), "api" | "apis" | "service" | "services")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_takes_an_article() {
        for (title, called) in [
            ("Losant API", "the Losant API"),
            ("Gmail API (v1)", "the Gmail API (v1)"),
            ("Identity Services", "the Identity Services"),
            ("Microsoft Graph", "Microsoft Graph"),
            ("The Racing API", "The Racing API"),
            ("GitHub's REST API", "GitHub's REST API"),
            ("Rapid", "Rapid"),
            ("", ""),
        ] {
            assert_eq!(with_article(title), called);
        }
    }
}
