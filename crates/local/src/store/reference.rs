//! Which records name which.

use aftalebog_booking::Kind;

/// The kind of those that name others; the table where they do so; in which column of it their ids stand, and in which
/// the ids of those that they name; and of what kind these are. Of several that are
/// in the way, the first here is named to people.
pub(super) const REFERENCES: [(Kind, &str, &str, &str, Kind); 12] = [
    (Kind::OnlineType, "online_type_practitioner", "online_type", "practitioner", Kind::Practitioner),
    (Kind::PractitionerGroup, "practitioner_group_member", "practitioner_group", "practitioner", Kind::Practitioner),
    (Kind::WorkingHours, "working_hours", "id", "practitioner", Kind::Practitioner),
    (Kind::Closure, "closure", "id", "practitioner", Kind::Practitioner),
    (Kind::OnlineType, "online_type", "id", "appointment_type", Kind::AppointmentType),
    (Kind::Need, "need", "id", "patient", Kind::Patient),
    (Kind::Need, "need", "id", "appointment_type", Kind::AppointmentType),
    (Kind::Need, "need", "id", "practitioner", Kind::Practitioner),
    (Kind::Appointment, "appointment", "id", "practitioner", Kind::Practitioner),
    (Kind::Appointment, "appointment", "id", "appointment_type", Kind::AppointmentType),
    (Kind::Appointment, "appointment", "id", "patient", Kind::Patient),
    (Kind::Appointment, "appointment", "id", "need", Kind::Need),
];
