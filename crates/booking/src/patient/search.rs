use super::is_like_cpr;

/// More words and letters than a name has are not searched for.
const WORDS: usize = 8;
const LETTERS: usize = 100;
/// Fewer figures are no telephone number and no birth date: too many patients would have them.
const FIGURES: usize = 4;
/// What people write between figures.
const BETWEEN: [char; 6] = [' ', '-', '.', '/', '+', '\u{a0}'];

/// Whom somebody at the desk or on the telephone could mean. Each word that is searched for begins
/// the number, a part of the name, the e-mail address, the birth date («240512») or the telephone
/// number: in capitals or not, and figures without regard to what stands between them.
#[derive(Clone, Debug)]
pub struct Search {
    typed: String,
    /// In small letters.
    words: Vec<String>,
    /// The figures of a search that has nothing else: of «24-5-2012» «24052012».
    figures: Option<String>,
    nobody: bool,
}

/// What of a patient is searched in, as the records write it.
#[derive(Clone, Copy, Debug)]
pub struct Particulars<'a> {
    pub number: &'a str,
    pub name: &'a str,
    /// YYYY-MM-DD.
    pub birth_date: &'a str,
    pub phone: &'a str,
    pub email: &'a str,
}

impl Search {
    /// What could be somebody's CPR number finds nobody: it is nowhere in the file.
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.trim().chars().take(LETTERS).collect();
        let small = typed.to_lowercase();
        let words = small.split([' ', '-']).filter(|word| !word.is_empty()).take(WORDS);
        Self { words: words.map(str::to_owned).collect(), figures: figures(&small), nobody: is_like_cpr(&typed), typed }
    }

    /// Without the blanks around it.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub fn finds(&self, who: Particulars<'_>) -> bool {
        let by_figures = self.figures.as_ref().is_some_and(|figures| has_figures(figures, who));
        !self.nobody
            && (by_figures
                || self.words.iter().all(|word| has_word(word, who) || self.is_part(word) && has_figures(word, who)))
    }

    /// Whether a word is enough figures by itself, beside others.
    fn is_part(&self, word: &str) -> bool {
        let enough = word.len() >= FIGURES && word.bytes().all(|byte| byte.is_ascii_digit());
        enough && self.figures.as_deref() != Some(word)
    }
}

fn has_word(word: &str, who: Particulars<'_>) -> bool {
    const NAME: &[u8] = b" -";
    const EMAIL: &[u8] = b"@.";
    a_part_begins(who.number, NAME, word)
        || a_part_begins(who.name, NAME, word)
        || a_part_begins(who.email, EMAIL, word)
}

/// Whether a text, or what comes after one of these characters in it, begins so.
fn a_part_begins(text: &str, after: &[u8], small: &str) -> bool {
    let mut others = text.bytes().enumerate().filter(|(_, byte)| after.contains(byte));
    begins(text, small) || others.any(|(at, _)| begins(&text[at + 1..], small))
}

/// Whether a text begins so, in capitals or not; `small` is in small letters. Each of many patients is
/// asked this: the letters of English need no table.
fn begins(text: &str, small: &str) -> bool {
    let mut letters = text.chars();
    small.chars().all(|wanted| match letters.next() {
        Some(letter) if letter.is_ascii() => letter.to_ascii_lowercase() == wanted,
        Some(letter) => letter.to_lowercase().eq([wanted]),
        None => false,
    })
}

/// Whether the telephone number or the birth date begins with these figures.
fn has_figures(figures: &str, who: Particulars<'_>) -> bool {
    let in_row = |parts: &[&str], code: &str| {
        let mut all = parts.iter().flat_map(|part| part.bytes()).filter(u8::is_ascii_digit);
        code.bytes().chain(figures.bytes()).all(|figure| all.next() == Some(figure))
    };
    let born = || {
        let (year, month, day) = (who.birth_date.get(..4)?, who.birth_date.get(5..7)?, who.birth_date.get(8..10)?);
        Some(
            in_row(&[day, month, &year[2..]], "") || in_row(&[day, month, year], "") || in_row(&[year, month, day], ""),
        )
    };
    ["", "45", "0045"].iter().any(|code| in_row(&[who.phone], code)) || born().unwrap_or(false)
}

