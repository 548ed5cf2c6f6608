//! Demo mode: each letter becomes a file that can be read, and none is sent.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;

use super::{Letter, NotSent};

/// One file for each letter, named by its number.
pub(super) async fn put(folder: &Path, number: i64, letter: &Letter) -> Result<(), NotSent> {
    let Letter { channel, recipient, subject, body, expires_at: _, may_arrive: _ } = letter;
    let file = folder.join(format!("{number:06}-{}.txt", channel.name()));
    let heading = if subject.is_empty() { String::new() } else { format!("{subject}\n") };
    let written = write(&file, &format!("{recipient}\n{heading}\n{body}\n")).await;
    written.map_err(|error| NotSent::Later(format!("the folder: {}", error.kind())))
}

/// Only its owner may read it.
async fn write(file: &Path, text: &str) -> io::Result<()> {
    let mut options = tokio::fs::File::options();
    #[cfg(unix)]
    let _only_owner = options.mode(0o600);
    let mut file = options.write(true).create(true).truncate(true).open(file).await?;
    file.write_all(text.as_bytes()).await?;
    file.flush().await
}

/// Forgets the letters that were written before so long a time.
pub(super) fn forget(folder: &Path, older: Duration) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        let is_letter = file.file_name().to_str().is_some_and(|name| {
            let number = name.split_once('-').map(|(number, _)| number).unwrap_or_default();
            !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) && name.ends_with(".txt")
        });
        let age = file.metadata()?.modified()?.elapsed();
        // One from the future is new.
        if is_letter && age.is_ok_and(|age| age > older) {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Channel;

    #[tokio::test]
    async fn a_letter_is_its_owners_and_is_forgotten_when_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let letter = Letter {
            channel: Channel::Sms,
            recipient: "+4501430002".to_owned(),
            subject: String::new(),
            body: "a code".to_owned(),
            expires_at: chrono::DateTime::UNIX_EPOCH,
            may_arrive: 1,
        };
        for number in [1, 2] {
            put(folder.path(), number, &letter).await.unwrap();
        }
        // Not ours.
        fs::write(folder.path().join("notes-of-mine.txt"), "").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let mode = fs::metadata(folder.path().join("000001-sms.txt")).unwrap().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let week = Duration::from_secs(7 * 24 * 60 * 60);
        let old = fs::File::options().write(true).open(folder.path().join("000001-sms.txt")).unwrap();
        let modified = old.metadata().unwrap().modified().unwrap();
        old.set_modified(modified - 2 * week).unwrap();
        let mine = fs::File::options().write(true).open(folder.path().join("notes-of-mine.txt")).unwrap();
        mine.set_modified(modified - 2 * week).unwrap();
        forget(folder.path(), week).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["000002-sms.txt", "notes-of-mine.txt"]);
    }
}
