//! Keys → words: titles, anchors, the cases of the samples.
//!
//! The words of a key are the same for every format; which case is printed where is the
//! template's choice.

use serde::Serialize;

/// Words that stay small in a title except in first place, as npm's to-title-case has them.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "from", "how", "if", "in", "neither",
    "nor", "of", "on", "only", "onto", "or", "out", "per", "so", "than", "that", "the", "to",
    "until", "up", "upon", "v", "versus", "via", "vs", "when", "with", "without", "yet",
];

/// A key in all the cases that a page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    /// As the description spells it: `resendInvite`.
    pub(super) key: String,
    /// `Resend Invite`
    pub(super) title: String,
    /// `resend_invite`
    pub(super) snake: String,
    /// `resend-invite`
    pub(super) kebab: String,
    /// `RESEND_INVITE`
    pub(super) screaming: String,
    /// What follows `my` in JavaScript: `ResendInvite`.
    pub(super) pascal: String,
    /// As the key of an object or a keyword argument: `resendInvite`, `'resend-invite'`.
    pub(super) literal: String,
    /// As a member in JavaScript: `.resendInvite`, `['resend-invite']`.
    pub(super) member: String,
    /// As a method in Ruby: `resend_invite`; no method begins with a digit, `_2fa` does.
    pub(super) method: String,
}

impl Name {
    /// The name in all cases. A key of no letter or digit (`*`) has the word `Value`.
    pub(super) fn new(key: &str) -> Self {
        let mut words = split(key);
        if words.is_empty() {
            words.push("Value".to_owned());
        }
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let quoted = format!("'{}'", key.replace('\\', "\\\\").replace('\'', "\\'"));
        let plain = is_identifier(key);
        let snake = lower.join("_");
        let digit = snake.starts_with(char::is_numeric);
        Self {
            key: key.to_owned(),
            title: title_of(&words),
            method: if digit {
                format!("_{snake}")
            } else {
                snake.clone()
            },
            snake,
            kebab: lower.join("-"),
            screaming: lower.join("_").to_uppercase(),
            pascal: if plain {
                capitalized(key)
            } else {
                words.iter().map(|word| capitalized(word)).collect()
            },
            literal: if plain {
                key.to_owned()
            } else {
                quoted.clone()
            },
            member: if plain {
                format!(".{key}")
            } else {
                format!("[{quoted}]")
            },
        }
    }
}

/// A key in words, each with a capital: `respondToInvite` → `Respond to Invite`.
pub(super) fn title(key: &str) -> String {
    Name::new(key).title
}

/// The anchor of a title: lower case, each space a hyphen, nothing else changed.
pub(super) fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

/// A key as a part of an id that no other key gives: what is no letter, digit, hyphen or
/// underscore is its number after a tilde. Ids of this kind name the same thing in all versions
/// of a description.
pub(super) fn id(key: &str) -> String {
    let mut id = String::with_capacity(key.len());
    for c in key.chars() {
        if c.is_alphanumeric() || matches!(c, '_' | '-') {
            id.push(c);
        } else {
            id.push_str(&format!("~{:x}", u32::from(c)));
        }
    }
    id
}

/// The anchor that GitHub gives a heading: as [`anchor`], without what is no letter, digit,
/// space, hyphen or underscore.
pub(super) fn github_slug(title: &str) -> String {
    let kept: String = title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect();
    kept.trim().replace(' ', "-")
}

/// A list in a sentence: `a`; `a, or b`; `a, b, or c`. There is a comma even between two.
pub(super) fn listed(items: &[String], conjunction: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}, {conjunction} {last}", first.join(", ")),
    }
}

/// Whether a key can be written without quotes in JavaScript and Ruby.
pub(super) fn is_identifier(key: &str) -> bool {
    let mut characters = key.chars();
    characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn title_of(words: &[String]) -> String {
    let titled: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let lower = word.to_lowercase();
            if place > 0 && SMALL_WORDS.contains(&lower.as_str()) {
                lower
            } else if word.chars().all(|c| !c.is_lowercase()) {
                capitalized(&lower)
            } else {
                capitalized(word)
            }
        })
        .collect();
    titled.join(" ")
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// The words of a key: a new one at a capital after another letter or a digit, and after
/// whatever is no letter and no digit. A run of capitals is one word (`urlTTL`: url, TTL), but
/// its last one belongs to the small letters that follow (`HTMLPage`: HTML, Page).
fn split(key: &str) -> Vec<String> {
    let characters: Vec<char> = key.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (place, &c) in characters.iter().enumerate() {
        if !c.is_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            continue;
        }
        let after_small = place > 0 && !characters[place - 1].is_uppercase();
        let before_small = characters
            .get(place + 1)
            .is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && !word.is_empty() && (after_small || before_small) {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (key, expected) in [
            ("applicationApiToken", "Application Api Token"),
            ("ssoDomain", "Sso Domain"),
            ("authenticateUserSaml", "Authenticate User Saml"),
            ("getByVersion", "Get by Version"),
            ("respondToInvite", "Respond to Invite"),
            ("mostRecentBySeverity", "Most Recent by Severity"),
            ("toJson", "To Json"),
            ("logIn", "Log in"),
            ("urlTTL", "Url Ttl"),
            ("HTMLPage", "Html Page"),
            ("getV2Item", "Get V2 Item"),
            ("oauth2Token", "Oauth2 Token"),
            ("org_invite", "Org Invite"),
            ("Org Invites", "Org Invites"),
            ("x-foo", "X Foo"),
            ("*", "Value"),
        ] {
            assert_eq!(title(key), expected, "{key}");
        }
    }

    #[test]
    fn anchors_change_only_case_and_spaces() {
        assert_eq!(
            anchor("Disable Multi-Factor Authentication"),
            "disable-multi-factor-authentication"
        );
        assert_eq!(
            anchor("Data Table Row Insert/Update"),
            "data-table-row-insert/update"
        );
        assert_eq!(
            github_slug("Data Table Row Insert/Update"),
            "data-table-row-insertupdate"
        );
    }

    #[test]
    fn a_comma_stands_before_or_even_with_two() {
        let list = |items: &[&str]| {
            let items: Vec<String> = items.iter().map(ToString::to_string).collect();
            listed(&items, "or")
        };
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["all.User", "me.*"]), "all.User, or me.*");
        assert_eq!(list(&["a", "b", "c"]), "a, b, or c");
    }

    #[test]
    fn cases_of_the_samples() {
        let name = Name::new("inviteId");
        assert_eq!(name.pascal, "InviteId");
        assert_eq!(name.snake, "invite_id");
        assert_eq!(name.screaming, "INVITE_ID");
        assert_eq!(name.literal, "inviteId");
        assert_eq!(name.member, ".inviteId");

        let name = Name::new("it's-odd");
        assert_eq!(name.pascal, "ItSOdd");
        assert_eq!(name.literal, r"'it\'s-odd'");
        assert_eq!(name.member, r"['it\'s-odd']");

        assert_eq!(Name::new("2fa").method, "_2fa");
    }
}
