//! Who works here no more, and types that are no longer used: what goes with them in one change.
//!
//! Somebody who is named by a need or stands in the book cannot be deleted without it, and is
//! deactivated instead: then everything stays, and nobody can choose them.

use crate::change::Write;
use crate::id::Id;
use crate::record::{
    Appointment, AppointmentType, Closure, Entry, OnlineType, Practitioner, PractitionerGroup, WithoutNeed,
    WorkingHours,
};
use crate::setup::Setup;

/// What is to be deleted or deactivated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leaving {
    Practitioner(Id<Practitioner>),
    AppointmentType(Id<AppointmentType>),
}

/// What the settings hold of one practitioner only: it means nothing without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belongings<'a> {
    pub hours: Vec<&'a Entry<WorkingHours>>,
    pub absences: Vec<&'a Entry<Closure>>,
    /// Groups they are in with others.
    pub groups: Vec<&'a Entry<PractitionerGroup>>,
    /// Groups of them alone.
    pub own_groups: Vec<&'a Entry<PractitionerGroup>>,
    /// Online types with a row for them in «Kan oprettes uden behov på følgende behandlere».
    pub online_types: Vec<&'a Entry<OnlineType>>,
}

impl<'a> Belongings<'a> {
    pub fn of(whom: Id<Practitioner>, setup: &'a Setup) -> Self {
        let has_row = |entry: &&Entry<OnlineType>| entry.value.practitioners.iter().any(|row| row.practitioner == whom);
        let is_in = |entry: &&Entry<PractitionerGroup>| entry.value.practitioners.contains(&whom);
        let is_alone = |entry: &&Entry<PractitionerGroup>| entry.value.practitioners.iter().all(|id| *id == whom);
        let (own_groups, groups) = setup.practitioner_groups.iter().filter(is_in).partition(is_alone);
        Self {
            hours: setup.working_hours.iter().filter(|entry| entry.value.practitioner == whom).collect(),
            absences: setup.closures.iter().filter(|entry| entry.value.practitioner == Some(whom)).collect(),
            groups,
            own_groups,
            online_types: setup.online_types.iter().filter(has_row).collect(),
        }
    }
}

/// A practitioner of whom the book has at most `blocks`, and everything that is theirs alone.
pub fn delete_practitioner(whom: &Entry<Practitioner>, blocks: &[Id<Appointment>], setup: &Setup) -> Vec<Write> {
    let Belongings { hours, absences, groups, own_groups, online_types } = Belongings::of(whom.id, setup);
    let others = |group: &PractitionerGroup| PractitionerGroup {
        practitioners: group.practitioners.iter().copied().filter(|id| *id != whom.id).collect(),
        ..group.clone()
    };
    let other_rows = |online_type: &OnlineType| OnlineType {
        practitioners: rows_but(&online_type.practitioners, whom.id),
        ..online_type.clone()
    };
    let mut writes = vec![Write::delete(whom)];
    writes.extend(hours.into_iter().map(Write::delete));
    writes.extend(absences.into_iter().map(Write::delete));
    writes.extend(own_groups.into_iter().map(Write::delete));
    writes.extend(blocks.iter().copied().map(Write::delete_of));
    writes.extend(groups.into_iter().filter_map(|entry| Write::edit(entry, &others(&entry.value))));
    writes.extend(online_types.into_iter().filter_map(|entry| Write::edit(entry, &other_rows(&entry.value))));
    writes
}

fn rows_but(rows: &[WithoutNeed], whom: Id<Practitioner>) -> Vec<WithoutNeed> {
    rows.iter().filter(|row| row.practitioner != whom).cloned().collect()
}

/// «Deaktivér»: they take no longer part in online booking, and everything else stays as it is.
pub fn deactivate_practitioner(whom: &Entry<Practitioner>) -> Vec<Write> {
    let after = Practitioner { deactivated: true, registered: false, ..whom.value.clone() };
    Write::edit(whom, &after).into_iter().collect()
}

