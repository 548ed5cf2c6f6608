//! A field of any record, as the dialogs call it, and its value, as they show it.

use aftalebog_booking::record::{
    Appointment, AppointmentType, Kind, Origin, Overlap, Practitioner, Status, WeekdayNumber, Weeks, WithoutNeed,
};
use aftalebog_booking::time::Interval;
use aftalebog_booking::zone::local;
use aftalebog_booking::{Id, Setup};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{Texts, fl};

/// What the ids in a value are named with.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub setup: &'a Setup,
    /// Of a patient or a need; `None`: nobody knows it.
    pub of: &'a dyn Fn(Kind, Uuid) -> Option<String>,
}

impl Texts {
    /// «Afbud muligt». A field that this program does not know keeps the name it has.
    pub fn field_name(&self, kind: Kind, field: &str) -> String {
        match (kind, field) {
            (Kind::Clinic, "name") => fl!(self, "clinic-name"),
            (Kind::Clinic, "address") => fl!(self, "clinic-address"),
            (Kind::Clinic, "phone") => fl!(self, "clinic-phone"),
            (Kind::Clinic, "email") => fl!(self, "clinic-email"),
            (Kind::Clinic, "greeting") => fl!(self, "clinic-greeting"),
            (Kind::Clinic, "time_zone") => fl!(self, "field-time-zone"),
            (Kind::Clinic, "raster_minutes") => fl!(self, "new-step-raster"),
            (Kind::Clinic, "closed_on_public_holidays") => fl!(self, "days-on-holidays"),
            (Kind::Service, "running") => fl!(self, "service-title"),
            (Kind::Service, "self_registration") => fl!(self, "server-self-registration"),
            (Kind::Service, "closed_text") => fl!(self, "clinic-closed-text"),
            (Kind::Analytics, "enabled") => fl!(self, "analytics-enabled"),
            (Kind::Analytics, "measurement_id") => fl!(self, "analytics-id"),
            (Kind::Practitioner, "initials") => fl!(self, "practitioner-initials"),
            (Kind::Practitioner, "title") => fl!(self, "practitioner-title"),
            (Kind::Practitioner, "registered") => fl!(self, "clinic-registered"),
            (Kind::Practitioner, "takes_new_patients") => fl!(self, "field-takes-new-patients"),
            (Kind::PractitionerGroup, "practitioners") => fl!(self, "tab-practitioners"),
            (Kind::WorkingHours, "weekday") => fl!(self, "field-weekday"),
            (Kind::WorkingHours, "weeks") => fl!(self, "hours-weeks"),
            (Kind::WorkingHours, "intervals") => fl!(self, "hours-times"),
            (Kind::WorkingHours, "valid_from") => fl!(self, "hours-valid-from"),
            (Kind::WorkingHours, "valid_to") => fl!(self, "hours-valid-to"),
            (Kind::Closure, "practitioner") => fl!(self, "days-who"),
            (Kind::Closure, "from") => fl!(self, "days-from"),
            (Kind::Closure, "to") => fl!(self, "days-to"),
            (Kind::Closure, "reason") => fl!(self, "days-reason"),
            (Kind::AppointmentType, "code") => fl!(self, "catalogue-code"),
            (Kind::AppointmentType, "color") => fl!(self, "catalogue-color"),
            (Kind::OnlineType, "alias") => fl!(self, "type-alias"),
            (Kind::OnlineType, "min_spacing_minutes") => fl!(self, "type-spacing"),
            (Kind::OnlineType, "need_driven") => fl!(self, "type-need-driven"),
            (Kind::OnlineType, "choose_practitioner") => fl!(self, "type-choose-practitioner"),
            (Kind::OnlineType, "practitioners") => fl!(self, "type-without-need"),
            (Kind::OnlineType, "max_days_before_recall_week") => fl!(self, "type-before"),
            (Kind::OnlineType, "max_days_after_recall_week") => fl!(self, "type-after"),
            (Kind::OnlineType, "earliest_booking_days") => fl!(self, "type-earliest"),
            (Kind::OnlineType, "cancel_days") => fl!(self, "type-cancel"),
            (Kind::OnlineType, "move_days") => fl!(self, "type-move"),
            (Kind::Patient, "number") => fl!(self, "find-patient-number"),
            (Kind::Patient, "birth_date") => fl!(self, "card-birth-date"),
            (Kind::Patient, "phone") => fl!(self, "find-patient-phone"),
            (Kind::Patient, "email") => fl!(self, "card-email"),
            (Kind::Patient, "self_registered") => fl!(self, "field-self-registered"),
            (Kind::Patient, "accepted") => fl!(self, "field-accepted"),
            (Kind::Need, "recall_year") => fl!(self, "field-recall-year"),
            (Kind::Need, "recall_week") => fl!(self, "field-recall-week"),
            (Kind::Appointment, "need") => fl!(self, "appointment-need"),
            (Kind::Appointment, "start") => fl!(self, "field-start"),
            (Kind::Appointment, "origin") => fl!(self, "field-origin"),
            (Kind::Appointment, "status") => fl!(self, "field-status"),
            (Kind::Appointment, "overlap") => fl!(self, "field-overlap"),
            (Kind::Appointment, "note") => fl!(self, "appointment-note"),
            (_, "name") => fl!(self, "find-patient-name"),
            (_, "patient") => fl!(self, "appointment-patient"),
            (_, "practitioner") => fl!(self, "appointment-practitioner"),
            (_, "appointment_type") => fl!(self, "appointment-type"),
            (_, "minutes") => fl!(self, "appointment-minutes"),
            (_, "position") => fl!(self, "clinic-order"),
            (_, "deactivated") => fl!(self, "field-deactivated"),
            (_, unknown) => unknown.to_owned(),
        }
    }

