//! What the dialog of an appointment holds while it is typed in: texts, and what they come to.

use aftalebog_booking::Id;
use aftalebog_booking::bounded::{Detail, Length};
use aftalebog_booking::placement::{Placement, Unusual, typed_instant, unusual, wall_clock};
use aftalebog_booking::record::{Appointment, AppointmentType, Need, Origin, Overlap, Patient, Practitioner, Status};
use aftalebog_booking::time::{TimeOfDay, Week, days_after};
use aftalebog_booking::zone::local;
use aftalebog_local::AppointmentCard;
use aftalebog_texts::{capital, fl, typed};
use chrono::{DateTime, NaiveDate, Utc};

use crate::screen::settings::Situation;
use crate::ui::form::Sentence;

/// A year of two figures is one of the next years, or of those that have passed.
const YEARS_AHEAD: u64 = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) patient: Option<Id<Patient>>,
    pub(super) appointment_type: Option<Id<AppointmentType>>,
    pub(super) need: Option<Id<Need>>,
    pub(super) practitioner: Id<Practitioner>,
    pub(super) when: When,
    pub(super) minutes: String,
    pub(super) note: String,
}

/// A date and a time as they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) date: String,
    pub(super) time: String,
    /// The instant that stood there first: of the hour that comes twice it may be the second.
    stood: DateTime<Utc>,
    /// What it reads.
    untouched: (String, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Patient,
    Type,
    Need,
    Practitioner,
    Date,
    Time,
    Minutes,
    Note,
}

impl Field {
    pub(super) const ALL: [Self; 8] =
        [Self::Patient, Self::Type, Self::Need, Self::Practitioner, Self::Date, Self::Time, Self::Minutes, Self::Note];

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Patient => "appointment-patient",
            Self::Type => "appointment-type",
            Self::Need => "appointment-need",
            Self::Practitioner => "appointment-practitioner",
            Self::Date => "appointment-date",
            Self::Time => "appointment-time",
            Self::Minutes => "appointment-minutes",
            Self::Note => "appointment-note",
        }
    }

    /// Its row in the dialog.
    pub(super) fn row(self) -> usize {
        Self::ALL.iter().position(|field| *field == self).unwrap_or_default()
    }
}

/// Why a date and a time are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoInstant {
    Date,
    Time,
    /// The clock is put forward past it.
    Skipped,
}

impl When {
    pub(super) fn of(start: DateTime<Utc>, situation: &Situation<'_>) -> Self {
        let (date, time) = wall_clock(situation.setup.clinic.value.time_zone, start);
        let (date, time) = (situation.texts.date_in_field(date), situation.texts.time_in_field(time));
        Self { untouched: (date.clone(), time.clone()), date, time, stood: start }
    }

    pub(super) fn date(&self, situation: &Situation<'_>) -> Option<NaiveDate> {
        typed::date(&self.date, days_after(situation.today, YEARS_AHEAD * 365))
    }

    /// Unless it is the end of the day, at which nothing begins.
    pub(super) fn time(&self) -> Option<TimeOfDay> {
        typed::time(&self.time).filter(|time| *time != TimeOfDay::END)
    }

    pub(super) fn instant(&self, situation: &Situation<'_>) -> Result<DateTime<Utc>, NoInstant> {
        if (&self.date, &self.time) == (&self.untouched.0, &self.untouched.1) {
            return Ok(self.stood);
        }
        let date = self.date(situation).ok_or(NoInstant::Date)?;
        let time = self.time().ok_or(NoInstant::Time)?;
        typed_instant(situation.setup.clinic.value.time_zone, date, time).ok_or(NoInstant::Skipped)
    }

    /// What stands under the date.
    pub(super) fn date_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        match self.date(situation) {
            Some(date) => Sentence::Means(fl!(
                texts,
                "book-heading",
                date = texts.date_weekday_year(date),
                week = fl!(texts, "week", week = Week::of(date).week())
            )),
            None => {
                let example = texts.date_in_field(situation.today);
                Sentence::Refuses(fl!(texts, "appointment-date-wrong", example = example))
            }
        }
    }

    /// What stands under the time.
    pub(super) fn time_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        match self.instant(situation) {
            Ok(_) | Err(NoInstant::Date) if self.time().is_some() => Sentence::none(),
            Err(NoInstant::Skipped) => Sentence::Refuses(fl!(texts, "appointment-time-skipped")),
            _ => Sentence::Refuses(time_wrong(situation)),
        }
    }
}

/// «Skriv et klokkeslæt, fx 9.15.»
pub(super) fn time_wrong(situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let example = TimeOfDay::new(9, 15).map(|time| texts.time_in_field(time)).unwrap_or_default();
    fl!(texts, "appointment-time-wrong", example = example)
}

