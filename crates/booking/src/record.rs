//! The records: the one vocabulary of the local file, the wire, the server and a support case.
//!
//! Field names are the JSON names and the SQL columns. `Option` may be null; null (blank) is
//! never 0. A field named after a kind holds that record's id. Source: design, "Records".

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::bounded::{
    Alias, Code, Detail, Length, MeasurementId, Name, NoticeDays, PatientNumber, RecallDays, SpacingMinutes,
};
use crate::id::Id;
use crate::time::{Interval, NoSuchWeek, Raster, Week};

/// The clinic, as patients and the appointment book see it. A file has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    pub name: Name,
    pub address: Detail,
    pub phone: Detail,
    pub email: Detail,
    /// What patients read above the times they can choose.
    pub greeting: Detail,
    pub time_zone: Tz,
    pub raster_minutes: Raster,
    pub closed_on_public_holidays: bool,
}

/// Online booking as a whole. A file has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// «Aktiv» on the leftmost button.
    pub running: bool,
    /// «Tillad selvoprettelse».
    pub self_registration: bool,
    /// What patients read while it is stopped, instead of the standard text.
    pub closed_text: Option<Detail>,
}

/// «Analytics indstillinger». A file has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analytics {
    pub enabled: bool,
    pub measurement_id: Option<MeasurementId>,
}

/// A dentist, hygienist or assistant: one column of the appointment book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPractitioner")]
pub struct Practitioner {
    pub initials: Code,
    pub name: Name,
    pub title: Detail,
    /// «Tilmeldt»: takes part in online booking.
    pub registered: bool,
    /// «Aktiv» in «Klinik indstillinger»; without effect while not registered.
    pub takes_new_patients: bool,
    /// The order in which patients see them.
    pub position: u32,
    /// «Deaktiveret»: works here no more. What they did stays in the book; they are in no list
    /// that is chosen from, and never registered.
    pub deactivated: bool,
}

#[derive(Deserialize)]
struct RawPractitioner {
    initials: Code,
    name: Name,
    title: Detail,
    registered: bool,
    takes_new_patients: bool,
    position: u32,
    /// Snapshots from before there was such a thing lack it.
    #[serde(default)]
    deactivated: bool,
}

impl TryFrom<RawPractitioner> for Practitioner {
    type Error = RegisteredButDeactivated;

    fn try_from(raw: RawPractitioner) -> Result<Self, RegisteredButDeactivated> {
        let RawPractitioner { initials, name, title, registered, takes_new_patients, position, deactivated } = raw;
        if registered && deactivated {
            return Err(RegisteredButDeactivated);
        }
        Ok(Self { initials, name, title, registered, takes_new_patients, position, deactivated })
    }
}

/// Somebody who works here no more, and yet takes part in online booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a deactivated practitioner is not registered")]
pub struct RegisteredButDeactivated;

/// Practitioners whose columns the appointment book shows together, such as «Tandplejere».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PractitionerGroup {
    pub name: Name,
    /// Each once; their columns stand in the clinic's order, whatever the order here.
    pub practitioners: Vec<Id<Practitioner>>,
    pub position: u32,
}

