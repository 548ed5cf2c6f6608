//! What is asked of a pairing code, however it was typed.

/// Any bytes as what somebody types; `read` is how the server reads it.
pub fn pairing_code(bytes: &[u8], read: fn(&str) -> String) {
    let typed = String::from_utf8_lossy(bytes);
    let code = read(&typed);
    assert!(code.chars().count() <= 65, "however much is typed, little is looked up");
    assert_eq!(read(&code), code, "what was read is read as itself");
    let spread: String = code.chars().filter(|it| *it != '-').flat_map(|it| [it, ' ']).collect();
    assert_eq!(read(&spread), code, "blanks and hyphens make no difference");
    if code.is_ascii() {
        assert_eq!(read(&code.to_ascii_lowercase()), code, "nor do capitals");
    }
}
