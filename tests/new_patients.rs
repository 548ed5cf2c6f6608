//! Patients who created themselves: accepted, merged or rejected.
