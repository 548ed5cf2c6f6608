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
