//! Patients and needs from and to CSV.
