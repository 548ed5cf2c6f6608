//! Tokens and codes: made of random bits, kept as hashes only.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use rand::Rng as _;

/// A secret as it is given to its owner; shown by nothing that logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is kept of a secret: BLAKE3, which is enough for what has 256 random bits.
pub type Hash = [u8; 32];

impl Secret {
    /// 256 random bits after a prefix that says what it is, such as `dk1_`.
    pub fn token(prefix: &str) -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(format!("{prefix}{}", BASE64URL_NOPAD.encode(&bytes)))
    }

    /// Eight letters and figures that are not mistaken for each other, by fours: 40 random bits.
    pub fn pairing_code() -> Self {
        const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut bytes = [0; 8];
        rand::rng().fill_bytes(&mut bytes);
        let letters: String = bytes.iter().map(|byte| char::from(CROCKFORD[usize::from(byte % 32)])).collect();
        Self(format!("{}-{}", &letters[..4], &letters[4..]))
    }

    /// Six random figures.
    pub fn one_time_code() -> Self {
        Self(format!("{:06}", rand::rng().next_u64() % 1_000_000))
    }

    /// What tells one request from all others in the log; it opens nothing.
    pub fn request_id() -> String {
        format!("{:016x}", rand::rng().next_u64())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> Hash {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// The hash of a token as it came.
pub fn hash(token: &str) -> Hash {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// A pairing code as it was typed, as it was made: capitals, blanks and hyphens make no
/// difference, and what looks alike is the same.
pub fn typed_pairing_code(typed: &str) -> String {
    let letters = typed.chars().filter(|character| character.is_alphanumeric()).map(|character| {
        match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        }
    });
    let mut letters: String = letters.take(64).collect();
    if letters.len() == 8 && letters.is_ascii() {
        letters.insert(4, '-');
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["7KQ2-M01P", "7kq2m01p", " 7KQ2 MO1P ", "7kq2-moip", "7KQ2-MOLP"] {
            assert_eq!(typed_pairing_code(typed), "7KQ2-M01P", "{typed}");
        }
        let code = Secret::pairing_code();
        assert_eq!(typed_pairing_code(code.reveal()), code.reveal());
        let _no_panic = typed_pairing_code("æøå🦷-----");
    }

    #[test]
    fn a_secret_is_not_shown_by_accident() {
        let token = Secret::token("dk1_");
        assert_eq!((token.reveal().len(), format!("{token:?}")), (47, "Secret".to_owned()));
        assert_ne!(token, Secret::token("dk1_"));
    }
}
