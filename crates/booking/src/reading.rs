//! Reads a snapshot record by record, so that one broken record spoils only what it concerns.
//!
//! An import takes a snapshot whole or not at all; a support case must be answered as far as it
//! can be. Source: design, "Why a time is not offered", `unreadable`.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use thiserror::Error;
use uuid::Uuid;

use crate::broken::{Broken, BrokenRecord, Concerns, Fault};
use crate::busy::Busy;
use crate::change::Malformed;
use crate::id::Id;
use crate::record::{
    Analytics, Appointment, Entry, Format, Kind, Need, Patient, Practitioner, Record, Service, Status, Value,
};
use crate::setup::Setup;
use crate::terms::{Standing, Visitor};

/// A snapshot as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub setup: Setup,
    /// By kind and id.
    pub broken: Vec<Broken>,
    /// By id, as are the next two.
    pub patients: Vec<Entry<Patient>>,
    pub needs: Vec<Entry<Need>>,
    pub appointments: Vec<Entry<Appointment>>,
}

/// Why a text is no clinic that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotReadable {
    #[error("no JSON: {detail}")]
    NotJson { detail: String },
    #[error("no snapshot: there is no format and no list of records")]
    NotASnapshot,
    #[error("snapshot format {format} is not known here, only {}", Format::NUMBER)]
    UnknownFormat { format: String },
    #[error("no record of a clinic")]
    NoClinic,
    #[error("the clinic's record cannot be read: {fault:?}")]
    BrokenClinic { fault: Fault },
    #[error("records of {clinics} clinics")]
    SeveralClinics { clinics: usize },
}

impl Reading {
    /// Reads the JSON of a snapshot; a byte order mark in front of it is passed over.
    pub fn of(json: &[u8]) -> Result<Self, NotReadable> {
        let json = json.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(json);
        let snapshot: Json =
            serde_json::from_slice(json).map_err(|error| NotReadable::NotJson { detail: error.to_string() })?;
        let Some(format) = snapshot.get("format") else { return Err(NotReadable::NotASnapshot) };
        if format.as_u64() != Some(Format::NUMBER.into()) {
            return Err(NotReadable::UnknownFormat { format: format.to_string() });
        }
        let Some(records) = snapshot.get("records").and_then(Json::as_array) else {
            return Err(NotReadable::NotASnapshot);
        };
        Self::gather(records.iter().map(parse).collect())
    }

    fn gather(read: Vec<Result<Record, Box<Broken>>>) -> Result<Self, NotReadable> {
        let mut broken = Vec::new();
        let mut alike: BTreeMap<(Kind, Uuid), Vec<Record>> = BTreeMap::new();
        for read in read {
            match read {
                Err(fault) => broken.push(*fault),
                Ok(record) => {
                    let same = alike.entry((record.value.kind(), record.id)).or_default();
                    if same.first() != Some(&record) {
                        same.push(record);
                    }
                }
            }
        }
        let mut records = Vec::new();
        for mut same in alike.into_values() {
            if same.len() == 1 {
                records.append(&mut same);
            } else {
                // Nobody knows which of them holds.
                broken.extend(same.iter().map(|record| {
                    Broken::of(Some(record.value.kind()), Some(record.id), &record.fields(), Fault::SameId)
                }));
            }
        }
        let clinics = records.iter().filter(|record| record.value.kind() == Kind::Clinic).count();
        let broken_clinic = broken.iter().find(|broken| broken.record.kind == Some(Kind::Clinic));
        match (clinics, broken_clinic) {
            (_, Some(broken)) => return Err(NotReadable::BrokenClinic { fault: broken.fault.clone() }),
            (0, None) => return Err(NotReadable::NoClinic),
            (1, None) => {}
            (clinics, None) => return Err(NotReadable::SeveralClinics { clinics }),
        }
        Ok(Self::of_records(records, broken))
    }

