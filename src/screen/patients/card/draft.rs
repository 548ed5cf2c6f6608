//! What the patient card holds while it is typed in, and what it comes to.

use aftalebog_booking::bounded::{Detail, Line, Name, NotALine, PatientNumber};
use aftalebog_booking::contact::ReachedBy;
use aftalebog_booking::patient::is_like_cpr;
use aftalebog_booking::record::Patient;
use aftalebog_texts::{Texts, fl, typed};
use chrono::NaiveDate;

use crate::screen::settings::Situation;
use crate::ui::form::Sentence;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) birth_date: String,
    pub(super) phone: String,
    pub(super) email: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Number,
    Name,
    BirthDate,
    Phone,
    Email,
}

impl Field {
    pub(super) const ALL: [Self; 5] = [Self::Number, Self::Name, Self::BirthDate, Self::Phone, Self::Email];

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Number => "card-number",
            Self::Name => "card-name",
            Self::BirthDate => "card-birth-date",
            Self::Phone => "card-phone",
            Self::Email => "card-email",
        }
    }
}

/// What stands under the fields, in the order of [`Field::ALL`].
pub(super) type Sentences = [Sentence; 5];

/// A number that somebody else has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub number: PatientNumber,
    pub by: Name,
}

impl Draft {
    pub(super) fn of(patient: &Patient, situation: &Situation<'_>) -> Self {
        let line = |detail: &Option<Detail>| detail.as_ref().map(Detail::to_string).unwrap_or_default();
        Self {
            number: patient.number.to_string(),
            name: patient.name.to_string(),
            birth_date: situation.texts.date_in_field(patient.birth_date),
            phone: line(&patient.phone),
            email: line(&patient.email),
        }
    }

    /// What somebody searched for in vain is most likely the name of the new patient, unless it reads
    /// like something else. What could be a CPR number is left behind.
    pub(super) fn from_search(searched: &str, today: NaiveDate) -> Self {
        let searched = searched.trim().to_owned();
        let figures = searched.chars().filter(char::is_ascii_digit).count();
        let letters = searched.chars().any(char::is_alphabetic);
        if is_like_cpr(&searched) {
            Self::default()
        } else if searched.contains('@') {
            Self { email: searched, ..Self::default() }
        } else if letters {
            Self { name: searched, ..Self::default() }
        } else if figures >= 6 && typed::date(&searched, today).is_some() {
            Self { birth_date: searched, ..Self::default() }
        } else if figures >= 8 {
            Self { phone: searched, ..Self::default() }
        } else {
            Self::default()
        }
    }

    pub(super) fn get(&self, field: Field) -> &str {
        match field {
            Field::Number => &self.number,
            Field::Name => &self.name,
            Field::BirthDate => &self.birth_date,
            Field::Phone => &self.phone,
            Field::Email => &self.email,
        }
    }

    pub(super) fn text(&mut self, field: Field) -> &mut String {
        match field {
            Field::Number => &mut self.number,
            Field::Name => &mut self.name,
            Field::BirthDate => &mut self.birth_date,
            Field::Phone => &mut self.phone,
            Field::Email => &mut self.email,
        }
    }

    /// What can be saved, or the first field that is wrong. `before`: as the file has them.
    pub(super) fn parse(&self, before: Option<&Patient>, today: NaiveDate) -> Result<Patient, Field> {
        let number = PatientNumber::new(&self.number).map_err(|_| Field::Number)?;
        // A number that was imported can be kept, not given.
        if is_like_cpr(number.as_str()) && before.is_none_or(|before| before.number != number) {
            return Err(Field::Number);
        }
        let name = Name::new(&self.name).map_err(|_| Field::Name)?;
        let birth_date = typed::date(&self.birth_date, today).filter(|date| *date <= today).ok_or(Field::BirthDate)?;
        let phone = Detail::new(&self.phone).map_err(|_| Field::Phone)?;
        let email = Detail::new(&self.email).map_err(|_| Field::Email)?;
        if self.is_email_refused(before) {
            return Err(Field::Email);
        }
        let (self_registered, accepted) = before.map_or((false, true), |it| (it.self_registered, it.accepted));
        // A blank line is none, unless the file has it so.
        let kept = |line: Detail, kept: fn(&Patient) -> &Option<Detail>| match before.map(kept) {
            Some(Some(before)) if *before == line => Some(line),
            _ => Some(line).filter(|line| !line.as_str().is_empty()),
        };
        let (phone, email) = (kept(phone, |it| &it.phone), kept(email, |it| &it.email));
        Ok(Patient { number, name, birth_date, phone, email, self_registered, accepted })
    }

