//! How much patients may ask for.

use serde::Deserialize;

/// How much patients, and those who say that they are, may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PatientLimits {
    /// One-time codes to one telephone number or e-mail address.
    pub codes_per_recipient_and_day: u32,
    /// One-time codes that one network address asks for.
    pub codes_per_address_and_hour: u32,
    /// Codes that one network address tries.
    pub tries_per_address_and_hour: u32,
    /// Text messages of one clinic. More are not sent, and the log says so.
    pub sms_per_clinic_and_day: u32,
    /// Codes to people who create themselves at one clinic. More are not sent, and the log says so.
    pub registrations_per_clinic_and_day: u32,
    /// Bookings, moves and cancellations of one patient.
    pub changes_per_patient_and_hour: u32,
    /// All that one patient asks for, reading too.
    pub calls_per_patient_and_minute: u32,
    /// Coming appointments that one patient can have booked online.
    pub open_bookings: u32,
}

impl Default for PatientLimits {
    fn default() -> Self {
        Self {
            codes_per_recipient_and_day: 10,
            codes_per_address_and_hour: 60,
            tries_per_address_and_hour: 120,
            sms_per_clinic_and_day: 500,
            registrations_per_clinic_and_day: 100,
            changes_per_patient_and_hour: 60,
            calls_per_patient_and_minute: 300,
            open_bookings: 10,
        }
    }
}