/// When a practitioner works on one weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawWorkingHours")]
pub struct WorkingHours {
    pub practitioner: Id<Practitioner>,
    pub weekday: WeekdayNumber,
    pub weeks: Weeks,
    /// In order of time; lunch is the gap between two.
    pub intervals: Vec<Interval>,
    pub valid_from: Option<NaiveDate>,
    /// Inclusive.
    pub valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct RawWorkingHours {
    practitioner: Id<Practitioner>,
    weekday: WeekdayNumber,
    weeks: Weeks,
    intervals: Vec<Interval>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

impl TryFrom<RawWorkingHours> for WorkingHours {
    type Error = DatesReversed;

    fn try_from(raw: RawWorkingHours) -> Result<Self, DatesReversed> {
        let RawWorkingHours { practitioner, weekday, weeks, intervals, valid_from, valid_to } = raw;
        match (valid_from, valid_to) {
            (Some(from), Some(to)) if to < from => Err(DatesReversed { from, to }),
            _ => Ok(Self { practitioner, weekday, weeks, intervals, valid_from, valid_to }),
        }
    }
}

/// Days on which the clinic, or one practitioner, takes nobody in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawClosure")]
pub struct Closure {
    /// `None`: the whole clinic.
    pub practitioner: Option<Id<Practitioner>>,
    pub from: NaiveDate,
    /// Inclusive.
    pub to: NaiveDate,
    pub reason: Detail,
}

#[derive(Deserialize)]
struct RawClosure {
    practitioner: Option<Id<Practitioner>>,
    from: NaiveDate,
    to: NaiveDate,
    reason: Detail,
}

impl TryFrom<RawClosure> for Closure {
    type Error = DatesReversed;

    fn try_from(raw: RawClosure) -> Result<Self, DatesReversed> {
        let RawClosure { practitioner, from, to, reason } = raw;
        if to < from { Err(DatesReversed { from, to }) } else { Ok(Self { practitioner, from, to, reason }) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{to} lies before {from}")]
pub struct DatesReversed {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// One line of the clinic's own catalogue of appointments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentType {
    pub code: Code,
    pub name: Name,
    pub minutes: Length,
    pub color: Color,
    /// «Deaktiveret»: no longer used. What was booked stays; it is in no list that is chosen from.
    #[serde(default)]
    pub deactivated: bool,
}

/// An appointment type's set-up for online booking; at most one for each appointment type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlineType {
    pub appointment_type: Id<AppointmentType>,
    pub alias: Alias,
    pub min_spacing_minutes: Option<SpacingMinutes>,
    /// «Oprettelse/behandlere styres af behov».
    pub need_driven: bool,
    /// «Vælg behandler – selvom type styres af behov».
    pub choose_practitioner: bool,
    /// «Kan oprettes uden behov på følgende behandlere».
    pub practitioners: Vec<WithoutNeed>,
    pub max_days_before_recall_week: Option<RecallDays>,
    pub max_days_after_recall_week: Option<RecallDays>,
    /// «Booking muligt N dag(e) efter dags dato».
    pub earliest_booking_days: Option<NoticeDays>,
    /// «Afbud muligt N dag(e) før aftalen».
    pub cancel_days: Option<NoticeDays>,
    /// «Flytning muligt indtil N dag(e) før aftalen».
    pub move_days: Option<NoticeDays>,
    pub position: u32,
}

/// One row of «Kan oprettes uden behov på følgende behandlere». It keeps its minutes when it
/// is not ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithoutNeed {
    pub practitioner: Id<Practitioner>,
    /// «Aktiv» in the list: takes this type without a need.
    pub active: bool,
    /// `None`: the type's standard minutes.
    pub minutes: Option<Length>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// The clinic's own number for the patient; never a CPR number.
    pub number: PatientNumber,
    pub name: Name,
    pub birth_date: NaiveDate,
    pub phone: Option<Detail>,
    pub email: Option<Detail>,
    pub self_registered: bool,
    /// A new patient is self-registered and not accepted.
    pub accepted: bool,
}

/// «Aftalebehov»: what a patient is to come for, with whom, for how long, and in which week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawNeed", into = "RawNeed")]
pub struct Need {
    pub patient: Id<Patient>,
    pub appointment_type: Id<AppointmentType>,
    pub practitioner: Id<Practitioner>,
    pub minutes: Length,
    /// «Indkaldeuge»; `recall_year` and `recall_week` in JSON.
    pub recall: Week,
}

#[derive(Serialize, Deserialize)]
struct RawNeed {
    patient: Id<Patient>,
    appointment_type: Id<AppointmentType>,
    practitioner: Id<Practitioner>,
    minutes: Length,
    recall_year: i32,
    recall_week: u8,
}

impl TryFrom<RawNeed> for Need {
    type Error = NoSuchWeek;

    fn try_from(raw: RawNeed) -> Result<Self, NoSuchWeek> {
        let RawNeed { patient, appointment_type, practitioner, minutes, recall_year, recall_week } = raw;
        let recall = Week::new(recall_year, recall_week)?;
        Ok(Self { patient, appointment_type, practitioner, minutes, recall })
    }
}

impl From<Need> for RawNeed {
    fn from(need: Need) -> Self {
        let Need { patient, appointment_type, practitioner, minutes, recall } = need;
        let (recall_year, recall_week) = (recall.year(), recall.week());
        Self { patient, appointment_type, practitioner, minutes, recall_year, recall_week }
    }
}

/// A time in the appointment book. Without patient and type it is a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub practitioner: Id<Practitioner>,
    pub appointment_type: Option<Id<AppointmentType>>,
    pub patient: Option<Id<Patient>>,
    pub need: Option<Id<Need>>,
    #[serde(deserialize_with = "whole_second")]
    pub start: DateTime<Utc>,
    pub minutes: Length,
    pub origin: Origin,
    pub status: Status,
    pub overlap: Overlap,
    pub note: Detail,
}

impl Appointment {
    /// The calendar's last moment where the appointment would last beyond it.
    pub fn end(&self) -> DateTime<Utc> {
        let lasts = chrono::TimeDelta::minutes(self.minutes.get().into());
        self.start.checked_add_signed(lasts).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// «Instants are RFC 3339 in UTC with `Z` and whole seconds.»
fn whole_second<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let instant = DateTime::<Utc>::deserialize(deserializer)?;
    if instant.timestamp_subsec_nanos() == 0 {
        Ok(instant)
    } else {
        Err(serde::de::Error::custom("an instant is a whole second"))
    }
}

/// Who made an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Clinic,
    Online,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Booked,
    Cancelled,
}

/// Whether an appointment may stand on top of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlap {
    None,
    Deliberate,
    /// Made offline on a time that was booked online; stands until someone decides.
    Clash,
}

/// Which ISO weeks working hours hold in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weeks {
    Every,
    Even,
    Odd,
}

