//! A clinic's settings in memory: everything but patients, needs and appointments.

use crate::bounded::{Code, Line, Name};
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

    /// Whether somebody works here no more. One that no record describes is not known to have left.
    pub fn is_deactivated(&self, id: Id<Practitioner>) -> bool {
        self.practitioner(id).is_some_and(|practitioner| practitioner.deactivated)
    }

    /// Who has these initials, in capitals or not, apart from one of them.
    pub fn initials_taken(&self, initials: &Code, own: Id<Practitioner>) -> Option<&Entry<Practitioner>> {
        self.practitioners.iter().find(|entry| entry.id != own && same(&entry.value.initials, initials))
    }

    /// Which appointment type has this code, in capitals or not, apart from one of them.
    pub fn code_taken(&self, code: &Code, own: Id<AppointmentType>) -> Option<&Entry<AppointmentType>> {
        self.appointment_types.iter().find(|entry| entry.id != own && same(&entry.value.code, code))
    }

    /// Which group has this name, in capitals or not, apart from one of them.
    pub fn group_name_taken(&self, name: &Name, own: Id<PractitionerGroup>) -> Option<&Entry<PractitionerGroup>> {
        self.practitioner_groups.iter().find(|entry| entry.id != own && same(&entry.value.name, name))
    }

    pub fn closure(&self, id: Id<Closure>) -> Option<&Closure> {
        self.closures.iter().find(|entry| entry.id == id).map(|entry| &entry.value)
    }

    /// The set-up of an appointment type for online booking, if it has one.
    pub fn online_type_of(&self, appointment_type: Id<AppointmentType>) -> Option<&Entry<OnlineType>> {
        self.online_types.iter().find(|entry| entry.value.appointment_type == appointment_type)
    }
}

/// Two words that nobody keeps apart when they are said aloud.
fn same<const MIN: usize, const MAX: usize>(one: &Line<MIN, MAX>, other: &Line<MIN, MAX>) -> bool {
    one.as_str().to_lowercase() == other.as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{SEED, demo_clinic};

    #[test]
    fn names_are_taken_in_capitals_or_not_and_by_those_who_have_left() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let mut setup = Setup::gather(demo_clinic(today, SEED).records).expect("a set-up");
        let jh = setup.practitioners[0].id;
        setup.practitioners[0].value.registered = false;
        setup.practitioners[0].value.deactivated = true;
        let line = |typed: &str| Code::new(typed).expect("a code");
        let by = |typed: &str, own| setup.initials_taken(&line(typed), own).map(|entry| entry.id);
        assert_eq!(by("jh", Id::random()), Some(jh));
        assert_eq!(by("JH", jh), None, "their own");
        assert_eq!(by("JHX", Id::random()), None);
        let code = |typed: &str| setup.code_taken(&line(typed), Id::random()).map(|entry| entry.value.code.to_string());
        assert_eq!(code("knæk"), Some("KNÆK".to_owned()));
        assert_eq!(code("KNAEK"), None);
        let group = |typed: &str| setup.group_name_taken(&Name::new(typed).expect("a name"), Id::random()).is_some();
        assert!(group("TANDPLEJERE") && !group("Tandplejer"));
    }
}
