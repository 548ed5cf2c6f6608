use chrono::NaiveDate;

/// Whether a text could be somebody's CPR number: ten figures, with or without a hyphen, of which
/// the first six are a date. The clinic's own numbers never are, and nothing like it is kept.
///
/// The day of a stand-in for a CPR number is 60 higher (cpr.dk, «erstatningspersonnummer»).
pub fn is_like_cpr(text: &str) -> bool {
    let figures: String = text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '-' | '–' | '.')).collect();
    if figures.len() != 10 || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let number = |from: usize| figures[from..from + 2].parse::<u32>().unwrap_or_default();
    let (day, month, year) = (number(0), number(2), number(4) as i32);
    let day = if day > 60 { day - 60 } else { day };
    // Which hundred years is not said; 29 February is a date in some of them.
    [1900, 2000].into_iter().any(|century| NaiveDate::from_ymd_opt(century + year, month, day).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_like_cpr(text), expected, "{text}");
    }

    /// No person has such an ending.
    fn nobodys(date: &str) -> String {
        date.to_owned() + &"0".repeat(4)
    }

    #[test]
    fn ten_figures_that_begin_with_a_date() {
        check(&nobodys("010203"), true);
        check(&nobodys("010203-"), true);
        check(&nobodys("01 02 03 "), true);
        check(&format!("  {}  ", nobodys("311299")), true);
        check(&nobodys("290200"), true);
        check(&nobodys("610203"), true);
        check(&nobodys("911203"), true);
    }

    #[test]
    fn the_clinics_numbers_and_telephone_numbers_are_none() {
        for text in ["", "1001", "0007", "ny-1", "010203", "010203-000", "æøåæøåæøåæ"] {
            check(text, false);
        }
        for date in ["000203", "320103", "310403", "300203", "290201", "011303", "010003", "600203", "920203", "451234"]
        {
            check(&nobodys(date), false);
        }
        check(&(nobodys("010203") + "0"), false);
        check("0102٠3000٠", false);
    }
}
