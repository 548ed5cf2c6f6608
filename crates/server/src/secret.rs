//! Tokens and codes: made of random bits, kept as hashes only.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
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

/// What is kept of a one-time code: argon2id, as a million codes are soon tried. It takes a processor
/// some milliseconds and 19 MiB.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeHash(String);

impl CodeHash {
    /// 19 MiB, two passes, one lane.
    const PARAMS: Params = Params::DEFAULT;

    /// As many random bytes make the same code another hash each time.
    const SALT: usize = 16;

    pub fn of(code: &Secret) -> Self {
        let mut salt = [0; Self::SALT];
        rand::rng().fill_bytes(&mut salt);
        let hash = Self::digest(code.reveal(), &salt);
        Self(format!("argon2id.19456.2.1.{}.{}", BASE64URL_NOPAD.encode(&salt), BASE64URL_NOPAD.encode(&hash)))
    }

    /// As it was stored.
    pub const fn stored(hash: String) -> Self {
        Self(hash)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of this code. Blanks in what was typed make no difference.
    pub fn is_of(&self, typed: &str) -> bool {
        let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).take(64).collect();
        let mut parts = self.0.rsplit('.').map(|part| BASE64URL_NOPAD.decode(part.as_bytes()));
        let (Some(Ok(hash)), Some(Ok(salt))) = (parts.next(), parts.next()) else { return false };
        // What stands in the database may have been damaged.
        if salt.len() != Self::SALT {
            return false;
        }
        // Comparing two hashes of theirs tells nobody where they differ.
        blake3::hash(&Self::digest(&typed, &salt)) == blake3::hash(&hash)
    }

    fn digest(code: &str, salt: &[u8]) -> Hash {
        let mut hash = [0; 32];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Self::PARAMS);
        argon2.hash_password_into(code.as_bytes(), salt, &mut hash).expect("the salt and the hash have a usual length");
        hash
    }
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
    fn a_code_is_known_by_its_hash_and_no_other_is() {
        let code = Secret::one_time_code();
        let (hash, again) = (CodeHash::of(&code), CodeHash::of(&code));
        assert_ne!(hash.as_str(), again.as_str(), "each has its own salt");
        let stored = CodeHash::stored(hash.as_str().to_owned());
        let spaced = format!(" {} {} ", &code.reveal()[..3], &code.reveal()[3..]);
        assert!(stored.is_of(code.reveal()) && stored.is_of(&spaced));
        for wrong in ["", "000", &code.reveal()[1..], &format!("{}0", code.reveal())] {
            assert!(!stored.is_of(wrong), "{wrong}");
        }
        for damaged in ["", ".", "argon2id", "argon2id.19456.2.1.æ.ø"] {
            assert!(!CodeHash::stored(damaged.to_owned()).is_of(code.reveal()));
        }
    }

    #[test]
    fn a_secret_is_not_shown_by_accident() {
        let token = Secret::token("dk1_");
        assert_eq!((token.reveal().len(), format!("{token:?}")), (47, "Secret".to_owned()));
        assert_ne!(token, Secret::token("dk1_"));
    }
}
