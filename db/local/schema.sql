-- The records of one clinic, what this PC knows of its server, and the history of every save.
--
-- Tables and columns carry the records' JSON names. An id is a UUID of 16 bytes: half the size
-- of its text in every table and index that names it. `start` and `made_at` are whole seconds
-- since 1970 in UTC, so that an overlap is arithmetic and a span is a range of an index. Dates
-- are YYYY-MM-DD, times of day minutes after midnight, null is blank and never 0.
--
-- References are checked at commit: one change may delete a practitioner before her hours.

create table clinic (
    id blob not null primary key check (length(id) = 16),
    only_row integer not null default 1 unique check (only_row = 1),
    name text not null check (length(name) between 1 and 100),
    address text not null check (length(address) <= 300),
    phone text not null check (length(phone) <= 300),
    email text not null check (length(email) <= 300),
    greeting text not null check (length(greeting) <= 300),
    time_zone text not null check (length(time_zone) between 1 and 64),
    raster_minutes integer not null check (raster_minutes in (5, 10, 15, 20, 30)),
    closed_on_public_holidays integer not null check (closed_on_public_holidays in (0, 1))
) strict;

create table service (
    id blob not null primary key check (length(id) = 16),
    only_row integer not null default 1 unique check (only_row = 1),
    running integer not null check (running in (0, 1)),
    self_registration integer not null check (self_registration in (0, 1)),
    closed_text text check (length(closed_text) <= 300)
) strict;

create table analytics (
    id blob not null primary key check (length(id) = 16),
    only_row integer not null default 1 unique check (only_row = 1),
    enabled integer not null check (enabled in (0, 1)),
    measurement_id text check (length(measurement_id) between 4 and 40 and measurement_id not glob '*[^0-9A-Za-z-]*')
) strict;

create table practitioner (
    id blob not null primary key check (length(id) = 16),
    initials text not null check (length(initials) between 1 and 8),
    name text not null check (length(name) between 1 and 100),
    title text not null check (length(title) <= 300),
    registered integer not null check (registered in (0, 1)),
    takes_new_patients integer not null check (takes_new_patients in (0, 1)),
    position integer not null check (position between 0 and 4294967295),
    deactivated integer not null default 0
        check (deactivated in (0, 1) and not (deactivated and registered))
) strict;

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

create table working_hours (
    id blob not null primary key check (length(id) = 16),
    practitioner blob not null references practitioner (id) deferrable initially deferred,
    weekday integer not null check (weekday between 1 and 7),
    weeks text not null check (weeks in ('every', 'even', 'odd')),
    valid_from text check (valid_from is date(valid_from)),
    valid_to text check (valid_to is date(valid_to)),
    constraint valid_to_not_before_valid_from check (valid_to >= valid_from)
) strict;

create index working_hours_by_practitioner on working_hours (practitioner);

-- Lunch is the gap between two.
create table working_hours_interval (
    working_hours blob not null references working_hours (id) on delete cascade,
    number integer not null check (number >= 0),
    from_minute integer not null check (from_minute between 0 and 1439),
    to_minute integer not null check (to_minute > from_minute and to_minute <= 1440),
    primary key (working_hours, number)
) strict, without rowid;

create table closure (
    id blob not null primary key check (length(id) = 16),
    -- Null: the whole clinic.
    practitioner blob references practitioner (id) deferrable initially deferred,
    "from" text not null check ("from" is date("from")),
    "to" text not null check ("to" is date("to")),
    reason text not null check (length(reason) <= 300),
    constraint to_not_before_from check ("to" >= "from")
) strict;

create index closure_by_practitioner on closure (practitioner);

create table appointment_type (
    id blob not null primary key check (length(id) = 16),
    code text not null check (length(code) between 1 and 8),
    name text not null check (length(name) between 1 and 100),
    minutes integer not null check (minutes between 5 and 480),
    color text not null check (color glob '#[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]'),
    deactivated integer not null default 0 check (deactivated in (0, 1))
) strict;

create table online_type (
    id blob not null primary key check (length(id) = 16),
    -- An appointment type is set up for online booking at most once.
    appointment_type blob not null unique references appointment_type (id) deferrable initially deferred,
    alias text not null check (length(alias) between 1 and 80),
    min_spacing_minutes integer check (min_spacing_minutes between 0 and 480),
    need_driven integer not null check (need_driven in (0, 1)),
    choose_practitioner integer not null check (choose_practitioner in (0, 1)),
    max_days_before_recall_week integer check (max_days_before_recall_week between 0 and 3650),
    max_days_after_recall_week integer check (max_days_after_recall_week between 0 and 3650),
    earliest_booking_days integer check (earliest_booking_days between 0 and 365),
    cancel_days integer check (cancel_days between 0 and 365),
    move_days integer check (move_days between 0 and 365),
    position integer not null check (position between 0 and 4294967295)
) strict;

