//! Which program this is, and whether there is a newer one.

use aftalebog_booking::program::{Download, Version};
use aftalebog_booking::wire::Hello;

/// This program's version, as it is shown.
pub const THIS: &str = env!("CARGO_PKG_VERSION");

/// A newer program than this one, by what the booking server knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    pub version: Version,
    /// Where it is fetched from.
    pub download: Option<Download>,
}

impl NewVersion {
    /// What cannot be read is no newer program; a page that a browser must not be sent to is none.
    pub fn told_by(hello: &Hello) -> Option<Self> {
        let newest = hello.newest_client.as_ref()?;
        let version: Version = newest.version.parse().ok()?;
        let this: Version = THIS.parse().ok()?;
        let download = newest.download.as_deref().and_then(|page| page.parse().ok());
        (version > this).then_some(Self { version, download })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_booking::wire::{Limits, NewestClient};

    fn told(version: &str, download: Option<&str>) -> Option<NewVersion> {
        let newest = NewestClient { version: version.to_owned(), download: download.map(str::to_owned) };
        NewVersion::told_by(&Hello {
            version: "0.1.0".to_owned(),
            protocol: 1,
            oldest_protocol: 1,
            server_time: "2026-11-23T08:10:00Z".parse().unwrap(),
            fixed_clock: false,
            limits: Limits { change_bytes: 1, wait_seconds: 1 },
            newest_client: Some(newest),
        })
    }

    #[test]
    fn only_a_newer_version_is_told_of() {
        let this: Version = THIS.parse().unwrap();
        let newer = |version: &str| told(version, None).map(|newer| newer.version > this);
        assert_eq!(newer("99.0.0"), Some(true));
        for version in [THIS, "0.0.9", "0.0.99", "", "99", "99.0.0-rc1"] {
            assert_eq!(newer(version), None, "{version}");
        }
    }

    #[test]
    fn a_page_that_is_not_encrypted_is_not_opened() {
        let page = |page| told("99.0.0", Some(page)).unwrap().download.map(|page| page.as_str().to_owned());
        assert_eq!(page("https://example.dk/a").as_deref(), Some("https://example.dk/a"));
        assert_eq!(page("http://example.dk/a"), None);
        assert_eq!(page("file:///etc/passwd"), None);
    }
}
