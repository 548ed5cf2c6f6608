//! The three records of which a file has one: clinic, service and analytics.

use aftalebog_booking::record::{Analytics, Clinic, Service};
use rusqlite::Row;
use rusqlite::types::Value;

use super::row::{Cell, Table, cell};

impl Table for Clinic {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { name, address, phone, email, greeting, time_zone, raster_minutes, closed_on_public_holidays } = self;
        vec![
            ("name", name.to_cell()),
            ("address", address.to_cell()),
            ("phone", phone.to_cell()),
            ("email", email.to_cell()),
            ("greeting", greeting.to_cell()),
            ("time_zone", time_zone.to_cell()),
            ("raster_minutes", raster_minutes.to_cell()),
            ("closed_on_public_holidays", closed_on_public_holidays.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            name: cell(row, "name")?,
            address: cell(row, "address")?,
            phone: cell(row, "phone")?,
            email: cell(row, "email")?,
            greeting: cell(row, "greeting")?,
            time_zone: cell(row, "time_zone")?,
            raster_minutes: cell(row, "raster_minutes")?,
            closed_on_public_holidays: cell(row, "closed_on_public_holidays")?,
        })
    }
}

impl Table for Service {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { running, self_registration, closed_text } = self;
        vec![
            ("running", running.to_cell()),
            ("self_registration", self_registration.to_cell()),
            ("closed_text", closed_text.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            running: cell(row, "running")?,
            self_registration: cell(row, "self_registration")?,
            closed_text: cell(row, "closed_text")?,
        })
    }
}

impl Table for Analytics {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { enabled, measurement_id } = self;
        vec![("enabled", enabled.to_cell()), ("measurement_id", measurement_id.to_cell())]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { enabled: cell(row, "enabled")?, measurement_id: cell(row, "measurement_id")? })
    }
}