-- «Kan oprettes uden behov på følgende behandlere»: a practitioner stands there once.
create table online_type_practitioner (
    online_type blob not null references online_type (id) on delete cascade,
    practitioner blob not null references practitioner (id) deferrable initially deferred,
    number integer not null check (number >= 0),
    active integer not null check (active in (0, 1)),
    -- Null: the type's standard minutes.
    minutes integer check (minutes between 5 and 480),
    primary key (online_type, practitioner)
) strict, without rowid;

create index online_type_practitioner_by_practitioner on online_type_practitioner (practitioner);

create table patient (
    id blob not null primary key check (length(id) = 16),
    number text not null check (length(number) between 1 and 20),
    name text not null check (length(name) between 1 and 100),
    birth_date text not null check (birth_date is date(birth_date)),
    phone text check (length(phone) <= 300),
    email text check (length(email) <= 300),
    self_registered integer not null check (self_registered in (0, 1)),
    accepted integer not null check (accepted in (0, 1))
) strict;

create index patient_by_number on patient (number);

-- Those who created themselves and wait for the clinic's word.
create index waiting_patient on patient (number) where self_registered = 1 and accepted = 0;

create table need (
    id blob not null primary key check (length(id) = 16),
    patient blob not null references patient (id) deferrable initially deferred,
    appointment_type blob not null references appointment_type (id) deferrable initially deferred,
    practitioner blob not null references practitioner (id) deferrable initially deferred,
    minutes integer not null check (minutes between 5 and 480),
    recall_year integer not null check (recall_year between 1 and 9999),
    recall_week integer not null check (recall_week between 1 and 53),
    -- A year has 53 weeks when it ends on a Thursday, or the year before it on a Wednesday.
    constraint week_53 check (
        recall_week < 53
        or (recall_year + recall_year / 4 - recall_year / 100 + recall_year / 400) % 7 = 4
        or (recall_year - 1 + (recall_year - 1) / 4 - (recall_year - 1) / 100 + (recall_year - 1) / 400) % 7 = 3
    )
) strict;

create index need_by_recall_week on need (recall_year, recall_week, id);
create index need_by_patient on need (patient);
create index need_by_appointment_type on need (appointment_type);
create index need_by_practitioner on need (practitioner);

-- Without patient and appointment type it is a block. It is live while it is booked.
create table appointment (
    id blob not null primary key check (length(id) = 16),
    practitioner blob not null references practitioner (id) deferrable initially deferred,
    appointment_type blob references appointment_type (id) deferrable initially deferred,
    patient blob references patient (id) deferrable initially deferred,
    need blob references need (id) deferrable initially deferred,
    start integer not null,
    minutes integer not null check (minutes between 5 and 480),
    origin text not null check (origin in ('clinic', 'online')),
    status text not null check (status in ('booked', 'cancelled')),
    overlap text not null check (overlap in ('none', 'deliberate', 'clash')),
    note text not null check (length(note) <= 300)
) strict;

create index live_appointment_by_start on appointment (start) where status = 'booked';
-- What somebody is still to decide about.
create index clash_by_start on appointment (start) where overlap = 'clash' and status = 'booked';
create index appointment_by_practitioner on appointment (practitioner, start);
create index appointment_by_patient on appointment (patient, start);
create index appointment_by_type on appointment (appointment_type);
create index appointment_by_need on appointment (need);

-- A need is used at most once; cancelling frees it.
create unique index live_appointment_by_need on appointment (need) where need is not null and status = 'booked';

-- No appointment that may not overlap stands on a live one of the same practitioner or the same
-- patient when it is written. Touching is no overlap. 28800 seconds are the longest appointment:
-- with them the search stays inside a short stretch of the index.
create trigger appointment_created after insert on appointment
when new.status = 'booked' and new.overlap = 'none'
begin
    select raise(abort, 'the practitioner is taken') from appointment as other
    where other.practitioner = new.practitioner and other.start > new.start - 28800
        and other.start < new.start + new.minutes * 60 and other.start + other.minutes * 60 > new.start
        and other.status = 'booked' and other.id <> new.id;
    select raise(abort, 'the patient is taken') from appointment as other
    where other.patient = new.patient and other.start > new.start - 28800
        and other.start < new.start + new.minutes * 60 and other.start + other.minutes * 60 > new.start
        and other.status = 'booked' and other.id <> new.id;
end;

-- A new note on an appointment that another was put on deliberately moves nobody.
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

-- What this PC knows of its server; no record, so it is neither exported nor sent.
create table this_pc (
    only_row integer not null default 1 primary key check (only_row = 1),
    server_address text not null
) strict;

insert into this_pc (server_address) values ('');

