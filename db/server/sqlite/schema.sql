-- The booking server: clinics, their records, the feed of their changes, and who may ask.
--
-- Every row of a clinic begins with its id, and every key does, so that no question can reach into
-- another clinic. An id is a UUID of 16 bytes; instants are whole seconds since 1970 in UTC. Of
-- tokens and codes only hashes are kept.

create table server (
    only_row integer not null default 1 primary key check (only_row = 1),
    -- New after every restore.
    epoch blob not null check (length(epoch) = 16)
) strict;

create table clinic (
    id blob not null primary key check (length(id) = 16),
    -- In the address where patients find it.
    slug text not null unique check (length(slug) between 1 and 60 and slug not glob '*[^a-z0-9-]*'),
    -- What whoever runs the server calls it; what patients read stands in the clinic's records.
    name text not null check (length(name) between 1 and 100),
    created_at integer not null,
    -- Of the last change. Every change begins by raising it: whoever holds the row writes alone.
    revision integer not null default 0 check (revision >= 0),
    -- Of the last change that is no longer in the feed.
    compacted integer not null default 0 check (compacted between 0 and revision),
    -- Of the last change to the settings: everything but patients, needs and appointments.
    settings_revision integer not null default 0 check (settings_revision between 0 and revision),
    -- The last row of the audit trail, so that none is taken away from its end unnoticed.
    audit_number integer not null default 0 check (audit_number >= 0),
    audit_hash blob not null default (zeroblob(32)) check (length(audit_hash) = 32),
    -- When one of its PCs was last in touch; null: never.
    last_contact integer
) strict;

-- A record of any kind as JSON, with what merging needs. What this program does not know of it is kept.
create table record (
    clinic blob not null references clinic (id),
    id blob not null check (length(id) = 16),
    kind text not null,
    value text not null check (json_valid(value)),
    -- Of the last change to it, and who made it.
    revision integer not null check (revision > 0),
    author text not null check (author in ('clinic', 'patient', 'server')),
    -- `booking::merge::Held`: its creation, and the last change to each field since.
    touched text not null check (json_valid(touched)),
    primary key (clinic, id)
) strict;

create index record_by_kind on record (clinic, kind, id);

-- What is deleted is remembered, so that whoever edits it later learns of it.
create table deleted_record (
    clinic blob not null references clinic (id),
    id blob not null check (length(id) = 16),
    kind text not null,
    revision integer not null check (revision > 0),
    -- `booking::wire::Touch`: who, and when.
    deleted text not null check (json_valid(deleted)),
    primary key (clinic, id)
) strict, without rowid;

-- Which records name which: a record that is named cannot be deleted. Asked at commit.
create table record_reference (
    clinic blob not null,
    record blob not null,
    field text not null,
    target blob not null,
    primary key (clinic, record, field, target),
    foreign key (clinic, record) references record (clinic, id) deferrable initially deferred,
    foreign key (clinic, target) references record (clinic, id) deferrable initially deferred
) strict, without rowid;

create index record_reference_by_target on record_reference (clinic, target);

-- What must be unique within a clinic: one clinic record, one set-up of a type, one live appointment of a need.
create table record_unique (
    clinic blob not null,
    what text not null,
    key blob not null,
    record blob not null,
    primary key (clinic, what, key)
) strict, without rowid;

create index record_unique_by_record on record_unique (clinic, record);

-- The appointments and blocks among the records, as far as the database itself must see them.
create table appointment (
    clinic blob not null,
    id blob not null,
    practitioner blob not null,
    patient blob,
    start integer not null,
    "end" integer not null check ("end" > start and "end" - start <= 28800),
    live integer not null check (live in (0, 1)),
    overlap text not null check (overlap in ('none', 'deliberate', 'clash')),
    primary key (clinic, id)
) strict, without rowid;

create index live_appointment_by_start on appointment (clinic, start) where live = 1;
create index live_appointment_by_practitioner on appointment (clinic, practitioner, start) where live = 1;
create index live_appointment_by_patient on appointment (clinic, patient, start) where live = 1 and patient is not null;
create index appointment_by_patient on appointment (clinic, patient, start) where patient is not null;

