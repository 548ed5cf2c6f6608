//! Which version of a program is the newer one, and where it is to be had.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use thiserror::Error;

/// The version of a program, such as `0.2.0`. The first number that differs says which of two is the newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a version is three numbers, such as 0.2.0")]
pub struct NoVersion;

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let number = |text: &str| {
            let figures = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| figures).ok_or(NoVersion)
        };
        let numbers = text.split('.').map(number).collect::<Result<Vec<u32>, _>>()?;
        let [major, minor, patch] = numbers[..] else { return Err(NoVersion) };
        Ok(Self { major, minor, patch })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, patch } = self;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

/// The page that a program is fetched from. Whoever opens it hands it to the system, so it is nothing but an encrypted
/// page: no file, no command, no sign that a system reads as anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download(String);

/// More is no address that somebody has written.
const MAX_DOWNLOAD: usize = 500;

const SCHEME: &str = "https://";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("where a program is fetched from is an address that begins with https://")]
pub struct NoDownload;

impl Download {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Download {
    type Err = NoDownload;

    fn from_str(text: &str) -> Result<Self, NoDownload> {
        let rest = text.strip_prefix(SCHEME).ok_or(NoDownload)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let named = host.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"/:.-_~%?=&#+,@".contains(&byte);
        let whole = named && text.len() <= MAX_DOWNLOAD && text.bytes().all(fits);
        // Before such a sign stands whom somebody pretends to be.
        let honest = !host.contains('@');
        if whole && honest { Ok(Self(text.to_owned())) } else { Err(NoDownload) }
    }
}

/// As it is written in a file of settings.
macro_rules! read_from_text {
    ($($kind:ty),*) => {
        $(impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        })*
    };
}
read_from_text!(Version, Download);

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    #[test]
    fn the_first_number_that_differs_decides() {
        let in_order = ["0.1.0", "0.1.1", "0.1.9", "0.1.10", "0.2.0", "0.10.0", "1.0.0", "2.0.0", "10.0.0"];
        for pair in in_order.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
        assert_eq!(version("0.1.0"), version("0.1.0"));
        assert_eq!(version("1.20.3").to_string(), "1.20.3");
    }

    #[test]
    fn what_is_no_version_is_none() {
        for text in
            ["", "1", "1.2", "1.2.", "1.2.3.4", "v1.2.3", "1.2.-3", "1.2.+3", "1.2.3-rc1", " 1.2.3", "1.2.99999999999"]
        {
            assert_eq!(text.parse::<Version>(), Err(NoVersion), "{text}");
        }
    }

    #[test]
    fn a_program_is_fetched_from_an_encrypted_page_only() {
        for text in
            ["https://example.dk/aftalebog", "https://example.dk:8443/a?version=0.2.0&os=win#top", "https://1.2.3.4"]
        {
            assert_eq!(text.parse::<Download>().map(|it| it.as_str().to_owned()), Ok(text.to_owned()));
        }
        let long = format!("https://example.dk/{}", "a".repeat(MAX_DOWNLOAD));
        for text in [
            "http://example.dk/",
            "file:///C:/Windows/System32/calc.exe",
            "HTTPS://example.dk/",
            "javascript:alert(1)",
            "https://",
            "https:///etc/passwd",
            "https://-x",
            "https://example.dk@evil.dk/",
            "https://example.dk/\" & calc",
            "https://example.dk/a b",
            "https://example.dk/\n",
            "https://exämple.dk/",
            &long,
        ] {
            assert_eq!(text.parse::<Download>(), Err(NoDownload), "{text}");
        }
    }
}
