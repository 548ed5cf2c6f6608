//! What each number of the online type editor means today.
//!
//! The editor shows the consequence under each field («Tidligst: i morgen (man. 23. nov.)»); the
//! rules that judge a booking read the same functions. Facts only: the words are chosen elsewhere.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::bounded::{Alias, Length, NoticeDays, RecallDays, SpacingMinutes};
use crate::id::Id;
use crate::record::{AppointmentType, Entry, OnlineType, Practitioner, WithoutNeed};
use crate::setup::Setup;
use crate::time::{Raster, TimeOfDay, Week, days_after, days_before};

/// What «Minimum tid mellem foreslåede tider» does to a free day that begins at 08:00.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpacingEffect {
    /// Blank or 0: every free time of the appointment book.
    AllTimes { first_starts: Vec<TimeOfDay> },
    /// On a free day a time every `minutes`, which are more than the setting where that does not
    /// fit the raster.
    Every { setting: SpacingMinutes, minutes: u16, first_starts: Vec<TimeOfDay> },
}

impl SpacingEffect {
    /// The setting does not fit the raster, so a free day shows longer distances than it says.
    pub fn is_rounded(&self) -> bool {
        match self {
            Self::AllTimes { .. } => false,
            Self::Every { setting, minutes, .. } => *minutes != setting.get(),
        }
    }

    /// The first three starts of a free day, or fewer where midnight comes first.
    pub fn first_starts(&self) -> &[TimeOfDay] {
        match self {
            Self::AllTimes { first_starts } | Self::Every { first_starts, .. } => first_starts,
        }
    }
}

/// «Er der skrevet 30 minutter og arbejdsdagen starter kl. 08:00, vil patienten få tilbudt 08:00 /
/// 08:30 / 09:00. Står der 0, vil de få tilbudt alle ledige tider.» Guide, item 4.
pub fn spacing_effect(setting: Option<SpacingMinutes>, raster: Raster) -> SpacingEffect {
    match setting {
        Some(setting) if setting.get() > 0 => {
            let minutes = setting.get().next_multiple_of(raster.minutes());
            SpacingEffect::Every { setting, minutes, first_starts: first_starts(minutes) }
        }
        _ => SpacingEffect::AllTimes { first_starts: first_starts(raster.minutes()) },
    }
}

fn first_starts(step: u16) -> Vec<TimeOfDay> {
    const EIGHT: u16 = 8 * 60;
    let starts = (0..3).filter_map(|index| TimeOfDay::from_minutes(EIGHT + index * step));
    starts.filter(|start| *start < TimeOfDay::END).collect()
}

/// «Står der 0, kan de booke dagen efter, står der ingenting, kan de booke samme dag, står der 1,
/// i overmorgen.» Guide, item 8.
pub fn earliest_date(today: NaiveDate, booking: Option<NoticeDays>) -> NaiveDate {
    match booking {
        None => today,
        Some(days) => days_after(today, u64::from(days.get()) + 1),
    }
}

/// «Hvis en patient har et behov til uge 30, kan patienten gøre brug af dette behov i fx 100 dage
/// efter uge 30.» Counted from the week's Sunday, that day included; blank: no limit.
/// Guide, item 7; design, "Max dage EFTER indkaldeuge".
pub fn last_recall_date(recall: Week, after: Option<RecallDays>) -> Option<NaiveDate> {
    after.map(|days| days_after(recall.sunday(), days.get().into()))
}

/// Whether a need of this recall week can no longer be used on a date.
pub fn has_run_out(recall: Week, after: Option<RecallDays>, date: NaiveDate) -> bool {
    last_recall_date(recall, after).is_some_and(|last| last < date)
}

/// «Max dage FØR indkaldeuge»: counted back from the week's Monday, that day included; blank: no
/// limit. Design, "Max dage EFTER indkaldeuge", the optional part.
pub fn first_recall_date(recall: Week, before: Option<RecallDays>) -> Option<NaiveDate> {
    before.map(|days| days_before(recall.monday(), days.get().into()))
}

/// Until when a patient may cancel or move an appointment online.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    UntilStart,
    /// All of this day.
    Through(NaiveDate),
}

/// «Viser hvornår der senest, før aftaledatoen, kan meldes afbud», and the same for moving: to
/// the end of the day that lies N days before; blank or 0: until the appointment begins.
/// Guide, items 9 and 10; design, "Afbud muligt".
pub fn last_change_date(appointment: NaiveDate, notice: Option<NoticeDays>) -> Deadline {
    match notice {
        Some(days) if days.get() > 0 => Deadline::Through(days_before(appointment, days.get().into())),
        _ => Deadline::UntilStart,
    }
}

/// The appointment that the editor explains a deadline with: on a weekday at least a week ahead,
/// and so far that its deadline is today or later. Design, "Afbud muligt".
pub fn example_appointment_date(today: NaiveDate, notice: Option<NoticeDays>) -> NaiveDate {
    let days = notice.map_or(0, NoticeDays::get).max(7);
    let date = days_after(today, days.into());
    match date.weekday() {
        Weekday::Sat => days_after(date, 2),
        Weekday::Sun => days_after(date, 1),
        _ => date,
    }
}

