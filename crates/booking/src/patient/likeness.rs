use crate::record::Patient;

/// Why somebody who created themself could be a patient whom the clinic knows already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    BirthDateAndName,
    Telephone,
    Email,
}

/// What speaks for two records being one person, the weightiest first. Source: issue 4, «accept,
/// merge or reject a patient who created themself». A name alone says nothing: many share one.
pub fn likenesses(new: &Patient, known: &Patient) -> Vec<Likeness> {
    let same = |one: Option<String>, other: Option<String>| one.is_some() && one == other;
    let phone = |patient: &Patient| patient.phone.as_ref().and_then(|it| bare_telephone(it.as_str()));
    let email = |patient: &Patient| patient.email.as_ref().and_then(|it| bare_email(it.as_str()));
    let named_alike = similar_names(new.name.as_str(), known.name.as_str());
    [
        (new.birth_date == known.birth_date && named_alike, Likeness::BirthDateAndName),
        (same(phone(new), phone(known)), Likeness::Telephone),
        (same(email(new), email(known)), Likeness::Email),
    ]
    .into_iter()
    .filter_map(|(holds, likeness)| holds.then_some(likeness))
    .collect()
}

/// A telephone number's figures alone, without Denmark's code before eight of them. `None` for one
/// that reaches nobody: too short, or one figure over and over.
pub fn bare_telephone(text: &str) -> Option<String> {
    const SHORTEST: usize = 6;
    let figures: String = text.chars().filter(char::is_ascii_digit).collect();
    let bare = ["0045", "45"].into_iter().find_map(|code| figures.strip_prefix(code).filter(|rest| rest.len() == 8));
    let bare = bare.unwrap_or(&figures);
    let first = bare.chars().next()?;
    (bare.len() >= SHORTEST && bare.chars().any(|figure| figure != first)).then(|| bare.to_owned())
}

/// An e-mail address as all its ways to be written are the same. `None` for one that is none.
pub fn bare_email(text: &str) -> Option<String> {
    let bare = text.trim().to_lowercase();
    bare.contains('@').then_some(bare)
}

/// Whether one part of a name is found in the other, but for one slip of the pen: people marry, and
/// leave out their middle names.
fn similar_names(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    one.iter().any(|part| other.iter().any(|it| part == it || one_slip_apart(part, it)))
}

/// The parts of a name, an initial left out, as they are written where there is no æ, ø and å.
fn parts(name: &str) -> Vec<Vec<char>> {
    let plain = |letter: char| match letter {
        'æ' | 'ä' => "ae".to_owned(),
        'ø' | 'ö' => "oe".to_owned(),
        'å' => "aa".to_owned(),
        'é' | 'è' | 'ê' => "e".to_owned(),
        'ü' => "y".to_owned(),
        letter => letter.to_string(),
    };
    let lower = name.to_lowercase();
    let parts = lower.split(|letter: char| !letter.is_alphanumeric()).map(|part| {
        part.chars().map(plain).flat_map(|letters| letters.chars().collect::<Vec<_>>()).collect::<Vec<char>>()
    });
    parts.filter(|part| part.len() > 1).collect()
}