/// «Genaktivér»: they can be chosen again; whether patients may book with them is another matter.
pub fn reactivate_practitioner(whom: &Entry<Practitioner>) -> Vec<Write> {
    Write::edit(whom, &Practitioner { deactivated: false, ..whom.value.clone() }).into_iter().collect()
}

/// A type that nothing in the book names, with its set-up for online booking.
pub fn delete_type(of: &Entry<AppointmentType>, setup: &Setup) -> Vec<Write> {
    let online_type = setup.online_type_of(of.id).map(Write::delete);
    [Write::delete(of)].into_iter().chain(online_type).collect()
}

/// «Deaktivér»: patients can no longer book it either, so its set-up for online booking goes.
pub fn deactivate_type(of: &Entry<AppointmentType>, setup: &Setup) -> Vec<Write> {
    let edit = Write::edit(of, &AppointmentType { deactivated: true, ..of.value.clone() });
    edit.into_iter().chain(setup.online_type_of(of.id).map(Write::delete)).collect()
}

/// «Genaktivér»: it can be chosen again, and is not set up for online booking.
pub fn reactivate_type(of: &Entry<AppointmentType>) -> Vec<Write> {
    Write::edit(of, &AppointmentType { deactivated: false, ..of.value.clone() }).into_iter().collect()
}