-- The server that this PC is paired with; no row: none.
create table server_link (
    only_row integer not null default 1 primary key check (only_row = 1),
    address text not null check (length(address) between 1 and 300),
    -- The private authority whose certificates are trusted there, as PEM; null: those the system trusts.
    authority text,
    clinic blob not null check (length(clinic) = 16),
    -- Where patients find the clinic.
    slug text not null,
    -- This PC's name and id there.
    device blob not null check (length(device) = 16),
    device_name text not null,
    -- Where the token is: the system's vault, or a file beside this one that only this user may read.
    token_kept text not null check (token_kept in ('vault', 'file')),
    paired_at integer not null,
    -- The place in the feed up to which the rows are those of the server.
    epoch blob not null check (length(epoch) = 16),
    revision integer not null check (revision >= 0),
    -- The number of the next change that is sent.
    next_sequence integer not null default 1 check (next_sequence > 0),
    -- The server knows later changes of this PC than this file, which was restored from an old copy.
    rewound integer not null default 0 check (rewound in (0, 1)),
    -- When the server last answered; null: never.
    last_contact integer,
    -- The last migration of the file when all of the server's records were taken. A newer program may know more of them.
    file_form integer not null,
    -- The PC is not paired any more. What is saved goes on waiting, for the next time that it is.
    ended integer not null default 0 check (ended in (0, 1))
) strict;

-- The server's revision of each record that it knows: the base of what is written next.
create table record_revision (
    record blob not null primary key check (length(record) = 16),
    revision integer not null check (revision > 0),
    -- A waiting save of this PC covers what the others wrote after this revision: nobody here has seen that,
    -- so it is the base of what is written next.
    base integer check (base >= 0)
) strict, without rowid;

create index record_covered on record_revision (record) where base is not null;

-- Every save, in the order in which they were made. One that takes another back names it.
create table change (
    position integer primary key autoincrement,
    id blob not null unique check (length(id) = 16),
    made_at integer not null,
    made_by text not null,
    undoes blob unique references change (id) check (undoes <> id),
    -- `local`: from before this PC was paired; it is never sent, for the records as they were then are.
    -- `waiting`: to be sent. `sent`: the server has it, and it has not come back in the feed.
    -- `known`: it came in the feed, from here or from another PC.
    -- `conflict`, `refused`: set aside, and not in the rows, until somebody decides.
    -- `settled`: somebody has decided.
    state text not null default 'local'
        check (state in ('local', 'waiting', 'sent', 'known', 'conflict', 'refused', 'settled')),
    -- Saved by somebody on this PC: only that is taken back here.
    own integer not null default 1 check (own in (0, 1)),
    -- The records that this PC had when it was paired, on their way to the server: nobody's save, so it is in no history.
    given integer not null default 0 check (given in (0, 1)),
    author text not null default 'clinic' check (author in ('clinic', 'patient', 'server')),
    -- The rows have it. What cannot stand on what the others have saved meanwhile is left out of them until the
    -- server has said what becomes of it.
    in_rows integer not null default 1 check (in_rows in (0, 1)),
    -- The server's; null while it has none.
    revision integer check (revision > 0),
    -- Given when it is first sent.
    sequence integer check (sequence > 0),
    -- What the server answered to a change that is set aside: `booking::wire::Problem`.
    problem text check (json_valid(problem))
) strict;

create index change_on_top on change (position) where state in ('waiting', 'sent');
create index change_set_aside on change (position) where state in ('conflict', 'refused');
-- What can be taken back here, whatever the others have saved since.
create index change_of_this_pc on change (position)
    where own = 1 and undoes is null and in_rows = 1;

-- Only the fields that were edited, as JSON: all of them where a record was created or deleted.
create table change_write (
    change integer not null references change (position),
    number integer not null check (number >= 0),
    kind text not null,
    record blob not null check (length(record) = 16),
    before text check (json_valid(before)),
    after text check (json_valid(after)),
    -- The server's revision of the record that whoever wrote it had seen. Null: it is new. 0: the server does not
    -- have it yet, for it was created here.
    base integer check (base >= 0),
    -- The appointment was saved with overlap `none`, and stands as a `clash` on what the others have saved meanwhile.
    clash integer not null default 0 check (clash in (0, 1)),
    primary key (change, number),
    check (before is not null or after is not null)
) strict, without rowid;

-- By whom and when an appointment was entered is looked up among all that was ever saved.
create index appointment_entered on change_write (record) where kind = 'appointment' and before is null;

create index write_of_unknown_record on change_write (record) where base = 0;
-- What was deleted is named as it was last known.
create index write_of_deleted_record on change_write (record) where after is null;
-- Whether online booking was turned on or off and the server does not know it yet is asked after every save.
create index write_of_service on change_write (change) where kind = 'service';

-- Online bookings, moves and cancellations that nobody here has looked at.
create table unseen_appointment (
    appointment blob not null primary key check (length(appointment) = 16),
    what text not null check (what in ('booked', 'moved', 'cancelled')),
    arrived_at integer not null
) strict, without rowid;

-- The contacts with the server that went wrong, and what mended them: the newest.
create table contact (
    number integer primary key autoincrement,
    at integer not null,
    -- `connected`, or why not: `local::sync::Cause`; `not_paired:` and why, where a code was typed.
    what text not null,
    detail text not null
) strict;