    /// «2 dage», «tom», «JH, SA (45 min.)». What this program does not know is shown as it is.
    pub fn field_value(&self, names: Names<'_>, kind: Kind, field: &str, value: &Json) -> String {
        if value.is_null() {
            let whole_clinic = (kind, field) == (Kind::Closure, "practitioner");
            return if whole_clinic { fl!(self, "days-whole-clinic") } else { fl!(self, "field-blank") };
        }
        self.said(names, kind, field, value).unwrap_or_else(|| match value {
            Json::String(text) if text.is_empty() => fl!(self, "field-blank"),
            Json::String(text) => text.clone(),
            Json::Bool(true) => fl!(self, "field-yes"),
            Json::Bool(false) => fl!(self, "field-no"),
            other => other.to_string(),
        })
    }

    fn said(&self, names: Names<'_>, kind: Kind, field: &str, value: &Json) -> Option<String> {
        let setup = names.setup;
        Some(match (kind, field) {
            (Kind::Service, "running") => match value.as_bool()? {
                true => fl!(self, "service-active"),
                false => fl!(self, "service-inactive"),
            },
            (Kind::WorkingHours, "weekday") => self.weekday_name(read::<WeekdayNumber>(value)?),
            (Kind::WorkingHours, "weeks") => self.weeks(read::<Weeks>(value)?),
            (Kind::WorkingHours, "intervals") => {
                let intervals = read::<Vec<Interval>>(value)?;
                if intervals.is_empty() { fl!(self, "hours-off") } else { self.intervals(&intervals) }
            }
            (Kind::OnlineType, "practitioners") => self.without_need(setup, &read::<Vec<WithoutNeed>>(value)?),
            (Kind::PractitionerGroup, "practitioners") => {
                let all = read::<Vec<Id<Practitioner>>>(value)?;
                all.into_iter().map(|id| self.initials_of(setup, id)).collect::<Vec<_>>().join(", ")
            }
            (Kind::Appointment, "start") => {
                let at = local(setup.clinic.value.time_zone, read::<DateTime<Utc>>(value)?);
                let (date, time) = (self.date_weekday_year(at.date()), self.time_of(at.time()));
                fl!(self, "field-when", date = date, time = time)
            }
            (Kind::Appointment, "origin") => match read::<Origin>(value)? {
                Origin::Clinic => fl!(self, "field-origin-clinic"),
                Origin::Online => fl!(self, "book-online"),
            },
            (Kind::Appointment, "status") => match read::<Status>(value)? {
                Status::Booked => fl!(self, "field-booked"),
                Status::Cancelled => fl!(self, "patient-cancelled"),
            },
            (Kind::Appointment, "overlap") => match read::<Overlap>(value)? {
                Overlap::None => fl!(self, "field-overlap-none"),
                Overlap::Deliberate => fl!(self, "field-overlap-deliberate"),
                Overlap::Clash => fl!(self, "field-overlap-clash"),
            },
            (_, "practitioner") => self.initials_of(setup, read(value)?),
            (_, "appointment_type") => {
                let known = setup.appointment_type(read::<Id<AppointmentType>>(value)?);
                known.map_or_else(|| fl!(self, "field-unknown"), |of| of.code.to_string())
            }
            (_, "patient") => self.named(names, Kind::Patient, value)?,
            (_, "need") => self.named(names, Kind::Need, value)?,
            (_, "birth_date" | "from" | "to" | "valid_from" | "valid_to") => self.date(read::<NaiveDate>(value)?),
            (_, "minutes" | "raster_minutes" | "min_spacing_minutes") => {
                fl!(self, "hours-only-minutes", minutes = value.as_u64()?)
            }
            (
                _,
                "cancel_days"
                | "move_days"
                | "earliest_booking_days"
                | "max_days_before_recall_week"
                | "max_days_after_recall_week",
            ) => fl!(self, "field-days", count = value.as_u64()?),
            // People count from 1.
            (_, "position") => fl!(self, "field-place", place = value.as_u64()?.saturating_add(1)),
            _ => return None,
        })
    }