    /// Whether it is no address; one that the file has already is no reason to save nothing else.
    fn is_email_refused(&self, before: Option<&Patient>) -> bool {
        let typed = self.email.trim();
        let kept = before.and_then(|before| before.email.as_ref()).is_some_and(|kept| kept.as_str() == typed);
        !kept && !ReachedBy::Email.takes(typed)
    }

    /// What stands under each field. What is missing is said once OK was `tried`. `before`: as the file has them.
    pub(super) fn sentences(
        &self,
        before: Option<&Patient>,
        tried: bool,
        taken: Option<&Taken>,
        situation: &Situation<'_>,
    ) -> Sentences {
        let texts = situation.texts;
        Field::ALL.map(|field| {
            let missing = self.get(field).trim().is_empty();
            match field {
                Field::Number | Field::Name | Field::BirthDate if missing && !tried => Sentence::none(),
                Field::Number => self.number_sentence(taken, texts),
                Field::Name => line::<{ Name::MIN }, { Name::MAX }>(&self.name, fl!(texts, "card-name-missing"), texts),
                Field::BirthDate => self.birth_date_sentence(situation),
                Field::Phone => line::<{ Detail::MIN }, { Detail::MAX }>(&self.phone, String::new(), texts),
                Field::Email if tried && self.is_email_refused(before) => {
                    Sentence::Refuses(texts.reaches_nobody(ReachedBy::Email))
                }
                Field::Email => line::<{ Detail::MIN }, { Detail::MAX }>(&self.email, String::new(), texts),
            }
        })
    }

    fn number_sentence(&self, taken: Option<&Taken>, texts: &Texts) -> Sentence {
        if is_like_cpr(&self.number) {
            return Sentence::Refuses(fl!(texts, "card-number-cpr"));
        }
        match taken.filter(|taken| taken.number.as_str() == self.number.trim()) {
            Some(taken) => Sentence::Refuses(fl!(texts, "card-number-taken", name = taken.by.to_string())),
            None => line::<{ PatientNumber::MIN }, { PatientNumber::MAX }>(
                &self.number,
                fl!(texts, "card-number-missing"),
                texts,
            ),
        }
    }

    fn birth_date_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let Situation { texts, today, .. } = *situation;
        match typed::date(&self.birth_date, today) {
            None => Sentence::Refuses(fl!(texts, "card-birth-date-refused")),
            Some(date) if date > today => Sentence::Refuses(fl!(texts, "card-birth-date-ahead")),
            Some(date) => {
                let years = today.years_since(date).unwrap_or_default();
                Sentence::Means(fl!(texts, "card-birth-date-means", date = texts.date(date), years = years))
            }
        }
    }
}

/// What is wrong with a line, in words.
fn line<const MIN: usize, const MAX: usize>(typed: &str, missing: String, texts: &Texts) -> Sentence {
    match Line::<MIN, MAX>::new(typed) {
        Ok(_) => Sentence::none(),
        Err(NotALine::Missing) => Sentence::Refuses(missing),
        Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_the_file_has_already_keeps_nothing_else_from_being_saved() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let before = Patient {
            number: PatientNumber::new("1001").expect("a number"),
            name: Name::new("Karen").expect("a name"),
            birth_date: NaiveDate::from_ymd_opt(1980, 12, 24).expect("a date"),
            phone: None,
            email: Detail::new("karen").ok(),
            self_registered: false,
            accepted: true,
        };
        let typed = |email: &str| Draft {
            number: "1001".to_owned(),
            name: "Karen Ærø".to_owned(),
            birth_date: "24-12-1980".to_owned(),
            phone: String::new(),
            email: email.to_owned(),
        };
        let name = Name::new("Karen Ærø").expect("a name");
        assert_eq!(typed("karen").parse(Some(&before), today), Ok(Patient { name, ..before.clone() }));
        assert_eq!(typed("karen").parse(None, today), Err(Field::Email), "nobody new gets one");
        assert_eq!(typed("karin").parse(Some(&before), today), Err(Field::Email));
    }

    #[test]
    fn what_was_searched_for_goes_into_the_field_it_reads_like() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let from = |searched| Draft::from_search(searched, today);
        let is = |draft: Draft, name: &str, birth_date: &str, phone: &str, email: &str| {
            let expected = [name, birth_date, phone, email];
            assert_eq!([&draft.name, &draft.birth_date, &draft.phone, &draft.email].map(String::as_str), expected);
            assert_eq!(draft.number, "");
        };
        is(from(" Karen Ærø "), "Karen Ærø", "", "", "");
        is(from("240512"), "", "240512", "", "");
        is(from("24-05-2012"), "", "24-05-2012", "", "");
        is(from("01 43 00 01"), "", "", "01 43 00 01", "");
        is(from("karen@patient.example"), "", "", "", "karen@patient.example");
        is(from("1001"), "", "", "", "");
        is(from(&format!("240512-{}", "0".repeat(4))), "", "", "", "");
    }
}
