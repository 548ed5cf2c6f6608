//! What a patient who wants a time of a type is held to: the reasons that bar all of it, or
//! whom it can be booked with, for how long, and between which dates.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::bounded::{Length, SpacingMinutes};
use crate::broken::{Broken, Concerns};
use crate::consequence::{earliest_date, effective_minutes, first_recall_date, has_run_out, last_recall_date};
use crate::id::Id;
use crate::record::{AppointmentType, Closure, Entry, Kind, Need, OnlineType, Patient, Practitioner, WorkingHours};
use crate::refusal::Refusal;
use crate::setup::Setup;
use crate::zone::local;

/// Who asks for what, and when.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub setup: &'a Setup,
    /// The clinic's records that cannot be read.
    pub broken: &'a [Broken],
    pub visitor: &'a Visitor,
    pub appointment_type: Id<AppointmentType>,
    /// One particular need; it has no say where the type is not need-driven.
    pub need: Option<Id<Need>>,
    pub purpose: Purpose,
    /// The dates whose times only the server knows it must keep back.
    pub withheld: Withheld,
    pub now: DateTime<Utc>,
}

/// The patient, as far as it decides what they may book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// `None`: someone who has not created themself yet.
    pub patient: Option<Id<Patient>>,
    pub standing: Standing,
    /// Those without a booked appointment, of whatever type, in any order.
    pub open_needs: Vec<Entry<Need>>,
}

/// Whether the clinic knows a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Self-registered and not yet accepted by the clinic.
    New,
    Known,
}

impl Standing {
    pub const fn of(patient: &Patient) -> Self {
        if patient.self_registered && !patient.accepted { Self::New } else { Self::Known }
    }
}

/// What the time is wanted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    #[default]
    Book,
    /// Instead of an appointment that lasts so long, and goes on doing so *(ours)*. Patients may
    /// move what they have although booking is stopped. The need of the appointment is the one
    /// that is judged, and counts as open; the appointment itself is not in the way.
    Move { minutes: Length },
}

/// For which dates times are withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Withheld {
    #[default]
    Nothing,
    /// Those up to this date, inclusive.
    Through(NaiveDate),
    Everything,
}

impl Visitor {
    /// «Ny patient»: without needs and appointments.
    pub const fn new_patient() -> Self {
        Self { patient: None, standing: Standing::New, open_needs: Vec::new() }
    }
}

/// What a request comes to before any time is looked at.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    pub(crate) request: Request<'a>,
    /// Why nothing can be booked, whenever and with whomever.
    pub barred: Option<Refusal>,
    /// The need that was judged, open or expired; `None` where the type is not need-driven.
    pub need: Option<&'a Entry<Need>>,
    /// From «Booking muligt» alone; today without a set-up.
    pub earliest: NaiveDate,
    /// «Max dage FØR indkaldeuge» of that need.
    pub first: Option<NaiveDate>,
    /// «Max dage EFTER indkaldeuge» of that need.
    pub last: Option<NaiveDate>,
    pub(crate) spacing: Option<SpacingMinutes>,
    /// Those in the running: the need's practitioner first, then the clinic's order.
    pub(crate) columns: Vec<Column<'a>>,
}

/// A practitioner in the running.
#[derive(Clone, Debug)]
pub(crate) struct Column<'a> {
    pub(crate) practitioner: Id<Practitioner>,
    pub(crate) minutes: Length,
    /// Why this practitioner takes nobody, or not this patient.
    pub(crate) barred: Option<Refusal>,
    pub(crate) unreadable: Option<Refusal>,
    /// So that nobody knows when they work.
    pub(crate) hours_unreadable: Option<Refusal>,
    pub(crate) hours: Vec<&'a WorkingHours>,
    pub(crate) absences: Vec<&'a Entry<Closure>>,
}

impl<'a> Terms<'a> {
    /// Judges a request by the reasons that bar all of it, in the design's order.
    pub fn of(request: Request<'a>) -> Self {
        let setup = request.setup;
        let today = local(setup.clinic.value.time_zone, request.now).date();
        let online_type = setup.online_type_of(request.appointment_type).map(|entry| &entry.value);
        // Which need counts is not known while one that could be it cannot be read.
        let needs = online_type.filter(|it| it.need_driven && !request.need_is_unreadable());
        let need = needs.and_then(|it| judged_need(&request, it, today));
        let recall = |rule: fn(_, _) -> _, days: fn(&OnlineType) -> _| {
            online_type.zip(need).and_then(|(online_type, need)| rule(need.value.recall, days(online_type)))
        };
        let mut terms = Self {
            request,
            barred: None,
            need,
            earliest: online_type.map_or(today, |it| earliest_date(today, it.earliest_booking_days)),
            first: recall(first_recall_date, |it| it.max_days_before_recall_week),
            last: recall(last_recall_date, |it| it.max_days_after_recall_week),
            spacing: online_type.and_then(|it| it.min_spacing_minutes),
            columns: Vec::new(),
        };
        if let Some(online_type) = online_type {
            terms.columns = terms.in_the_running(online_type);
        }
        terms.barred = terms.reason(online_type, today);
        terms
    }

