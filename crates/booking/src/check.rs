//! The check of the settings: what patients would run into, found before they do.
//!
//! Each finding is true of settings that can be saved, and names the setting that removes it.
//! A type without alias is none of them: a record cannot lack one.
//! Source: design, the warnings of "The settings"; those marked *ours* are not in it.

use chrono::NaiveDate;

use crate::agenda::holds_on;
use crate::bounded::SpacingMinutes;
use crate::consequence::{
    Deadline, SameAlias, SpacingEffect, WhoMayBook, WhyNobody, earliest_date, has_run_out, last_change_date,
    same_alias_among, spacing_effect, types_for_new_patients, who_may_book,
};
use crate::contact::{is_email, is_telephone};
use crate::id::Id;
use crate::record::{AppointmentType, Entry, Need, OnlineType, Practitioner, WorkingHours};
use crate::setting::{Setting, TypeField};
use crate::setup::Setup;
use crate::time::days_after;

/// Something in the settings that the clinic hardly means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// No practitioner at all is «Tilmeldt», and types wait for one; `first` in the clinic's order,
    /// unless there are none.
    NobodyRegistered { first: Option<Id<Practitioner>> },
    /// Online booking runs, and no appointment type is set up for it; `first` of those that can be, in
    /// the clinic's order. *Ours.*
    NoTypeSetUp { first: Id<AppointmentType> },
    /// Online booking runs, and the clinic has no appointment type that could be set up for it. *Ours.*
    NoTypes,
    /// The same where it has some, and each is deactivated. *Ours.*
    AllTypesDeactivated,
    /// New patients may create themselves, and can then book nothing.
    NothingForNewPatients,
    /// Patients are told to ring, and not where. *Ours.*
    PhoneMissing,
    /// Patients are told to ring, and what stands there is no telephone number. *Ours.*
    NotATelephone,
    /// The clinic's e-mail address is none. *Ours.*
    NotAnEmail,
    /// A type has the alias of an `other`, earlier one.
    SameAlias { online_type: Id<OnlineType>, other: Id<OnlineType>, weight: SameAlias },
    /// The distance does not fit the raster: on a free day it works as `works_as` minutes.
    SpacingRounded { online_type: Id<OnlineType>, setting: SpacingMinutes, works_as: u16 },
    /// Each of the type's open needs, `count` of them, has run out before the earliest date that
    /// can be booked. `cause` is the number to look at.
    NeedsOutOfReach { online_type: Id<OnlineType>, count: usize, earliest: NaiveDate, cause: TypeField },
    /// A patient can book a time on the `earliest` date, and never change it online.
    CannotBeChanged { online_type: Id<OnlineType>, earliest: NaiveDate, change: Change },
    /// Without need, and no practitioner ticked.
    NobodyTicked { online_type: Id<OnlineType> },
    /// Without need, and none of those ticked is «Tilmeldt»; `ticked` in the clinic's order, without
    /// those that no record describes.
    TickedNotRegistered { online_type: Id<OnlineType>, ticked: Vec<Id<Practitioner>> },
    /// Open needs that only this practitioner may meet, who is not «Tilmeldt».
    NeedsOnUnregistered { practitioner: Id<Practitioner>, count: usize },
    /// Open needs that only this practitioner may meet, who works here no more; `online_type` is the
    /// first such type. *Ours.*
    NeedsOnDeactivated { practitioner: Id<Practitioner>, online_type: Id<OnlineType>, count: usize },
    /// The same of practitioners that no record describes; `online_type` is the first such type.
    NeedsOnUnknown { online_type: Id<OnlineType>, count: usize },
    /// «Tilmeldt», and without working hours from today on. *Ours.*
    NoWorkingHours { practitioner: Id<Practitioner> },
}

/// What a patient can never do online with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Cancel,
    Move,
    CancelAndMove,
}

