//! A clinic's settings in memory: everything but patients, needs and appointments.

use crate::id::Id;
use crate::record::{
    Analytics, AppointmentType, Clinic, Closure, Entry, OnlineType, Practitioner, PractitionerGroup, Record, Service,
    Value, WorkingHours,
};

/// The settings of one clinic. Lists that have an order are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    pub clinic: Entry<Clinic>,
    pub service: Entry<Service>,
    pub analytics: Entry<Analytics>,
    /// In the order in which patients see them.
    pub practitioners: Vec<Entry<Practitioner>>,
    /// In the clinic's order.
    pub practitioner_groups: Vec<Entry<PractitionerGroup>>,
    pub working_hours: Vec<Entry<WorkingHours>>,
    pub closures: Vec<Entry<Closure>>,
    /// By code.
    pub appointment_types: Vec<Entry<AppointmentType>>,
    /// In the clinic's order.
    pub online_types: Vec<Entry<OnlineType>>,
}

impl Setup {
    /// The same with booking running: what is set up before «Start» is judged by what it will be.
    pub fn if_started(&self) -> Self {
        let mut started = self.clone();
        started.service.value.running = true;
        started
    }

    /// Gathers the settings among the records; patients, needs and appointments are passed over.
    ///
    /// `None` when clinic, service or analytics is missing.
    pub fn gather(records: impl IntoIterator<Item = Record>) -> Option<Self> {
        let (mut clinic, mut service, mut analytics) = (None, None, None);
        let (mut practitioners, mut practitioner_groups) = (vec![], vec![]);
        let (mut working_hours, mut closures) = (vec![], vec![]);
        let (mut appointment_types, mut online_types) = (vec![], vec![]);
        for Record { id, value } in records {
            match value {
                Value::Clinic(value) => clinic = Some(Entry { id: Id::new(id), value }),
                Value::Service(value) => service = Some(Entry { id: Id::new(id), value }),
                Value::Analytics(value) => analytics = Some(Entry { id: Id::new(id), value }),
                Value::Practitioner(value) => practitioners.push(Entry { id: Id::new(id), value }),
                Value::PractitionerGroup(value) => practitioner_groups.push(Entry { id: Id::new(id), value }),
                Value::WorkingHours(value) => working_hours.push(Entry { id: Id::new(id), value }),
                Value::Closure(value) => closures.push(Entry { id: Id::new(id), value }),
                Value::AppointmentType(value) => appointment_types.push(Entry { id: Id::new(id), value }),
                Value::OnlineType(value) => online_types.push(Entry { id: Id::new(id), value }),
                Value::Patient(_) | Value::Need(_) | Value::Appointment(_) => {}
            }
        }
        practitioners.sort_by_key(|entry| (entry.value.position, entry.id));
        practitioner_groups.sort_by_key(|entry| (entry.value.position, entry.id));
        working_hours.sort_by_key(|entry| entry.id);
        closures.sort_by_key(|entry| (entry.value.from, entry.id));
        appointment_types.sort_by(|a, b| (&a.value.code, a.id).cmp(&(&b.value.code, b.id)));
        online_types.sort_by_key(|entry| (entry.value.position, entry.id));
        Some(Self {
            clinic: clinic?,
            service: service?,
            analytics: analytics?,
            practitioners,
            practitioner_groups,
            working_hours,
            closures,
            appointment_types,
            online_types,
        })
    }

    /// Those who work here: the ones to choose from, in the order in which patients see them.
    pub fn staff(&self) -> impl Iterator<Item = &Entry<Practitioner>> {
        self.practitioners.iter().filter(|entry| !entry.value.deactivated)
    }

    /// The appointment types in use: the ones to choose from, by code.
    pub fn catalogue(&self) -> impl Iterator<Item = &Entry<AppointmentType>> {
        self.appointment_types.iter().filter(|entry| !entry.value.deactivated)
    }

    pub fn practitioner(&self, id: Id<Practitioner>) -> Option<&Practitioner> {
        self.practitioners.iter().find(|entry| entry.id == id).map(|entry| &entry.value)
    }

    pub fn appointment_type(&self, id: Id<AppointmentType>) -> Option<&AppointmentType> {
        self.appointment_types.iter().find(|entry| entry.id == id).map(|entry| &entry.value)
    }

    pub fn closure(&self, id: Id<Closure>) -> Option<&Closure> {
        self.closures.iter().find(|entry| entry.id == id).map(|entry| &entry.value)
    }

    /// The set-up of an appointment type for online booking, if it has one.
    pub fn online_type_of(&self, appointment_type: Id<AppointmentType>) -> Option<&Entry<OnlineType>> {
        self.online_types.iter().find(|entry| entry.value.appointment_type == appointment_type)
    }
}
