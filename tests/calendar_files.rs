//! Busy times and closed days from and to iCalendar.