impl Draft {
    pub(super) fn text(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Date => Some(&mut self.when.date),
            Field::Time => Some(&mut self.when.time),
            Field::Minutes => Some(&mut self.minutes),
            Field::Note => Some(&mut self.note),
            // These are chosen, never typed.
            Field::Patient | Field::Type | Field::Need | Field::Practitioner => None,
        }
    }

    pub(super) fn get(&self, field: Field) -> &str {
        match field {
            Field::Date => &self.when.date,
            Field::Time => &self.when.time,
            Field::Minutes => &self.minutes,
            Field::Note => &self.note,
            Field::Patient | Field::Type | Field::Need | Field::Practitioner => "",
        }
    }

    fn length(&self) -> Option<Length> {
        Length::parse_optional(&self.minutes).ok().flatten()
    }

    /// Where it would stand, as far as that can be read.
    fn placement(&self, situation: &Situation<'_>) -> Option<Placement> {
        let start = self.when.instant(situation).ok()?;
        Some(Placement { practitioner: self.practitioner, start, minutes: self.length()? })
    }

    /// What can be saved, or the first field that is wrong. `before`: as it is now, unless it is new.
    pub(super) fn parse(&self, before: Option<&Appointment>, situation: &Situation<'_>) -> Result<Appointment, Field> {
        if self.patient.is_none() && must_have_patient(before) {
            return Err(Field::Patient);
        }
        let appointment_type = self.appointment_type.ok_or(Field::Type)?;
        let start = self.when.instant(situation).map_err(|fault| match fault {
            NoInstant::Date => Field::Date,
            NoInstant::Time | NoInstant::Skipped => Field::Time,
        })?;
        Ok(Appointment {
            practitioner: self.practitioner,
            appointment_type: Some(appointment_type),
            patient: self.patient,
            need: self.need,
            start,
            minutes: self.length().ok_or(Field::Minutes)?,
            origin: before.map_or(Origin::Clinic, |before| before.origin),
            status: before.map_or(Status::Booked, |before| before.status),
            overlap: before.map_or(Overlap::None, |before| before.overlap),
            note: Detail::new(&self.note).map_err(|_| Field::Note)?,
        })
    }

    /// What stands under the fields that are typed in.
    pub(super) fn sentence(&self, field: Field, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        match field {
            Field::Date => self.when.date_sentence(situation),
            Field::Time => self.when.time_sentence(situation),
            Field::Minutes => match (self.length(), self.placement(situation)) {
                (Some(_), Some(placement)) => {
                    let (_, end) = wall_clock(situation.setup.clinic.value.time_zone, placement.end());
                    Sentence::Means(fl!(texts, "appointment-until", time = texts.time_in_field(end)))
                }
                (Some(_), None) => Sentence::none(),
                (None, _) => {
                    Sentence::Refuses(fl!(texts, "appointment-minutes-wrong", min = Length::MIN, max = Length::MAX))
                }
            },
            Field::Note => match Detail::new(&self.note) {
                Ok(_) => Sentence::none(),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
            Field::Patient | Field::Type | Field::Need | Field::Practitioner => Sentence::none(),
        }
    }

    /// «Tirsdag 24. november 9.00–9.45 hos Jens Holm», and what is unusual about it. `stood` is where it
    /// stands in the book: that this has passed is no news.
    pub(super) fn meaning(&self, stood: Option<Placement>, situation: &Situation<'_>) -> Vec<Sentence> {
        let Situation { texts, setup, now, today, .. } = *situation;
        let Some(placement) = self.placement(situation) else { return Vec::new() };
        let place = Sentence::Means(capital(&texts.placement(setup, placement, today)));
        let unusual = unusual(setup, placement, now).into_iter();
        let unusual = unusual.filter(|it| *it != Unusual::Past || stood != Some(placement));
        let warnings = unusual.map(|it| Sentence::Warns(texts.unusual(setup, placement.practitioner, it)));
        [place].into_iter().chain(warnings).collect()
    }
}

/// What is to be decided about an appointment that was opened, and what is only to be known.
pub(super) fn known(card: &AppointmentCard, situation: &Situation<'_>) -> Vec<Sentence> {
    let Situation { texts, setup, today, .. } = *situation;
    let opened = &card.entry.value;
    let when = |at| {
        let local = local(setup.clinic.value.time_zone, at);
        (texts.date_seen_from(today, local.date()), texts.time_of(local.time()))
    };
    let online = opened.origin == Origin::Online;
    let known: Vec<String> = match &card.entered {
        // What a patient does, no PC has done.
        Some(entered) if online && entered.by.is_empty() => {
            let (date, time) = when(entered.at);
            vec![fl!(texts, "appointment-online-at", date = date, time = time)]
        }
        entered => {
            let entered = entered.as_ref().map(|entered| {
                let (date, time) = when(entered.at);
                fl!(texts, "appointment-entered", date = date, time = time, pc = entered.by.clone())
            });
            online.then(|| fl!(texts, "appointment-online")).into_iter().chain(entered).collect()
        }
    };
    let clash = (opened.overlap == Overlap::Clash).then(|| Sentence::Warns(fl!(texts, "appointment-clash")));
    let known = (!known.is_empty()).then(|| Sentence::Means(known.join(" ")));
    clash.into_iter().chain(known).collect()
}

/// Another program may have written one without.
pub(super) fn must_have_patient(before: Option<&Appointment>) -> bool {
    before.is_none_or(|before| before.patient.is_some())
}