    /// The settings that are judged by.
    pub const fn setup(&self) -> &'a Setup {
        self.request.setup
    }

    /// The appointment type's set-up for online booking.
    pub fn online_type(&self) -> Option<&'a Entry<OnlineType>> {
        self.request.setup.online_type_of(self.request.appointment_type)
    }

    pub const fn appointment_type(&self) -> Id<AppointmentType> {
        self.request.appointment_type
    }

    /// Those in the running, whether they take the patient or not: the need's practitioner first,
    /// then the clinic's order.
    pub fn practitioners(&self) -> impl Iterator<Item = Id<Practitioner>> {
        self.columns.iter().map(|column| column.practitioner)
    }

    /// The first reason that bars the whole request.
    fn reason(&self, online_type: Option<&OnlineType>, today: NaiveDate) -> Option<Refusal> {
        let request = &self.request;
        if !request.setup.service.value.running && request.purpose == Purpose::Book {
            return Some(Refusal::ServiceStopped);
        }
        let unreadable = request.unreadable(|concerns| request.is_concerned(concerns, online_type));
        let known = request.setup.appointment_type(request.appointment_type).is_some();
        let Some(online_type) = online_type.filter(|_| known) else {
            let set_up = request.unreadable(|concerns| request.is_set_up(concerns));
            return set_up.or(Some(Refusal::TypeNotSetUp));
        };
        if !online_type.need_driven && self.columns.is_empty() {
            return Some(Refusal::NoPractitioner);
        }
        let need_unreadable = online_type.need_driven && request.need_is_unreadable();
        if online_type.need_driven && self.need.is_none() && !need_unreadable {
            return Some(Refusal::NoNeed);
        }
        if let Some(last) = self.last.filter(|last| *last < today) {
            return Some(Refusal::NeedExpired { last });
        }
        if request.withheld == Withheld::Everything {
            return Some(Refusal::Withheld { through: None });
        }
        if need_unreadable { unreadable } else { self.nobody().or(unreadable) }
    }

    /// Why none of those in the running takes the patient.
    fn nobody(&self) -> Option<Refusal> {
        if self.columns.iter().any(|column| column.barred.is_none()) {
            return None;
        }
        let only = match self.columns.as_slice() {
            [column] => Some(column.practitioner),
            _ => None,
        };
        let registered =
            |column: &Column<'_>| !matches!(column.barred, Some(Refusal::PractitionerNotRegistered { .. }));
        Some(if self.columns.iter().any(registered) {
            Refusal::PractitionerTakesNoNewPatients { practitioner: only }
        } else {
            Refusal::PractitionerNotRegistered { practitioner: only }
        })
    }

    /// «In the running are: the need's practitioner; with the choice everyone in the appointment
    /// book; without need the ticked ones.» Design, "Why a time is not offered".
    fn in_the_running(&self, online_type: &OnlineType) -> Vec<Column<'a>> {
        let Request { setup, broken, purpose, .. } = self.request;
        let own = self.need.map(|need| need.value.practitioner);
        let lasts = |length: Length| match purpose {
            Purpose::Book => length,
            Purpose::Move { minutes } => minutes,
        };
        let mut running: Vec<(Id<Practitioner>, Length)> = Vec::new();
        if online_type.need_driven {
            let need = self.need.map(|need| (need.value.practitioner, lasts(need.value.minutes)));
            running.extend(need);
            if let Some((_, minutes)) = need.filter(|_| online_type.choose_practitioner) {
                running.extend(setup.practitioners.iter().map(|entry| (entry.id, minutes)));
                running.extend(broken.iter().filter_map(Broken::practitioner).map(|id| (id, minutes)));
            }
        } else if let Some(appointment_type) = setup.appointment_type(self.request.appointment_type) {
            let ticked = online_type.practitioners.iter().filter(|row| row.active);
            running.extend(ticked.map(|row| (row.practitioner, lasts(effective_minutes(row, appointment_type)))));
        }
        let ranks: HashMap<_, _> = setup.practitioners.iter().map(|entry| entry.id).zip(0..).collect();
        let rank = |id| ranks.get(&id).copied().unwrap_or(ranks.len());
        running.sort_by_key(|(id, minutes)| (own != Some(*id), rank(*id), *id, *minutes));
        running.dedup_by_key(|(id, _)| *id);
        let mut columns: Vec<_> = running.into_iter().map(|(id, minutes)| self.column(id, rank(id), minutes)).collect();
        let places: HashMap<_, _> = columns.iter().map(|column| column.practitioner).zip(0..).collect();
        for entry in &setup.working_hours {
            if let Some(&place) = places.get(&entry.value.practitioner) {
                columns[place].hours.push(&entry.value);
            }
        }
        for entry in &setup.closures {
            if let Some(&place) = entry.value.practitioner.and_then(|id| places.get(&id)) {
                columns[place].absences.push(entry);
            }
        }
        columns
    }

    /// All «∩ Tilmeldt; a new patient also ∩ Aktiv in Klinik indstillinger»; «a practitioner that
    /// no record describes counts as not registered».
    fn column(&self, id: Id<Practitioner>, rank: usize, minutes: Length) -> Column<'a> {
        let Request { setup, broken, visitor, .. } = self.request;
        let practitioner = Some(id);
        // A record that is there and cannot be read says neither that somebody is registered nor not.
        let undescribed = || !broken.iter().any(|broken| broken.practitioner() == practitioner);
        let barred = match setup.practitioners.get(rank).map(|entry| &entry.value) {
            None => undescribed().then_some(Refusal::PractitionerNotRegistered { practitioner }),
            Some(value) if !value.registered => Some(Refusal::PractitionerNotRegistered { practitioner }),
            Some(value) if visitor.standing == Standing::New && !value.takes_new_patients => {
                Some(Refusal::PractitionerTakesNoNewPatients { practitioner })
            }
            Some(_) => None,
        };
        let of_column = || broken.iter().filter(|it| it.concerns == Concerns::Column(id)).map(|it| it.record);
        let unreadable = of_column().min().map(Refusal::Unreadable);
        let hours_unreadable = of_column().filter(|record| record.kind == Some(Kind::WorkingHours)).min();
        Column {
            practitioner: id,
            minutes,
            barred,
            unreadable,
            hours_unreadable: hours_unreadable.map(Refusal::Unreadable),
            hours: Vec::new(),
            absences: Vec::new(),
        }
    }
}