    /// `records` are by kind and id, and one of them is the clinic's.
    fn of_records(records: Vec<Record>, mut broken: Vec<Broken>) -> Self {
        let (mut patients, mut needs, mut appointments) = (Vec::new(), Vec::new(), Vec::new());
        let (mut settings, mut services) = (Vec::new(), Vec::new());
        for Record { id, value } in records {
            match value {
                Value::Patient(value) => patients.push(Entry { id: Id::new(id), value }),
                Value::Need(value) => needs.push(Entry { id: Id::new(id), value }),
                Value::Appointment(value) => appointments.push(Entry { id: Id::new(id), value }),
                Value::Service(value) => services.push(Entry { id: Id::new(id), value }),
                value => settings.push(Record { id, value }),
            }
        }
        settings.push(service(services, &mut broken).into_record());
        if settings.iter().all(|record| record.value.kind() != Kind::Analytics) {
            settings.push(Entry { id: Id::new(Uuid::nil()), value: NO_ANALYTICS }.into_record());
        }
        let setup = Setup::gather(settings).expect("clinic, service and analytics are among the settings");
        let mut reading = Self { setup, broken, patients, needs, appointments };
        reading.forget_used_needs();
        reading.broken.sort_unstable();
        reading.broken.dedup();
        reading
    }

    /// A need that is used up is asked about no more, whether it can be read or not.
    fn forget_used_needs(&mut self) {
        let mut broken = self.broken.clone();
        for it in &mut broken {
            if matches!(it.concerns, Concerns::Need { id: Some(id), .. } if self.is_used(id)) {
                it.concerns = Concerns::Nothing;
            }
        }
        self.broken = broken;
    }

    /// The busy time of everyone.
    pub fn busy(&self) -> Busy {
        Busy::of(self.appointments.iter().map(|entry| &entry.value))
    }

    /// A patient as one who asks for a time: what they still have to come for. One whose record
    /// cannot be read has needs all the same, and is told [`crate::refusal::Refusal::Unreadable`].
    pub fn visitor(&self, patient: Id<Patient>) -> Visitor {
        let own = self.needs.iter().filter(|need| need.value.patient == patient);
        let open_needs = own.filter(|need| !self.is_used(need.id)).cloned().collect();
        let standing = self.patients.iter().find(|entry| entry.id == patient).map(|entry| Standing::of(&entry.value));
        Visitor { patient: Some(patient), standing: standing.unwrap_or(Standing::Known), open_needs }
    }

    /// «One booked appointment per need, past ones included», readable or not.
    fn is_used(&self, need: Id<Need>) -> bool {
        let mut appointments = self.appointments.iter().map(|entry| &entry.value);
        appointments.any(|it| it.need == Some(need) && it.status == Status::Booked)
            || self.broken.iter().any(|broken| broken.uses == Some(need))
    }
}

const NO_ANALYTICS: Analytics = Analytics { enabled: false, measurement_id: None };

/// The service; stopped where no record says that it runs. One that cannot be read, or stands beside
/// another, does not stop it: it bars every request by itself.
fn service(services: Vec<Entry<Service>>, broken: &mut Vec<Broken>) -> Entry<Service> {
    let unreadable = broken.iter().any(|broken| broken.record.kind == Some(Kind::Service));
    let running = match services.as_slice() {
        [] => unreadable,
        services => services.iter().all(|service| service.value.running),
    };
    for one_too_many in services.iter().skip(1).cloned().map(Entry::into_record) {
        let (id, fields) = (Some(one_too_many.id), one_too_many.fields());
        broken.push(Broken::of(Some(Kind::Service), id, &fields, Fault::OnlyOne));
    }
    let value = Service { running, self_registration: false, closed_text: None };
    let service = services.into_iter().min_by_key(|service| service.id);
    let service = service.unwrap_or(Entry { id: Id::new(Uuid::nil()), value });
    Entry { value: Service { running, ..service.value }, ..service }
}

