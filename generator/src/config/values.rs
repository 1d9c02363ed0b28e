//! The checked values of `sdkwright.yaml` and of the command line.
//!
//! Each is refused where it is read, so that the problem names the line that says it.

use heck::ToKebabCase;
use serde::{Deserialize, Deserializer, de};

use crate::formats::Formats;

/// An API's name: the name of its folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApiName(String);

/// A crate's name, as Cargo takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateName(String);

/// A crate's version (Semantic Versioning 2.0.0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateVersion(String);

/// A format of docs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format(String);

/// What a format is held as: `uuid=string`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatChoice {
    format: String,
    word: String,
}

/// A host of the network, with a port if it is not the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName(String);

impl HostName {
    /// A name or an address, such as `example.com`, `localhost:8080` or `[::1]:8080`.
    ///
    /// # Errors
    ///
    /// Says what a host looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (text, None),
        };
        let inner = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'));
        let is_host = match inner {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => !host.is_empty() && host.chars().all(is_of_host),
        };
        let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
        match is_host && is_port {
            true => Ok(Self(text.to_ascii_lowercase())),
            false => Err(format!(
                "`{text}` is no host: write its name alone, such as `example.com` or `localhost:8080`"
            )),
        }
    }

    /// The host.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<HostName> for String {
    fn from(host: HostName) -> Self {
        host.0
    }
}

fn is_of_host(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')
}

impl ApiName {
    /// Letters, digits, `-` and `_`: a folder's name on every system.
    ///
    /// # Errors
    ///
    /// Says what a name may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        match is_plain_name(text) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no name for an API: it names a folder, so use letters, digits, `-` and `_`"
            )),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CrateName {
    /// What Cargo accepts: letters, digits, `-` and `_`, a letter first.
    ///
    /// # Errors
    ///
    /// Says what a name may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic());
        match starts_well && is_plain_name(text) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no crate name: use letters, digits, `-` and `_`, and begin with a letter"
            )),
        }
    }

    /// The title of an API in kebab case; `api-client` for one without a letter or digit.
    #[must_use]
    pub fn from_title(title: &str) -> Self {
        let ascii: String = title
            .chars()
            .filter(|c| !matches!(c, '\'' | '’'))
            .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
            .collect();
        let kebab = ascii.to_kebab_case();
        if kebab.is_empty() {
            return Self("api-client".to_owned());
        }
        if kebab.starts_with(|first: char| first.is_ascii_digit()) {
            return Self(format!("api-{kebab}"));
        }
        Self(kebab)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CrateVersion {
    /// `major.minor.patch`, with or without a pre-release or build part.
    ///
    /// # Errors
    ///
    /// Says what a version looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (rest, build) = split(text, '+');
        let (core, pre) = split(rest, '-');
        let numbers: Vec<&str> = core.split('.').collect();
        let good = numbers.len() == 3
            && numbers.iter().all(|number| is_number(number))
            && [pre, build].into_iter().flatten().all(has_plain_parts);
        match good {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no version: write three numbers, as in 0.1.0"
            )),
        }
    }

    /// The version.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for CrateVersion {
    fn default() -> Self {
        Self("0.1.0".to_owned())
    }
}

impl Format {
    /// A name that a format may have: letters, digits, `-` and `_`. Whether there is one of that
    /// name is asked when the templates are known.
    ///
    /// # Errors
    ///
    /// Says what a name may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        match is_plain_name(text) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "`{text}` is no format of docs: it names a folder, so use letters, digits, `-` and `_`"
            )),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the format's pages, below that of the API.
    #[must_use]
    pub fn folder(&self) -> String {
        match self.as_str() {
            // They belong to the crate, which a reader may have without the rest.
            "rust" => "client/docs".to_owned(),
            format => format!("docs/{format}"),
        }
    }
}

impl FormatChoice {
    /// A format, an equals sign, and what it is held as.
    ///
    /// # Errors
    ///
    /// Says what is accepted.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((format, word)) = text.split_once('=') else {
            return Err(format!(
                "`{text}` is no choice: write a format and what it is held as, as in uuid=string"
            ));
        };
        Formats::default().choose(format, word)?;
        Ok(Self {
            format: format.to_owned(),
            word: word.to_owned(),
        })
    }

    /// All choices together; the last one for a format counts.
    #[must_use]
    pub fn all(choices: &[Self]) -> Formats {
        let mut formats = Formats::default();
        for choice in choices {
            // They were accepted when they were parsed.
            let _ = formats.choose(&choice.format, &choice.word);
        }
        formats
    }
}

fn is_plain_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

fn is_number(text: &str) -> bool {
    text.parse::<u64>()
        .is_ok_and(|number| number.to_string() == text)
}

fn has_plain_parts(text: &str) -> bool {
    text.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Reads a checked value as serde does, the message of `parse` as the error.
macro_rules! deserialize_by_parsing {
    ($($name:ident),+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    )+};
}

deserialize_by_parsing!(ApiName, CrateName, CrateVersion, Format, HostName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_makes_a_crate_name() {
        for (title, name) in [
            ("Losant API", "losant-api"),
            ("Pet Store 2", "pet-store-2"),
            ("", "api-client"),
            ("Ümläut", "ml-ut"),
            ("東京", "api-client"),
            ("3D Maps", "api-3d-maps"),
        ] {
            let made = CrateName::from_title(title);
            assert_eq!(made.as_str(), name);
            assert!(CrateName::parse(made.as_str()).is_ok());
        }
    }

    #[test]
    fn versions_are_semantic() {
        for good in ["0.1.0", "1.2.3-rc.1", "1.2.3+build", "1.2.3-a+b"] {
            assert!(CrateVersion::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "1",
            "1.2",
            "01.2.3",
            "1.2.3-",
            "1.2.3+",
            "1.2.3-a..b",
            "v1.2.3",
            "+1.2.3",
        ] {
            assert!(CrateVersion::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn hosts_are_names_or_addresses() {
        for good in [
            "a.example",
            "LOCALHOST",
            "localhost:80",
            "127.0.0.1:8",
            "[::1]",
            "[::1]:8",
        ] {
            let host = HostName::parse(good);
            assert_eq!(host.map(String::from), Ok(good.to_ascii_lowercase()));
        }
        for bad in [
            "",
            "a/b",
            "https://a",
            "a:b",
            "a:",
            "::1",
            "[a]",
            "*.a",
            "u@a",
            "a:70000",
        ] {
            assert!(HostName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_plain() {
        for bad in ["", "a/b", "..", "a b", "ä", "-x\n"] {
            assert!(ApiName::parse(bad).is_err(), "{bad}");
            assert!(CrateName::parse(bad).is_err(), "{bad}");
        }
        assert!(CrateName::parse("1a").is_err());
        assert!(ApiName::parse("1a").is_ok());
    }
}
