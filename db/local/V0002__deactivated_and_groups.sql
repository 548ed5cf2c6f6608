-- Who works here no more, and types that are no longer used, stay in the book they are part of;
-- and practitioners can be shown in groups.

alter table practitioner add column deactivated integer not null default 0
    check (deactivated in (0, 1) and not (deactivated and registered));

alter table appointment_type add column deactivated integer not null default 0 check (deactivated in (0, 1));

create table practitioner_group (
    id blob not null primary key check (length(id) = 16),
    name text not null check (length(name) between 1 and 100),
    position integer not null check (position between 0 and 4294967295)
) strict;

-- A practitioner stands in a group once.
create table practitioner_group_member (
    practitioner_group blob not null references practitioner_group (id) on delete cascade,
    number integer not null check (number >= 0),
    practitioner blob not null references practitioner (id) deferrable initially deferred,
    primary key (practitioner_group, practitioner)
) strict, without rowid;

create index practitioner_group_member_by_practitioner on practitioner_group_member (practitioner);

create index patient_by_number on patient (number);

-- Those who created themselves and wait for the clinic's word.
create index waiting_patient on patient (number) where self_registered = 1 and accepted = 0;

-- An appointment that goes over to another patient stays where it is in the practitioner's column,
-- whoever was put on top of it there.
drop trigger appointment_moved;

create trigger appointment_moved after update on appointment
when new.status = 'booked' and new.overlap = 'none' and (
    old.status <> new.status or old.overlap <> new.overlap or old.practitioner <> new.practitioner
    or old.patient is not new.patient or old.start <> new.start or old.minutes <> new.minutes
)
begin
    -- Handing it over to another patient moves nothing in the practitioner's column.
    select raise(abort, 'the practitioner is taken') from appointment as other
    where (old.status <> new.status or old.overlap <> new.overlap or old.practitioner <> new.practitioner
            or old.start <> new.start or old.minutes <> new.minutes)
        and other.practitioner = new.practitioner and other.start > new.start - 28800
        and other.start < new.start + new.minutes * 60 and other.start + other.minutes * 60 > new.start
        and other.status = 'booked' and other.id <> new.id;
    select raise(abort, 'the patient is taken') from appointment as other
    where other.patient = new.patient and other.start > new.start - 28800
        and other.start < new.start + new.minutes * 60 and other.start + other.minutes * 60 > new.start
        and other.status = 'booked' and other.id <> new.id;
end;

-- By whom and when an appointment was entered is looked up among all that was ever saved.
create index appointment_entered on change_write (record) where kind = 'appointment' and before is null;