/// The recall week that the editor explains «Max dage EFTER indkaldeuge» with: this week.
/// Design, "Max dage EFTER indkaldeuge".
pub fn example_recall_week(today: NaiveDate) -> Week {
    Week::of(today)
}

/// With whom a type can be booked online.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhoMayBook {
    /// Patients with a need, with the practitioner the need names.
    NeedsPractitioner,
    /// Patients with a need, with any registered practitioner.
    AnyRegistered,
    /// Everyone, with these practitioners; in the clinic's order, never empty.
    Everyone(Vec<Id<Practitioner>>),
    /// No patient, and the clinic is warned.
    Nobody(WhyNobody),
}

/// What makes a type impossible to book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNobody {
    /// It needs no need, and no practitioner is ticked «Aktiv» in it.
    NoneTicked,
    /// None of those it could be booked with is «Tilmeldt».
    NoneRegistered,
}

/// «Oprettelse/behandlere styres af behov», «Vælg behandler – selvom type styres af behov» and
/// «Kan oprettes uden behov på følgende behandlere», all ∩ «Tilmeldt». Guide, items 5 and 6;
/// design, the table of who may book.
pub fn who_may_book(online_type: &OnlineType, setup: &Setup) -> WhoMayBook {
    let OnlineType { need_driven, choose_practitioner, practitioners, .. } = online_type;
    who_may_book_by(*need_driven, *choose_practitioner, practitioners, setup)
}

/// The same of a type that is still being set up: what it is called and its numbers do not decide
/// who may book it.
pub fn who_may_book_by(
    need_driven: bool,
    choose_practitioner: bool,
    rows: &[WithoutNeed],
    setup: &Setup,
) -> WhoMayBook {
    let mut registered = setup.practitioners.iter().filter(|entry| entry.value.registered).map(|entry| entry.id);
    if need_driven {
        return match (registered.next(), choose_practitioner) {
            (None, _) => WhoMayBook::Nobody(WhyNobody::NoneRegistered),
            (Some(_), true) => WhoMayBook::AnyRegistered,
            (Some(_), false) => WhoMayBook::NeedsPractitioner,
        };
    }
    let is_ticked = |id| rows.iter().any(|row| row.active && row.practitioner == id);
    let takers: Vec<_> = registered.filter(|id| is_ticked(*id)).collect();
    // The tick of somebody who works here no more is kept, and nobody sees it.
    let is_seen = |row: &WithoutNeed| row.active && !setup.is_deactivated(row.practitioner);
    if !takers.is_empty() {
        WhoMayBook::Everyone(takers)
    } else if rows.iter().any(is_seen) {
        WhoMayBook::Nobody(WhyNobody::NoneRegistered)
    } else {
        WhoMayBook::Nobody(WhyNobody::NoneTicked)
    }
}

/// What an alias means that another type has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameAlias {
    /// The clinic is told, and may keep it: a patient's need says which of the two is meant.
    Warned,
    /// Both can be booked without a need, and nothing would tell them apart.
    Refused,
}

/// Another type with this alias, whether in capitals or not, and what that means; `own` is the
/// type that is to have it, unless it is new. Of several, the first in the clinic's order with
/// which the alias is refused, else the first. Design, "Online alias".
pub fn same_alias(
    alias: &Alias,
    need_driven: bool,
    own: Option<Id<OnlineType>>,
    setup: &Setup,
) -> Option<(Id<OnlineType>, SameAlias)> {
    let others = setup.online_types.iter().filter(|other| Some(other.id) != own);
    same_alias_among(alias, need_driven, others)
}

/// The same among some of the types only.
pub(crate) fn same_alias_among<'a>(
    alias: &Alias,
    need_driven: bool,
    others: impl Iterator<Item = &'a Entry<OnlineType>>,
) -> Option<(Id<OnlineType>, SameAlias)> {
    let folded = |alias: &Alias| alias.as_str().to_lowercase();
    let sought = folded(alias);
    let same = others.filter(|other| folded(&other.value.alias) == sought).map(|other| {
        let without_need = !need_driven && !other.value.need_driven;
        (other.id, if without_need { SameAlias::Refused } else { SameAlias::Warned })
    });
    // The first of those that weigh the same comes first.
    same.min_by_key(|(_, weight)| *weight == SameAlias::Warned)
}

/// The types that a patient who has just created themself can book: without a need, with somebody
/// who is «Tilmeldt» and takes new patients. Guide, «Selvoprettelse»; design, the table of who may
/// book.
pub fn types_for_new_patients(setup: &Setup) -> Vec<&Entry<OnlineType>> {
    let takes_new = |id| setup.practitioner(id).is_some_and(|practitioner| practitioner.takes_new_patients);
    let open_to_new = |entry: &&Entry<OnlineType>| match who_may_book(&entry.value, setup) {
        WhoMayBook::Everyone(takers) => takers.into_iter().any(takes_new),
        WhoMayBook::NeedsPractitioner | WhoMayBook::AnyRegistered | WhoMayBook::Nobody(_) => false,
    };
    setup.online_types.iter().filter(open_to_new).collect()
}

/// How long an appointment without a need lasts: «the row's, else the type's standard».
/// Design, the table of who may book.
pub fn effective_minutes(row: &WithoutNeed, appointment_type: &AppointmentType) -> Length {
    row.minutes.unwrap_or(appointment_type.minutes)
}

#[cfg(test)]
mod tests;
