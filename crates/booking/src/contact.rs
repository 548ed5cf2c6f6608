//! Telephone numbers and e-mail addresses as somebody types them: what can be told of one without trying it.
//!
//! A rule for typing, and not for the record: files, copies and older programs hold others, and stay readable.

/// What a clinic's telephone number has at least: a Danish one has eight, one from abroad its country's too. *Ours.*
pub const DIGITS: usize = 8;

/// What somebody is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReachedBy {
    Telephone,
    Email,
}

impl ReachedBy {
    /// Whether what is typed may stand: it can lead to somebody, or nothing is typed, of which the check of the
    /// settings speaks.
    pub fn takes(self, typed: &str) -> bool {
        let typed = typed.trim();
        let leads = match self {
            Self::Telephone => is_telephone,
            Self::Email => is_email,
        };
        typed.is_empty() || leads(typed)
    }
}

/// Whether a line is a number to call, or two: digits, and between them what people write there, such as
/// «+45 (0) 12-34». No words beside it: «Kontakt klinikken på tlf. …» has them.
pub fn is_telephone(line: &str) -> bool {
    let is_of_one =
        |character: char| character.is_ascii_digit() || character.is_whitespace() || "+()-–./,".contains(character);
    line.chars().all(is_of_one) && line.chars().filter(char::is_ascii_digit).count() >= DIGITS
}

/// Something before one @, and a dot inside what comes after it: more cannot be told without writing.
pub fn is_email(line: &str) -> bool {
    let Some((who, domain)) = line.split_once('@') else { return false };
    let has_dot = domain.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty());
    !who.is_empty() && has_dot && !domain.contains('@') && !domain.ends_with('.') && !line.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_has_digits_enough_and_no_words() {
        for number in [
            "00000000",
            "00 00 00 00",
            "+45 00 00 00 00",
            "0045-00-00-00-00",
            "(+298) 00 00 00",
            "+46 (0)70-123 45 67",
            "00\u{a0}00\u{a0}00\u{a0}00",
            "00 00 00 00 / 00 00 00 01",
            "00 00 00 00, 00 00 00 01",
            "00.00.00.00",
            "0000–0000",
        ] {
            assert!(is_telephone(number), "{number}");
        }
        for none in [
            "",
            "abc",
            "0000000",
            "112",
            "+45",
            "Tlf. 00 00 00 00",
            "00 00 00 00, lokal 5",
            "00 00 00 00 (Hanne)",
            "00000000;",
            "٠٠٠٠٠٠٠٠",
        ] {
            assert!(!is_telephone(none), "{none}");
        }
    }

    #[test]
    fn an_email_address_has_a_name_and_a_place() {
        for email in ["a@b.dk", "karen.oe+tand@patient.example", "åse@æø.dk"] {
            assert!(is_email(email), "{email}");
        }
        for email in ["", "a", "a@", "@b.dk", "a@b", "a@.dk", "a@b.", "a@b@c.dk", "a b@c.dk", "a@b .dk"] {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn a_field_takes_what_leads_to_somebody_or_nothing_at_all() {
        let (number, address) = (" 00 00 00 00 ", " a@b.dk ");
        for (by, typed, takes) in [
            (ReachedBy::Telephone, number, true),
            (ReachedBy::Telephone, address, false),
            (ReachedBy::Telephone, " ", true),
            (ReachedBy::Email, address, true),
            (ReachedBy::Email, number, false),
            (ReachedBy::Email, "", true),
        ] {
            assert_eq!(by.takes(typed), takes, "{by:?} {typed:?}");
        }
    }
}
