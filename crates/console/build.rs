//! Gives what answers a Windows command line its icon and its version.

use std::error::Error;

use winresource::WindowsResource;

const ICON: &str = "../../assets/icon/aftalebog.ico";

fn main() -> Result<(), Box<dyn Error>> {
    for file in ["build.rs", ICON] {
        println!("cargo::rerun-if-changed={file}");
    }
    // What it is built for; this script itself runs where it is built.
    if std::env::var("CARGO_CFG_TARGET_OS")? != "windows" {
        return Ok(());
    }
    // The versions are those of the package.
    let mut resource = WindowsResource::new();
    let resource = resource
        .set_icon(ICON)
        // Danish.
        .set_language(0x0406)
        .set("ProductName", "Aftalebog")
        .set("FileDescription", "Aftalebog på en kommandolinje")
        .set("CompanyName", "Aftalebog")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set("OriginalFilename", "aftalebog.com");
    Ok(resource.compile_for("aftalebog-console")?)
}