impl Finding {
    /// What to change.
    pub fn setting(&self) -> Setting {
        let field = |online_type: Id<OnlineType>, field| Setting::OnlineType(online_type, field);
        match self {
            Self::NobodyRegistered { first: Some(first) } => Setting::Registered(*first),
            Self::NobodyRegistered { first: None } => Setting::Practitioners,
            Self::NoTypeSetUp { first } => Setting::NotSetUp(*first),
            Self::NoTypes | Self::AllTypesDeactivated => Setting::AppointmentTypes,
            Self::NothingForNewPatients => Setting::SelfRegistration,
            Self::PhoneMissing | Self::NotATelephone => Setting::ClinicPhone,
            Self::NotAnEmail => Setting::ClinicEmail,
            Self::SameAlias { online_type, .. } => field(*online_type, TypeField::Alias),
            Self::SpacingRounded { online_type, .. } => field(*online_type, TypeField::Spacing),
            Self::NeedsOutOfReach { online_type, cause, .. } => field(*online_type, *cause),
            Self::CannotBeChanged { online_type, change: Change::Move, .. } => field(*online_type, TypeField::Move),
            Self::CannotBeChanged { online_type, .. } => field(*online_type, TypeField::Cancel),
            Self::NobodyTicked { online_type } => field(*online_type, TypeField::Practitioners),
            Self::TickedNotRegistered { online_type, ticked } => match ticked.first() {
                Some(first) => Setting::Registered(*first),
                None => field(*online_type, TypeField::Practitioners),
            },
            Self::NeedsOnUnregistered { practitioner, .. } => Setting::Registered(*practitioner),
            Self::NeedsOnDeactivated { online_type, .. } | Self::NeedsOnUnknown { online_type, .. } => {
                field(*online_type, TypeField::ChoosePractitioner)
            }
            Self::NoWorkingHours { practitioner } => Setting::Hours(*practitioner),
        }
    }
}

/// Everything the clinic should look at: the service as a whole, then the types and then the
/// practitioners in the clinic's order, whatever order the records came in.
pub fn check<'a>(setup: &Setup, open_needs: impl IntoIterator<Item = &'a Need>, today: NaiveDate) -> Vec<Finding> {
    let open_needs: Vec<&Need> = open_needs.into_iter().collect();
    // What has the same cause is not said again.
    let mut findings: Vec<Finding> = nobody_registered(setup).or_else(|| no_type_set_up(setup)).into_iter().collect();
    findings.extend(nothing_for_new_patients(setup));
    findings.extend(telephone(setup));
    findings.extend(email(setup));
    for (index, entry) in setup.online_types.iter().enumerate() {
        let needs: Vec<&Need> = open_needs_of(entry, &open_needs).collect();
        findings.extend(same_alias(entry, &setup.online_types[..index]));
        findings.extend(spacing_rounded(entry, setup));
        findings.extend(needs_out_of_reach(entry, &needs, today));
        findings.extend(cannot_be_changed(entry, today));
        findings.extend(nobody_to_book(entry, setup));
    }
    if nobody_registered(setup).is_none() {
        let bound = bound_needs(setup, &open_needs, today);
        findings.extend(setup.practitioners.iter().filter_map(|entry| needs_on_unregistered(entry, &bound)));
        findings.extend(setup.practitioners.iter().filter_map(|entry| needs_on_deactivated(entry, &bound)));
        findings.extend(needs_on_unknown(setup, &bound));
    }
    findings.extend(setup.practitioners.iter().filter_map(|entry| no_working_hours(entry, setup, today)));
    findings
}

/// «All ∩ Tilmeldt»: while nobody is registered, no type can be booked. Design, the table of who
/// may book.
fn nobody_registered(setup: &Setup) -> Option<Finding> {
    let waits = |entry: &Entry<OnlineType>| {
        matches!(who_may_book(&entry.value, setup), WhoMayBook::Nobody(WhyNobody::NoneRegistered))
    };
    let nobody = setup.practitioners.iter().all(|entry| !entry.value.registered);
    let first = setup.staff().next().map(|entry| entry.id);
    (nobody && setup.online_types.iter().any(waits)).then_some(Finding::NobodyRegistered { first })
}

/// The service runs, and patients find nothing to book, for no type is set up. Of one that is set up
/// and can be booked by nobody, its own finding says why. *Ours.*
fn no_type_set_up(setup: &Setup) -> Option<Finding> {
    if !setup.service.value.running || !setup.online_types.is_empty() {
        return None;
    }
    Some(match setup.appointment_types.iter().find(|entry| !entry.value.deactivated) {
        Some(first) => Finding::NoTypeSetUp { first: first.id },
        None if setup.appointment_types.is_empty() => Finding::NoTypes,
        None => Finding::AllTypesDeactivated,
    })
}

