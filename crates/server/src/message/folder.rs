//! Demo mode: each letter becomes a file that can be read, and none is sent.

use std::path::Path;

use super::{Letter, NotSent};

/// One file for each letter, named by its number.
pub(super) async fn put(folder: &Path, number: i64, letter: &Letter) -> Result<(), NotSent> {
    let Letter { channel, recipient, subject, body, expires_at: _, may_arrive: _ } = letter;
    let file = folder.join(format!("{number:06}-{}.txt", channel.name()));
    let heading = if subject.is_empty() { String::new() } else { format!("{subject}\n") };
    let written = tokio::fs::write(file, format!("{recipient}\n{heading}\n{body}\n")).await;
    written.map_err(|error| NotSent::Later(format!("the folder: {}", error.kind())))
}