/// All records of one order with the `shown` ones in theirs, each with its place: those that are
/// not shown keep theirs among the others.
pub fn in_order<'a, T>(all: &'a [Entry<T>], shown: &[Id<T>]) -> Vec<(&'a Entry<T>, u32)> {
    let is_shown = |entry: &Entry<T>| shown.contains(&entry.id);
    let mut next = shown.iter().filter_map(|id| all.iter().find(|entry| entry.id == *id));
    let ordered = all.iter().map(|entry| if is_shown(entry) { next.next().unwrap_or(entry) } else { entry });
    ordered.zip(1..).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Deed, fields};
    use crate::demo::{SEED, demo_clinic};
    use crate::record::{Kind, Record, Recorded};
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use serde::Serialize;

    fn demo() -> Setup {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        Setup::gather(demo_clinic(today, SEED).records).expect("a set-up")
    }

    /// The settings after these writes.
    fn after(setup: &Setup, writes: &[Write]) -> Setup {
        fn records<T: Recorded + Clone>(entries: &[Entry<T>]) -> impl Iterator<Item = Record> {
            entries.iter().cloned().map(Entry::into_record)
        }
        let mut all: Vec<Record> = vec![
            setup.clinic.clone().into_record(),
            setup.service.clone().into_record(),
            setup.analytics.clone().into_record(),
        ];
        all.extend(records(&setup.practitioners));
        all.extend(records(&setup.practitioner_groups));
        all.extend(records(&setup.working_hours));
        all.extend(records(&setup.closures));
        all.extend(records(&setup.appointment_types));
        all.extend(records(&setup.online_types));
        for write in writes {
            let place = all.iter().position(|record| record.id == write.id).expect("the record is there");
            let record = all.remove(place);
            if let Deed::Set(set) = &write.deed {
                let mut merged = record.fields();
                merged.extend(set.clone());
                all.push(Record::from_fields(write.kind, write.id, merged).expect("a valid record"));
            }
        }
        Setup::gather(all).expect("a set-up")
    }

    /// Whether the id stands anywhere in these records.
    fn names<T: Serialize>(entries: &[Entry<T>], id: impl ToString) -> bool {
        let id = id.to_string();
        entries.iter().any(|entry| format!("{:?}", fields(&entry.value)).contains(&id))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(14))]

        #[test]
        fn nothing_in_the_settings_names_a_deleted_practitioner_and_everybody_else_stays(index in 0..7usize) {
            let mut setup = demo();
            // A group of LB alone.
            setup.practitioner_groups[1].value.practitioners.truncate(1);
            let whom = &setup.practitioners[index];
            let left = after(&setup, &delete_practitioner(whom, &[], &setup));
            let id = whom.id.uuid();
            prop_assert!(left.practitioner(whom.id).is_none());
            prop_assert!(!names(&left.working_hours, id) && !names(&left.closures, id));
            prop_assert!(!names(&left.practitioner_groups, id) && !names(&left.online_types, id));
            prop_assert_eq!(left.practitioners.len() + 1, setup.practitioners.len());
            let groups = if index == 3 { 1 } else { 2 };
            prop_assert_eq!(left.practitioner_groups.len(), groups, "no group is left without anybody");
            let others = setup.working_hours.iter().filter(|hours| hours.value.practitioner != whom.id).count();
            prop_assert_eq!(left.working_hours.len(), others);
        }

        #[test]
        fn a_new_order_moves_only_those_that_are_shown(
            (hidden, shown) in prop::collection::vec(any::<bool>(), 0..9).prop_flat_map(|hidden| {
                let shown: Vec<usize> = (0..hidden.len()).filter(|index| !hidden[*index]).collect();
                (Just(hidden), Just(shown).prop_shuffle())
            }),
        ) {
            let one = demo().practitioners[0].clone();
            let all: Vec<Entry<Practitioner>> = hidden.iter().map(|_| Entry::new(one.value.clone())).collect();
            let shown: Vec<Id<Practitioner>> = shown.into_iter().map(|index| all[index].id).collect();
            let ordered = in_order(&all, &shown);
            let ids: Vec<Id<Practitioner>> = ordered.iter().map(|(entry, _)| entry.id).collect();
            let seen: Vec<Id<Practitioner>> = ids.iter().copied().filter(|id| shown.contains(id)).collect();
            prop_assert_eq!(seen, shown);
            for (index, hidden) in hidden.iter().enumerate() {
                prop_assert!(!hidden || ids[index] == all[index].id);
            }
            prop_assert!(ordered.iter().map(|(_, place)| *place).eq(1..=all.len() as u32));
        }
    }

    #[test]
    fn who_is_deactivated_takes_no_part_in_online_booking_and_keeps_everything_else() {
        let setup = demo();
        let jh = &setup.practitioners[0];
        assert!(jh.value.registered);
        let left = after(&setup, &deactivate_practitioner(jh));
        let gone = left.practitioner(jh.id).expect("JH is still there");
        assert_eq!((gone.deactivated, gone.registered), (true, false));
        assert_eq!(Belongings::of(jh.id, &left), Belongings::of(jh.id, &setup));
        assert!(left.staff().all(|entry| entry.id != jh.id));
        let writes = reactivate_practitioner(&left.practitioners[0]);
        let back = after(&left, &writes);
        assert_eq!(back.practitioner(jh.id).map(|it| (it.deactivated, it.registered)), Some((false, false)));
    }

    #[test]
    fn a_type_takes_its_set_up_along_whether_it_is_deleted_or_deactivated() {
        let setup = demo();
        let su = setup.appointment_types.iter().find(|entry| entry.value.code.as_str() == "SU").expect("SU");
        let deleted = after(&setup, &delete_type(su, &setup));
        assert!(deleted.appointment_type(su.id).is_none() && deleted.online_type_of(su.id).is_none());
        let writes = deactivate_type(su, &setup);
        assert_eq!(
            writes.iter().map(|write| write.kind).collect::<Vec<_>>(),
            [Kind::AppointmentType, Kind::OnlineType]
        );
        let left = after(&setup, &writes);
        assert!(left.appointment_type(su.id).is_some_and(|it| it.deactivated) && left.online_type_of(su.id).is_none());
        assert!(left.catalogue().all(|entry| entry.id != su.id));
        let su = left.appointment_types.iter().find(|entry| entry.id == su.id).expect("SU");
        let back = after(&left, &reactivate_type(su));
        assert!(back.catalogue().any(|entry| entry.id == su.id) && back.online_type_of(su.id).is_none());
        // One that is not online takes nothing along.
        let kir = setup.appointment_types.iter().find(|entry| entry.value.code.as_str() == "KIR").expect("KIR");
        assert_eq!((delete_type(kir, &setup).len(), deactivate_type(kir, &setup).len()), (1, 1));
    }
}