/// «Self-registration on, but no type a new patient could book: a warning.» Design, "Server
/// indstillinger". Where nobody at all can book anything, that has been said, or will be before booking is started.
fn nothing_for_new_patients(setup: &Setup) -> Option<Finding> {
    let others_can = !setup.online_types.is_empty() && nobody_registered(setup).is_none();
    let nothing = setup.service.value.self_registration && types_for_new_patients(setup).is_empty();
    (others_can && nothing).then_some(Finding::NothingForNewPatients)
}

/// «Kontakt klinikken på tlf. …» needs a number. *Ours.*
fn telephone(setup: &Setup) -> Option<Finding> {
    match setup.clinic.value.phone.as_str() {
        "" => Some(Finding::PhoneMissing),
        phone => (!is_telephone(phone)).then_some(Finding::NotATelephone),
    }
}

/// A clinic may have none; one that is none is a slip of the pen, or from another program. *Ours.*
fn email(setup: &Setup) -> Option<Finding> {
    let email = setup.clinic.value.email.as_str();
    (!email.is_empty() && !is_email(email)).then_some(Finding::NotAnEmail)
}

/// «Two types with one alias: a warning», told at the later one. Design, "Online alias".
fn same_alias(entry: &Entry<OnlineType>, earlier: &[Entry<OnlineType>]) -> Option<Finding> {
    let OnlineType { alias, need_driven, .. } = &entry.value;
    let (other, weight) = same_alias_among(alias, *need_driven, earlier.iter())?;
    Some(Finding::SameAlias { online_type: entry.id, other, weight })
}

/// «On a free day 20 works as 30, and the editor says so.» Design, "Minimum tid mellem foreslåede
/// tider".
fn spacing_rounded(entry: &Entry<OnlineType>, setup: &Setup) -> Option<Finding> {
    match spacing_effect(entry.value.min_spacing_minutes, setup.clinic.value.raster_minutes) {
        SpacingEffect::Every { setting, minutes, .. } if minutes != setting.get() => {
            Some(Finding::SpacingRounded { online_type: entry.id, setting, works_as: minutes })
        }
        SpacingEffect::Every { .. } | SpacingEffect::AllTimes { .. } => None,
    }
}

/// «Max dage EFTER indkaldeuge» and «Booking muligt N dag(e) efter dags dato» leave no date to any
/// patient who has a need of the type. Design, "Max dage EFTER indkaldeuge".
fn needs_out_of_reach(entry: &Entry<OnlineType>, needs: &[&Need], today: NaiveDate) -> Option<Finding> {
    let OnlineType { need_driven, max_days_after_recall_week, earliest_booking_days, .. } = &entry.value;
    let earliest = earliest_date(today, *earliest_booking_days);
    let all_run_out_by = |date| needs.iter().all(|need| has_run_out(need.recall, *max_days_after_recall_week, date));
    if !need_driven || needs.is_empty() || !all_run_out_by(earliest) {
        return None;
    }
    // With needs that hold today, it is the waiting that leaves them out.
    let cause = if all_run_out_by(today) { TypeField::AfterRecallWeek } else { TypeField::EarliestBooking };
    Some(Finding::NeedsOutOfReach { online_type: entry.id, count: needs.len(), earliest, cause })
}

/// «Afbud muligt» and «Flytning muligt» ask for more days than «Booking muligt» leaves to the
/// earliest time. Design, "Booking muligt" and "Afbud muligt".
fn cannot_be_changed(entry: &Entry<OnlineType>, today: NaiveDate) -> Option<Finding> {
    let OnlineType { earliest_booking_days, cancel_days, move_days, .. } = &entry.value;
    let earliest = earliest_date(today, *earliest_booking_days);
    let too_late = |notice| matches!(last_change_date(earliest, notice), Deadline::Through(last) if last < today);
    let change = match (too_late(*cancel_days), too_late(*move_days)) {
        (false, false) => return None,
        (true, false) => Change::Cancel,
        (false, true) => Change::Move,
        (true, true) => Change::CancelAndMove,
    };
    Some(Finding::CannotBeChanged { online_type: entry.id, earliest, change })
}

