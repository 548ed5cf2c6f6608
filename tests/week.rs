//! The week in the appointment book, and who is shown.
