//! What stands in the files. It is read from the clinic's file, and made into bytes on another thread.

use aftalebog_booking::record::{Closure, Practitioner};
use aftalebog_booking::time::days_after;
use aftalebog_booking::{Entry, Id, Setup, zone};
use aftalebog_local::exchange::calendar::{self, Closed, Span, Taken};
use aftalebog_local::exchange::{need, patient};
use aftalebog_local::{Booked, Store, StoreError};
use chrono::{DateTime, Utc};

use crate::snapshot_file;

/// Makes the bytes of a file.
type Making = Box<dyn FnOnce() -> Vec<u8> + Send>;

fn detail(error: StoreError) -> String {
    error.to_string()
}

pub async fn patients(store: Store) -> Result<Making, String> {
    let mut patients = store.patients().await.map_err(detail)?;
    // A file says nothing of who waits for the clinic's word: they would come back as accepted.
    patients.retain(|entry| entry.value.accepted);
    Ok(Box::new(move || {
        patients.sort_by(|one, other| one.value.number.cmp(&other.value.number));
        patient::write(patients.iter().map(|entry| &entry.value))
    }))
}

/// Those that are still to be used.
pub async fn needs(store: Store, setup: Setup) -> Result<Making, String> {
    let mut patients = store.patients().await.map_err(detail)?;
    // Of those alone whom the file of the patients has.
    patients.retain(|entry| entry.value.accepted);
    let needs = store.open_needs().await.map_err(detail)?;
    Ok(Box::new(move || need::write(needs.iter().map(|need| &need.entry.value), &patients, &setup)))
}

/// All of the clinic, so that Aftalebog can fetch it again.
pub async fn everything(store: Store, now: DateTime<Utc>) -> Result<Making, String> {
    let snapshot = store.snapshot().await.map_err(detail)?.made_at(now);
    Ok(Box::new(move || snapshot_file::bytes_of(&snapshot)))
}

/// Which part of the book is written, and in which words.
pub struct Job {
    /// `None`: everybody.
    pub practitioner: Option<Id<Practitioner>>,
    pub span: Span,
    /// The patients' names are to be seen.
    pub names: bool,
    pub busy: String,
    pub closed: String,
    pub away: String,
    pub now: DateTime<Utc>,
    pub setup: Setup,
}

pub async fn calendar(store: Store, job: Job) -> Result<Making, String> {
    let zone = job.setup.clinic.value.time_zone;
    let (from, to) = (zone::day_start(zone, job.span.from), zone::day_start(zone, days_after(job.span.to, 1)));
    let booked = store.appointments_between(from, to).await.map_err(detail)?;
    Ok(Box::new(move || job.write(&booked)))
}

impl Job {
    fn write(&self, booked: &[Booked]) -> Vec<u8> {
        let is_wanted = |practitioner: Id<Practitioner>| self.practitioner.is_none_or(|wanted| wanted == practitioner);
        let booked: Vec<(&Booked, String)> = booked
            .iter()
            .filter(|booked| is_wanted(booked.entry.value.practitioner))
            .map(|booked| (booked, self.summary(booked)))
            .collect();
        let in_span = |closure: &Closure| closure.from <= self.span.to && closure.to >= self.span.from;
        let closed: Vec<(&Entry<Closure>, String)> = self
            .setup
            .closures
            .iter()
            .filter(|entry| in_span(&entry.value) && entry.value.practitioner.is_none_or(is_wanted))
            .map(|entry| (entry, self.reason(&entry.value)))
            .collect();
        let taken: Vec<Taken<'_>> =
            booked.iter().map(|(booked, summary)| Taken { entry: &booked.entry, summary }).collect();
        let closed: Vec<Closed<'_>> = closed.iter().map(|(entry, summary)| Closed { entry, summary }).collect();
        calendar::write(&taken, &closed, self.now).into_bytes()
    }

    /// «JH SU», «JH SU Karen Mikkelsen», «JH Optaget»; a block's own words may name somebody.
    fn summary(&self, booked: &Booked) -> String {
        let appointment = &booked.entry.value;
        let code = appointment.appointment_type.and_then(|id| self.setup.appointment_type(id));
        let name = booked.patient.as_ref().filter(|_| self.names).map(ToString::to_string);
        let note = (self.names && code.is_none()).then(|| appointment.note.to_string());
        let what = code.map(|of| of.code.to_string()).or(note.filter(|note| !note.is_empty()));
        let what = what.unwrap_or_else(|| self.busy.clone());
        [self.initials(appointment.practitioner), Some(what), name].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn reason(&self, closure: &Closure) -> String {
        let reason = match closure.practitioner {
            // Why somebody is away is nobody else's business.
            Some(_) if !self.names => self.away.clone(),
            _ if closure.reason.as_str().is_empty() => self.closed.clone(),
            _ => closure.reason.to_string(),
        };
        let initials = closure.practitioner.and_then(|practitioner| self.initials(practitioner));
        [initials, Some(reason)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Who it is, where the file is of several.
    fn initials(&self, practitioner: Id<Practitioner>) -> Option<String> {
        let initials = self.setup.practitioner(practitioner).map(|it| it.initials.to_string());
        initials.filter(|_| self.practitioner.is_none())
    }
}
