-- The booking server: what this PC knows of it, and which saves it has.
--
-- The rows of the records are always those of the server at `server_link`'s position, with the saves of
-- this PC on top that have not come back in the feed: state `waiting` or `sent`.

alter table this_pc drop column pairing_code;

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

-- `local`: from before this PC was paired; it is never sent, for the records as they were then are.
-- `waiting`: to be sent. `sent`: the server has it, and it has not come back in the feed.
-- `known`: it came in the feed, from here or from another PC.
-- `conflict`, `refused`: set aside, and not in the rows, until somebody decides.
-- `settled`: somebody has decided.
alter table change add column state text not null default 'local'
    check (state in ('local', 'waiting', 'sent', 'known', 'conflict', 'refused', 'settled'));
-- Saved by somebody on this PC: only that is taken back here.
alter table change add column own integer not null default 1 check (own in (0, 1));
-- The records that this PC had when it was paired, on their way to the server: nobody's save, so it is in no history.
alter table change add column given integer not null default 0 check (given in (0, 1));
alter table change add column author text not null default 'clinic' check (author in ('clinic', 'patient', 'server'));
-- The rows have it. What cannot stand on what the others have saved meanwhile is left out of them until the
-- server has said what becomes of it.
alter table change add column in_rows integer not null default 1 check (in_rows in (0, 1));
-- The server's; null while it has none.
alter table change add column revision integer check (revision > 0);
-- Given when it is first sent.
alter table change add column sequence integer check (sequence > 0);
-- What the server answered to a change that is set aside: `booking::wire::Problem`.
alter table change add column problem text check (json_valid(problem));

create index change_on_top on change (position) where state in ('waiting', 'sent');
create index change_set_aside on change (position) where state in ('conflict', 'refused');
-- What can be taken back here, whatever the others have saved since.
create index change_of_this_pc on change (position)
    where own = 1 and undoes is null and in_rows = 1;

-- The server's revision of the record that whoever wrote it had seen. Null: it is new. 0: the server does not
-- have it yet, for it was created here.
alter table change_write add column base integer check (base >= 0);
-- The appointment was saved with overlap `none`, and stands as a `clash` on what the others have saved meanwhile.
alter table change_write add column clash integer not null default 0 check (clash in (0, 1));

create index write_of_unknown_record on change_write (record) where base = 0;
-- What was deleted is named as it was last known.
create index write_of_deleted_record on change_write (record) where after is null;
-- Whether online booking was turned on or off and the server does not know it yet is asked after every save.
create index write_of_service on change_write (change) where kind = 'service';

-- What somebody is still to decide about.
create index clash_by_start on appointment (start) where overlap = 'clash' and status = 'booked';

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