    fn named(&self, names: Names<'_>, kind: Kind, value: &Json) -> Option<String> {
        let id = read::<Uuid>(value)?;
        Some((names.of)(kind, id).unwrap_or_else(|| fl!(self, "field-unknown")))
    }

    fn initials_of(&self, setup: &Setup, id: Id<Practitioner>) -> String {
        setup.practitioner(id).map_or_else(|| fl!(self, "field-unknown"), |known| known.initials.to_string())
    }

    /// Those who are ticked; the minutes where they are not those of the type.
    fn without_need(&self, setup: &Setup, rows: &[WithoutNeed]) -> String {
        let ticked = rows.iter().filter(|row| row.active).map(|row| {
            let initials = self.initials_of(setup, row.practitioner);
            match row.minutes {
                Some(minutes) => format!("{initials} ({})", fl!(self, "hours-only-minutes", minutes = minutes.get())),
                None => initials,
            }
        });
        let ticked: Vec<_> = ticked.collect();
        if ticked.is_empty() { fl!(self, "field-nobody") } else { ticked.join(", ") }
    }

    /// «tirsdag 24. november 2026 kl. 10.15»: when an appointment begins.
    pub fn start_of(&self, setup: &Setup, appointment: &Appointment) -> String {
        let at = local(setup.clinic.value.time_zone, appointment.start);
        fl!(self, "field-when", date = self.date_weekday_year(at.date()), time = self.time_of(at.time()))
    }
}

