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
    -- The place in the feed up to which the rows are those of the server; null: nothing was read yet.
    epoch blob check (length(epoch) = 16),
    revision integer check (revision >= 0),
    -- The number of the next change that is sent.
    next_sequence integer not null default 1 check (next_sequence > 0),
    -- When the server last answered; null: never.
    last_contact integer
) strict;

-- The server's revision of each record that it knows: the base of what is written next.
create table record_revision (
    record blob not null primary key check (length(record) = 16),
    revision integer not null check (revision > 0)
) strict, without rowid;

-- `local`: from before this PC was paired, or about this PC alone; it is never sent.
-- `waiting`: to be sent. `sent`: the server has it, and it has not come back in the feed.
-- `known`: it came in the feed, from here or from another PC.
-- `conflict`, `refused`: set aside, and not in the rows, until somebody decides.
-- `settled`: somebody has decided.
alter table change add column state text not null default 'waiting'
    check (state in ('local', 'waiting', 'sent', 'known', 'conflict', 'refused', 'settled'));
-- Made on this PC: only that is taken back here.
alter table change add column own integer not null default 1 check (own in (0, 1));
alter table change add column author text not null default 'clinic' check (author in ('clinic', 'patient', 'server'));
-- The server's; null while it has none.
alter table change add column revision integer check (revision > 0);
-- Given when it is first sent.
alter table change add column sequence integer check (sequence > 0);
-- What the server answered to a change that is set aside: `booking::wire::Problem`.
alter table change add column problem text check (json_valid(problem));

create index change_to_send on change (position) where state in ('waiting', 'sent');
create index change_set_aside on change (position) where state in ('conflict', 'refused');

-- The server's revision of the record when it was written; null: it knew none.
alter table change_write add column base integer check (base > 0);

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
    -- `connected`, or why not: `local::sync::Cause`.
    what text not null,
    detail text not null
) strict;
