//! The calls of patients.