fn read<T: DeserializeOwned>(value: &Json) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use aftalebog_booking::demo::demo_clinic;
    use serde_json::json;

    fn setup() -> Setup {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        Setup::gather(demo_clinic(today, 1).records).expect("a set-up")
    }

    #[track_caller]
    fn check(kind: Kind, field: &str, value: Json, name: &str, said: &str) {
        let (setup, texts) = (setup(), Texts::new(Language::Danish));
        let known = |kind, _| (kind == Kind::Patient).then(|| "Karen Mikkelsen".to_owned());
        let names = Names { setup: &setup, of: &known };
        assert_eq!(texts.field_name(kind, field), name);
        assert_eq!(texts.field_value(names, kind, field, &value), said);
    }

    #[test]
    fn values_are_said_as_the_dialogs_show_them() {
        let setup = setup();
        let who = |initials: &str| {
            setup.practitioners.iter().find(|it| it.value.initials.as_str() == initials).expect("known").id.uuid()
        };
        let su = setup.appointment_types.iter().find(|it| it.value.code.as_str() == "SU").expect("known").id.uuid();
        let anybody = Uuid::from_u128(1);
        check(Kind::OnlineType, "cancel_days", json!(0), "Afbud muligt", "0 dage");
        check(Kind::OnlineType, "cancel_days", json!(1), "Afbud muligt", "1 dag");
        check(Kind::OnlineType, "cancel_days", Json::Null, "Afbud muligt", "tom");
        check(Kind::OnlineType, "min_spacing_minutes", json!(30), "Minimum tid mellem foreslåede tider", "30 min.");
        check(Kind::OnlineType, "position", json!(0), "Rækkefølge", "nr. 1");
        let rows = json!([
            {"practitioner": who("JH"), "active": true, "minutes": null},
            {"practitioner": who("MK"), "active": false, "minutes": 30},
            {"practitioner": who("SA"), "active": true, "minutes": 45},
        ]);
        check(
            Kind::OnlineType,
            "practitioners",
            rows,
            "Kan oprettes uden behov på følgende behandlere",
            "JH, SA (45 min.)",
        );
        check(Kind::OnlineType, "practitioners", json!([]), "Kan oprettes uden behov på følgende behandlere", "ingen");
        check(Kind::Appointment, "practitioner", json!(who("LB")), "Behandler", "LB");
        check(Kind::Appointment, "appointment_type", json!(su), "Aftaletype", "SU");
        check(Kind::Appointment, "patient", json!(anybody), "Patient", "Karen Mikkelsen");
        check(Kind::Appointment, "need", json!(anybody), "Behov", "ukendt");
        let (start, said) = (json!("2026-11-24T09:15:00Z"), "tirsdag 24. november 2026 kl. 10.15");
        check(Kind::Appointment, "start", start, "Tidspunkt", said);
        check(Kind::Appointment, "status", json!("cancelled"), "Status", "Afbud");
        check(Kind::Appointment, "note", json!(""), "Bemærkning", "tom");
        check(Kind::Closure, "practitioner", Json::Null, "Hvem", "Hele klinikken");
        check(Kind::Closure, "from", json!("2026-12-24"), "Fra", "24. december 2026");
        let hours = json!([{"from": "08:00", "to": "12:00"}, {"from": "12:30", "to": "16:00"}]);
        check(Kind::WorkingHours, "intervals", hours, "Tider", "8.00–12.00, 12.30–16.00");
        check(Kind::WorkingHours, "weekday", json!(2), "Ugedag", "tirsdag");
        check(Kind::Practitioner, "registered", json!(false), "Tilmeldt", "nej");
        check(Kind::Service, "running", json!(true), "Online booking", "Aktiv");
    }

    /// Of a newer program, or of one that has a fault.
    #[test]
    fn what_is_not_known_is_shown_as_it_is() {
        check(Kind::Patient, "of_a_newer_program", json!([1]), "of_a_newer_program", "[1]");
        check(Kind::Appointment, "start", json!("soon"), "Tidspunkt", "soon");
    }

    #[test]
    fn every_field_of_the_demo_has_a_name() {
        let texts = Texts::new(Language::Danish);
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        for record in demo_clinic(today, 1).records {
            for field in record.fields().keys() {
                let name = texts.field_name(record.value.kind(), field);
                assert_ne!(name, *field, "{:?}", record.value.kind());
            }
        }
    }
}
