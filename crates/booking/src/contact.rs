//! Telephone numbers and e-mail addresses as somebody types them: what can be told of one without trying it.
//!
//! A rule for typing, and not for the record: files, copies and older programs hold others, and stay readable.

/// What a clinic's telephone number has at least: a Danish one has eight, one from abroad its country's too. *Ours.*
pub const FIGURES: usize = 8;

/// Whether a line can be rung to: figures, and between them what people write there, such as «+45 (0) 12-34».
pub fn is_telephone(line: &str) -> bool {
    let is_of_one =
        |character: char| character.is_ascii_digit() || character.is_whitespace() || "+()-–./".contains(character);
    line.chars().all(is_of_one) && line.chars().filter(char::is_ascii_digit).count() >= FIGURES
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
    fn a_telephone_number_has_figures_enough_and_no_words() {
        for number in [
            "00000000",
            "00 00 00 00",
            "+45 00 00 00 00",
            "0045-00-00-00-00",
            "(+298) 00 00 00",
            "+46 (0)70-123 45 67",
            "00\u{a0}00\u{a0}00\u{a0}00",
            "00 00 00 00 / 00 00 00 01",
            "00.00.00.00",
            "0000–0000",
        ] {
            assert!(is_telephone(number), "{number}");
        }
        for none in ["", "abc", "0000000", "112", "+45", "ring 00 00 00 00", "00000000;", "٠٠٠٠٠٠٠٠"] {
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
}
