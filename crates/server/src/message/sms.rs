//! Text messages, by a service that is asked over HTTP.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Url};

use super::{CannotSend, Letter, NotSent};
use crate::config::{BodyFormat, SmsGateway};

/// The service answers within this, or is tried again later.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whoever is not reached within this has not been asked.
const TO_CONNECT: Duration = Duration::from_secs(10);

/// What stands for the number and for the message.
const RECIPIENT: &str = "{recipient}";
const TEXT: &str = "{text}";

pub(super) struct Texter {
    client: Client,
    method: Method,
    url: String,
    body: String,
    format: BodyFormat,
}

impl Texter {
    pub(super) fn new(gateway: &SmsGateway) -> Result<Self, CannotSend> {
        let SmsGateway { method, url, headers, secret_headers, body, body_format, countries } = gateway;
        let method = method.to_ascii_uppercase().parse().map_err(|_| CannotSend::Http("method".to_owned()))?;
        let example = Url::parse(&filled(url, "+4500000000", "", url_part)).map_err(|_| CannotSend::Url)?;
        match example.scheme() {
            "https" => {}
            "http" if example.host_str().is_some_and(is_this_machine) => {}
            "http" => return Err(CannotSend::SmsInTheClear),
            _ => return Err(CannotSend::Url),
        }
        for place in [RECIPIENT, TEXT] {
            if !url.contains(place) && !body.contains(place) {
                return Err(CannotSend::Incomplete(place));
            }
        }
        let body_as_sent = filled(body, "+4500000000", "«Æ»", json_part);
        if *body_format == BodyFormat::Json
            && !body.trim().is_empty()
            && serde_json::from_str::<serde_json::Value>(&body_as_sent).is_err()
        {
            return Err(CannotSend::NotJson);
        }
        let is_country = |country: &&String| {
            country.strip_prefix('+').is_some_and(|code| !code.is_empty() && code.bytes().all(|it| it.is_ascii_digit()))
        };
        if let Some(country) = countries.iter().find(|country| !is_country(country)) {
            return Err(CannotSend::Country(country.clone()));
        }
        let mut all = HeaderMap::new();
        let _one = all.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(*body_format)));
        for (name, value) in headers {
            let _other = all.insert(header_name(name)?, header_value(name, value)?);
        }
        for (name, file) in secret_headers {
            let mut value = header_value(name, &secret(file)?)?;
            value.set_sensitive(true);
            let _other = all.insert(header_name(name)?, value);
        }
        let client = Client::builder()
            .default_headers(all)
            .connect_timeout(TO_CONNECT)
            .timeout(PATIENCE)
            // A message that has been sent is not sent to somebody else once more.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| CannotSend::Http("headers".to_owned()))?;
        Ok(Self { client, method, url: url.clone(), body: body.clone(), format: *body_format })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let Letter { recipient, body: text, .. } = letter;
        let written = match self.format {
            BodyFormat::Json => json_part,
            BodyFormat::Form => url_part,
            BodyFormat::Text => str::to_owned,
        };
        let url = filled(&self.url, recipient, text, url_part);
        let request = self.client.request(self.method.clone(), url).body(filled(&self.body, recipient, text, written));
        // The error's own words have the address in them, and so the number.
        let answer = request.send().await.map_err(|error| match error {
            error if error.is_connect() => NotSent::Later("the text message service is not reached".to_owned()),
            _ => NotSent::Perhaps("the text message service does not answer".to_owned()),
        })?;
        let status = answer.status();
        let why = format!("the text message service answers {}", status.as_u16());
        match status.as_u16() {
            200..=299 => Ok(()),
            425 | 429 | 503 => Err(NotSent::Later(why)),
            // Somebody in between, or it failed half-way.
            408 | 500..=599 => Err(NotSent::Perhaps(why)),
            _ => Err(NotSent::Never(why)),
        }
    }
}

/// What a file holds, without the line's end that editors leave.
pub(super) fn secret(file: &Path) -> Result<String, CannotSend> {
    let read = std::fs::read_to_string(file).map_err(|error| CannotSend::Secret { file: file.to_owned(), error })?;
    Ok(read.trim_end_matches(['\r', '\n']).to_owned())
}

pub(super) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn header_name(name: &str) -> Result<HeaderName, CannotSend> {
    name.parse().map_err(|_| CannotSend::Http(format!("headers: {name}")))
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue, CannotSend> {
    value.parse().map_err(|_| CannotSend::Http(format!("headers: the value of {name}")))
}

const fn content_type(format: BodyFormat) -> &'static str {
    match format {
        BodyFormat::Json => "application/json",
        BodyFormat::Form => "application/x-www-form-urlencoded",
        BodyFormat::Text => "text/plain; charset=utf-8",
    }
}

/// Puts both in one pass: a text with `{recipient}` in it stays as it is.
fn filled(template: &str, recipient: &str, text: &str, written: fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (put, taken) = if rest.starts_with(RECIPIENT) {
            (written(recipient), RECIPIENT.len())
        } else if rest.starts_with(TEXT) {
            (written(text), TEXT.len())
        } else {
            ("{".to_owned(), 1)
        };
        out.push_str(&put);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// Inside the quotes of a JSON text.
fn json_part(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// As a part of an address, or of a form.
fn url_part(text: &str) -> String {
    let written = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_written_as_it_needs_it() {
        let text = "Du sagde \"ja\"\n{recipient} æ";
        let json = filled(r#"{"to": "{recipient}", "text": "{text}"}"#, "+4501430001", text, json_part);
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read, serde_json::json!({"to": "+4501430001", "text": text}));
        let form = filled("to={recipient}&text={text}", "+4501430001", "a&b=c æ", url_part);
        assert_eq!(form, "to=%2B4501430001&text=a%26b%3Dc%20%C3%A6");
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for (host, expected) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("[::1]", true),
            ("::1", true),
            ("localhost.example", false),
            ("192.0.2.1", false),
        ] {
            assert_eq!(is_this_machine(host), expected, "{host}");
        }
    }
}