/// A record, or what can be said of it.
fn parse(json: &Json) -> Result<Record, Box<Broken>> {
    let text = |name| json.get(name).and_then(Json::as_str);
    let kind = text("kind").and_then(|name| Kind::ALL.iter().copied().find(|kind| kind.name() == name));
    let id = text("id").and_then(|id| Uuid::parse_str(id).ok());
    let no_fields = Map::new();
    let fields = json.get("value").and_then(Json::as_object);
    let broken = |fault| Box::new(Broken::of(kind, id, fields.unwrap_or(&no_fields), fault));
    match (kind, id, fields) {
        (None, ..) => Err(broken(Fault::UnknownKind)),
        (_, None, _) => Err(broken(Fault::NoId)),
        (.., None) => Err(broken(Fault::NoValue)),
        (Some(kind), Some(id), Some(fields)) => record(kind, id, fields.clone()),
    }
}

/// A record of these fields, or what can be said of it where it is none.
pub fn record(kind: Kind, id: Uuid, fields: Map<String, Json>) -> Result<Record, Box<Broken>> {
    Record::from_fields(kind, id, fields.clone()).map_err(|malformed| {
        let fault = fault(kind, id, &fields, &malformed);
        Box::new(Broken::of(Some(kind), Some(id), &fields, fault))
    })
}

/// Which field is at fault: the one without which there is another fault, or none.
pub fn fault(kind: Kind, id: Uuid, fields: &Map<String, Json>, malformed: &Malformed) -> Fault {
    let missing = malformed.reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    if let Some(missing) = missing {
        return Fault::Field(missing.to_owned());
    }
    let changes = |name: &&String| {
        let mut without = fields.clone();
        let _value = without.remove(*name);
        Record::from_fields(kind, id, without).err().as_ref() != Some(malformed)
    };
    let suspects: Vec<&String> = fields.keys().filter(changes).collect();
    match suspects.as_slice() {
        [only] => Fault::Field((*only).clone()),
        _ => Fault::FieldsDisagree,
    }
}

impl Broken {
    /// What is left without an answer, as far as the fields can be read.
    fn of(kind: Option<Kind>, id: Option<Uuid>, fields: &Map<String, Json>, fault: Fault) -> Self {
        let text = |name| fields.get(name).and_then(Json::as_str);
        let uuid = |name| text(name).and_then(|id| Uuid::parse_str(id).ok());
        let column = |practitioner: Option<Uuid>| {
            practitioner.map_or(Concerns::Everything, |id| Concerns::Column(Id::<Practitioner>::new(id)))
        };
        let concerns = match kind {
            None | Some(Kind::Clinic | Kind::Service) => Concerns::Everything,
            // Who is shown together decides about no time.
            Some(Kind::Analytics | Kind::PractitionerGroup) => Concerns::Nothing,
            Some(Kind::Practitioner) => column(id),
            // What is cancelled takes no time.
            Some(Kind::Appointment) if text("status") == Some("cancelled") => Concerns::Nothing,
            Some(Kind::WorkingHours | Kind::Closure | Kind::Appointment) => column(uuid("practitioner")),
            Some(Kind::AppointmentType) => id.map_or(Concerns::Nothing, |id| Concerns::AppointmentType(Id::new(id))),
            Some(Kind::OnlineType) => {
                uuid("appointment_type").map_or(Concerns::AnyTypeNotSetUp, |id| Concerns::AppointmentType(Id::new(id)))
            }
            Some(Kind::Patient) => id.map_or(Concerns::Nothing, |id| Concerns::Patient(Id::new(id))),
            Some(Kind::Need) => Concerns::Need {
                id: id.map(Id::new),
                patient: uuid("patient").map(Id::new),
                appointment_type: uuid("appointment_type").map(Id::new),
            },
        };
        let known_as = ["number", "code", "initials"].into_iter().find_map(text).map(str::to_owned);
        let is_live = kind == Some(Kind::Appointment) && text("status") != Some("cancelled");
        let uses = uuid("need").filter(|_| is_live).map(Id::new);
        Self { record: BrokenRecord { kind, id }, fault, known_as, uses, concerns }
    }
}

#[cfg(test)]
mod tests;
