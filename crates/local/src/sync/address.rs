//! Where a booking server is, as it is typed.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;
use thiserror::Error;

/// The address of a booking server: `https://`, or `http://` on this very machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    url: Url,
}

/// Why something typed is no address of a booking server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NotAnAddress {
    #[error("nothing is typed")]
    Empty,
    #[error("it cannot be read as an address")]
    Unreadable,
    /// Neither `https` nor `http`.
    #[error("another protocol than https")]
    OtherProtocol,
    /// What is sent would be readable on its way.
    #[error("http to another machine")]
    NotEncrypted,
    /// A name, a password, a question or a place within a page stands in it.
    #[error("more than an address")]
    TooMuch,
}

impl Address {
    /// An address has at most so many characters.
    pub const MAX: usize = 300;

    /// The address of a call, such as `api/v1/hello`.
    pub(super) fn call(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!("{}/{path}", self.url.path().trim_end_matches('/')));
        url
    }

    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Nobody at another machine reaches this server by it.
    pub fn is_of_this_machine(&self) -> bool {
        is_this_machine(&self.url)
    }

    /// Without the brackets around a number.
    pub(super) fn host_to_look_up(&self) -> &str {
        self.host().trim_start_matches('[').trim_end_matches(']')
    }

    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// What is sent there is encrypted; otherwise it never leaves this machine.
    pub fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    /// `booking.klinik.dk`, with or without what goes before and after it.
    fn from_str(typed: &str) -> Result<Self, NotAnAddress> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(NotAnAddress::Empty);
        }
        if typed.chars().count() > Self::MAX {
            return Err(NotAnAddress::Unreadable);
        }
        let url = if typed.contains("://") {
            Url::parse(typed).map_err(|_| NotAnAddress::Unreadable)?
        } else {
            let encrypted = Url::parse(&format!("https://{typed}")).map_err(|_| NotAnAddress::Unreadable)?;
            if is_this_machine(&encrypted) {
                Url::parse(&format!("http://{typed}")).map_err(|_| NotAnAddress::Unreadable)?
            } else {
                encrypted
            }
        };
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(&url) => {}
            "http" => return Err(NotAnAddress::NotEncrypted),
            _ => return Err(NotAnAddress::OtherProtocol),
        }
        let more = [url.query().is_some(), url.fragment().is_some(), url.password().is_some()];
        if more.contains(&true) || !url.username().is_empty() {
            return Err(NotAnAddress::TooMuch);
        }
        if url.host_str().is_none_or(str::is_empty) || url.port() == Some(0) {
            return Err(NotAnAddress::Unreadable);
        }
        Ok(Self { url })
    }
}

/// Only numbers and `localhost` are known to be: any other name is looked up elsewhere.
fn is_this_machine(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || number.is_ok_and(|number| number.is_loopback())
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        #[track_caller]
        fn check(typed: &str, expected: Result<&str, NotAnAddress>) {
            let address = typed.parse::<Address>();
            assert_eq!(address.map(|address| address.to_string()), expected.map(str::to_owned), "{typed}");
        }
        use NotAnAddress::*;
        check("booking.klinik.dk", Ok("https://booking.klinik.dk"));
        check("  HTTPS://Booking.Klinik.dk/  ", Ok("https://booking.klinik.dk"));
        check("booking.klinik.dk:8443", Ok("https://booking.klinik.dk:8443"));
        check("klinik.dk/aftaler/", Ok("https://klinik.dk/aftaler"));
        check("tandlæge.dk", Ok("https://xn--tandlge-qxa.dk"));
        check("localhost:8080", Ok("http://localhost:8080"));
        check("127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check("http://[::1]:8080", Ok("http://[::1]:8080"));
        check("https://127.0.0.1", Ok("https://127.0.0.1"));
        check("192.168.1.20", Ok("https://192.168.1.20"));
        check("", Err(Empty));
        check("   ", Err(Empty));
        check("http://booking.klinik.dk", Err(NotEncrypted));
        check("http://192.168.1.20", Err(NotEncrypted));
        check("http://localhost.klinik.dk", Err(NotEncrypted));
        check("http://127.0.0.1.klinik.dk", Err(NotEncrypted));
        check("ftp://booking.klinik.dk", Err(OtherProtocol));
        check("file:///etc/passwd", Err(OtherProtocol));
        check("https://nn:hemmelig@klinik.dk", Err(TooMuch));
        check("https://klinik.dk/?a=b", Err(TooMuch));
        check("https://klinik.dk/#a", Err(TooMuch));
        check("klinik dk", Err(Unreadable));
        check("https://", Err(Unreadable));
        check("klinik.dk:0", Err(Unreadable));
        check("klinik.dk:99999", Err(Unreadable));
        check(&"a".repeat(301), Err(Unreadable));
    }

    #[test]
    fn a_call_keeps_the_folder_of_the_address() {
        let at = |typed: &str| typed.parse::<Address>().unwrap().call("api/v1/hello").to_string();
        assert_eq!(at("klinik.dk"), "https://klinik.dk/api/v1/hello");
        assert_eq!(at("klinik.dk/aftaler/"), "https://klinik.dk/aftaler/api/v1/hello");
    }
}