/// «Nobody: a warning to the clinic.» Design, the table of who may book.
fn nobody_to_book(entry: &Entry<OnlineType>, setup: &Setup) -> Option<Finding> {
    match who_may_book(&entry.value, setup) {
        WhoMayBook::Nobody(WhyNobody::NoneTicked) => Some(Finding::NobodyTicked { online_type: entry.id }),
        // That nobody at all is registered is said once.
        WhoMayBook::Nobody(WhyNobody::NoneRegistered) if nobody_registered(setup).is_none() => {
            let rows = &entry.value.practitioners;
            let is_ticked = |id| rows.iter().any(|row| row.active && row.practitioner == id);
            let ticked = setup.staff().map(|entry| entry.id).filter(|id| is_ticked(*id)).collect();
            Some(Finding::TickedNotRegistered { online_type: entry.id, ticked })
        }
        _ => None,
    }
}

/// Needs that only the practitioner they name may meet, and that can still be booked today, each
/// with its type.
fn bound_needs<'a>(
    setup: &'a Setup,
    open_needs: &[&'a Need],
    today: NaiveDate,
) -> Vec<(&'a Entry<OnlineType>, &'a Need)> {
    let bound = setup.online_types.iter().filter(|entry| entry.value.need_driven && !entry.value.choose_practitioner);
    bound
        .flat_map(|entry| open_needs_of(entry, open_needs).map(move |need| (entry, need)))
        .filter(|(entry, need)| !has_run_out(need.recall, entry.value.max_days_after_recall_week, today))
        .collect()
}

/// «A need whose practitioner is not registered gives no times without the choice, and the clinic
/// is told how many such needs there are.» One that has run out gives none anyway, and is not
/// counted. Design, the table of who may book.
fn needs_on_unregistered(practitioner: &Entry<Practitioner>, bound: &[(&Entry<OnlineType>, &Need)]) -> Option<Finding> {
    let count = bound.iter().filter(|(_, need)| need.practitioner == practitioner.id).count();
    let barred = count > 0 && !practitioner.value.registered && !practitioner.value.deactivated;
    barred.then_some(Finding::NeedsOnUnregistered { practitioner: practitioner.id, count })
}

/// The needs of somebody who works here no more wait for another practitioner. *Ours.*
fn needs_on_deactivated(practitioner: &Entry<Practitioner>, bound: &[(&Entry<OnlineType>, &Need)]) -> Option<Finding> {
    let mut left = bound.iter().filter(|(_, need)| need.practitioner == practitioner.id);
    let (first, _) = left.next().filter(|_| practitioner.value.deactivated)?;
    let count = 1 + left.count();
    Some(Finding::NeedsOnDeactivated { practitioner: practitioner.id, online_type: first.id, count })
}

/// «A practitioner that no record describes counts as not registered.» Design, "Why a time is not
/// offered".
fn needs_on_unknown(setup: &Setup, bound: &[(&Entry<OnlineType>, &Need)]) -> Option<Finding> {
    let mut unknown = bound.iter().filter(|(_, need)| setup.practitioner(need.practitioner).is_none());
    let (first, _) = unknown.next()?;
    Some(Finding::NeedsOnUnknown { online_type: first.id, count: 1 + unknown.count() })
}

/// Who is registered and never at work gives patients no times. *Ours.*
fn no_working_hours(practitioner: &Entry<Practitioner>, setup: &Setup, today: NaiveDate) -> Option<Finding> {
    let works = setup
        .working_hours
        .iter()
        .any(|hours| hours.value.practitioner == practitioner.id && holds_on_or_after(&hours.value, today));
    let idle = practitioner.value.registered && !works;
    idle.then_some(Finding::NoWorkingHours { practitioner: practitioner.id })
}

/// Whether there is work on any day from `today` on.
fn holds_on_or_after(hours: &WorkingHours, today: NaiveDate) -> bool {
    // Even or odd weeks come again after three at the latest: week 53 and week 1 are both odd.
    const DAYS: u64 = 3 * 7;
    let from = hours.valid_from.map_or(today, |from| from.max(today));
    !hours.intervals.is_empty() && (0..DAYS).any(|days| holds_on(hours, days_after(from, days)))
}

fn open_needs_of<'a>(entry: &Entry<OnlineType>, open_needs: &[&'a Need]) -> impl Iterator<Item = &'a Need> {
    let of = entry.value.appointment_type;
    open_needs.iter().copied().filter(move |need| need.appointment_type == of)
}

#[cfg(test)]
mod tests;
