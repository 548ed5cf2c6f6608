//! Files and folders of the server's own: readable by nobody else, and owned by whoever serves.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a new file that only its owner may read, to the disk.
pub fn write_for_owner(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = create_for_owner(path)?;
    file.write_all(contents)?;
    file.sync_all()
}

/// Creates a file that is not there yet, and that only its owner may read.
pub fn create_for_owner(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    let _only_owner = std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}

/// Nobody else looks into a folder that we make.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    let _only_owner = std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// The same, for whoever owns its folder: what the administrator of the system makes, the service that is
/// started later, as somebody else, has to open.
pub fn create_for_owner_of_folder(path: &Path) -> io::Result<File> {
    let file = create_for_owner(path)?;
    give_to_owner_of_folder(&file, path)?;
    Ok(file)
}

/// Gives a file that has just been created to whoever owns its folder. The file itself, whatever has its name
/// by now.
#[cfg(unix)]
pub fn give_to_owner_of_folder(file: &File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};

    use aftalebog_sqlite::place::folder_of;

    const ROOT: u32 = 0;
    let (made, folder) = (file.metadata()?, fs::metadata(folder_of(path))?);
    // Nobody but root may give anything away.
    if made.uid() == ROOT && folder.uid() != ROOT {
        fchown(file, Some(folder.uid()), Some(folder.gid()))?;
    }
    Ok(())
}

/// On Windows a file has the rights of its folder.
#[cfg(not(unix))]
pub fn give_to_owner_of_folder(_file: &File, _path: &Path) -> io::Result<()> {
    Ok(())
}
