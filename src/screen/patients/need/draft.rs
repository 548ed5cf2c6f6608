//! What the need's dialog holds while it is chosen and typed in, and what it comes to.

use aftalebog_booking::bounded::Length;
use aftalebog_booking::record::{AppointmentType, Need, OnlineType, Patient, Practitioner};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Id, consequence};
use aftalebog_texts::fl;
use aftalebog_texts::typed::{self, NotAWeek};
use chrono::{Datelike, NaiveDate};

use super::words;
use crate::screen::settings::Situation;
use crate::ui::form::Sentence;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) patient: Option<Id<Patient>>,
    pub(super) appointment_type: Option<Id<AppointmentType>>,
    pub(super) practitioner: Option<Id<Practitioner>>,
    pub(super) minutes: String,
    pub(super) week: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Patient,
    Type,
    Practitioner,
    Minutes,
    Week,
}

impl Field {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Patient => "need-patient",
            Self::Type => "need-type",
            Self::Practitioner => "need-practitioner",
            Self::Minutes => "need-minutes",
            Self::Week => "need-week",
        }
    }
}

/// What stands under the fields.
#[derive(Debug)]
pub(super) struct Sentences {
    pub(super) patient: Sentence,
    pub(super) appointment_type: Sentence,
    pub(super) practitioner: Sentence,
    pub(super) minutes: Sentence,
    pub(super) week: Sentence,
    /// Which appointment uses the need, if one does.
    pub(super) used: Option<Sentence>,
}

impl Draft {
    pub(super) fn of(need: &Need, situation: &Situation<'_>) -> Self {
        Self {
            patient: Some(need.patient),
            appointment_type: Some(need.appointment_type),
            practitioner: Some(need.practitioner),
            minutes: need.minutes.to_string(),
            week: situation.texts.week_in_field(need.recall),
        }
    }

    /// The text of a field that is typed in; the others are chosen.
    pub(super) fn text(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Minutes => Some(&mut self.minutes),
            Field::Week => Some(&mut self.week),
            Field::Patient | Field::Type | Field::Practitioner => None,
        }
    }

    /// What can be saved, or the first field that is wrong.
    pub(super) fn parse(&self, today: NaiveDate) -> Result<Need, Field> {
        Ok(Need {
            patient: self.patient.ok_or(Field::Patient)?,
            appointment_type: self.appointment_type.ok_or(Field::Type)?,
            practitioner: self.practitioner.ok_or(Field::Practitioner)?,
            minutes: Length::parse_optional(&self.minutes).ok().flatten().ok_or(Field::Minutes)?,
            recall: typed::week(&self.week, this_year(today)).map_err(|_| Field::Week)?,
        })
    }

    /// What stands under each field. What is missing is said once OK was `tried`.
    pub(super) fn sentences(&self, tried: bool, used: Option<String>, situation: &Situation<'_>) -> Sentences {
        let texts = situation.texts;
        let chosen = |missing: bool, words: String| match missing && tried {
            true => Sentence::Refuses(words),
            false => Sentence::none(),
        };
        let minutes = match Length::parse_optional(&self.minutes) {
            Ok(Some(_)) => Sentence::none(),
            Ok(None) if !tried => Sentence::none(),
            Ok(None) | Err(_) => {
                Sentence::Refuses(fl!(texts, "need-minutes-refused", min = Length::MIN, max = Length::MAX))
            }
        };
        Sentences {
            patient: chosen(self.patient.is_none(), fl!(texts, "need-patient-missing")),
            appointment_type: chosen(self.appointment_type.is_none(), fl!(texts, "need-type-missing")),
            practitioner: self.practitioner_sentence(tried, situation),
            minutes,
            week: self.week_sentence(tried, situation),
            used: used.map(Sentence::Means),
        }
    }

    /// How the chosen type is booked online, if needs decide about it.
    fn online<'a>(&self, situation: &Situation<'a>) -> Option<&'a OnlineType> {
        let of = situation.setup.online_type_of(self.appointment_type?)?;
        of.value.need_driven.then_some(&of.value)
    }

    /// The patient can no longer book it online.
    fn has_run_out(&self, week: Week, situation: &Situation<'_>) -> bool {
        let days = self.online(situation).and_then(|of| of.max_days_after_recall_week);
        consequence::has_run_out(week, days, situation.today)
    }

    /// Who does not take part in online booking leaves the patient to the telephone.
    fn practitioner_sentence(&self, tried: bool, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        let Some(id) = self.practitioner else {
            return match tried {
                true => Sentence::Refuses(fl!(texts, "need-practitioner-missing")),
                false => Sentence::none(),
            };
        };
        let alone = self.online(situation).is_some_and(|of| !of.choose_practitioner);
        match situation.setup.practitioner(id) {
            Some(practitioner) if alone && !practitioner.registered => Sentence::Warns(fl!(
                texts,
                "need-practitioner-not-registered",
                initials = practitioner.initials.to_string()
            )),
            _ => Sentence::none(),
        }
    }

    fn week_sentence(&self, tried: bool, situation: &Situation<'_>) -> Sentence {
        let Situation { texts, today, .. } = *situation;
        if self.week.trim().is_empty() && !tried {
            return Sentence::none();
        }
        match typed::week(&self.week, this_year(today)) {
            Err(NotAWeek::Unreadable) => Sentence::Refuses(fl!(texts, "need-week-refused")),
            Err(NotAWeek::None(none)) if none.week > none.weeks => Sentence::Refuses(fl!(
                texts,
                "need-week-none",
                year = none.year.to_string(),
                weeks = none.weeks,
                week = none.week
            )),
            Err(NotAWeek::None(_)) => Sentence::Refuses(fl!(texts, "need-week-refused")),
            Ok(week) if self.has_run_out(week, situation) => {
                Sentence::Warns(fl!(texts, "need-week-run-out", week = week.week().to_string()))
            }
            Ok(week) if week < Week::of(today) => Sentence::Warns(words::week_passed(week, situation)),
            Ok(week) => Sentence::Means(words::days_of(week, situation)),
        }
    }
}

/// In which a week without a year lies: that of this week, not of this date.
fn this_year(today: NaiveDate) -> i32 {
    today.iso_week().year()
}
