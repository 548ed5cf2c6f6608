//! What this program remembers of the person at this PC, outside the clinic's file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use aftalebog_local::folder;
use aftalebog_texts::Language;
use serde_json::{Value, json};

/// The file's name in the data folder.
const FILE: &str = "preferences.json";

/// The language that was last chosen; Danish where nothing readable says so.
pub fn language(folder: &Path) -> Language {
    let read = fs::read_to_string(folder.join(FILE)).ok();
    let value: Option<Value> = read.and_then(|text| serde_json::from_str(&text).ok());
    value.as_ref().and_then(|value| value["language"].as_str()).and_then(Language::from_code).unwrap_or_default()
}

/// Remembers the language for the next start.
pub async fn remember_language(folder: PathBuf, language: Language) -> io::Result<()> {
    folder::make(&folder)?;
    let unfinished = folder.join(format!("{FILE}.unfinished"));
    fs::write(&unfinished, json!({ "language": language.code() }).to_string())?;
    fs::rename(&unfinished, folder.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_remembered_and_rubbish_is_danish() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(language(folder.path()), Language::Danish);
        let remembered = remember_language(folder.path().join("ny"), Language::English);
        futures::executor::block_on(remembered).unwrap();
        assert_eq!(language(&folder.path().join("ny")), Language::English);
        fs::write(folder.path().join(FILE), "{\"language\": 7").unwrap();
        assert_eq!(language(folder.path()), Language::Danish);
    }
}
