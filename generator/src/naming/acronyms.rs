//! Capitals that belong together, before a text is taken apart at its capitals.
//!
//! Where capitals follow each other, the last one begins a word: `HTTPServer` is `HTTP` and
//! `Server`. The plural of an acronym is not meant so, `userIDs` is `user` and `IDs`; nor are a few
//! names that are written in both cases by everybody.

use std::borrow::Cow;

/// Names of one word although they have capitals inside.
const MIXED: [&str; 6] = ["OAuth", "oAuth", "GraphQL", "graphQL", "IPv4", "IPv6"];

/// The text with each of these as a word of one capital: `userIds`, `Oauth`.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let mut joined = Cow::Borrowed(text);
    let mut at = 0;
    while at < text.len() {
        match one_word(text, at) {
            Some(end) => {
                let word = capitalized(&text[at..end]);
                joined.to_mut().replace_range(at..end, &word);
                at = end;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    joined
}

/// Where the word ends that begins here and is to be kept together. All of its letters are ASCII.
fn one_word(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    mixed(text, at, before).or_else(|| plural(text, at, before))
}

fn mixed(text: &str, at: usize, before: Option<char>) -> Option<usize> {
    let rest = &text[at..];
    let word = MIXED.iter().find(|word| rest.starts_with(**word))?;
    let apart = match word.starts_with(char::is_uppercase) {
        true => !before.is_some_and(char::is_uppercase),
        false => !before.is_some_and(char::is_alphanumeric),
    };
    (apart && ends(rest, word.len())).then_some(at + word.len())
}

/// Two capitals or more and an `s`: `IDs`.
fn plural(text: &str, at: usize, before: Option<char>) -> Option<usize> {
    let rest = &text[at..];
    let is_capital = |letter: &u8| letter.is_ascii_uppercase();
    let capitals = rest.bytes().take_while(is_capital).count();
    let length = capitals + 1;
    let many = capitals > 1 && rest.as_bytes().get(capitals) == Some(&b's');
    let apart = !before.is_some_and(char::is_uppercase);
    (many && apart && ends(rest, length)).then_some(at + length)
}

/// Whether no word goes on here.
fn ends(text: &str, at: usize) -> bool {
    !text[at..].starts_with(char::is_lowercase)
}

fn capitalized(word: &str) -> String {
    let lower = word[1..].to_ascii_lowercase();
    word[..1].to_ascii_uppercase() + &lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_acronyms_are_one_word() {
        for (text, expected) in [
            ("userIDs", "userIds"),
            ("PDFs", "Pdfs"),
            ("APIKeysDTOs", "APIKeysDtos"),
            ("imageURLsCount", "imageUrlsCount"),
            ("ipv4CIDRs", "ipv4Cidrs"),
            ("user_IDs", "user_Ids"),
        ] {
            assert_eq!(joined(text), expected);
        }
    }

    #[test]
    fn what_is_no_plural_is_left_alone() {
        for text in [
            "HTTPServer",
            "userIds",
            "hasAs",
            "DNSsec",
            "HTTPS",
            "s",
            "",
            "ÄÖs",
            "日本IDe",
        ] {
            assert!(matches!(joined(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn names_of_both_cases_are_one_word() {
        for (text, expected) in [
            ("OAuth2", "Oauth2"),
            ("oAuthLogin", "OauthLogin"),
            ("getOAuthToken", "getOauthToken"),
            ("IPv4Addresses", "Ipv4Addresses"),
            ("GraphQL", "Graphql"),
            ("toAuthor", "toAuthor"),
            ("fooAuth", "fooAuth"),
            ("OAuthorize", "OAuthorize"),
        ] {
            assert_eq!(joined(text), expected);
        }
    }
}
