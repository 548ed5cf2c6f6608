//! What the type editor holds while it is typed in: texts, and what they come to.

use aftalebog_booking::bounded::{Alias, Length, NotALine, Whole};
use aftalebog_booking::consequence::{self, SameAlias, WhoMayBook};
use aftalebog_booking::record::{AppointmentType, Entry, OnlineType, Practitioner, WithoutNeed};
use aftalebog_booking::setting::TypeField;
use aftalebog_booking::{Id, Setup};
use aftalebog_texts::{Texts, fl};

use super::view::{CHOOSE_PRACTITIONER, NEED_DRIVEN, row_id};
use crate::screen::settings::Situation;
use crate::ui::form::Sentence;

/// What the form holds while it is typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) appointment_type: Option<Id<AppointmentType>>,
    pub(super) alias: String,
    pub(super) min_spacing_minutes: String,
    pub(super) need_driven: bool,
    pub(super) choose_practitioner: bool,
    pub(super) max_days_before_recall_week: String,
    pub(super) max_days_after_recall_week: String,
    pub(super) earliest_booking_days: String,
    pub(super) cancel_days: String,
    pub(super) move_days: String,
    pub(super) practitioners: Vec<DraftRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftRow {
    pub(super) practitioner: Id<Practitioner>,
    pub(super) active: bool,
    pub(super) minutes: String,
    /// The record has a row for this practitioner, and keeps it.
    pub(super) kept: bool,
}

/// A field with a sentence under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    AppointmentType,
    Alias,
    Spacing,
    BeforeRecallWeek,
    AfterRecallWeek,
    EarliestBooking,
    Cancel,
    Move,
    Minutes(usize),
}

impl Field {
    pub(super) fn id(self) -> iced::widget::Id {
        match self {
            Self::AppointmentType => "type-appointment-type".into(),
            Self::Alias => "type-alias".into(),
            Self::Spacing => "type-spacing".into(),
            Self::BeforeRecallWeek => "type-before".into(),
            Self::AfterRecallWeek => "type-after".into(),
            Self::EarliestBooking => "type-earliest".into(),
            Self::Cancel => "type-cancel-days".into(),
            Self::Move => "type-move-days".into(),
            Self::Minutes(row) => format!("type-minutes-{row}").into(),
        }
    }
}

/// What stands under the fields.
#[derive(Debug)]
pub(super) struct Sentences {
    pub(super) appointment_type: Sentence,
    pub(super) alias: Sentence,
    pub(super) spacing: Sentence,
    pub(super) need_driven: Sentence,
    pub(super) choose_practitioner: Sentence,
    pub(super) before: Sentence,
    pub(super) after: Sentence,
    pub(super) earliest: Sentence,
    pub(super) cancel: Sentence,
    pub(super) moving: Sentence,
    pub(super) minutes: Vec<Sentence>,
}

