//! The settings of whoever runs the server: a TOML file, and variables of the environment over it.
//!
//! `BOOKING_SERVER_TLS__NAMES` stands for `names` under `[tls]`. A variable is a number, `true`,
//! `false`, an `[array]` or an `{inline = "table"}` where it reads as one, and else a text. No secret
//! stands in either: only the path of the file that holds it.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;
use toml::{Table, Value};

use super::{ClientProgram, Connections, Messages, PatientLimits};

/// What begins the names of our variables.
pub const PREFIX: &str = "BOOKING_SERVER_";

/// Variables of ours that are no settings of the file.
const OTHERS: [&str; 3] = ["CONFIG", "LANGUAGE", "CLOCK"];

/// What the file says, and the variables over it. What is missing is as it is by itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SettingsFile {
    pub database: Option<String>,
    pub listen: Option<SocketAddr>,
    pub trusted_proxies: Vec<IpAddr>,
    pub log: LogLevel,
    pub tls: Option<TlsSettings>,
    pub connections: Connections,
    pub messages: Messages,
    pub patients: PatientLimits,
    pub client: Option<ClientProgram>,
}

/// Either the two files, or the private authority and the names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TlsSettings {
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
    pub private_authority: bool,
    pub names: Vec<String>,
}

/// How much the log tells. None of it is personal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    Error,
    Warn,
    /// One line for each request.
    #[default]
    Info,
    Debug,
}

/// Why the settings cannot be used. What stands in a line is not told: it may be a secret in the wrong place.
#[derive(Debug, Error)]
pub enum SettingsError {
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{}, line {line}: {detail}", path.display())]
    Line { path: PathBuf, line: usize, detail: String },
    #[error("the variable {name}: {detail}")]
    Variable { name: String, detail: String },
}

impl SettingsFile {
    /// `variables` are the environment's; those of others are passed over.
    pub fn read(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        let (table, settings) = file.map(read_file).transpose()?.unwrap_or_default();
        let ours = variables.into_iter().filter_map(|(name, value)| {
            let key = name.strip_prefix(PREFIX).filter(|key| !OTHERS.contains(key))?.to_ascii_lowercase();
            Some((name, (key, value)))
        });
        let ours: BTreeMap<_, _> = ours.collect();
        if ours.is_empty() {
            return Ok(settings);
        }
        overlaid(&table, ours.values()).map_err(|error| {
            // The one without which the others can be used is at fault; else it is all of them together.
            let culprit = ours.keys().find(|name| {
                let others = ours.iter().filter(|(other, _)| other != name).map(|(_, variable)| variable);
                overlaid(&table, others).is_ok()
            });
            let name = culprit.cloned().unwrap_or_else(|| format!("{PREFIX}…"));
            SettingsError::Variable { name, detail: unquoted(error.message()) }
        })
    }
}

fn read_file(path: &Path) -> Result<(Table, SettingsFile), SettingsError> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| SettingsError::File { path: path.to_owned(), error })?;
    let wrong = |error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        SettingsError::Line { path: path.to_owned(), line, detail: unquoted(error.message()) }
    };
    Ok((toml::from_str(&text).map_err(wrong)?, toml::from_str(&text).map_err(wrong)?))
}

/// Without what stood in the file: `string "…"` instead of `string "the password"`.
fn unquoted(message: &str) -> String {
    let parts = message.split('"').enumerate();
    parts.map(|(number, part)| if number % 2 == 0 { part } else { "\"…\"" }).collect()
}

fn overlaid<'a>(
    table: &Table,
    variables: impl Iterator<Item = &'a (String, String)>,
) -> Result<SettingsFile, toml::de::Error> {
    let mut table = table.clone();
    for (key, text) in variables {
        let mut names: Vec<&str> = key.split("__").collect();
        let last = names.pop().unwrap_or_default();
        put(&mut table, &names, last, value_of(text));
    }
    table.try_into()
}

