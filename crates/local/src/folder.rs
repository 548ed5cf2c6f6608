//! The folder that holds a clinic's files, and where such a folder may not be.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf, Prefix};

use thiserror::Error;

/// The data folder of the program: a local one, which is neither shared nor synchronised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Looks where the folder is; it need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Result<Self, Unsuitable> {
        let path = path.into();
        check(&path)?;
        Ok(Self { path })
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The clinic's file.
    pub fn clinic(&self) -> PathBuf {
        self.path.join("clinic.db")
    }

    /// The file of the clinic that is made up, to try things.
    pub fn demo(&self) -> PathBuf {
        self.path.join("demo.db")
    }
}

/// The folder of the copies of a file.
pub fn backups_of(file: &Path) -> PathBuf {
    aftalebog_sqlite::place::folder_of(file).join("backups")
}

/// Makes a folder that only this user may look into. On Windows the folder it lies in sees to that.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    let builder = std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Makes a file that only this user may read, where there is none yet. On Windows its folder sees to that.
pub fn new_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    let _options = std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}

/// Why a folder cannot hold a clinic's file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unsuitable {
    /// SQLite's locks do not hold over a network: two programs would write at once.
    #[error("{path} is on a network share ({system})")]
    NetworkShare { path: PathBuf, system: String },
    /// Such a service copies a file while it is written, and puts old ones in its place.
    #[error("{path} is synchronised by {service}")]
    Synchronised { path: PathBuf, service: &'static str },
}

/// Beginnings of the names of folders that a service synchronises, in lower case.
const SYNCHRONISED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("skydrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("iclouddrive", "iCloud"),
    ("icloud drive", "iCloud"),
    ("mobile documents", "iCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("google drev", "Google Drive"),
    ("my drive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("box sync", "Box"),
    ("pcloud", "pCloud"),
    ("pclouddrive", "pCloud"),
    ("mega", "MEGA"),
    ("megasync", "MEGA"),
    ("proton drive", "Proton Drive"),
    ("jottacloud", "Jottacloud"),
    ("syncthing", "Syncthing"),
];

/// File systems of Linux that reach over a network, or into a service.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "glusterfs",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "fuse.glusterfs",
    "fuse.s3fs",
    "fuse.google-drive-ocamlfuse",
    "fuse.onedriver",
];

pub(crate) fn check(folder: &Path) -> Result<(), Unsuitable> {
    // As it was given, for what it is called; and as it really is, for links and mapped drives:
    // Windows gives the real path of a mapped drive as that of the share.
    let real = real(folder);
    for path in [folder, &real] {
        if let Some(system) = share(path) {
            return Err(Unsuitable::NetworkShare { path: folder.to_owned(), system: system.to_owned() });
        }
        if let Some(service) = service(path) {
            return Err(Unsuitable::Synchronised { path: folder.to_owned(), service });
        }
    }
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    match network_mount(&mounts, &real) {
        Some(system) => Err(Unsuitable::NetworkShare { path: folder.to_owned(), system: system.to_owned() }),
        None => Ok(()),
    }
}

/// The real path of the nearest folder above that is there.
fn real(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.ancestors().find_map(|above| fs::canonicalize(above).ok()).unwrap_or(absolute)
}

/// A UNC path, in the way of writing of any system.
fn share(path: &Path) -> Option<&'static str> {
    let prefix = path.components().next();
    let unc = matches!(prefix, Some(Component::Prefix(prefix))
        if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)));
    let text = path.to_string_lossy();
    let local = [r"\\?\", r"\\.\"].iter().any(|local| text.starts_with(local));
    let written = text.starts_with(r"\\") && (!local || text.starts_with(r"\\?\UNC\"));
    (unc || written).then_some("UNC")
}

fn service(path: &Path) -> Option<&'static str> {
    path.iter().find_map(|name| {
        let name = OsStr::to_string_lossy(name).to_lowercase();
        // «OneDrive - Tandlægerne», «Dropbox (Personal)», but not «Megan».
        let is = |begin: &str| {
            name.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '(', '_']))
        };
        SYNCHRONISED.iter().find(|(begin, _)| is(begin)).map(|(_, service)| *service)
    })
}

/// The network file system that a path is on, by the text of `/proc/mounts`.
fn network_mount<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (_device, place, system) = (words.next()?, words.next()?, words.next()?);
        let place = PathBuf::from(place.replace(r"\040", " ").replace(r"\011", "\t").replace(r"\134", r"\"));
        path.starts_with(&place).then_some((place, system))
    });
    // Of two in one place, the later hides the earlier.
    let (_, system) = mounts.max_by_key(|(place, _)| place.components().count())?;
    NETWORK.contains(&system).then_some(system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_synchronised_folders_are_refused() {
        let share = |path: &str| Unsuitable::NetworkShare { path: path.into(), system: "UNC".to_owned() };
        for path in [r"\\server\klinik", r"\\?\UNC\server\klinik"] {
            assert_eq!(Folder::new(path), Err(share(path)));
        }
        for (path, service) in [
            ("/home/reception/OneDrive/aftalebog", "OneDrive"),
            ("/home/reception/OneDrive - Tandlægerne/x", "OneDrive"),
            ("/home/reception/Dropbox (Personal)", "Dropbox"),
            ("/home/reception/dropbox", "Dropbox"),
            ("/Users/reception/Library/Mobile Documents/x", "iCloud"),
            ("/home/reception/Google Drive/x", "Google Drive"),
            ("/home/reception/Nextcloud", "Nextcloud"),
        ] {
            assert_eq!(Folder::new(path), Err(Unsuitable::Synchronised { path: path.into(), service }));
        }
        for path in ["/home/omega/aftalebog", "/home/reception/dropboxes", "/nowhere/æøå and blanks", r"\\?\C:\Users"]
        {
            assert!(Folder::new(path).is_ok(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_a_new_folder() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("share/aftalebog");
        make(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        make(&folder).unwrap();
    }

    #[test]
    fn network_mounts_are_known_by_the_longest_place() {
        let mounts = "/dev/sda / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0\n/dev/sdb /home/local ext4 rw 0 0\n\
            //nas/a /mnt/two\\040words cifs rw 0 0\nreception@host: /mnt/ssh fuse.sshfs rw 0 0\n";
        for (path, system) in [
            ("/var/data", None),
            ("/home/reception", Some("nfs4")),
            ("/home/local/reception", None),
            ("/homes", None),
            ("/mnt/two words/x", Some("cifs")),
            ("/mnt/ssh", Some("fuse.sshfs")),
        ] {
            assert_eq!(network_mount(mounts, Path::new(path)), system, "{path}");
        }
        assert_eq!(network_mount("", Path::new("/")), None);
    }
}