impl Draft {
    pub(super) fn of(value: &OnlineType, setup: &Setup) -> Self {
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            appointment_type: Some(value.appointment_type),
            alias: value.alias.to_string(),
            min_spacing_minutes: number(value.min_spacing_minutes.map(u16::from)),
            need_driven: value.need_driven,
            choose_practitioner: value.choose_practitioner,
            max_days_before_recall_week: number(value.max_days_before_recall_week.map(u16::from)),
            max_days_after_recall_week: number(value.max_days_after_recall_week.map(u16::from)),
            earliest_booking_days: number(value.earliest_booking_days.map(u16::from)),
            cancel_days: number(value.cancel_days.map(u16::from)),
            move_days: number(value.move_days.map(u16::from)),
            practitioners: rows(&value.practitioners, setup),
        }
    }

    /// The control in which a setting of this type stands. One that is greyed is woken by «styres
    /// af behov».
    pub(super) fn control(&self, field: TypeField) -> iced::widget::Id {
        let awake = |awake: bool, id: iced::widget::Id| if awake { id } else { NEED_DRIVEN.into() };
        match field {
            TypeField::Alias => Field::Alias.id(),
            TypeField::Spacing => Field::Spacing.id(),
            TypeField::NeedDriven => NEED_DRIVEN.into(),
            TypeField::ChoosePractitioner => awake(self.need_driven, CHOOSE_PRACTITIONER.into()),
            TypeField::AfterRecallWeek => awake(self.need_driven, Field::AfterRecallWeek.id()),
            TypeField::BeforeRecallWeek => awake(self.need_driven, Field::BeforeRecallWeek.id()),
            TypeField::EarliestBooking => Field::EarliestBooking.id(),
            TypeField::Cancel => Field::Cancel.id(),
            TypeField::Move => Field::Move.id(),
            TypeField::Practitioners | TypeField::Practitioner(_) => {
                let row = match field {
                    TypeField::Practitioner(whom) => self.row_of(whom),
                    _ => 0,
                };
                awake(!self.need_driven && !self.practitioners.is_empty(), row_id(row).into())
            }
        }
    }

    /// The text of a field that is typed in.
    pub(super) fn text(&mut self, field: Field) -> &mut String {
        match field {
            // The type is chosen, never typed; its field has no text of its own.
            Field::Alias | Field::AppointmentType => &mut self.alias,
            Field::Spacing => &mut self.min_spacing_minutes,
            Field::BeforeRecallWeek => &mut self.max_days_before_recall_week,
            Field::AfterRecallWeek => &mut self.max_days_after_recall_week,
            Field::EarliestBooking => &mut self.earliest_booking_days,
            Field::Cancel => &mut self.cancel_days,
            Field::Move => &mut self.move_days,
            Field::Minutes(row) => &mut self.practitioners[row].minutes,
        }
    }

    /// What can be saved, or the first field that is wrong.
    pub(super) fn parse(&self, opened: Option<&Entry<OnlineType>>, setup: &Setup) -> Result<OnlineType, Field> {
        let appointment_type = self.appointment_type.ok_or(Field::AppointmentType)?;
        let alias = Alias::new(&self.alias).map_err(|_| Field::Alias)?;
        if let Some((_, SameAlias::Refused)) = self.same_alias(&alias, opened, setup) {
            return Err(Field::Alias);
        }
        self.set_up(appointment_type, alias, opened)
    }

    /// The same as far as it decides which times patients are offered: whatever they read instead
    /// of the code.
    pub(super) fn parse_but_alias(&self, opened: Option<&Entry<OnlineType>>) -> Result<OnlineType, Field> {
        let appointment_type = self.appointment_type.ok_or(Field::AppointmentType)?;
        let alias = Alias::new(&self.alias).or_else(|_| Alias::new("–")).map_err(|_| Field::Alias)?;
        self.set_up(appointment_type, alias, opened)
    }

    fn set_up(
        &self,
        appointment_type: Id<AppointmentType>,
        alias: Alias,
        opened: Option<&Entry<OnlineType>>,
    ) -> Result<OnlineType, Field> {
        let min_spacing_minutes = number(&self.min_spacing_minutes, Field::Spacing)?;
        let before = opened.map(|opened| &opened.value);
        let recall = |typed, field, saved| number_if(self.need_driven, typed, field, saved);
        let max_days_after_recall_week = recall(
            &self.max_days_after_recall_week,
            Field::AfterRecallWeek,
            before.and_then(|value| value.max_days_after_recall_week),
        )?;
        let max_days_before_recall_week = recall(
            &self.max_days_before_recall_week,
            Field::BeforeRecallWeek,
            before.and_then(|value| value.max_days_before_recall_week),
        )?;
        let earliest_booking_days = number(&self.earliest_booking_days, Field::EarliestBooking)?;
        let cancel_days = number(&self.cancel_days, Field::Cancel)?;
        let move_days = number(&self.move_days, Field::Move)?;
        let rows = self.practitioners.iter().enumerate();
        let saved =
            |id| before.and_then(|value| value.practitioners.iter().find(|row| row.practitioner == id)?.minutes);
        let rows = rows.map(|(index, row)| {
            let minutes = number_if(!self.need_driven, &row.minutes, Field::Minutes(index), saved(row.practitioner))?;
            Ok((row, minutes))
        });
        let rows = rows.collect::<Result<Vec<(&DraftRow, Option<Length>)>, Field>>()?;
        let practitioners = ordered_rows(rows, opened);
        Ok(OnlineType {
            appointment_type,
            alias,
            min_spacing_minutes,
            need_driven: self.need_driven,
            choose_practitioner: self.choose_practitioner,
            practitioners,
            max_days_before_recall_week,
            max_days_after_recall_week,
            earliest_booking_days,
            cancel_days,
            move_days,
            position: opened.map_or(0, |opened| opened.value.position),
        })
    }

    /// Another type with this alias.
    fn same_alias(
        &self,
        alias: &Alias,
        opened: Option<&Entry<OnlineType>>,
        setup: &Setup,
    ) -> Option<(Id<OnlineType>, SameAlias)> {
        consequence::same_alias(alias, self.need_driven, opened.map(|opened| opened.id), setup)
    }

    /// What each number means today, or why it is refused.
    pub(super) fn sentences(
        &self,
        opened: Option<&Entry<OnlineType>>,
        situation: &Situation<'_>,
        tried: bool,
    ) -> Sentences {
        let Situation { texts, setup, today, .. } = *situation;
        let raster = setup.clinic.value.raster_minutes;
        let week = consequence::example_recall_week(today);
        let type_minutes = self
            .appointment_type
            .and_then(|id| setup.appointment_type(id))
            .map(|value| value.minutes.get().to_string());
        let minutes = |row: &DraftRow| match Length::parse_optional(&row.minutes) {
            _ if self.need_driven => Sentence::none(),
            Err(fault) => Sentence::Refuses(texts.not_a_number(fault)),
            Ok(Some(_)) => Sentence::none(),
            Ok(None) => Sentence::Means(match &type_minutes {
                Some(minutes) => fl!(texts, "type-minutes-standard", minutes = minutes.clone()),
                None => String::new(),
            }),
        };
        Sentences {
            appointment_type: match self.appointment_type {
                None if tried => Sentence::Refuses(fl!(texts, "type-missing")),
                _ => Sentence::none(),
            },
            alias: self.alias_sentence(opened, situation, tried),
            spacing: means(texts, &self.min_spacing_minutes, |spacing| {
                texts.spacing(&consequence::spacing_effect(spacing, raster), raster)
            }),
            need_driven: self.who_sentence(situation),
            choose_practitioner: Sentence::Means(match (self.need_driven, self.choose_practitioner) {
                (false, _) => fl!(texts, "type-choose-without-need"),
                (true, false) => fl!(texts, "type-choose-no"),
                (true, true) => fl!(texts, "type-choose-yes"),
            }),
            before: means_if(self.need_driven, texts, &self.max_days_before_recall_week, |days| {
                texts.first_recall_date(today, week, consequence::first_recall_date(week, days))
            }),
            after: means_if(self.need_driven, texts, &self.max_days_after_recall_week, |days| {
                texts.last_recall_date(today, week, consequence::last_recall_date(week, days))
            }),
            earliest: means(texts, &self.earliest_booking_days, |days| {
                texts.earliest_date(today, consequence::earliest_date(today, days))
            }),
            cancel: means(texts, &self.cancel_days, |days| texts.deadline(today, days)),
            moving: means(texts, &self.move_days, |days| texts.deadline(today, days)),
            minutes: self.practitioners.iter().map(minutes).collect(),
        }
    }

    fn alias_sentence(&self, opened: Option<&Entry<OnlineType>>, situation: &Situation<'_>, tried: bool) -> Sentence {
        let texts = situation.texts;
        match Alias::new(&self.alias) {
            Err(NotALine::Missing) if !tried => Sentence::Means(fl!(texts, "type-alias-means")),
            Err(NotALine::Missing) => Sentence::Refuses(fl!(texts, "type-alias-missing")),
            Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            Ok(alias) => {
                let setup = situation.setup;
                let Some((id, weight)) = self.same_alias(&alias, opened, setup) else {
                    return Sentence::Means(fl!(texts, "type-alias-means"));
                };
                let other = setup.online_types.iter().find(|entry| entry.id == id);
                let code = other.and_then(|other| setup.appointment_type(other.value.appointment_type));
                let code = code.map(|of| of.code.to_string()).unwrap_or_default();
                match weight {
                    SameAlias::Warned => Sentence::Warns(fl!(texts, "type-alias-same", code = code)),
                    SameAlias::Refused => Sentence::Refuses(fl!(texts, "type-alias-refused", code = code)),
                }
            }
        }
    }

    /// Who may book, in the words of the row under «styres af behov».
    fn who_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let rows: Vec<WithoutNeed> = self.practitioners.iter().map(DraftRow::without_minutes).collect();
        let who = consequence::who_may_book_by(self.need_driven, self.choose_practitioner, &rows, situation.setup);
        let words = situation.texts.who_may_book(&who, situation.setup);
        match who {
            WhoMayBook::Nobody(_) => Sentence::Warns(words),
            _ => Sentence::Means(words),
        }
    }

    /// The row of a practitioner; of one who has gone meanwhile, the first.
    fn row_of(&self, whom: Id<Practitioner>) -> usize {
        self.practitioners.iter().position(|row| row.practitioner == whom).unwrap_or_default()
    }
}

