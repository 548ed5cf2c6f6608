//! What the documents say of the code is so.

use std::path::{Path, PathBuf};

#[cfg(unix)]
mod trial;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            None if path.is_dir() && path.file_name().is_some_and(|name| name != "target") => sources(&path, found),
            Some("rs") => found.push(path),
            _ => {}
        }
    }
}

/// A test is named as `file::test`.
#[test]
fn every_test_that_the_tables_of_threats_and_rounds_name_is_there() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![];
    for folder in ["src", "crates", "tests", "fuzz"] {
        sources(&top.join(folder), &mut files);
    }
    let all: Vec<_> = files.iter().map(|file| (file, std::fs::read_to_string(file).unwrap())).collect();
    for (document, at_least) in [("docs/security.md", 26), ("crates/server/tests/README.md", 10)] {
        let table = std::fs::read_to_string(top.join(document)).unwrap();
        let named = table.split('`').skip(1).step_by(2).filter_map(|quoted| quoted.rsplit_once("::"));
        let named: Vec<_> = named
            .filter_map(|(path, test)| Some((path.rsplit("::").next()?, test)))
            .filter(|(file, _)| file.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
            .collect();
        assert!(named.len() >= at_least, "{named:?}");
        for (file, test) in named {
            let there = all.iter().any(|(path, text)| {
                path.file_stem().is_some_and(|stem| stem == file) && text.contains(&format!("fn {test}("))
            });
            assert!(there, "{document} names {file}::{test}, which is not there");
        }
    }
}
