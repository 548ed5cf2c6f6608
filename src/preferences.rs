//! What this program remembers of the person at this PC, outside the clinic's file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use aftalebog_booking::program::Version;
use aftalebog_local::folder;
use aftalebog_texts::Language;
use serde_json::{Value, json};

use crate::screen::appointment_book::Seen;

/// The file's name in the data folder.
const FILE: &str = "preferences.json";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language that was last chosen; Danish where nothing readable says so.
    pub language: Language,
    /// How the book was last seen.
    pub seen: Seen,
    /// The new version that nobody here wants to hear of again.
    pub put_away: Option<Version>,
}

impl Preferences {
    pub fn read(folder: &Path) -> Self {
        let read = fs::read_to_string(folder.join(FILE)).ok();
        let value: Value = read.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let language = value["language"].as_str().and_then(Language::from_code);
        let put_away = value["put_away"].as_str().and_then(|version| version.parse().ok());
        Self { language: language.unwrap_or_default(), seen: Seen::from_json(&value["book"]), put_away }
    }

    /// Remembers them for the next start.
    pub async fn remember(self, folder: PathBuf) -> io::Result<()> {
        folder::make(&folder)?;
        let unfinished = folder.join(format!("{FILE}.unfinished"));
        let put_away = self.put_away.map(|version| version.to_string());
        let value = json!({ "language": self.language.code(), "book": self.seen.to_json(), "put_away": put_away });
        fs::write(&unfinished, value.to_string())?;
        fs::rename(&unfinished, folder.join(FILE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::appointment_book::Stretch;

    #[test]
    fn what_was_chosen_is_remembered_and_rubbish_is_danish() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Preferences::read(folder.path()), Preferences::default());
        let seen = Seen { stretch: Stretch::Week, ..Seen::default() };
        let put_away = "0.2.0".parse().ok();
        let preferences = Preferences { language: Language::English, seen, put_away };
        let remembered = preferences.clone().remember(folder.path().join("ny"));
        futures::executor::block_on(remembered).unwrap();
        assert_eq!(Preferences::read(&folder.path().join("ny")), preferences);
        for rubbish in ["{\"language\": 7", "{\"language\": 7}", "[]", "{\"book\": 3}"] {
            fs::write(folder.path().join(FILE), rubbish).unwrap();
            assert_eq!(Preferences::read(folder.path()), Preferences::default(), "{rubbish}");
        }
    }

    #[test]
    fn a_language_that_an_older_program_remembered_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{\"language\":\"en\"}").unwrap();
        assert_eq!(Preferences::read(folder.path()).language, Language::English);
    }
}