impl DraftRow {
    /// As far as it decides who may book.
    fn without_minutes(&self) -> WithoutNeed {
        WithoutNeed { practitioner: self.practitioner, active: self.active, minutes: None }
    }
}

/// One row for each practitioner who works here, in the clinic's order, and then those the record
/// keeps of others.
pub(super) fn rows(rows: &[WithoutNeed], setup: &Setup) -> Vec<DraftRow> {
    let row = |entry: &Entry<Practitioner>| {
        let kept = rows.iter().find(|row| row.practitioner == entry.id);
        DraftRow {
            practitioner: entry.id,
            active: kept.is_some_and(|row| row.active),
            minutes: kept.and_then(|row| row.minutes).map(|minutes| minutes.to_string()).unwrap_or_default(),
            kept: kept.is_some(),
        }
    };
    let has_left =
        |entry: &&Entry<Practitioner>| entry.value.deactivated && rows.iter().any(|row| row.practitioner == entry.id);
    setup.staff().chain(setup.practitioners.iter().filter(has_left)).map(row).collect()
}

/// The rows as they are saved: those the record had in their order, then those that say something.
fn ordered_rows(rows: Vec<(&DraftRow, Option<Length>)>, opened: Option<&Entry<OnlineType>>) -> Vec<WithoutNeed> {
    let before = opened.map_or(&[][..], |opened| &opened.value.practitioners);
    let place = |id| before.iter().position(|row| row.practitioner == id).unwrap_or(usize::MAX);
    let mut saved: Vec<WithoutNeed> = rows
        .into_iter()
        .filter(|(row, minutes)| row.kept || row.active || minutes.is_some())
        .map(|(row, minutes)| WithoutNeed { practitioner: row.practitioner, active: row.active, minutes })
        .collect();
    saved.sort_by_key(|row| place(row.practitioner));
    saved
}