/// `None` where there is something else than figures, or too few of them.
fn figures(search: &str) -> Option<String> {
    if !search.chars().all(|letter| letter.is_ascii_digit() || BETWEEN.contains(&letter)) {
        return None;
    }
    let parts: Vec<&str> = search.split(BETWEEN).filter(|part| !part.is_empty()).collect();
    let figures = match parts.as_slice() {
        [day, month, year] if day.len() <= 2 && month.len() <= 2 && matches!(year.len(), 2 | 4) => {
            format!("{day:0>2}{month:0>2}{year}")
        }
        parts => parts.concat(),
    };
    // With the code it is a telephone number, which may be written without.
    let without_code = search.strip_prefix('+').and_then(|_| figures.strip_prefix("45")).map(str::to_owned);
    Some(without_code.unwrap_or(figures)).filter(|figures| figures.len() >= FIGURES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KAREN: Particulars<'static> = Particulars {
        number: "1001",
        name: "Karen Ærø-Østergaard",
        birth_date: "1968-05-02",
        phone: "+45 01 43 00 01",
        email: "Karen.oe@patient.example",
    };

    #[track_caller]
    fn check(typed: &str, expected: bool) {
        assert_eq!(Search::new(typed).finds(KAREN), expected, "{typed}");
    }

    #[test]
    fn by_name_and_number() {
        for typed in
            ["kar", "KAREN", "øst", "Ærø-Østergaard", "karen øst", "øst kar", " karen ", "1001", "10", "karen 1001", ""]
        {
            check(typed, true);
        }
        for typed in ["aren", "karen holm", "001", "1001 holm", "*", "?", "' or 1=1 --"] {
            check(typed, false);
        }
    }

    #[test]
    fn by_birth_date_in_every_way_it_is_written() {
        for typed in [
            "020568",
            "02051968",
            "0205",
            "02-05-68",
            "2-5-1968",
            "2/5-68",
            "02.05.1968",
            "2 5 1968",
            "19680502",
            "1968-05-02",
            "karen 020568",
        ] {
            check(typed, true);
        }
        for typed in ["030568", "020567", "0506", "020", "2-6-1968", "holm 020568"] {
            check(typed, false);
        }
    }

    #[test]
    fn by_telephone_without_regard_to_blanks() {
        for typed in [
            "01430001",
            "01 43 00 01",
            "0143 0001",
            "+45 01430001",
            "+4501 43",
            "004521430001",
            "45 01 43 00 01",
            "0143",
        ] {
            check(typed, typed != "004521430001");
        }
        for typed in ["01430002", "30001", "014"] {
            check(typed, false);
        }
        assert!(Search::new("01 43").finds(Particulars { phone: "01430001", ..KAREN }));
        assert!(Search::new("+45 01 43").finds(Particulars { phone: "01430001", ..KAREN }));
    }

    #[test]
    fn by_email_or_a_part_of_it() {
        for typed in ["karen.oe@", "KAREN.OE@patient.example", "patient", "Patient.Ex", "oe"] {
            check(typed, true);
        }
        check("atient", false);
    }

    #[test]
    fn a_cpr_number_finds_nobody() {
        let nobodys = format!("020568-{}", "0".repeat(4));
        check(&nobodys, false);
        assert!(
            !Search::new(&nobodys.replace('-', "")).finds(Particulars { number: &nobodys.replace('-', ""), ..KAREN })
        );
    }

    #[test]
    fn more_than_a_name_has_is_not_searched_for() {
        check(&"karen ".repeat(60_000), true);
        check(&"x ".repeat(60_000), false);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_no_fault(typed in any::<String>(), stored in any::<String>()) {
            let all = Particulars { number: &stored, name: &stored, birth_date: &stored, phone: &stored, email: &stored };
            let _found = Search::new(&typed).finds(all);
        }

        #[test]
        fn whoever_is_found_is_found_by_less(name in "[a-zæøå]{1,8} [a-zæøå]{1,8}", letters in 1usize..16) {
            let who = Particulars { name: &name, ..KAREN };
            prop_assert!(Search::new(&name).finds(who));
            let less: String = name.chars().take(letters).collect();
            prop_assert!(Search::new(&less).finds(who), "{}", less);
        }
    }
}