/// 1 is Monday, 7 is Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct WeekdayNumber(chrono::Weekday);

impl WeekdayNumber {
    pub const fn new(weekday: chrono::Weekday) -> Self {
        Self(weekday)
    }

    pub const fn weekday(self) -> chrono::Weekday {
        self.0
    }
}

impl TryFrom<u8> for WeekdayNumber {
    type Error = NotAWeekday;

    fn try_from(number: u8) -> Result<Self, NotAWeekday> {
        let weekday = number.checked_sub(1).and_then(|index| chrono::Weekday::try_from(index).ok());
        weekday.map(Self).ok_or(NotAWeekday { number })
    }
}

impl From<WeekdayNumber> for u8 {
    fn from(day: WeekdayNumber) -> u8 {
        day.0.number_from_monday() as u8
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("weekday {number} is not 1 (Monday) to 7")]
pub struct NotAWeekday {
    pub number: u8,
}

/// A colour as `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color(pub [u8; 3]);

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02X}{green:02X}{blue:02X}")
    }
}

impl From<Color> for String {
    fn from(color: Color) -> String {
        color.to_string()
    }
}

impl TryFrom<String> for Color {
    type Error = NotAColor;

    fn try_from(text: String) -> Result<Self, NotAColor> {
        let byte = |index| text.get(index..index + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let all_hex = digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match (all_hex, byte(1), byte(3), byte(5)) {
            (true, Some(red), Some(green), Some(blue)) => Ok(Self([red, green, blue])),
            _ => Err(NotAColor { text }),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text:?} is no colour such as #0B6B7C")]
pub struct NotAColor {
    pub text: String,
}

/// A type of which records exist.
pub trait Recorded: Sized {
    const KIND: Kind;

    fn into_value(self) -> Value;

    /// `None` when the value is of another kind.
    fn from_value(value: Value) -> Option<Self>;
}

/// Says once which kinds there are.
macro_rules! kinds {
    ($($kind:ident $name:literal),* $(,)?) => {
        /// The kinds of record; its names are the JSON names and the tables.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $(#[serde(rename = $name)] $kind),*
        }

        impl Kind {
            /// In an order in which a record comes after those it names.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),*
                }
            }
        }

        /// The value of a record of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "value")]
        pub enum Value {
            $(#[serde(rename = $name)] $kind($kind)),*
        }

        impl Value {
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind),*
                }
            }
        }

        $(impl Recorded for $kind {
            const KIND: Kind = Kind::$kind;

            fn into_value(self) -> Value {
                Value::$kind(self)
            }

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::$kind(value) => Some(value),
                    _ => None,
                }
            }
        })*
    };
}

kinds! {
    Clinic "clinic",
    Service "service",
    Analytics "analytics",
    Practitioner "practitioner",
    PractitionerGroup "practitioner_group",
    WorkingHours "working_hours",
    Closure "closure",
    AppointmentType "appointment_type",
    OnlineType "online_type",
    Patient "patient",
    Need "need",
    Appointment "appointment",
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A value and its id, of a kind that is known only when the program runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub id: Uuid,
    #[serde(flatten)]
    pub value: Value,
}

/// A value and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    pub id: Id<T>,
    pub value: T,
}

impl<T: Recorded> Entry<T> {
    /// A new record.
    pub fn new(value: T) -> Self {
        Self { id: Id::random(), value }
    }

    pub fn into_record(self) -> Record {
        Record { id: self.id.uuid(), value: self.value.into_value() }
    }
}

/// What an export writes and an import reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub format: Format,
    /// When it was written; older programs did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<DateTime<Utc>>,
    pub records: Vec<Record>,
}

impl Snapshot {
    pub fn new(records: Vec<Record>) -> Self {
        Self { format: Format, made_at: None, records }
    }

    pub fn made_at(self, instant: DateTime<Utc>) -> Self {
        Self { made_at: Some(instant), ..self }
    }
}

/// The one format of snapshot there is: 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Format;

impl Format {
    pub const NUMBER: u32 = 1;
}

impl TryFrom<u32> for Format {
    type Error = UnknownFormat;

    fn try_from(format: u32) -> Result<Self, UnknownFormat> {
        if format == Self::NUMBER { Ok(Self) } else { Err(UnknownFormat { format }) }
    }
}

impl From<Format> for u32 {
    fn from(_: Format) -> u32 {
        Format::NUMBER
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("snapshot format {format} is not known here, only {}", Format::NUMBER)]
pub struct UnknownFormat {
    pub format: u32,
}