fn number<const MIN: u16, const MAX: u16>(typed: &str, field: Field) -> Result<Option<Whole<MIN, MAX>>, Field> {
    Whole::parse_optional(typed).map_err(|_| field)
}

/// A greyed field keeps what it holds; a wrong number in it bars nothing, the saved one stays.
fn number_if<const MIN: u16, const MAX: u16>(
    awake: bool,
    typed: &str,
    field: Field,
    saved: Option<Whole<MIN, MAX>>,
) -> Result<Option<Whole<MIN, MAX>>, Field> {
    match number(typed, field) {
        Err(_) if !awake => Ok(saved),
        parsed => parsed,
    }
}

/// What a typed number means, or why it is none.
fn means<const MIN: u16, const MAX: u16>(
    texts: &Texts,
    typed: &str,
    words: impl FnOnce(Option<Whole<MIN, MAX>>) -> String,
) -> Sentence {
    match Whole::parse_optional(typed) {
        Ok(number) => Sentence::Means(words(number)),
        Err(fault) => Sentence::Refuses(texts.not_a_number(fault)),
    }
}

/// A greyed field has no effect, and nothing is said of it.
fn means_if<const MIN: u16, const MAX: u16>(
    awake: bool,
    texts: &Texts,
    typed: &str,
    words: impl FnOnce(Option<Whole<MIN, MAX>>) -> String,
) -> Sentence {
    if awake { means(texts, typed, words) } else { Sentence::none() }
}