/// Puts a value where the names lead, in tables that are made where there are none.
fn put(table: &mut Table, names: &[&str], last: &str, value: Value) {
    match names {
        [] => drop(table.insert(last.to_owned(), value)),
        [first, rest @ ..] => {
            let inner = table.entry(*first).or_insert_with(|| Value::Table(Table::new()));
            // In the place of a table there may stand something else; that will be said of the file.
            if let Value::Table(inner) = inner {
                put(inner, rest, last, value);
            }
        }
    }
}

fn value_of(text: &str) -> Value {
    let read = toml::from_str::<Table>(&format!("value = {text}")).ok().and_then(|mut table| table.remove("value"));
    match read {
        Some(
            value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_) | Value::Table(_) | Value::String(_)),
        ) => value,
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables<'a>(told: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = (String, String)> + 'a {
        told.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn a_variable_stands_over_the_file() {
        let file =
            file("listen = \"127.0.0.1:1\"\nlog = \"warn\"\n[tls]\nnames = [\"a\"]\n[connections]\nin_all = 5\n");
        let told = [
            ("BOOKING_SERVER_LISTEN", "0.0.0.0:2"),
            ("BOOKING_SERVER_TLS__PRIVATE_AUTHORITY", "true"),
            ("BOOKING_SERVER_TLS__NAMES", "[\"b\", \"c\"]"),
            ("BOOKING_SERVER_DATABASE", "sqlite:/x/y.db"),
            ("BOOKING_SERVER_CONFIG", "of another kind"),
            ("HOME", "of somebody else"),
        ];
        let settings = SettingsFile::read(Some(file.path()), variables(&told)).unwrap();
        assert_eq!(settings.listen, Some("0.0.0.0:2".parse().unwrap()));
        let tls = settings.tls.unwrap();
        assert_eq!((tls.private_authority, tls.names), (true, vec!["b".to_owned(), "c".to_owned()]));
        assert_eq!(settings.database.as_deref(), Some("sqlite:/x/y.db"));
        assert_eq!((settings.log, settings.connections.in_all), (LogLevel::Warn, 5));
        assert_eq!(settings.connections.of_one_address, Connections::default().of_one_address);
    }

    #[test]
    fn the_newest_program_for_the_pcs_may_be_a_variable_too() {
        let file = file("[client]\nnewest = \"0.2.0\"\ndownload = \"https://example.dk/aftalebog\"\n");
        let settings = SettingsFile::read(Some(file.path()), []).unwrap();
        let client = settings.client.unwrap();
        assert_eq!(
            (client.newest.to_string(), client.download.unwrap().as_str()),
            ("0.2.0".to_owned(), "https://example.dk/aftalebog")
        );
        let told = [("BOOKING_SERVER_CLIENT__NEWEST", "0.10.1")];
        let client = SettingsFile::read(None, variables(&told)).unwrap().client.unwrap();
        assert_eq!((client.newest.to_string(), client.download), ("0.10.1".to_owned(), None));
    }

    #[test]
    fn what_is_wrong_is_named_and_never_quoted() {
        for (text, line) in [
            ("[client]\nnewest = \"hunter2\"\n", 2),
            ("[client]\nnewest = \"0.2.0\"\ndownload = \"http://hunter2\"\n", 3),
            ("log = \"info\"\n[client]\ndownload = \"https://hunter2\"\n", 2),
            ("listen = \"127.0.0.1:1\"\n\npasword = \"hunter2\"\n", 3),
            ("[tls]\nprivate_authority = \"hunter2\"\n", 2),
            ("log = \"info\"\n[tls\nx = \"hunter2\"", 2),
        ] {
            let file = file(text);
            let error = SettingsFile::read(Some(file.path()), []).unwrap_err();
            assert!(matches!(error, SettingsError::Line { line: at, .. } if at == line), "{error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        let told = [("BOOKING_SERVER_LOG", "debug"), ("BOOKING_SERVER_LISTENN", "127.0.0.1:1")];
        match SettingsFile::read(None, variables(&told)) {
            Err(SettingsError::Variable { name, .. }) => assert_eq!(name, "BOOKING_SERVER_LISTENN"),
            other => panic!("{other:?}"),
        }
    }
}