/// Whether one letter too many, too few or another one makes the whole difference of two long words.
fn one_slip_apart(one: &[char], other: &[char]) -> bool {
    const SHORTEST: usize = 4;
    if one.len().min(other.len()) < SHORTEST || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same_begin = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    one.len().max(other.len()) <= same_begin + same_end + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scene::patient;
    use super::*;

    #[track_caller]
    fn check_names(one: &str, other: &str, expected: bool) {
        assert_eq!(similar_names(one, other), expected, "{one} / {other}");
        assert_eq!(similar_names(other, one), expected, "{other} / {one}");
    }

    #[test]
    fn names_are_alike_when_a_part_is() {
        check_names("Karen Mikkelsen", "Karen Mikkelsen", true);
        check_names("karen mikkelsen", "KAREN MIKKELSEN", true);
        check_names("Karen Mikkelsen", "Karen Holm", true);
        check_names("Karen Mikkelsen", "Mikkelsen, K.", true);
        check_names("Poul Ørtoft", "Poul-Erik Oertoft", true);
        check_names("Åse Aagaard", "Aase Ågård", true);
        check_names("Mikkelsen", "Mikelsen", true);
        check_names("Mikkelsen", "Mikkelson", true);
        check_names("Mikkelsen", "Mikelson", false);
        check_names("Bo Birk", "Ib Bork", true);
        check_names("Bo Ek", "Bo Øst", true);
        check_names("Bo Ek", "Ib Øst", false);
        check_names("B Holm", "B Dahl", false);
        check_names("Karen", "", false);
    }

    #[track_caller]
    fn check_telephone(text: &str, expected: Option<&str>) {
        assert_eq!(bare_telephone(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_telephone_number_is_its_figures() {
        check_telephone("01 43 00 01", Some("01430001"));
        check_telephone("+45 01430001", Some("01430001"));
        check_telephone("0045-01-43-00-01", Some("01430001"));
        check_telephone("45 43 00 01", Some("45430001"));
        check_telephone("+47 214300", Some("47214300"));
        check_telephone("00 00 00 00", None);
        check_telephone("21430", None);
        check_telephone("", None);
        check_telephone("ring til datteren", None);
    }

    #[test]
    fn the_reasons_stand_by_their_weight() {
        let mut new = patient("ny-1", "Karen Mikkelsen", "1968-01-30").value;
        let mut known = patient("1001", "Karen Holm", "1968-01-30").value;
        assert_eq!(likenesses(&new, &known), [Likeness::BirthDateAndName]);
        new.phone = crate::bounded::Detail::new("+45 01430001").ok();
        known.phone = crate::bounded::Detail::new("01 43 00 01").ok();
        new.email = crate::bounded::Detail::new("Karen@patient.example").ok();
        known.email = crate::bounded::Detail::new(" karen@PATIENT.example").ok();
        assert_eq!(likenesses(&new, &known), [Likeness::BirthDateAndName, Likeness::Telephone, Likeness::Email]);
        known.birth_date = known.birth_date.succ_opt().expect("a date");
        assert_eq!(likenesses(&new, &known), [Likeness::Telephone, Likeness::Email]);
        new.phone = crate::bounded::Detail::new("00 00 00 00").ok();
        known.phone = new.phone.clone();
        new.email = crate::bounded::Detail::new("").ok();
        known.email = new.email.clone();
        assert_eq!(likenesses(&new, &known), [], "blanks and stand-ins are nobody's");
    }

    proptest! {
        #[test]
        fn likeness_goes_both_ways(one in "[A-ZÆØÅa-zæøå]{0,6} [a-zæøå]{0,9}", other in "[A-ZÆØÅa-zæøå]{0,6} [a-zæøå]{0,9}") {
            prop_assert_eq!(similar_names(&one, &other), similar_names(&other, &one));
        }

        #[test]
        fn a_name_with_one_letter_more_is_alike(name in "[a-zæøå]{4,12}", letter in "[a-z]", place in 0usize..12) {
            let mut longer: Vec<char> = name.chars().collect();
            longer.insert(place.min(longer.len()), letter.chars().next().expect("a letter"));
            let longer: String = longer.into_iter().collect();
            prop_assert!(similar_names(&name, &longer), "{} / {}", name, longer);
        }

        #[test]
        fn blanks_in_a_telephone_number_say_nothing(figures in "[1-9][0-9]{7}", blank in 0usize..9) {
            let mut spaced = figures.clone();
            spaced.insert(blank.min(figures.len()), ' ');
            prop_assert_eq!(bare_telephone(&figures), bare_telephone(&spaced));
            prop_assert_eq!(bare_telephone(&figures), bare_telephone(&format!("+45 {spaced}")));
        }
    }
}
