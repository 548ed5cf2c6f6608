//! Appointments that stand on others until somebody decides: how many double bookings they are.

use aftalebog_booking::overlap::shared;
use aftalebog_local::Booked;
use uuid::Uuid;

/// Those that overlap are one double booking, which is one thing to decide: where an appointment has come back under a
/// clash, both are marked.
pub fn double_bookings(clashes: &[Booked]) -> Vec<Vec<Uuid>> {
    let mut groups: Vec<Vec<&Booked>> = Vec::new();
    for clash in clashes {
        let overlaps = |other: &&Booked| shared(&clash.entry.value, &other.entry.value).is_some();
        let (joined, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(&overlaps));
        rest.push(joined.into_iter().flatten().chain([clash]).collect());
        groups = rest;
    }
    let ids = |group: Vec<&Booked>| group.into_iter().map(|clash| clash.entry.id.uuid()).collect();
    groups.into_iter().map(ids).collect()
}