-- No appointment that may not overlap stands on a live one of the same practitioner or patient when it is
-- written. Touching is no overlap; 28800 seconds are the longest appointment.
create trigger appointment_created after insert on appointment
when new.live = 1 and new.overlap = 'none'
begin
    select raise(abort, 'the practitioner is taken') from appointment as other
    where other.clinic = new.clinic and other.practitioner = new.practitioner
        and other.start > new.start - 28800 and other.start < new."end" and other."end" > new.start
        and other.live = 1 and other.id <> new.id;
    select raise(abort, 'the patient is taken') from appointment as other
    where other.clinic = new.clinic and other.patient = new.patient
        and other.start > new.start - 28800 and other.start < new."end" and other."end" > new.start
        and other.live = 1 and other.id <> new.id;
end;

create trigger appointment_moved after update on appointment
when new.live = 1 and new.overlap = 'none' and (
    old.live <> new.live or old.overlap <> new.overlap or old.practitioner <> new.practitioner
    or old.patient is not new.patient or old.start <> new.start or old."end" <> new."end"
)
begin
    -- Handing it over to another patient moves nothing in the practitioner's column.
    select raise(abort, 'the practitioner is taken') from appointment as other
    where (old.live <> new.live or old.overlap <> new.overlap or old.practitioner <> new.practitioner
            or old.start <> new.start or old."end" <> new."end")
        and other.clinic = new.clinic and other.practitioner = new.practitioner
        and other.start > new.start - 28800 and other.start < new."end" and other."end" > new.start
        and other.live = 1 and other.id <> new.id;
    select raise(abort, 'the patient is taken') from appointment as other
    where other.clinic = new.clinic and other.patient = new.patient
        and other.start > new.start - 28800 and other.start < new."end" and other."end" > new.start
        and other.live = 1 and other.id <> new.id;
end;

-- The feed: every change as it was carried out, in the order of its revision.
create table change (
    clinic blob not null references clinic (id),
    revision integer not null check (revision > 0),
    id blob not null check (length(id) = 16),
    made_at integer not null,
    made_by text not null,
    author text not null check (author in ('clinic', 'patient', 'server')),
    device blob,
    received_at integer not null,
    -- `booking::wire::FeedWrite`s.
    writes text not null check (json_valid(writes)),
    primary key (clinic, revision)
) strict, without rowid;

create index change_by_age on change (clinic, received_at);

-- The ids that were accepted, also after the feed was compacted. The same id with another content is no repetition.
create table accepted (
    clinic blob not null,
    id blob not null,
    revision integer not null,
    request_hash blob not null check (length(request_hash) = 32),
    accepted_at integer not null,
    primary key (clinic, id)
) strict, without rowid;

create index accepted_by_age on accepted (accepted_at);

-- What was done, by whom: appended to, and never changed. Each row's hash takes in the one before it.
create table audit (
    clinic blob not null references clinic (id),
    number integer not null check (number > 0),
    at integer not null,
    -- `clinic`, `patient`, `server`.
    author text not null check (author in ('clinic', 'patient', 'server')),
    device blob,
    patient blob,
    -- What was done, such as `change`, `pair`, `revoke`, `login`.
    deed text not null,
    -- Which fields of which records, from what to what; or what else there is to know.
    details text not null check (json_valid(details)),
    previous_hash blob not null check (length(previous_hash) = 32),
    hash blob not null check (length(hash) = 32),
    primary key (clinic, number)
) strict, without rowid;

create trigger audit_is_not_changed before update on audit
begin
    select raise(abort, 'the audit trail is only appended to');
end;

create trigger audit_is_not_deleted before delete on audit
begin
    select raise(abort, 'the audit trail is only appended to');
end;