impl Request<'_> {
    /// The first record that cannot be read and is of this concern.
    fn unreadable(&self, is_concerned: impl Fn(Concerns) -> bool) -> Option<Refusal> {
        let broken = self.broken.iter().filter(|broken| is_concerned(broken.concerns));
        broken.map(|broken| broken.record).min().map(Refusal::Unreadable)
    }

    /// Whether a record belongs to this request and to no one column of the appointment book.
    fn is_concerned(&self, concerns: Concerns, online_type: Option<&OnlineType>) -> bool {
        match concerns {
            Concerns::Nothing | Concerns::Column(_) | Concerns::AnyTypeNotSetUp => false,
            Concerns::Everything => true,
            Concerns::AppointmentType(id) => id == self.appointment_type,
            Concerns::Patient(id) => self.visitor.patient == Some(id),
            Concerns::Need { .. } => online_type.is_some_and(|it| it.need_driven) && self.is_need(concerns),
        }
    }

    /// Whether a record may be the set-up of the appointment type, or the type itself.
    fn is_set_up(&self, concerns: Concerns) -> bool {
        matches!(concerns, Concerns::AnyTypeNotSetUp) || concerns == Concerns::AppointmentType(self.appointment_type)
    }

    /// Whether a record may be the need that is to be judged.
    fn is_need(&self, concerns: Concerns) -> bool {
        let Concerns::Need { id, patient, appointment_type } = concerns else { return false };
        let asked_for = match (self.need, self.purpose) {
            (Some(asked), _) => id == Some(asked) && patient.is_none_or(|id| self.visitor.patient == Some(id)),
            (None, Purpose::Move { .. }) => false,
            (None, Purpose::Book) => match (patient, self.visitor.patient) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(patient), Some(visitor)) => patient == visitor,
            },
        };
        asked_for && appointment_type.is_none_or(|id| id == self.appointment_type)
    }

    fn need_is_unreadable(&self) -> bool {
        self.broken.iter().any(|broken| self.is_need(broken.concerns))
    }
}

/// The need that a booking would use up: the one asked for, else the open one of the type that
/// has not expired with the earliest recall week, then by id; if all have expired, the earliest.
fn judged_need<'a>(request: &Request<'a>, online_type: &OnlineType, today: NaiveDate) -> Option<&'a Entry<Need>> {
    let mut open =
        request.visitor.open_needs.iter().filter(|need| need.value.appointment_type == request.appointment_type);
    let expired = |need: &Entry<Need>| has_run_out(need.value.recall, online_type.max_days_after_recall_week, today);
    match (request.need, request.purpose) {
        (Some(asked), _) => open.find(|need| need.id == asked),
        (None, Purpose::Move { .. }) => None,
        (None, Purpose::Book) => open.min_by_key(|need| (expired(need), need.value.recall, need.id)),
    }
}
