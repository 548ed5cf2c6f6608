//! Gives the Windows program its icon, its version and its manifest.

use std::error::Error;

use winresource::WindowsResource;

const ICON: &str = "assets/icon/aftalebog.ico";
const MANIFEST: &str = "packaging/windows/aftalebog.manifest";

fn main() -> Result<(), Box<dyn Error>> {
    for file in ["build.rs", ICON, MANIFEST] {
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
        .set_manifest_file(MANIFEST)
        // Danish.
        .set_language(0x0406)
        .set("ProductName", "Aftalebog")
        .set("FileDescription", "Aftalebog")
        .set("CompanyName", "Aftalebog")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set("OriginalFilename", "aftalebog.exe");
    Ok(resource.compile_for("aftalebog")?)
}
