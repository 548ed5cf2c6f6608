//! The system's own dialog in which a file is chosen.

use std::path::PathBuf;
#[cfg(target_os = "linux")]
use std::time::Duration;

#[cfg(target_os = "linux")]
use aftalebog_local::aside;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    File(PathBuf),
    /// It was closed without a file.
    Nothing,
    /// This system has none that could be shown.
    NoDialog,
}

/// A file that is there, of one of these kinds.
pub async fn open(title: String, extensions: &'static [&'static str]) -> Picked {
    if !is_there().await {
        return Picked::NoDialog;
    }
    let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(extensions.join(", "), extensions);
    Picked::of(dialog.pick_file().await)
}

/// Where a file is to be that would be called `name`.
pub async fn save(title: String, ending: &'static str, name: String) -> Picked {
    if !is_there().await {
        return Picked::NoDialog;
    }
    let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(ending, &[ending]).set_file_name(name);
    Picked::of(dialog.save_file().await)
}

impl Picked {
    fn of(file: Option<rfd::FileHandle>) -> Self {
        file.map_or(Self::Nothing, |file| Self::File(file.path().to_owned()))
    }
}

/// Windows always has one.
#[cfg(not(target_os = "linux"))]
async fn is_there() -> bool {
    true
}

/// A dialog that was closed and one that could not be shown are the same to `rfd`: so it is asked beforehand whether
/// there is a portal that shows one, or what `rfd` falls back to.
#[cfg(target_os = "linux")]
async fn is_there() -> bool {
    aside(|| has_portal() || has_zenity()).await.unwrap_or_default()
}

/// Whether somebody on the session's bus answers for the dialogs. Starting him may take a while.
#[cfg(target_os = "linux")]
fn has_portal() -> bool {
    const PATIENCE: Duration = Duration::from_secs(10);
    let asked = || -> zbus::Result<()> {
        let bus = zbus::blocking::connection::Builder::session()?.method_timeout(PATIENCE).build()?;
        let _version = bus.call_method(
            Some("org.freedesktop.portal.Desktop"),
            "/org/freedesktop/portal/desktop",
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &("org.freedesktop.portal.FileChooser", "version"),
        )?;
        Ok(())
    };
    asked().is_ok()
}

#[cfg(target_os = "linux")]
fn has_zenity() -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join("zenity").is_file())
}
