//! Patients: looked up, entered and changed.