create table pairing_code (
    code_hash blob not null primary key check (length(code_hash) = 32),
    clinic blob not null references clinic (id),
    expires_at integer not null,
    -- The PC that asked for it; null: whoever runs the server.
    asked_by blob,
    -- The PC that it has paired, which may ask again by what it made for that: its answer may have been lost.
    used_by blob,
    attempt_hash blob check (length(attempt_hash) = 32)
) strict, without rowid;

-- A PC of a clinic.
create table device (
    id blob not null primary key check (length(id) = 16),
    clinic blob not null references clinic (id),
    name text not null check (length(name) between 1 and 100),
    token_hash blob not null unique check (length(token_hash) = 32),
    -- A token that has been given and not used yet: with its first use it takes the other's place.
    next_token_hash blob unique check (length(next_token_hash) = 32),
    next_token_made_at integer,
    token_made_at integer not null,
    paired_at integer not null,
    last_seen integer,
    revoked_at integer,
    -- It was told to give the clinic its records.
    gives integer not null default 0 check (gives in (0, 1)),
    -- The highest number of a change that came from it.
    last_sequence integer not null default 0
) strict, without rowid;

create index device_by_clinic on device (clinic, id);

-- Who says that they are somebody is looked for by their birth date.
create index patient_by_birth_date on record (clinic, json_extract(value, '$.birth_date'))
where kind = 'patient';

-- A one-time code that was sent to somebody.
create table challenge (
    id_hash blob not null primary key check (length(id_hash) = 32),
    clinic blob not null references clinic (id),
    -- Of where it was sent: a newer one takes its place.
    contact_hash blob not null check (length(contact_hash) = 32),
    -- The way on which it was sent.
    channel text not null check (channel in ('email', 'sms')),
    -- Who is known by what was typed, as a list of ids: twins may share a telephone. Nobody: no code was sent.
    patients text not null check (json_valid(patients)),
    -- Who creates themself: the fields of the patient-to-be.
    registration text check (json_valid(registration)),
    -- argon2id.
    code_hash text not null,
    tries_left integer not null check (tries_left >= 0),
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;

create index challenge_by_age on challenge (expires_at);
create index challenge_by_contact on challenge (contact_hash);

-- A patient who has given the code.
create table session (
    token_hash blob not null primary key check (length(token_hash) = 32),
    clinic blob not null references clinic (id),
    patient blob not null,
    -- The way on which the code came that was answered.
    channel text not null check (channel in ('email', 'sms')),
    created_at integer not null,
    last_used integer not null,
    expires_at integer not null
) strict, without rowid;

create index session_by_patient on session (clinic, patient);
create index session_by_age on session (expires_at);
create index session_by_use on session (last_used);

-- What was answered to a patient's key, so that the same again gives the same.
create table idempotency (
    clinic blob not null,
    patient blob not null,
    key text not null check (length(key) between 1 and 200),
    request_hash blob not null check (length(request_hash) = 32),
    status integer not null,
    answer text not null check (json_valid(answer)),
    created_at integer not null,
    primary key (clinic, patient, key)
) strict, without rowid;

create index idempotency_by_age on idempotency (created_at);

-- How often something was tried, by whom: counted in windows of time.
create table attempt (
    subject_hash blob not null,
    window integer not null,
    count integer not null,
    primary key (subject_hash, window)
) strict, without rowid;

create index attempt_by_age on attempt (window);

-- What is to be sent to patients: written with what it tells of, and removed when it was sent.
create table message (
    number integer primary key autoincrement,
    clinic blob not null references clinic (id),
    channel text not null check (channel in ('email', 'sms')),
    recipient text not null,
    subject text not null,
    body text not null,
    created_at integer not null,
    -- Not before; later after each try that failed.
    due_at integer not null,
    -- Of no use afterwards, as a code is.
    expires_at integer not null,
    tries integer not null default 0,
    -- So often it may still arrive, as a code may once: counted down before a try, and up again after one
    -- that certainly failed. An answer that is lost counts as if it had arrived.
    may_arrive integer not null check (may_arrive >= 0)
) strict;

create index message_by_due on message (due_at);
