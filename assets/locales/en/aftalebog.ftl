### Every word for people, in English.

## Dates and numbers

weekday = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
weekday-short = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
weekday-letters = { $day ->
    [1] Mo
    [2] Tu
    [3] We
    [4] Th
    [5] Fr
    [6] Sa
   *[7] Su
}
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
date = { $day } { $month } { $year }
date-weekday = { $weekday } { $day } { $month }
date-weekday-year = { $weekday } { $day } { $month } { $year }
date-short = { $weekday } { $day } { $month }
date-example = dd-mm-yyyy
month-year = { $month } { $year }
week = week { $week }
near-today = today ({ $date })
near-tomorrow = tomorrow ({ $date })
near-day-after = the day after tomorrow ({ $date })
today = today
tomorrow = tomorrow
day-after-tomorrow = the day after tomorrow
time = { $hour }:{ $minute }
and-so-on = { $times } …

## Common buttons and words

ok = OK
cancel = Cancel
close = Close
delete = Delete
saving = Saving …
move-up = Move up
move-down = Move down
key-insert = Insert
key-delete = Delete
key-alt-up = Alt+Up
key-alt-down = Alt+Down
not-connected = Not connected
unit-minutes = minutes
unit-days = day(s)
unit-days-before = day(s) before the appointment
unit-days-after-today = day(s) after today
discard-title = Discard the changes?
discard-explanation = What you have changed here is not saved yet.
discard-keep = Keep editing
discard-lose = Discard

## When something is typed wrong

number-not-whole = Type a whole number from { $min } to { $max }, or leave the field blank.
number-outside = Type a number from { $min } to { $max }, or leave the field blank.
line-missing = This field must be filled in.
line-too-long = At most { $max } characters – { $length } are typed.
line-invisible = The text has an invisible character. Delete the text and type it again.

## When something cannot be saved

save-disk-full = Cannot save: the disk is full. Your changes are still here. Free some space and try again.
save-in-use = Cannot save right now: another program is using the file. Your changes are still here. Try again in a moment.
save-read-only = Cannot save: the file can only be read. Your changes are still here.
save-changed-since = Cannot be undone: it has been changed again since.
save-not-undoable = The change cannot be undone.
save-damaged = Cannot save: the file is damaged. Your changes are still here. Close the program and start it again to fetch a backup.
save-closed = Cannot save: the file is closed. Close the program and start it again.
save-io = Cannot save right now. Your changes are still here. Try again (technical: { $detail }).
refusal-taken = the practitioner or the patient already has an appointment at that time.
refusal-need-used = the need is already used for another appointment.
refusal-dangling = it refers to something that no longer exists.
refusal-limits = a value is outside its limits.
refusal-other = the facts do not fit together.
save-still-used = Cannot save: it is still used elsewhere.
save-second-setup = Cannot save: the appointment type is already set up for online booking.
save-refused = Cannot save: { $detail }

## Settings

settings-title = Settings
tab-online-booking = Online booking
tab-practitioners = Practitioners
tab-appointment-types = Appointment types
tab-working-hours = Working hours
tab-closed-days = Closed days
service-active = Active
service-inactive = Inactive
types-heading = Appointment types
types-new = New
types-new-hint = New appointment type (Insert)
types-edit = Edit
types-edit-hint = Edit the chosen appointment type (F2)
types-delete = Delete
types-delete-hint = Delete the chosen appointment type (Delete)
types-empty = No appointment types can be booked online yet. Right-click here, or press “New”.
menu-new = New appointment type …
menu-edit = Edit …
menu-duplicate = Duplicate …
menu-delete = Delete …
undo = Undo “{ $what }”
undo-hint = Take back the latest change (Ctrl+Z)
undo-type-changed = { $code } changed
undo-type-created = { $code } created
undo-type-deleted = { $code } deleted
undo-restored = { $what } restored
undo-type-unknown = the appointment type
undo-order = order changed
undo-clinic = Clinic settings changed
undo-analytics = Analytics settings changed
undo-server = Server settings changed
undo-started = online booking started
undo-stopped = online booking stopped
undo-other = latest change
delete-title = Delete { $code } from online booking?
delete-explanation = Patients can then no longer book “{ $alias }” online. Appointments that are booked stay in the appointment book, and the appointment type itself is not deleted.
delete-needs-unread = The needs have not been fetched, so it is not known whether patients have yet to book the type.
delete-needs = { $count ->
    [one] 1 open need can only be booked by telephone.
   *[other] { $count } open needs can only be booked by telephone.
}

## Things to look at

findings-none = No warnings
findings-needs-unread = The needs have not been fetched, so they have not been checked.
findings-one = 1 thing to look at: { $finding }
findings-count = { $count ->
    [one] 1 thing to look at
   *[other] { $count } things to look at
}
findings-before-start = { $count ->
    [one] 1 thing to look at before booking is started
   *[other] { $count } things to look at before booking is started
}
findings-not-ready = Not ready yet: { $finding }
findings-show = Show
findings-show-all = Show all
findings-hide = Hide
finding-nobody-registered = No practitioner is registered, so patients cannot book anything.
finding-no-type-set-up = No appointment type is set up for online booking, so patients have nothing to book. Set up the first.
finding-no-types = The clinic has no appointment types, so patients have nothing to book. Make the first.
finding-all-types-deactivated = All appointment types are deactivated, so patients have nothing to book. Reactivate one, or make a new one.
finding-phone-missing = The clinic’s telephone number is missing, so patients who are to ring cannot see where.
finding-no-telephone = Patients who are to ring read “{ $phone }”. Type only the number, with at least { $digits } digits.
finding-no-email = The clinic’s e-mail is written as “{ $email }”, which is no e-mail address.
finding-same-alias = Patients read “{ $alias }” for both { $other } and { $code }. Whoever can book both cannot tell them apart.
finding-same-alias-refused = { $other } and { $code } are both called “{ $alias }”, and both can be booked without a need. Patients cannot tell them apart.
finding-spacing-rounded = { $code }: on a free day patients get a time every { $works } min., not every { $setting }, because the appointment book’s rows are { $raster } min.
finding-needs-out-of-reach = { $count ->
    [one] { $code }: the one open need cannot be booked. The earliest time the patient can get is { $date }, and by then the need has expired.
   *[other] { $code }: none of the { $count } open needs can be booked. The earliest time patients can get is { $date }, and by then the needs have expired.
}
finding-cannot-be-changed = { $change ->
    [cancel] { $code }: patients can book a time { $date }, but cannot cancel it online.
    [move] { $code }: patients can book a time { $date }, but cannot move it online.
   *[both] { $code }: patients can book a time { $date }, but can neither cancel nor move it online.
}
finding-nobody-ticked = { $code }: nobody can book the type, because no practitioner is ticked.
finding-ticked-not-registered = { $count ->
    [one] { $code }: nobody can book the type, because { $initials }, who is ticked, is not registered.
   *[other] { $code }: nobody can book the type, because none of the ticked practitioners is registered.
}
finding-needs-on-unregistered = { $count ->
    [one] 1 need points to { $initials }, who is not registered. The patient gets no times.
   *[other] { $count } needs point to { $initials }, who is not registered. The patients get no times.
}
finding-needs-on-unknown = { $count ->
    [one] 1 need points to a practitioner who is not in the appointment book. The patient gets no times.
   *[other] { $count } needs point to practitioners who are not in the appointment book. The patients get no times.
}
finding-no-working-hours = { $initials } is registered, but has no working hours from today on. Patients get no times with { $initials }.

## Active / Start

service-title = Online booking
service-running = Online booking is active
service-stopped = Online booking is stopped
service-running-means = Patients can book the times that the settings allow.
service-stopped-means = Patients cannot book new times, but they can still cancel and move the appointments they have. They read “{ $words }” and the telephone number { $phone }. The settings are kept.
service-stopped-no-phone = Patients cannot book new times, but they can still cancel and move those they have. The booking page says “{ $words }”. The clinic’s telephone number is missing: type it in Clinic settings, so that patients can ring. The settings are kept.
service-start = Start
service-stop = Stop
service-connection = Connection
service-last-contact = Last contact
service-never = Never
service-waiting = Waiting to be sent
service-waiting-changes = { $count ->
    [0] No changes
    [one] 1 change
   *[other] { $count } changes
}

## Appointment type

type-title = Appointment type: { $code }
type-title-new = New appointment type for online booking
type-appointment-type = Appointment type
type-choose = Choose an appointment type
type-search = Search by code or name
type-search-nothing = No appointment type matches the search.
type-already-set-up = already set up
type-opened = { $code } is already set up. This is its set-up.
type-begun = { $code } is not set up yet. This is a new set-up.
type-leaving-opened = { $code } is already set up, and its set-up is opened. What you have changed here is not saved yet.
type-leaving-begun = A new set-up of { $code } is opened. What you have changed here is not saved yet.
type-missing = Choose the appointment type that patients are to book.
type-alias = Online alias
type-alias-means = The name the patient sees.
type-alias-missing = Type the name the patient is to see.
type-alias-same = { $code } has the same alias.
type-alias-refused = { $code } has the same alias, and both can be booked without a need. The patient cannot tell them apart: type another name.
type-spacing = Minimum time between suggested times
type-need-driven = Creation/practitioners are governed by need
type-choose-practitioner = Choose practitioner – even if the type is governed by need
type-choose-no = The patient gets times with the practitioner the need names.
type-choose-yes = The patient gets times with all registered practitioners; at the same time of day the need’s own practitioner stands first.
type-choose-without-need = The patient chooses between the practitioners below.
type-after = Max days AFTER the recall week
type-before = Max days BEFORE the recall week
type-earliest = Booking possible
type-cancel = Cancelling possible
type-move = Moving possible until
type-without-need = Can be created without a need with these practitioners
type-asleep = Not used while the type is governed by need. The ticks are remembered.
type-row-active = Active
type-row-practitioner = Practitioner
type-row-minutes = Minutes
type-row-not-registered = not registered
type-minutes-standard = blank: { $minutes } min. as standard
type-no-practitioners = There are no practitioners yet.
type-wakes-need-driven = Takes effect when “Creation/practitioners are governed by need” is ticked.
type-wakes-without-need = Takes effect when “Creation/practitioners are governed by need” is not ticked.

## What the numbers mean today

spacing-all = All free times. A free day from { $eight }: { $times }
spacing-every = A free day from { $eight }: { $times }
spacing-rounded = Works as { $minutes } min., because the appointment book’s rows are { $raster } min.: { $times }
spacing-all-short = all free times
spacing-every-short = every { $minutes } min.
earliest = Earliest: { $date }
earliest-today = Earliest: { $date }, later than right now
earliest-short-today = same day
earliest-short = earliest { $date }
deadline-until-start = Until the appointment begins.
deadline-through = Latest: { $last } for an appointment { $appointment }
recall-no-limit = No limit.
recall-last = Week { $week }: through { $date }
recall-first = Week { $week }: from { $date }
recall-first-none = No limit: the need can be used as soon as it is created.
who-needs-practitioner = Only patients with an open need of the type can book, and the need decides the minutes.
who-everyone = All patients can book with { $initials }.
who-none-ticked = Nobody can book the type: tick a practitioner below.
who-none-registered = Nobody can book the type: none of the practitioners is registered in Clinic settings.
who-short-need = governed by need
who-short-choose = governed by need, any practitioner
who-short-nobody = cannot be booked

## Clinic settings

clinic-settings = Clinic settings
clinic-ticks-explained = “Registered”: takes part in online booking. “Active”: takes new patients.
clinic-practitioner = Practitioner
clinic-registered = Registered
clinic-takes-new = Active
clinic-takes-new-asleep = Takes effect when the practitioner is registered.
clinic-order = Order
clinic-order-means = Patients see the practitioners in this order: { $initials }
clinic-nobody-registered = No practitioner is registered: patients get no times.
clinic-new-patients-mean = New patients can book with { $initials }
clinic-no-new-patients = No practitioner takes new patients.
clinic-no-practitioners = There are no practitioners yet.
clinic-shown-to-patients = What patients see
clinic-name = The clinic’s name
clinic-name-missing = Type the clinic’s name.
clinic-address = Address
clinic-phone = Telephone
clinic-phone-refused = Type only the number, with at least { $digits } digits, such as +45 00 00 00 00, or leave the field blank.
clinic-email = E-mail
clinic-email-refused = Type the address as name@example.dk, or leave the field blank.
clinic-greeting = Greeting on the booking page
clinic-closed-text = Text while booking is stopped

## Server settings

server-settings = Server settings
server-self-registration = Allow self-registration
server-self-registration-off = Only patients the clinic already knows can log in and book.
server-self-registration-on = New patients can register themselves and book: { $aliases }
server-self-registration-nothing = New patients can register themselves, but there is no type they can book.
server-heading = Booking server
server-state = Connection
server-address = The server’s address
server-address-means = Begins with https://
server-address-not-encrypted = Must begin with https://, so that the connection is encrypted.
server-address-no-host = The server name is missing, or the address has characters that do not belong. Type for instance https://booking.klinikken.dk.

## Analytics settings

analytics-settings = Analytics settings
analytics-enabled = Count visits to the booking page
analytics-explained = Counts visits, log-ins, “no free times”, bookings, cancellations and moves. Without cookies, without names and without revealing what is booked.
analytics-own = The clinic’s own web analytics
analytics-id = Measurement id
analytics-id-blank = Blank: the booking page uses no external web analytics.
analytics-id-means = Loaded only after the patient has said yes.
analytics-id-refused = A measurement id is { $min } to { $max } letters, digits and hyphens, such as G-AB12CD34EF.
analytics-id-asleep = Takes effect when “Count visits to the booking page” is ticked.
analytics-counts = Visits
analytics-no-counts = Not connected. The visits appear here when the clinic is connected to a booking server.

## The appointment book

book-title = Appointment book
book-today = Today
book-day-earlier = Previous day (Ctrl+Left)
book-day-later = Next day (Ctrl+Right)
book-month-earlier = Previous month
book-month-later = Next month
book-settings = Settings
book-heading = { $date } · { $week }
book-time-mark = :
book-minutes = min
book-closed = Closed
book-closed-because = Closed · { $reason }
book-absent = Absent
book-absent-because = Absent · { $reason }
book-nobody-works = Nobody works on this day
book-no-practitioners = There are no practitioners here yet.
book-block = Blocked
book-no-patient = No patient
book-online = Booked online
book-clash = Overlaps an appointment that was booked online. Move one of them.
book-day-not-read = The appointments of the day could not be read.
book-needs-not-read = The needs could not be read.
book-retry = Try again
book-needs = Open needs
book-needs-none = No open needs
book-need-week = week { $week }/{ $year }
book-need-overdue = overdue
book-holiday = { $holiday ->
    [new-years-day] New Year’s Day
    [maundy-thursday] Maundy Thursday
    [good-friday] Good Friday
    [easter-sunday] Easter Sunday
    [easter-monday] Easter Monday
    [great-prayer-day] Great Prayer Day
    [ascension-day] Ascension Day
    [whit-sunday] Whit Sunday
    [whit-monday] Whit Monday
    [christmas-day] Christmas Day
   *[second-christmas-day] Second Christmas Day
}

## The window

opening = Opening the clinic’s file …
window-title = Aftalebog – { $clinic }
notice-demo = Demo clinic. All names and appointments are made up, and nothing reaches patients.
notice-demo-connected = Demo clinic, connected to a booking server. All names are made up.
notice-clock = The clock is set to { $date } at { $time } and stands still.
notice-read-only = The file was made by a newer Aftalebog and can only be read here. Update the program to change anything.
notice-not-backed-up = Today’s backup could not be made: { $why }.
notice-not-read = The clinic’s file cannot be read just now: { $why }. What you see is from before, and nothing is lost.
notice-not-read-detail = For those who help: { $detail }
not-read-in-use = another program is using it
not-read-full = the disk is full
not-read-denied = the PC gives no access to it
not-read-damaged = part of it is damaged
not-read-io = the disk does not answer
demo-again = Begin again
demo-again-title = Begin again with the demo clinic?
demo-again-why = Everything you have changed in the demo clinic is replaced. A backup is kept.
demo-again-why-connected = Everything you have changed in the demo clinic is replaced. A backup is kept. The connection to the booking server is ended.
quit-title = Close without saving?
quit-lose = Discard and close

## Welcome

welcome-title = Welcome to Aftalebog
welcome-explanation = The clinic’s appointment book. Here you also decide which times patients can book online.
welcome-demo = Try the demo clinic
welcome-demo-why = A made-up clinic with practitioners, appointments and patients. You cannot break anything.
welcome-connect = Connect to booking server
welcome-connect-why = The clinic is on another PC already: fetch it from your booking server.
welcome-fetch = Fetch from a backup …
welcome-fetch-why = A file from “Save backup”, such as from the clinic’s old PC.
fetch-heading = Which file is to be imported?
fetch-busy = Importing …
fetch-path = File
fetch-browse = Browse …
fetch-path-missing = Type where the file is, or press “Browse …”.
snapshot-missing = There is no such file. Check that the path is typed right.
snapshot-io = The file cannot be read (technical: { $detail }).
snapshot-malformed = The file is not a backup from Aftalebog, or something in it is missing. Choose another. Nothing has changed (technical: { $detail }).
snapshot-newer = The backup was made by a newer Aftalebog. Update the program on this PC and try again. Nothing has changed.
snapshot-incomplete = The file lacks the facts of the clinic and cannot be imported.
snapshot-refused = The file cannot be imported: { $reason } (technical: { $record }).
replace-paired = This PC is connected to a booking server, and the server has everything the clinic has saved. First end the connection under “Server settings”. Nothing has changed.

## When the file cannot be opened

problem-file = File:
problem-quit = Close the program
problem-retry = Try again
problem-fetch = Choose a backup …
problem-restore = Fetch the backup
problem-searching = Looking for the latest good backup …
problem-restoring = Fetching the backup …
problem-no-backup = There is no backup on this PC that can be read. The file stays as it is. If you have saved one elsewhere, fetch it with “Choose a backup …”. Otherwise ask those who look after your PCs.
problem-no-backup-demo = There is no backup on this PC that can be read. Move or rename the file and press “Try again”, and the demo clinic is made anew.
problem-backup = The latest good backup is from { $made }. The damaged file is kept under another name.
problem-backup-missing = The latest good backup is from { $made }. If the file was only moved, rather put it back and press “Try again”.
open-missing = The file does not exist
open-missing-why = The clinic’s file is not where it used to be. Perhaps it was moved or deleted.
open-exists = The file exists already
open-exists-why = There is a clinic on this PC already, and it is not overwritten.
open-in-use = Aftalebog is already open
open-in-use-why = Another window on this PC has the clinic’s file open. Use that window, or close it and try again.
open-damaged = The clinic’s file is damaged
damage-empty = The file is empty. It has not been touched.
damage-not-a-database = What is in the file is not an Aftalebog file. It has not been touched.
damage-other-program = The file belongs to another program. It has not been touched.
damage-malformed = Some of the file cannot be read. It has not been touched.
damage-incomplete = The file lacks the facts of the clinic. It has not been touched.
open-denied = No access to the clinic’s file
open-denied-why = This user may not read and write { $path }. Ask those who look after your PCs to give access, and try again.
open-full = The disk is full
open-full-why = There is no room to open the file. Free some space and try again. Nothing is lost.
open-unsuitable = The folder cannot be used
folder-network = { $path } is on a network drive. The clinic’s file must be on the PC’s own disk, or it may be destroyed.
folder-synchronised = { $path } is synchronised by { $service }. The clinic’s file must be in a folder that is not synchronised, or it may be destroyed.
open-migration = The file could not be updated
open-migration-why = The file is as it was, and a copy is in { $copy } (technical: { $reason }).
open-refused = The file cannot be imported
open-io = The clinic’s file cannot be opened
open-io-why = Nothing has been changed. Try again (technical: { $detail }).

## The command line

cli-no-folder = This user has no folder for data. Give one with --data FOLDER.
cli-unreadable = The command line makes no sense: “{ $what }”. Write aftalebog --help to see what there is.
cli-no-display = There is no display for the window: neither DISPLAY nor WAYLAND_DISPLAY is set.
export-exists = { $file } exists already and is not overwritten. Choose another name.
export-failed = { $file } cannot be written: { $detail }
export-done = { $count } records are written to { $file }.
backup-done = The clinic was copied to { $copy }
backup-nothing = There is no clinic to copy: { $file } does not exist. If this is a scheduled task, have it run as the user who opens Aftalebog.
backup-failed = The copy could not be made (technical: { $detail }).
import-done = The clinic is fetched into { $file }.
import-replaced = The clinic is replaced. The old one is kept in { $copy }.
import-declined = Nothing has been changed.
import-ask = Replace “{ $clinic }”? The present clinic is kept as a backup. (yes/no)
import-ask-yes = There is a clinic here already. Add --yes to replace it; a backup is kept.
import-ask-paired = Replace “{ $clinic }”? The present clinic is kept as a backup, and the connection to the booking server at { $address } ends. (yes/no)
import-ask-yes-paired = There is a clinic here already, and it is connected to the booking server at { $address }. Add --yes to replace it; a backup is kept, and the connection ends.
import-replaced-unpaired = The clinic is replaced. The old one is kept in { $copy }. This PC is no longer connected to the booking server at { $address }. If you connect it again under “Server settings”, the server’s clinic takes the place of this one.

# Why a time is not offered
why-the-practitioner = The practitioner
why-an-unknown-practitioner = a practitioner who is not in the clinic
why-service-stopped = Online booking is stopped, so no patient can book.
why-type-not-set-up = The appointment type is not set up for online booking.
why-no-practitioner = The type is not driven by needs, and no practitioner is ticked under “Can be created without a need with these practitioners”.
why-no-need = The type is driven by needs, and the patient has no open need of it.
why-need-expired = The recall has expired: the need could be used up to and including { $date }.
why-withheld = The clinic's PCs have had no contact with the booking server. Until they have, the times are held back.
why-withheld-through = The clinic's PCs have had no contact with the booking server. Until they have, times up to and including { $date } are held back.
why-other-practitioner = The need is with { $who }, and the patient cannot choose another practitioner.
why-not-ticked = { $who } is not ticked under “Can be created without a need with these practitioners”.
why-not-registered = { $who } does not take part in online booking.
why-nobody-registered = None of the practitioners the type can be booked with takes part in online booking.
why-takes-no-new = { $who } takes no new patients.
why-nobody-takes-new = None of the practitioners the type can be booked with takes new patients.
why-past = That time has passed.
why-before-earliest = The type can be booked from { $date } at the earliest.
why-need-not-yet-open = The need can be used from { $date } on.
why-after-last = The need can be used up to and including { $date } only.
why-outside-hours = { $who } does not work at that time.
why-day-outside-hours = { $who } does not work on { $date }.
why-between-steps = { $who } begins at { $time }, and working hours are divided into steps of { $raster } minutes. No time can begin in between.
why-unreadable = A record of the clinic cannot be read ({ $record }), so the times cannot be worked out.
why-taken = { $who } is busy until { $time }.
why-taken-patient = The patient has another appointment, which lasts until { $time }.
why-does-not-fit-work = There is no room for { $minutes } minutes before { $who } has a break or finishes at { $time }.
why-does-not-fit-appointment = There is no room for { $minutes } minutes: { $who } is busy from { $time }.
why-does-not-fit-patient = There is no room for { $minutes } minutes: the patient has another appointment from { $time }.
why-too-close = The time is free, but lies less than { $minutes } minutes after the suggested time at { $time }.

# aftalebog explain
explain-now = Worked out for { $date } at { $time }
explain-need = Need: week { $week }/{ $year } with { $who }, { $minutes } minutes
explain-last = At the latest: { $date }
explain-none = no times
explain-unreadable =
    { $count ->
        [one] 1 record cannot be read:
       *[other] { $count } records cannot be read:
    }
explain-unknown-format = The file's format is { $format }, and this program knows only 1. Get a newer Aftalebog.
explain-not-a-snapshot = The file is no export of Aftalebog.
explain-no-clinic = There is no clinic in the file.
explain-broken-clinic = The clinic in the file cannot be read: { $fault }.
explain-several-clinics = There are { $count } clinics in the file, and there may be only one.
explain-no-such-patient = No patient in the file has that number. Give a patient number, or new for a new patient.
explain-no-such-type = No appointment type in the file has the code { $code }.
explain-no-such-need = No need in the file has that id.
explain-no-such-practitioner = No practitioner in the file has the initials { $initials }.
explain-ambiguous = Several records in the file have { $word }, so the question cannot be answered.
explain-two-set-ups = { $code } is set up twice in the file, so the question cannot be answered.

## View as patient

preview-new-patient = New patient
preview-search = Search by name or number
preview-searching = Searching …
preview-search-more = There are more – type more
preview-search-nothing = No patient matches the search.
preview-not-found = The patients could not be fetched. { $why }
preview-not-read = The times could not be fetched. { $why }
preview-born = born { $date }
preview-day-full = { $who } has no room for { $minutes } minutes on { $date }.
preview-day-taken = { $who } is busy all day on { $date }.
preview-day-past = The times of this day have passed.
preview-title = View as patient
preview-stopped = Online booking is stopped. This is how the times will be once it is started.
preview-with-typed = This is how it will be with what the fields hold.
preview-last-valid = A field is wrong. The times are the last that could be worked out.
preview-invitation = Choose an appointment type to see which times the patient gets.
preview-close = Show the fields
preview-earlier = Earlier
preview-later = Later
preview-range = { $from } – { $to }
preview-range-date = { $day } { $month }
preview-counts = Number of times each day
preview-row-more = { $times }  +{ $more }
preview-no-times = no times
preview-no-times-because = no times · { $why }
preview-why-works-not = { $who } not at work
preview-why-nobody-works = none of the { $count } works
preview-why-booked = booked
preview-why-past = passed
preview-why-before-earliest = too early
preview-why-not-yet = the need cannot be used yet
preview-why-too-late = too late for the need
preview-why-not-registered = not registered
preview-why-no-new = takes no new patients
preview-why-unreadable = cannot be read
preview-date-with = { $date } with { $who }
preview-why-not-date = Why not { $date }?
preview-why-not-time = Why not at { $time }?
preview-time = At { $time }
preview-time-offered = The time is offered to the patient.
preview-count = { $count ->
    [one] 1 time
   *[other] { $count } times
}
preview-leaving = You are taken to “{ $place }”. What you have changed here is not saved yet.
preview-to = To “{ $place }”
preview-to-choose = Choose practitioner
preview-to-practitioners = Can be booked without a need
preview-to-not-set-up = Set the type up
preview-glance = Show five weeks with the number of times
preview-list = Show two weeks with times
preview-press-a-time = Press a time to see whether the patient is offered it, and why not.
preview-press-a-day = Press a day to see all its times, and why there are no more.

## View as patient, in the appointment book

book-view-as-patient = View as patient
book-view-means = See the times a patient is offered
book-view-leave = Back to the appointment book (Esc)
book-view-patient = Patient
book-view-type = Type
book-view-no-types = There are no appointment types yet.
book-view-not-online = not online
book-view-times = { $count ->
    [0] no times
    [one] 1 time
   *[other] { $count } times
}
book-view-waiting = Finding the times …
book-view-why = Why not?
book-view-why-invitation = Press a time in the appointment book that is not marked.
book-view-why-this = Why not { $who } at { $time }?
book-view-offered = { $who } at { $time }
book-view-is-offered = The patient is offered this time.

# What is wrong with a record
fault-unknown-kind = the record is of an unknown kind
fault-no-id = the record's id cannot be read
fault-no-value = the record has no fields
fault-field = the field { $field } is missing or cannot be read
fault-fields-disagree = the fields do not go together
fault-same-id = another record has this id
fault-only-one = there may be only one of its kind

## Practitioners and appointment types

deactivate = Deactivate
menu-deactivate = Deactivate …
reactivate = Reactivate
is-deactivated = deactivated
show-deactivated = { $count ->
    [0] Show deactivated (there are none)
   *[other] Show deactivated ({ $count })
}
finding-needs-on-deactivated = { $count ->
    [one] 1 need points to { $initials }, who is deactivated. The patient gets no times.
   *[other] { $count } needs point to { $initials }, who is deactivated. The patients get no times.
}
why-deactivated = { $who } is deactivated and cannot be booked.
practitioners-new-hint = New practitioner (Insert)
practitioners-edit-hint = Edit the chosen practitioner (F2)
practitioners-delete-hint = Delete the chosen practitioner (Delete)
practitioners-menu-new = New practitioner …
practitioners-empty = No practitioners yet. Right-click here, or press “New”.
practitioners-all-deactivated = All practitioners are deactivated. Tick “Show deactivated”, or press “New”.
practitioners-order-means = The order is the same in the appointment book and in Clinic settings.
practitioner-registered = registered
practitioner-new-title = New practitioner
practitioner-edit-title = Practitioner: { $who }
practitioner-initials = Initials
practitioner-initials-mean = Stand above the column in the appointment book.
practitioner-initials-missing = Write the practitioner's initials.
practitioner-initials-taken = { $initials } is already used by { $name }. Choose other initials.
practitioner-initials-taken-deactivated = { $initials } is already used by { $name }, who is deactivated. Choose other initials.
practitioner-name = Name
practitioner-name-means = Patients see the name when they book online.
practitioner-name-missing = Write the practitioner's name.
practitioner-title = Title
practitioner-title-means = Choose a title below, or write another one.
practitioner-dentist = dentist
practitioner-hygienist = hygienist
practitioner-assistant = dental assistant
practitioner-specialist = specialist dentist
practitioner-new-not-registered = A new practitioner does not take part in online booking. Tick “Registered” in Clinic settings when patients may book.
practitioner-is-registered = { $who } is registered for online booking. This is changed at “Registered” in Clinic settings.
practitioner-is-not-registered = { $who } is not registered for online booking. This is changed at “Registered” in Clinic settings.
practitioner-is-deactivated = { $who } is deactivated and can neither be chosen nor booked online. Right-click { $who } in the list to reactivate.
groups-heading = Groups
groups-new-hint = New group (Insert)
groups-edit-hint = Edit the chosen group (F2)
groups-delete-hint = Delete the chosen group (Delete)
groups-menu-new = New group …
groups-empty = No groups yet. A group shows the columns of several practitioners together in the appointment book. Press “New”.
group-nobody = no practitioners
group-new-title = New group
group-edit-title = Group: { $name }
group-name = Name
group-name-means = Chosen above the appointment book, such as “Hygienists”.
group-name-missing = Write the group's name.
group-name-taken = There already is a group with this name. Write another one.
group-members-mean = The appointment book shows their columns together when the group is chosen.
group-members-missing = Tick at least one practitioner.
group-delete-title = Delete the group “{ $name }”?
group-delete-explanation = The practitioners and their appointments stay as they are.
removal-delete-title = Delete { $who }?
removal-in-use-title = { $who } cannot be deleted
removal-deactivate-title = Deactivate { $who }?
removal-reading = Looking where { $who } is used …
removal-unread = It could not be found out where { $who } is used. { $why }
removal-practitioner-unused = { $name } has no appointments and no needs. The deletion can be undone.
removal-type-unused = { $name } is used by no appointments or needs. The deletion can be undone.
removal-goes-along = This will be deleted as well:
removal-used-by = { $who } is in use and would be missing here:
removal-upcoming = { $count ->
    [one] 1 appointment from today on
   *[other] { $count } appointments from today on
}
removal-past = { $count ->
    [one] 1 appointment before today
   *[other] { $count } appointments before today
}
removal-cancelled = { $count ->
    [one] 1 cancellation
   *[other] { $count } cancellations
}
removal-open-needs = { $count ->
    [one] 1 open need
   *[other] { $count } open needs
}
removal-used-needs = { $count ->
    [one] 1 need that has got an appointment
   *[other] { $count } needs that have got an appointment
}
removal-hours = { $count ->
    [one] 1 entry of working hours
   *[other] { $count } entries of working hours
}
removal-absences = { $count ->
    [one] 1 absence
   *[other] { $count } absences
}
removal-groups = { $count ->
    [one] the place in the group { $names }
   *[other] the place in the groups { $names }
}
removal-own-groups = { $count ->
    [one] the group { $names }, which nobody else is in
   *[other] the groups { $names }, which nobody else is in
}
removal-blocks = { $count ->
    [one] 1 blocked time
   *[other] { $count } blocked times
}
removal-ticks = { $count ->
    [one] the tick in { $codes } (“Can be booked without a need”)
   *[other] the ticks in { $codes } (“Can be booked without a need”)
}
removal-online = the set-up for online booking (“{ $alias }”)
removal-deactivate-practitioner = Once { $who } is deactivated, { $who } can no longer be chosen, and patients cannot book with { $who } online.
removal-deactivate-type = Once { $who } is deactivated, the type can no longer be chosen for appointments and needs.
removal-upcoming-stay = { $count ->
    [one] The one appointment from today on stays in the appointment book.
   *[other] The { $count } appointments from today on stay in the appointment book.
}
removal-needs-wait = { $count ->
    [one] 1 open need points to { $who }. The patient gets no times until the need gets another practitioner.
   *[other] { $count } open needs point to { $who }. The patients get no times until the needs get another practitioner.
}
removal-needs-by-telephone = { $count ->
    [one] 1 open need can only be booked by telephoning the clinic.
   *[other] { $count } open needs can only be booked by telephoning the clinic.
}
removal-online-lost = The set-up for online booking will be deleted as well: patients can then no longer book “{ $alias }” online.
removal-left-already = { $who } is deactivated already.
catalogue-empty = No appointment types yet. Right-click here, or press “New”.
catalogue-all-deactivated = All appointment types are deactivated. Tick “Show deactivated”, or press “New”.
catalogue-online = online: { $alias }
catalogue-minutes-short = { $minutes } min
catalogue-is-online = Patients can find { $code } as “{ $alias }”.
catalogue-is-not-online = { $code } is not set up for online booking.
catalogue-created = { $code } is made. Patients can book it once it is set up.
catalogue-show-online = Show set-up for online booking …
catalogue-set-up = Set up for online booking …
catalogue-new-title = New appointment type
catalogue-edit-title = Edit { $code }
catalogue-code = Code
catalogue-code-means = Stands on the appointment in the book. Patients do not see it.
catalogue-code-missing = Write a code, such as SU.
catalogue-code-taken = { $code } is already used for { $name }. Choose another code.
catalogue-code-taken-deactivated = { $code } is already used for { $name }, which is deactivated. Choose another code.
catalogue-name = Name
catalogue-name-means = The clinic's own name. The name patients see is chosen under Online booking.
catalogue-name-missing = Write the name of the appointment type.
catalogue-minutes-mean = How long a new appointment of this type lasts.
catalogue-minutes-missing = Write a whole number from { $min } to { $max }.
catalogue-minutes-off-raster = The book's raster is { $raster } min, so an appointment of { $minutes } min ends in the middle of a row.
catalogue-color = Colour
catalogue-somebody = Name of the patient
catalogue-kept = Appointments that are booked already keep their length. Code, name and colour change on them as well.
color-petrol = petrol
color-blue = blue
color-navy = navy
color-violet = violet
color-purple = purple
color-magenta = magenta
color-red = red
color-orange = orange
color-ochre = ochre
color-brown = brown
color-olive = olive
color-green = green
color-slate = slate
color-black = charcoal
undo-practitioner-created = { $who } created
undo-practitioner-changed = { $who } changed
undo-practitioner-deleted = { $who } deleted
undo-practitioner-order = order of practitioners changed
undo-group-order = order of groups changed
undo-deactivated = { $who } deactivated
undo-reactivated = { $who } reactivated
undo-group-created = group { $name } created
undo-group-changed = group { $name } changed
undo-group-deleted = group { $name } deleted
undo-group-restored = group { $name } restored


## Working hours and closed days

# Working hours
hours-every-week = every week
hours-even-weeks = even weeks
hours-odd-weeks = odd weeks
hours-only-hours = { $hours } h
hours-only-minutes = { $minutes } min.
hours-and-minutes = { $hours } h { $minutes } min.
hours-from = from { $from }
hours-to = until { $to }
hours-in-words = { $day } · { $weeks } · { $times }
hours-people = Practitioners
hours-no-people = There are no practitioners yet. Create them under “Practitioners”.
hours-week-today = Today
hours-week-from = From { $date }
hours-a-week = { $sum } a week
hours-even-and-odd = { $even } in even weeks, { $odd } in odd ones
hours-empty = No working hours yet. Press “New”.
hours-show-ended = Show those that have ended
hours-new = New
hours-new-hint = New working hours (Insert)
hours-edit = Edit
hours-edit-hint = Edit the chosen working hours (F2)
hours-delete = Delete
hours-delete-hint = Delete the chosen working hours (Delete)
hours-copy = Copy to …
hours-copy-hint = Copy the day to other days, or the whole week to other practitioners
hours-plan = New plan from a date …
hours-plan-hint = Let the working hours begin anew on a date, to be changed from there
hours-menu-new = New working hours …
hours-menu-copy-day = Copy the day to …
hours-menu-copy-week = Copy the whole week to …
hours-title = Working hours: { $who }
hours-title-new = New working hours: { $who }
hours-weekdays = Weekdays
hours-no-weekday = Tick at least one weekday.
hours-weeks = Weeks
hours-times = Times
hours-from-placeholder = from
hours-to-placeholder = to
hours-remove = Remove the time
hours-no-time = Write a time of day, such as 8:00.
hours-begin-missing = Write also when the time begins.
hours-end-missing = Write also when the time ends.
hours-none-typed = Write when the working hours begin and end.
hours-ends-before = Must end after { $from }.
hours-overlaps = Overlaps { $other }.
hours-means = { $sum } · Next time: { $date }
hours-means-each = { $sum } a day · First time: { $date }
hours-means-never = { $sum } · No days from today on
hours-valid-from = Valid from
hours-valid-to = Valid until
hours-valid-always = Blank: valid already.
hours-valid-on = Blank: valid until further notice.
hours-ended = The date has passed: the hours no longer hold.
hours-no-date = Write a date, such as 24-12-2026.
hours-off-raster = { $time } does not fit the appointment book’s raster of { $raster } min.
hours-together = { $day } has { $times } already ({ $weeks }). Both hold, and what overlaps counts once.
hours-outside = { $count ->
    [one] 1 appointment lies outside the new hours. It stays in the appointment book.
   *[other] { $count } appointments lie outside the new hours. They stay in the appointment book.
}
hours-outside-unread = The appointments could not be read, so it is not known whether any lie outside the new hours.
hours-delete-title = Delete working hours of { $who }?
hours-copy-title = Copy working hours: { $who }
hours-copy-day = Only { $day }
hours-copy-week = The whole week
hours-copy-to-days = To these days
hours-copy-to-people = To these practitioners
hours-copy-nobody = There are no other practitioners.
hours-copy-from = From the date
hours-copy-always = Blank: all the hours that are there already are replaced.
hours-copy-from-means = { $date }. What holds before it stays.
hours-copy-none-ticked = Tick at least one.
hours-copy-same = The hours are the same already.
hours-copy-means = { $replaced ->
    [0] { $new ->
        [one] 1 entry is created.
       *[other] { $new } entries are created.
    }
    [one] { $new ->
        [0] 1 entry is removed.
       *[other] 1 entry is replaced by { $new }.
    }
   *[other] { $new ->
        [0] { $replaced } entries are removed.
       *[other] { $replaced } entries are replaced by { $new }.
    }
}
hours-copy-later = { $count ->
    [one] 1 entry that is valid only from { $date } goes as well.
   *[other] { $count } entries that are valid only later go as well. The first is valid from { $date }.
}
hours-copy-ended = { $count ->
    [one] 1 entry that has ended goes as well. Write a date to let stay what has been.
   *[other] { $count } entries that have ended go as well. Write a date to let stay what has been.
}
hours-alternates = alternates from week to week
hours-off = off
hours-plan-title = New plan: { $who }
hours-plan-explained = The present hours end the day before and begin again on the date. The new ones can then be changed, and the old ones stay.
hours-plan-from = New plan from
hours-plan-missing = Write the date on which the new plan begins.
hours-plan-nothing = No hours hold both before and after that date.
hours-plan-means = { $count ->
    [one] 1 entry ends { $last } and begins again { $from }.
   *[other] { $count } entries end { $last } and begin again { $from }.
}
undo-hours = working hours of { $initials } changed
undo-hours-several = working hours changed

# Closed days
days-everybodys = All
days-whole-clinic = Whole clinic
days-who-search = Search by initials or name
days-who-nothing = No practitioner matches the search.
days-who-choose = Choose whom it concerns
days-new-hint = New closed days (Insert)
days-edit-hint = Edit the chosen closed days (F2)
days-delete-hint = Delete the chosen closed days (Delete)
days-menu-new = New closed days …
days-empty = No closed days ahead. Press “New” to close the clinic or to enter an absence.
days-show-past = Show earlier ones
days-count = { $count ->
    [one] 1 day
   *[other] { $count } days
}
days-day = { $day } { $month }
days-with-year = { $date } { $year }
days-title = Closed days
days-title-new = New closed days
days-who = Who
days-from = From
days-to = Until
days-reason = Reason
days-reason-means = Patients and colleagues can read it.
days-usual-holiday = Holiday
days-usual-course = Course
days-usual-christmas = Closed between Christmas and New Year
days-usual-off = Off
days-from-missing = Write the first day.
days-to-blank = Blank: only the one day.
days-to-before-from = Must be { $from } or later.
days-over = The period is over.
days-means = { $count ->
    [one] 1 day, { $last }.
   *[other] { $count } days, until { $last }.
}
days-booked = { $count ->
    [one] 1 appointment is booked in the period: { $each }. It stays in the appointment book.
   *[other] { $count } appointments are booked in the period: { $each }. They stay in the appointment book.
}
days-booked-unread = The appointments could not be read, so it is not known whether any lie in the period.
days-delete-title = Delete “{ $reason }”?
days-delete-title-nameless = Delete the closed days?
days-delete-explanation = { $who } · { $dates }
days-delete-means = The days are open again, and patients can book them.
days-holidays = Public holidays
days-on-holidays = Closed on public holidays
days-holidays-explained = Constitution Day, Christmas Eve and New Year’s Eve are ordinary days until they are closed.
days-closed = closed
days-open = open
days-ordinary = Close the clinic on this day
days-close = Close …
days-constitution-day = Constitution Day
days-christmas-eve = Christmas Eve
days-new-years-eve = New Year’s Eve
undo-closure-created = closed days created
undo-closure-changed = closed days changed
undo-closure-deleted = closed days deleted
undo-closure-restored = closed days restored
undo-holidays = closing on public holidays changed


## Week, selection and menus in the book

book-day = Day
book-week = Week
book-day-means = Show a day (Ctrl+1)
book-week-means = Show a week (Ctrl+2)
book-week-earlier = Previous week (Ctrl+Left)
book-week-later = Next week (Ctrl+Right)
book-dates-of-a-month = { $from }–{ $to }
book-dates = { $from } – { $to }
book-nobody-works-this-week = Nobody works this week
book-whom-all = Everybody
book-whom-several = { $count } practitioners
book-whom-means = Choose who is shown (Ctrl+B)
book-whom-practitioners = Practitioners
book-whom-told = Enter shows one alone, Space adds or leaves out.
book-find-patient = Patient
book-find-patient-means = Find a patient (Ctrl+F)
book-undo-hint = Undo “{ $what }” (Ctrl+Z)
book-undo-nothing = There is nothing to undo
book-undone = Undone: { $what }.
book-undo-title = Undo “{ $what }”?
book-undo-many = It changes { $count } things at once and cannot be done again.
book-undo-earlier = The change is from { $date } at { $time }, before the program was opened. It cannot be done again.
book-undo-confirm = Undo
book-more = More
book-more-means = New patients and needs, import, export, backups and help
book-more-new-patient = New patient …
book-more-import-patients = Import patients …
book-more-import-needs = Import needs …
book-more-import-calendar = Import calendar …
book-more-export-patients = Export patients …
book-more-export-needs = Export needs …
book-more-export-calendar = Export calendar …
book-more-back-up = Save backup …
book-more-restore = Restore …
book-new-patients = { $count ->
    [one] 1 new patient
   *[other] { $count } new patients
}
book-new-patients-means = registered online and waiting for the clinic’s answer
book-day-heading = { $weekday } { $day }
book-day-heading-today = { $day } today
book-deliberate = Overlaps another appointment on purpose.
book-menu-edit = Show/edit …
book-menu-move = Move
book-menu-cancel = Cancel the appointment …
book-menu-patient = Show patient …
book-menu-new-need = New need …
book-menu-new = New appointment …
book-menu-block = Block time …
book-menu-put = Put here
book-menu-place = Find a time
book-menu-edit-need = Edit need …
book-menu-delete-need = Delete need …
book-key-enter = Enter
book-key-shift-delete = Shift+Delete
book-move-told = Choose the new time for { $what } and press Enter. Esc cancels.
book-place-told = Choose a time for { $what } and press Enter. Esc cancels.



## Appointments and blocked time

placement = { $date } { $times } with { $who }
times = { $from }–{ $to }
placement-day-off = { $who } does not work that day.
appointment-new = New appointment
appointment-title = Appointment
appointment-patient = Patient
appointment-type = Appointment type
appointment-need = Need
appointment-practitioner = Practitioner
appointment-date = Date
appointment-time = Time
appointment-minutes = Minutes
appointment-note = Note
appointment-choose-patient = Choose a patient
appointment-new-patient = New patient …
appointment-patient-means = Born { $date }
appointment-patient-reached = Born { $date } · tel. { $phone }
appointment-patient-missing = Choose a patient, or create a new one.
appointment-no-patient = The appointment has no patient.
appointment-choose-type = Choose an appointment type
appointment-type-missing = Choose what the patient is to come for.
appointment-search-need = Search the patient's needs
appointment-search-need-nothing = No need matches the search.
appointment-without-need = Without a need
appointment-need-name = week { $week } · { $who } · { $minutes } min.
appointment-needs-wait = The patient's needs are being read …
appointment-needs-unread = The patient's needs could not be read. Choose the patient again.
appointment-needs-of-nobody = Choose a patient first.
appointment-needs-open = { $count ->
    [0] The patient has no open needs.
    [one] The patient has 1 open need.
   *[other] The patient has { $count } open needs.
}
appointment-need-used = The appointment uses the need of week { $week } with { $who }.
appointment-search-practitioner = Search by initials or name
appointment-search-practitioner-nothing = No practitioner matches the search.
appointment-date-wrong = Type a date, such as { $example }.
appointment-time-wrong = Type a time, such as { $example }.
appointment-time-skipped = There is no such time: the clock is put forward that night.
appointment-minutes-wrong = Type a whole number from { $min } to { $max }.
appointment-until = Until { $time }
appointment-entered = Entered { $date } at { $time } on { $pc }.
appointment-online = Booked online by the patient.
appointment-online-at = Booked online by the patient { $date } at { $time }.
appointment-clash = Overlaps an appointment that was booked online. Move one of them, or keep both.
appointment-keep-both = Keep both
appointment-keep-both-hint = Both appointments stay on top of each other
appointment-cancel = Cancel appointment …
appointment-cancel-hint = The patient is not coming; the need is open again
appointment-delete = Delete …
appointment-delete-hint = The appointment was entered by mistake
appointment-edited-first = Save or discard the changes first.
appointment-gone = The appointment is no longer there. It has been cancelled or deleted meanwhile.
appointment-need-gone = The need is no longer there. It has been deleted meanwhile.
appointment-not-read = The appointment could not be read. { $why }
appointment-unusual = { $place }: { $why }
block-new = Block time
block-title = Blocked time
block-reason = Reason
block-reason-empty = Blank: the book says “Busy”.
block-lunch = Lunch
block-meeting = Meeting
block-closed = Closed
block-practitioners = Practitioners
block-practitioners-missing = Tick at least one practitioner.
block-each = { $count ->
    [one] The time is blocked for { $who }.
   *[other] The time is blocked for { $count } practitioners: { $who }.
}
block-from = From
block-to = To
block-to-wrong = Type a time after { $from }.
block-to-short = Block at least { $min } minutes.
block-to-long = Block at most { $max } minutes at a time.
block-minutes = { $minutes } minutes
block-remove = Remove the block …
block-remove-title = Remove the block?
block-remove-why = “{ $what }” { $place } is removed, and the time is free again.
block-remove-confirm = Remove
block-remove-keep = Keep
overlap-title = The time is taken
overlap-for = { $place }:
overlap-practitioner = { $who } already has { $what } { $times }.
overlap-patient = { $patient } already has { $what } { $times } with { $who }.
overlap-more = { $count ->
    [one] And 1 more.
   *[other] And { $count } more.
}
overlap-anyway = Save all the same?
overlap-confirm = Overlap all the same
cancel-title = Cancel for { $patient }?
cancel-why = { $whose } time { $date } { $time } is cancelled.
cancel-why-nobody = The time { $date } { $time } is cancelled.
cancel-title-nobody = Cancel the appointment?
cancel-need = The need is open again.
cancel-keep = Keep the time
cancel-confirm = Cancel appointment
remove-title = Delete the appointment?
remove-why = { $what } { $place } is deleted as if it had never been entered. If the patient is not coming, use “Cancel appointment” instead.
remove-history = The history remembers it, and “Undo” brings it back.
told-close = Close the message
undo-taken = Cannot be undone: the practitioner or the patient has got another appointment at that time.
undo-need-used = Cannot be undone: the need has been used for another appointment meanwhile.
undo-appointment-created = appointment created: { $what }
undo-appointment-moved = { $what } moved
undo-appointment-length = { $what }: length changed
undo-appointment-cancelled = cancelled: { $what }
undo-appointment-deleted = appointment deleted: { $what }
undo-appointment-restored = appointment restored: { $what }
undo-appointment-changed = { $what } changed
undo-appointment-kept = { $what }: both kept
undo-block-created = { $count ->
    [one] time blocked: { $what }
   *[other] { $count } times blocked: { $what }
}
undo-block-moved = block moved: { $what }
undo-block-deleted = block removed: { $what }
undo-block-restored = block restored: { $what }
undo-block-changed = block changed: { $what }
undo-need-created = need created: { $what }
undo-need-changed = need changed: { $what }
undo-need-deleted = need deleted: { $what }
undo-need-restored = need restored: { $what }
undo-patient-created = patient created: { $who }
undo-patient-changed = patient changed: { $who }
undo-patient-deleted = patient deleted: { $who }
undo-patient-restored = patient restored: { $who }
undo-patient-accepted = patient accepted: { $who }
undo-patient-merged = patient merged: { $who }
undo-patient-rejected = patient rejected: { $who }
undo-import-patients = import of { $count } patients
undo-import-needs = import of { $count } needs
undo-import-times = import of { $count } times


## Patients and needs

find-patient = Find patient
find-patient-hint = Name, number, birth date, telephone or e-mail
find-patient-invitation = Type the beginning of a name, the number, the birth date (240512), the telephone number or the e-mail address.
find-patient-cpr = CPR numbers are not searched for. Type the birth date alone, the name or the clinic's number.
find-patient-nobody = Nobody found for “{ $typed }”.
find-patient-count = { $count ->
    [one] 1 patient
   *[other] { $count } patients
}
find-patient-more = The first { $count } are shown. Type more to find others.
find-patient-number = Number
find-patient-name = Name
find-patient-born = Born
find-patient-phone = Telephone
find-patient-next = Next appointment
find-patient-open = Open
find-patient-new = New patient …
find-patient-create = Create “{ $typed }” …
patients-not-read = The patients cannot be read. { $why }
patients-appointments = { $count ->
    [one] 1 appointment
   *[other] { $count } appointments
}
patients-needs = { $count ->
    [one] 1 need
   *[other] { $count } needs
}
patients-both = { $appointments } and { $needs }
patient-when = { $date } at { $time }
patient-when-with-whom = { $when } with { $initials }
patient-what = { $code } · { $minutes } min. with { $initials }
patient-cancelled = Cancelled
patient-booked-online = Booked online

# Patientkortet
card-title = Patient
card-title-new = New patient
card-reading = Fetching …
card-gone = The patient is there no longer.
card-retry = Try again
card-birth-date = Birth date
card-email = E-mail
card-number-missing = Type the clinic's number for the patient.
card-number-cpr = That looks like a CPR number, which is not kept here. Type the clinic's own number.
card-number-taken = The number is { $name }'s. Type another one.
card-name-missing = Type the patient's name.
card-birth-date-refused = Type the date as 24-12-1980 or 241280.
card-birth-date-ahead = The date lies after today. Correct the birth date.
card-birth-date-means = { $date } · { $years ->
    [one] 1 year
   *[other] { $years } years
}
card-delete = Delete patient …
card-delete-title = Delete { $patient }?
card-delete-why = The patient has neither appointments nor needs. The deletion can be undone.
card-delete-depending = The patient has { $depending } and therefore cannot be deleted. Delete them first if they were made by mistake.
card-show-day = Show the day in the book
card-waits = Created themself and waits for the clinic’s word.
card-needs = Needs
card-no-needs = No open needs.
card-need-new = New need …
card-need-edit = Edit
card-upcoming = Coming appointments
card-no-upcoming = No coming appointments.
card-earlier = Earlier and cancelled appointments ({ $count })

# Behov
need-title = Need
need-title-new = New need
need-gone = The need is there no longer.
need-patient = Patient
need-patient-choose = Choose a patient
need-patient-missing = Choose the patient whose need it is.
need-patient-nobody = Nobody found.
need-type = Appointment type
need-type-missing = Choose what the patient is to come for.
need-practitioner = Practitioner
need-practitioner-choose = Choose a practitioner
need-practitioner-missing = Choose whom the patient is to come to.
need-practitioner-left = deactivated
need-minutes = Minutes
need-minutes-refused = Type a whole number from { $min } to { $max }.
need-week = Recall week
need-week-hint = week/year
need-week-refused = Type the week as 49/2026.
need-week-none = { $year } has { $weeks } weeks, there is no week { $week }.
need-week-days = { $first } – { $last }
need-week-means = Week { $week }: { $days }
need-week-passed = Week { $week } is over: { $days }
need-practitioner-not-registered = { $initials } is not registered, so the patient cannot book it online.
need-week-run-out = Week { $week } is over, and the patient can no longer book it online.
need-in-months = in { $months } mths
need-search = Search
need-search-nothing = Nothing found.
need-used-by = Used for the appointment on { $appointment }.
need-delete-title = Delete the need { $code } of { $patient }?
need-delete-used = The need is used for the appointment on { $appointment } and therefore cannot be deleted. Delete or cancel the appointment first.

# Patienter, der har oprettet sig selv
new-patients = New patients
new-patients-why = They created themselves online and wait for the clinic's word.
new-patients-none = No new patients are waiting.
new-patient-born = born { $date }
new-patient-could-be = could be { $patient }
new-patient-card = Show patient card …
new-patient-booked = Appointments and needs
new-patient-nothing-booked = Has not booked anything yet.
new-patient-likely = Could be a known patient
new-patient-number-missing = Type the clinic's number for the patient. The next free one is { $next }.
new-patient-number-taken = The number is { $name }'s. The next free one is { $next }.
new-patient-number-proposed = The next free one. The patient was given “{ $own }”, which is provisional.
likeness-birth-date = same birth date and a similar name
likeness-phone = same telephone
likeness-email = same e-mail
accept = Accept
merge-dots = Merge with …
merge-title = Merge { $patient } with a known patient
merge-with = Merge with
merge-choose-known = Choose the known patient
merge-choose = Choose who it is.
merge-new = New patient
merge-known = Known patient
merge-over = { $what } go over to { $to }. What { $patient } created themself goes away.
merge-nothing-over = What { $patient } created themself goes away. There are no appointments or needs to take over to { $to }.
merge-at-once = They have appointments at the same time: { $one } and { $other }. Move or cancel one of them before they are merged.
merge-refused-at-once = They have appointments at the same time. Move or cancel one of them before they are merged.
reject = Reject
reject-dots = Reject …
reject-title = Reject { $patient }?
reject-why = What the patient created is deleted. It can be undone.
reject-needs = { $count ->
    [one] So is 1 need.
   *[other] So are { $count } needs.
}
reject-one = The appointment on { $appointment } is deleted, and the time becomes free.
reject-several = { $count } coming appointments are deleted, and the times become free. The first is on { $appointment }.
reject-attended = { $patient } has already had { $count ->
    [one] an appointment
   *[other] { $count } appointments
} in the clinic and therefore cannot be rejected. Accept the patient, or merge with a known one.


## Files from and to other programs

import-stopped = The import is stopped. Nothing is imported.
files-open-title = Choose a file
files-save-title = Save as
files-no-dialog-open = No window to choose the file in can be opened on this PC. Type where the file is instead (technical: xdg-desktop-portal is missing).
files-no-dialog-save = No window to choose the file in can be opened on this PC. Type where the file is to be instead, such as /media/usb/{ $name } (technical: xdg-desktop-portal is missing).
files-patients-title = Import patients
files-needs-title = Import needs
files-patients-explained = A CSV file with one patient in each line, as most programs can make it. Nothing is saved before you have seen what the file holds. You can also drag the file here.
files-needs-explained = A CSV file with one need in each line: the patient's number, the code of the appointment type, the practitioner's initials and the recall week. Nothing is saved before you have seen what the file holds. You can also drag the file here.
files-step-file = File
files-step-preview = Contents
files-step-columns = Columns
files-step-check = Check
files-next = Next
files-back = Back
files-encoding = Encoding
files-encoding-windows = Windows-1252
files-separator = Fields are separated by
files-separator-semicolon = Semicolon
files-separator-comma = Comma
files-separator-tab = Tab
files-separator-bar = Vertical bar
files-heading = The first line names the columns
files-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
} in { $columns ->
    [one] 1 column
   *[other] { $columns } columns
}. The first ones are shown below. If letters look wrong, choose another encoding.
files-column = Column { $number }
files-columns-explained = Choose which column of the file each field is read from. Fields with * must be chosen.
files-required = { $field } *
files-no-column = (no column)
files-column-search = Search for a column
files-column-nothing = No column has that name
files-choose-column = Choose the column in which the field stands.
files-cpr-note = CPR numbers
files-cpr-refused = The column has CPR numbers. They are not kept in Aftalebog; choose another column.
files-cpr-birth-date = The birth date is taken from the first six digits. The rest of the CPR number is not kept.
files-last-name-first = The name stands as “Last name, First name” and is turned round
files-field-number = Patient number
files-field-name = Name
files-field-first-name = First name
files-field-last-name = Last name
files-field-birth-date = Birth date
files-field-phone = Telephone
files-field-email = E-mail
files-field-code = Code of the appointment type
files-field-initials = The practitioner's initials
files-field-minutes = Minutes
files-field-week = Recall week
files-field-year = Year, if not in the week
files-summary = { $ready } ready, { $skipped } passed over, { $faults } faults
files-existing-patients = Patient numbers that are there already:
files-existing-needs = Needs that are there already:
files-skip = Pass over
files-update = Update
files-import = Import
files-right-ones = { $ready ->
    [one] Import the one right one
   *[other] Import the { $ready } right ones
}
files-again = Try again with the mended file
files-save-faults = Save the faults …
files-faults-title = Save the faults
files-faults-explained = The lines with faults are saved as a CSV file with the reason in front, so that they can be mended in a spreadsheet.
files-faults-patients-file = patients with faults.csv
files-faults-needs-file = needs with faults.csv
files-faults-line = Line
files-faults-reason = Fault
files-line = Line { $line }
files-progress = { $done } of { $all } are written
files-finishing = Saving on the disk …
files-stopping = Stopping …
files-stop = Stop
files-done = { $new ->
    [one] 1 new one is imported
   *[other] { $new } new ones are imported
}, { $changed } are updated and { $skipped } are passed over.
files-undo-hint = The whole import can be taken back with “Undo” until something else is saved.
files-undo-calendar = import of { $count } times and closed days
files-own = That is the clinic’s own file, which is open. Choose another.
files-empty = The file is empty. Choose a file that holds something.
files-too-large = The file is larger than { $megabytes } MB. Divide it into smaller files.
files-too-many-rows = The file has more than { $max } rows. Divide it into smaller files, or choose another separator.
files-too-many-columns = Line { $line } has more than { $max } fields. Choose another separator, or mend the file.
files-fault-missing = { $field } is missing.
files-fault-line = { $field }: { $why }
files-fault-unreadable = { $field } has characters that cannot be read. Choose another encoding.
files-fault-cpr = { $field } looks like a CPR number. It is not kept; use the clinic's own number.
files-fault-date = The birth date “{ $text }” is no date. Write it as 24-12-1980.
files-fault-birthday = The birth date { $date } cannot be right.
files-fault-twice = Number { $number } stands in line { $line } too.
files-fault-ambiguous = More than one patient in Aftalebog has number { $number }. Mend that first.
files-fault-patient = No patient has number { $number }.
files-fault-code = No appointment type has the code { $code }.
files-fault-initials = No practitioner has the initials { $initials }.
files-fault-code-unused = The appointment type { $code } is deactivated.
files-fault-not-staff = The practitioner { $initials } is deactivated.
files-fault-minutes = “{ $text }” is not a number of minutes from { $min } to { $max }.
files-fault-week = “{ $text }” is no week. Write it as 49/2026.
files-fault-no-year = Week { $week } lacks its year. Write it as 49/2026, or choose a column with the year.
files-fault-cells = The line has more fields than the heading. Put quotation marks around fields with separators in them.
files-fault-unclosed = A quotation mark does not end. The line and the rest of the file were not read.
files-calendar-none = The file is no calendar. Choose an .ics file.
files-calendar-too-many-events = The calendar has more than { $max } events. Export a shorter period from the other program.
files-calendar-too-many-items = The events repeat more than { $max } times. Choose a shorter period.
files-calendar-too-many-repetitions = The repetitions of the calendar are too many to be worked out. Export a newer part of it from the other program.
files-calendar-fault-unreadable = { $property } cannot be read.
files-calendar-fault-no-start = The event has no time.
files-calendar-fault-reversed = The event ends before it begins.
files-calendar-fault-zone = The time zone “{ $zone }” is not known.
files-calendar-fault-rule = The repetition cannot be read, or it repeats more often than every day.
files-calendar-fault-endless = The repetition names days that never come.
files-calendar-fault-never-ends = The event lasts for more than ten years.
files-calendar-title = Import a calendar
files-calendar-explained = A calendar of another program as an .ics file. Times become blocked time of a practitioner, and whole days absence or closed days. Nothing is saved before you have seen what the file holds. You can also drag the file here.
files-practitioner = Practitioner
files-choose-practitioner = Choose a practitioner
files-whose-calendar = Choose whose calendar it is.
files-search = Search for a practitioner
files-nobody-found = No practitioner has that name.
files-period = Period
files-period-to = to
files-date-wrong = Write the date as 24-12-2026.
files-period-reversed = The period ends before it begins.
files-period-long = Choose ten years at most.
files-days = Whole days become
files-days-practitioner = The practitioner's absence
files-days-clinic = Closed days of the whole clinic
files-overlaps = Times that are taken
files-overlaps-left-out = Are left out
files-overlaps-on-top = Are put on top
files-summaries = Take over headings (they may name people; otherwise it says “Busy”)
files-busy = Busy
files-closed = Closed
files-away = Absence
files-calendar-summary = { $new } new, { $changed } changed, { $known } there already, { $overlapping } overlapping, { $faults } faults.
files-calendar-passed-over = Passed over: { $free } that take no time, { $outside } outside the period.
files-calendar-new = new
files-calendar-changed = changed – gets the time of the file
files-calendar-known = there already
files-calendar-taken = taken: { $what } at { $time } – left out
files-calendar-on-top = is put on top of { $what } at { $time }
files-calendar-taken-in-file = taken by another time in the file – left out
files-calendar-on-top-in-file = is put on top of another time in the file
files-calendar-import = { $count ->
    [0] Nothing to import
   *[other] Import { $count }
}
files-calendar-done = { $count ->
    [one] 1 time or closed day is imported.
   *[other] { $count } times and closed days are imported.
}
files-everybody = All practitioners
files-export-patients-title = Export patients
files-export-needs-title = Export needs
files-export-calendar-title = Export a calendar
files-export-patients-explained = All patients with number, name, birth date, telephone and e-mail as a CSV file that opens in Excel. The file holds personal data: keep it in a safe place. Patients who wait to be accepted are not in it.
files-export-needs-explained = All open needs with the patient's number, code, practitioner, minutes and recall week as a CSV file that opens in Excel.
files-export-calendar-explained = Appointments, blocked time and closed days of the period as an .ics file that other calendars can open.
files-export-names = Take along the patients' names and the words of blocked time and absence
files-export-names-warning = Others who see the calendar can then see who comes to the clinic.
files-export-patients-file = patients.csv
files-export-needs-file = needs.csv
files-export-calendar-file = appointments.ics
files-export-save = Save
files-export-saved = Saved as { $file }
files-back-up-title = Save backup
files-back-up-explained = One file with everything in the clinic: the book, the patients and the settings. It holds personal data: keep it where only the clinic can get at it, and preferably not only on this PC.
files-back-up-saved = The backup is here: { $file }. It holds the patients’ data.
files-export-full = Cannot save: the disk is full. Nothing is changed. Make room, and try again.
files-export-io = Cannot save the file. Nothing is changed (technical: { $detail }).
files-export-exists = There is a file with that name already. Write another name, or delete the file first if it is to be replaced.
files-export-no-folder = The folder does not exist. Check that the place is written right.
files-export-denied = Nothing may be saved here. Choose another folder.

## New clinic

welcome-own = Your own clinic
welcome-try = Try it first
welcome-new = New clinic
welcome-new-why = Set the clinic up step by step. It takes five minutes, and everything can be changed later.
new-step-clinic = The clinic
new-step-raster = Time period
new-step-staff = Practitioners
new-step-hours = Working hours
new-step-types = Appointment types
new-step-summary = Done
new-step-skipped = Skipped
new-next = Next
new-back = Back
new-skip = Skip
new-create = Create clinic
new-creating = Creating …
new-creating-long = Creating the clinic’s file …
new-leave-title = Leave New clinic?
new-leave-explanation = The clinic has not been created yet, and what you have written will be lost.
new-leave-keep = Stay here
new-clinic-explanation = This is what patients read when they book a time online. Only the name is required.
new-clinic-unnamed = The clinic
new-clinic-name-missing = Write the clinic’s name, or press “Skip”.
new-clinic-name-means = For example “Tandlægerne ved Møllesøen”.
new-clinic-phone-means = The number patients are to call when they cannot book, move or cancel online.
new-raster-explanation = The appointment book is divided into rows. Choose how many minutes a row is. 15 is a good beginning.
new-raster-minutes = { $minutes } min.
new-raster-row = A row of the appointment book is { $minutes } minutes, so an hour is { $rows } rows.
new-raster-starts = Appointments begin at a row: { $times } …
new-raster-appointment = An appointment of { $minutes } min.
new-staff-explanation = Those who have appointments with patients. Each gets a column in the appointment book.
new-staff-name = Name
new-staff-initials = Initials
new-staff-title = Title
new-staff-titles = Choose a title
new-staff-add = Add practitioner
new-staff-add-hint = Add a row (Insert)
new-staff-remove = Remove the row
new-staff-nobody = Write the name of at least one practitioner, or press “Skip”.
new-staff-name-missing = Write the practitioner’s name.
new-staff-initials-missing = Write initials. They head the column in the appointment book.
new-staff-initials-taken = { $initials } is already used. Write other initials.
new-hours-explanation = When there can be appointments. The lunch break can be left blank. Even and odd weeks and holidays are set up later.
new-hours-everybody = Everybody
new-hours-everybody-means = Holds for everybody without a week of their own. Choose a practitioner to give them another one.
new-hours-own = { $initials } has a week of their own
new-hours-day = Day
new-hours-from = From
new-hours-to = To
new-hours-lunch-from = Lunch
new-hours-lunch-to = to
new-hours-length = { $minutes ->
    [0] { $hours } h
   *[other] { $hours } h { $minutes } min.
}
new-hours-week = { $length } a week
new-hours-holidays = Closed on public holidays
new-hours-nobody = There are no practitioners yet, so nobody has working hours. They are set up in the tab “Working hours” when the clinic has been created.
new-hours-no-time = Write a time, for example 8:00.
new-hours-half-a-lunch = Write both from and to, or leave the lunch blank.
new-hours-reversed = The day must end after it has begun.
new-hours-lunch-reversed = The lunch must end after it has begun.
new-hours-lunch-outside = The lunch must lie within the working hours.
new-types-explanation = Untick those you do not use. Everything can be changed later, and more can be added.
new-type-code = Code
new-type-name = Name
new-type-online = Online
new-type-patients = What patients see
new-type-minutes-wrong = Write a whole number from { $min } to { $max }.
new-type-online-means = { $by ->
    [need] “{ $alias }” · when the patient has a need
   *[anyone] “{ $alias }” · can be booked by everyone
}
new-type-offline-means = Booked by the clinic only
new-summary-explanation = Look it through. Nothing has been created yet.
new-summary-change = Change
new-summary-none = None yet
new-summary-clinic-skipped = For now it is called “{ $name }”
new-summary-clinic-later = Name and telephone are written later in “Clinic settings”.
new-summary-no-phone = The telephone number is still missing.
new-summary-staff-later = Set up later in the tab “Practitioners”.
new-summary-hours-later = Set up later in the tab “Working hours”.
new-summary-types-later = Set up later in the tab “Appointment types”.
new-summary-registered = In online booking: { $initials }
new-summary-hours-nobody = None, for there are no practitioners yet
new-summary-hours-of = { $initials } { $length }
new-summary-hours-idle = Without working hours: { $initials }
new-summary-holidays-closed = Closed on public holidays
new-summary-holidays-open = Open on public holidays
new-summary-types = { $count ->
    [0] None
    [one] 1 appointment type, { $online } of them for online booking
   *[other] { $count } appointment types, { $online } of them for online booking
}
new-summary-after = Online booking is not started. You do that yourselves with “Start” when you have looked the settings through.
findings-ready = Ready: press “Inactive” and then “Start” when patients may book.
book-no-practitioners-why = Each practitioner gets a column here. Create the first one under “Practitioners”.
book-to-practitioners = Create practitioners
book-first-appointment = Double-click a time to make an appointment.

## The booking server’s answers to errors

problem-bad-request = The server does not understand what was sent.
problem-unauthorized = This takes a login, or a PC that is paired.
problem-revoked = This PC has been removed from the clinic.
problem-not-found = There is no such thing.
problem-method-not-allowed = This cannot be done here.
problem-took-too-long = It took too long. Try again.
problem-client-too-old = The program is too old for this server. Update it.
problem-no-such-code = The code is wrong, has run out, or was used.
problem-conflict = Somebody else has changed the same.
problem-device-rewound = The PC was set back to an older copy, and fetches everything anew.
problem-position-gone = Everything is to be fetched anew.
problem-id-reused = The key was used for something else.
problem-invalid = The change cannot be saved.
problem-refused = The time cannot be booked.
problem-taken = Somebody else has just taken the time.
problem-self-registration-off = Nobody can create themself at this clinic. Please call the clinic.
problem-too-many-tries = Too many tries. Wait a little, and try again.
problem-too-large = What was sent is too large.
problem-not-set-up = The clinic has not sent its settings yet.
problem-busy = The server is busy. Try again in a moment.
problem-disk-full = The disk of the server is full. Whoever looks after the server is to make room.
problem-internal = The server has a fault. Try again in a moment.
# What is at fault, for whoever wrote the client: names in JSON stand as they are.
problem-detail-other-json = the body is JSON, and not what this call takes
problem-detail-no-json = the body is no JSON
problem-detail-content-type = the content type is application/json
problem-detail-unreadable = the body could not be read
problem-detail-parameter = a parameter is missing, or not what it must be
problem-detail-limit = limit is at least 1
problem-detail-days = days is a whole number from { $least } to { $most }
problem-detail-from = from is a date such as 2026-11-23
problem-detail-key = the header Idempotency-Key has 1 to { $most } characters
problem-detail-start = start is a whole second, such as 2026-11-23T08:00:00Z
problem-detail-type-or-moves = online_type or moves is missing
problem-detail-phone-or-email = either phone or email says where the code goes
problem-detail-no-contact = phone or email says where the code goes
problem-detail-name = a name is no number
problem-detail-birth-date = nobody was born then
problem-detail-phone = phone is a telephone number, one from abroad with + and its country
problem-detail-email = email is an e-mail address
problem-detail-line-missing = { $field } must not be empty
problem-detail-line-too-long = { $field } has { $length } characters, at most { $most } are allowed
problem-detail-line-invisible = { $field } has a character that cannot be seen
problem-detail-sequence = sequence is too large
problem-detail-base = base is too large
problem-detail-device = the PC needs a name
problem-detail-whole-number = { $field } is a whole number
problem-detail-other-kind = { $kind }: a record of another kind has this id
problem-detail-unknown = { $kind }: there is no such record
problem-detail-exists = { $kind }: there is a record of this id already
problem-detail-outside-limits = { $kind }: { $field } is outside its limits
problem-detail-unique = { $kind }: another record has this { $what }
problem-detail-record-too-large = { $kind }: the record is too large
problem-detail-dangling = { $field } names a { $kind } that is not there
problem-detail-still-used = { $kind }: it is still used by a { $by }
problem-detail-only-one = { $kind }: a clinic always has one
problem-detail-practitioner-taken = appointment: the practitioner is taken
problem-detail-patient-taken = appointment: the patient is taken
problem-detail-malformed = { $kind }: { $field } is missing, or holds what does not belong there
problem-detail-malformed-together = { $kind }: its fields do not go together

## Patients’ calls: answers and messages

login-code-sent = If the details match, a code has been sent. If it does not arrive, please call the clinic.
message-subject = Your appointment at { $clinic }
message-booked = You have an appointment at { $clinic } on { $date } at { $time }.
message-moved = Your appointment at { $clinic } has been moved to { $date } at { $time }.
message-cancelled = Your appointment at { $clinic } on { $date } at { $time } has been cancelled.
message-ring = If you have any questions, please call us on { $phone }.
message-code-subject = Your code for { $clinic }
message-code = Your code for { $clinic } is { $code }. It is valid for { $minutes } minutes. Do not give it to anybody.

patient-service-stopped = Online booking is closed at the moment. Please call the clinic for an appointment.
patient-not-online = This cannot be booked online at the moment. Please call the clinic.
patient-not-with-them = This cannot be booked with that practitioner. Please choose another one.
patient-no-need = This must be agreed with the clinic first. Please call the clinic.
patient-need-expired = This had to be booked by { $date }. Please call the clinic.
patient-withheld-through = Times until { $date } cannot be shown at the moment. Please choose a later day or call the clinic.
patient-withheld = The clinic’s times cannot be shown at the moment. Please call the clinic.
patient-no-new = The clinic takes no new patients for this kind of appointment. Please call the clinic.
patient-past = That time has passed.
patient-before-earliest = The earliest day is { $date }.
patient-not-yet = The earliest day is { $date }.
patient-after-last = The last day is { $date }.
patient-closed = The clinic is closed that day. Please choose another day.
patient-absent = The practitioner does not work that day. Please choose another day or another practitioner.
patient-no-such-time = That is not one of the clinic’s times. Please choose another one.
patient-taken = Somebody else has just taken that time. Please choose another one.
patient-own-taken = You have another appointment at that time.
patient-too-many = { $count ->
    [one] You can have 1 coming appointment at a time. Please call the clinic.
   *[other] You can have { $count } coming appointments at a time. Please call the clinic.
}
patient-cancelled-already = The appointment has been cancelled.
patient-cancel-by-telephone = The appointment cannot be cancelled online. Please call the clinic.
patient-move-by-telephone = The appointment cannot be moved online. Please call the clinic.
patient-cancel-too-late = The appointment could be cancelled online until { $date }. Please call the clinic.
patient-move-too-late = The appointment could be moved online until { $date }. Please call the clinic.


## booking-server on the command line

booking-server-listening = booking-server { $version } answers at { $url }{ $reach ->
    [here] {" "}(this machine only)
   *[others] {""}
}
booking-server-keeps = The database is { $file }
booking-server-demo-messages = Messages to patients become files in { $folder }; none is sent before [messages] says how.
booking-server-fingerprint = Fingerprint (SHA-256) of the server’s own certificate authority; a PC shows the same when it is paired:
    {"    "}{ $fingerprint }
booking-server-clock-stands = The clock stands still: { $instant }
booking-server-next = { $clinics ->
    [0] Next: { $program } clinic add "Name of the clinic" adds a clinic and shows the code for its first PC.
    [one] 1 clinic. One more PC is paired by the code of: { $program } clinic pair CLINIC
   *[other] { $clinics } clinics. One more PC is paired by the code of: { $program } clinic pair CLINIC
}
booking-server-stopped = Stopped: whatever had been begun is finished.
booking-server-settings-good = The settings can be used.
booking-server-settings-line = { $file }, line { $line }: { $detail }
booking-server-settings-variable = The variable { $name }: { $detail }
booking-server-clock-wrong = { $name } must be an instant such as 2026-11-23T08:00:00Z.
booking-server-postgres-later = PostgreSQL cannot be used yet. Write sqlite: and a file.
booking-server-database-wrong = The database is written as sqlite: and a file, such as sqlite:/var/lib/booking-server/booking-server.db.
booking-server-no-folder = There is no folder for the database. Write --database sqlite: and a file.
booking-server-no-database = There is no database in { $file }. “serve” and “clinic add” make it.
booking-server-database-busy = { $file } is in use by another program. Try again in a moment.
booking-server-disk-full = The disk is full: { $file }
booking-server-database-not-ours = { $file } is not a database of this program.
booking-server-database-newer = { $file } is of a newer program (the database is version { $database }, this program knows version { $program }). Use the new program.
booking-server-database-older = { $file } is version { $database }, and this program uses version { $program }. An older booking-server has the database: stop it, and start the new one.
booking-server-database-stopped = The database has stopped answering. Start the server again; the log says why.
booking-server-file-failed = { $file }: { $detail }
booking-server-file-exists = { $file } is there already and is not overwritten.
booking-server-locked = { $process ->
    [unknown] Another server has { $file }. Stop it first.
   *[other] Another server (process { $process }) has { $file }. Stop it first.
}
booking-server-not-listening = Cannot answer at { $address }: { $detail }
booking-server-plain-refused = Without encryption only this machine may talk to the server, and { $address } can be reached by others. Write [tls] in the settings, or listen at 127.0.0.1 behind a proxy that encrypts.
booking-server-tls-wrong = Under [tls] stand either certificate and key, or private_authority = true and names.
booking-server-tls-names = Under [tls], names must say by which names and addresses the PCs reach the server.
booking-server-listener = No connection can be taken any more: { $detail }
booking-server-mail-sender = Under [messages.email], from is no e-mail address, such as The Dentists <booking@example.dk>.
booking-server-mail-server = Under [messages.email], host cannot be used as a mail server: { $detail }
booking-server-mail-in-the-clear = Under [messages.email], security may be "none" only when the mail server is on this machine.
booking-server-mail-login = Under [messages.email], user and password_file belong together: write both or neither.
booking-server-sms-url = Under [messages.sms], url is no address that begins with https://.
booking-server-sms-in-the-clear = Under [messages.sms], url may begin with http:// only when the service is on this machine.
booking-server-sms-http = Under [messages.sms], { $what } cannot be used in HTTP.
booking-server-sms-incomplete = Under [messages.sms], { $place } must stand in url or body.
booking-server-sms-not-json = Under [messages.sms], body is no JSON. Write body_format = "form" or "text" if it is not to be.
booking-server-sms-country = Under [messages.sms], countries must be country codes such as "+45", and { $country } is not a country code.
booking-server-tls-failed = The certificate cannot be used: { $detail }
booking-server-clinic-name = A clinic’s name has from 1 to 100 characters on one line.
booking-server-clinic-added = { $name } has been added.
    {"    "}id: { $id }
    {"    "}name in addresses: { $slug }
booking-server-clinic-pairs = One more PC of { $name }:
booking-server-code = Code: { $code } (for { $minutes } minutes and one PC)
    Type it in Aftalebog under “Server indstillinger” (server settings).
booking-server-no-clinics = No clinics yet.
booking-server-no-such-clinic = There is no clinic { $clinic }. “clinic list” shows them.
booking-server-clinic-line = { $id }  { $slug }  { $name }: { $devices ->
    [one] 1 PC
   *[other] { $devices } PCs
}, { $records } records. { $seen ->
    [never] Never in touch
   *[other] Last in touch { $seen }
}
booking-server-no-snapshot = { $file } is no export of Aftalebog, or is damaged: line { $line }, character { $column }.
booking-server-imported = { $written } records were written, { $deleted } deleted. The clinic’s PCs fetch them by themselves.
booking-server-not-imported = Nothing was imported. Record { $record }: { $detail }
booking-server-exported = { $file } is written: { $count } records.
booking-server-audit-sound = { $clinic }: { $rows } rows, and none was changed.
booking-server-audit-broken = { $clinic }: row { $number } of the audit trail is not as it was written.
booking-server-device-line = {"    "}{ $id }  { $name }: { $state ->
    [revoked] removed { $at }
   *[paired] last in touch { $at }
}
booking-server-revoked = { $id } has no access any more.
booking-server-no-such-device = There is no PC { $id }. “device list” shows them.
booking-server-no-such-folder = There is no folder { $folder }. Make it first.
booking-server-backed-up = { $file } is written and was looked through: { $clinics ->
    [one] 1 clinic
   *[other] { $clinics } clinics
}, { $records } records.
booking-server-copy-damaged = { $file } is damaged and was not used: { $detail }
booking-server-restored = { $file } has been put back: { $clinics ->
    [one] 1 clinic
   *[other] { $clinics } clinics
}, { $records } records.
booking-server-set-aside = The old database is here: { $file }
booking-server-after-restore = Every PC fetches everything anew once the server runs, and sends again what it has no answer to. PCs that were removed since the copy have access again: see “device list”. PCs that were paired since must be paired again.


## The connection to the booking server

connection-connecting = Connecting …
connection-online = Connected
connection-offline = Offline since { $since }
connection-read-only = Not connected from here
connection-revoked = This PC has been removed from the clinic
connection-too-old = The program is too old for the server
connection-revoked-why = What is saved is on this PC only. Disconnect, get a new code from one of the clinic’s other PCs, and connect again.
connection-too-old-why = What is saved is on this PC only until the program is updated.
connection-day-time = { $date } { $time }
cause-name = The server’s name is not known.
cause-name-remedy = See whether the address is spelt right, and whether the PC has internet.
cause-not-listening = The server does not answer.
cause-not-listening-remedy = It is not running, or the port is wrong. Ring those who run the server.
cause-not-encrypted = The server does not answer with https.
cause-not-encrypted-remedy = See whether the address is right, or call those who run the server.
cause-unreachable = The server does not answer.
cause-unreachable-remedy = See whether the PC has internet.
cause-slow = The server does not answer in time.
cause-slow-remedy = The network is slow, or the server is busy.
cause-certificate = The server’s certificate cannot be trusted.
cause-certificate-remedy = Ring those who run the server.
cause-not-the-server = Something else answers in the server’s place, such as the login page of a guest network.
cause-not-the-server-remedy = Open a browser, and log in to the network.
cause-token = The access key cannot be read on this PC.
cause-token-remedy = Disconnect, and connect again with a new code.
cause-server-fault = The server has a fault.
cause-server-fault-remedy = Ring those who run it if it goes on.
cause-misunderstood = The server answers in a way that the program does not understand.
cause-misunderstood-remedy = See whether the program can be updated.
cause-file = What came from the server could not be written on this PC.
cause-file-remedy = See whether the disk is full.
connection-tries-again = { $why } The program tries again { $when }.
connection-next-try-now = now
connection-next-try-by-itself = by itself
connection-next-try-seconds = { $count ->
    [one] in 1 second
   *[other] in { $count } seconds
}
connection-next-try-minutes = { $count ->
    [one] in 1 minute
   *[other] in { $count } minutes
}
connection-try-now = Try now
fault-not-paired = This PC is not connected to a server.
fault-stopped = The program is about to close.
connect-code = Code from the server
connect-code-means = 8 letters and digits. It can be used once.
connect-code-missing = Type the code that the server shows.
connect-code-length = The code is 8 letters and digits, for instance 7KQ2-M01P.
connect-code-refused = The code is wrong, has run out, or was used. Get a new code, and type it here.
connect-code-too-many = Too many tries. Wait a minute, get a new code, and try again.
connect-address-missing = Type the server’s address.
connect-paired-already = This PC is connected already. Close this window, and open it again.
connect-another-gives = Another of the clinic’s PCs is sending its records to the server. Try again in a moment: they can then be fetched here.
connect-nothing-to-give = The clinic is not on the server yet, and there are no practitioners on this PC. Connect the PC that has the clinic’s records first, and then get a new code for this one. If the clinic is new, create the practitioners first.
connect-not-kept = The access key could not be kept in the PC’s vault for passwords. Unlock the vault, get a new code, and try again.
connect-explained = You get the code from those who run the server, or from one of the clinic’s other PCs under “New code for another PC”.
connect-read-only = The clinic is open for reading only, because a newer version has written the file. Update the program to connect.
connect = Connect
connect-looking = Finding the server …
connect-pairing = Connecting …
connect-taking = Saving a copy and fetching the clinic …
connect-gave = Connected. The clinic’s records on this PC are being sent to the server.
connect-took = Connected. The clinic has been fetched. What was on this PC is saved in a copy.
connect-kept-as-it-was = Not connected. Everything on this PC is as it was. The code is used up: get a new one if you want to connect.
connect-authority-title = Is it your server?
connect-authority-explained = The server’s own certificate. Compare it with what the server shows:
connect-authority-why = If only one character differs, it is not your server that answers. Press “Cancel”, and ring those who run the server.
connect-authority-same = They are the same
connect-replace-title = Fetch the clinic?
connect-replace-explained = What the server has of “{ $name }” takes the place of what is on this PC. A copy is kept first.
connect-replace-waiting = { $count ->
    [one] 1 change on this PC has not been sent. If it belongs to the clinic at the server, it will be.
   *[other] { $count } changes on this PC have not been sent. If they belong to the clinic at the server, they will be.
}
connect-replace = Fetch the clinic
connected-address = The server’s address
connected-since = Connected since
connected-this-pc = This PC’s name
connected-token = Access key
connected-token-vault = Lies in the PC’s own vault for passwords.
connected-token-file = Lies in a file that only you can read: this PC has no password vault.
connected-last-contact = Last contact { $when }.
connected-copied = Copied
connected-not-saved = It could not be written on this PC: { $why }
code-title = Code for another PC
code-fetching = Fetching a code …
code-explained = Type the address and the code on the other PC under “Server settings”. Give the code only to somebody who may see the clinic’s patients.
code-only-here = The address works on this machine only. Ask those who run the server for the one that other PCs are to use.
code-until = Valid until { $time }, and can be used once.
code-copy = Copy the code
code-new = New code for another PC
pcs-title = The clinic’s PCs
pcs-open = The clinic’s PCs …
pcs-fetching = Fetching the list …
pcs-name = Name
pcs-paired = Connected since
pcs-seen = Last seen
pcs-this = this PC
pcs-none = No PCs
pcs-explained = Here is everybody who can see the clinic’s patients. Remove PCs that you no longer use.
pcs-remove = Remove …
pcs-now = Now
pcs-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
pcs-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
pcs-never = Never
pcs-remove-title = Remove { $name }?
pcs-remove-explained = The PC gets no more changes from the clinic and can send none. What is on it already stays there: delete Aftalebog’s files before the PC is sold.
pcs-remove-which = Several PCs have that name. This one was connected on { $since }: that PC says so itself under “Server settings”.
pcs-remove-confirm = Remove
unpair = Disconnect …
unpair-title = Disconnect?
unpair-explained = Everything on this PC stays. What is saved from now on reaches the clinic’s other PCs only when you connect again, and online bookings do not come here before then. You need a new code to connect again.
unpair-waiting = { $count ->
    [one] 1 change is not sent. It stays on this PC.
   *[other] { $count } changes are not sent. They stay on this PC.
}
unpair-confirm = Disconnect
unpair-not-told = This PC is disconnected, but the server does not know: remove this PC from another PC under “The clinic’s PCs”.
unpair-done = This PC is disconnected. Everything on it is as it was.
test-open = Test the connection
test-title = Test the connection
test-again = Test again
test-copy = Copy for support
test-to = The server’s address: { $address }
test-step-address = The address
test-step-name = The server’s name
test-step-reach = The way to the server
test-step-certificate = The certificate
test-step-server = The booking server
test-step-version = The version
test-step-clock = The clock
test-step-pairing = The access
test-waiting = waiting
test-running = trying …
test-good = in order
test-through-proxy = in order, through a proxy server
test-not-needed = not needed
test-warning = warning
test-failed = fault
test-not-tried = not tried
test-all-well = Everything is in order.
test-well-but = The connection works. Read the warning.
test-went-wrong = The test stopped at the first thing that is wrong.
test-under-way = The test is under way …
test-support-title = Aftalebog { $version }: test of the connection { $date } at { $time }
test-no-address = Type the server’s address first.
test-name-unknown = There is no “{ $host }”. See whether the address is spelt correctly, and whether the PC has internet: open a web page in a browser.
test-refused = The machine “{ $host }” is there, but the booking server does not answer at port { $port }. Ring those who run the server: it may have stopped, or the port may be another one.
test-unreachable = Nobody answers at “{ $host }”. See whether the PC has internet. If other web pages work, ring those who run the server: it may be switched off, or a firewall may bar the way.
test-slow = “{ $host }” does not answer in time. The network is slow, or the server is busy. Try again in a moment.
test-certificate-none = Whoever answers at “{ $host }” does not encrypt. See whether the address is right, and ring those who run the server.
test-certificate-private = The server uses its own certificate, which the PC does not know yet: { $shown }. When you press “Connect”, you are to compare it with what the server shows.
test-certificate-changed = The server shows another certificate than the one you accepted. Accepted: { $kept }. Shown: { $shown }. Ring those who run the server, and ask whether it was changed.
test-certificate-untrusted = The certificate was issued by nobody whom the PC trusts. Ring those who run the server.
test-certificate-name = The certificate is for another name than “{ $host }”. See whether the address is spelt correctly.
test-certificate-expired = The certificate has run out, or the clock of this PC is ahead. Look at the clock first; otherwise ring those who run the server.
test-certificate-not-yet = The certificate is not valid yet, or the clock of this PC is behind. Look at the clock first; otherwise ring those who run the server.
test-certificate-kept = The certificate that you accepted cannot be read on this PC. Disconnect, and connect again with a new code.
test-certificate-no-trust = This PC’s own list of trusted certificates cannot be read. Ring those who look after the PC.
test-certificate-other = The certificate cannot be trusted. Ring those who run the server.
test-redirect = “{ $host }” sends on to another address, as a guest network does before one has logged in. Open a browser and log in to the network, or see whether the address is right.
test-page = A web page answers in the server’s place, such as the login page of a guest network. Open a browser and log in to the network, or see whether the address is right.
test-not-a-server = Something else than a booking server answers at “{ $host }”. See whether the address is right.
test-server-fault = The server has a fault. Try again in a moment, and ring those who run the server if it goes on.
test-too-old = The program is too old for this server. Update it.
test-server-too-old = The server (version { $version }) is too old for this program. Ask those who run it to update.
test-clock-ahead = The clock of this PC is { $difference } ahead of the server’s. Set the clock: otherwise messages and what you save get wrong times.
test-clock-behind = The clock of this PC is { $difference } behind the server’s. Set the clock: otherwise messages and what you save get wrong times.
test-clock-fixed = The server’s clock was set by hand for a demonstration.
test-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
test-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
test-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
test-not-paired = Type the code from the server, and press “Connect”.
test-token = The access key cannot be read on this PC. Disconnect, and connect again with a new code.
test-revoked = The server does not know this PC any more: it has been removed from the clinic. Disconnect, and connect again with a new code.
contacts-open = Contacts and faults
contacts-title = Contacts and faults
contacts-reading = Reading …
contacts-none = There has been nothing yet.
contacts-explained = When the connection came, and why it went. The newest is at the top.
contacts-copy = Copy
contacts-connected = Connected
contacts-other = Something else ({ $what })
contacts-not-paired = Not connected. { $why }
contacts-no-such-code = The code did not match, or it had expired or been used.
contacts-too-many-tries = Too many wrong codes.
contacts-another-gives = Another PC was sending the clinic’s records.
contacts-nothing-to-give = Neither the server nor the PC had the clinic’s records.
contacts-not-kept = The access key could not be kept.
contacts-refused = The server said no.
contacts-line = { $when }: { $what }
analytics-no-counts-yet = The server does not count visits yet. The counts come here when it does.
service-running-alone = Patients cannot book anywhere: the clinic is not connected to a booking server.
service-stopped-alone = Patients cannot book anywhere, not even when you start: the clinic is not connected to a booking server.
service-unknown = This PC was removed from the clinic at the booking server and does not know what patients can book. Connect it again under “Server settings”.
service-running-silent = The booking server has not heard from this PC since { $when }. If the clinic’s other PCs have no connection either, it keeps back times through { $date } until one of them has one again.
service-running-silent-for-days = The booking server has not heard from this PC since { $when }. If the clinic’s other PCs have no connection either, patients cannot book until one of them has one again.
service-not-known = It is not known whether online booking is active
service-starting = Online booking starts as soon as the server hears of it
service-stopping = Online booking stops as soon as the server hears of it
service-starting-means = Until then patients cannot book new times.
service-stopping-means = Until then patients can still book new times online.
service-not-sent = Patients see it when the change is sent.
service-to-server = Server settings

## Synchronising: status, conflicts, and what patients did

field-blank = blank
field-yes = yes
field-no = no
field-nobody = nobody
field-unknown = unknown
field-time-zone = Time zone
field-takes-new-patients = Active (takes new patients)
field-weekday = Weekday
field-deactivated = Deactivated
field-self-registered = Created themself
field-accepted = Accepted by the clinic
field-recall-year = Recall year
field-recall-week = Recall week
field-start = Time
field-origin = Booked by
field-origin-clinic = the clinic
field-status = Status
field-booked = Booked
field-overlap = Overlap
field-overlap-none = none
field-overlap-deliberate = deliberate
field-overlap-clash = with an appointment booked online
field-when = { $date } at { $time }
field-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
field-place = no. { $place }
sync-local = Saved locally
sync-local-means = Everything is saved on this PC. The clinic is not connected to a booking server.
sync-synchronised = Synchronised { $at }
sync-synchronised-means = Everything is sent, and everything is fetched.
sync-waiting = { $count ->
    [one] 1 change waiting
   *[other] { $count } changes waiting
}
sync-waiting-means = Everything is saved on this PC. What waits is sent in a moment.
sync-fetching = Fetching changes …
sync-fetching-means = Everything is saved on this PC. The program is fetching what the other PCs and the patients have changed.
sync-connecting = Connecting …
sync-connecting-means = Everything is saved on this PC. The program is about to connect to the booking server.
sync-offline = Offline since { $since }
sync-offline-means = Everything is saved on this PC and is sent by itself when there is a connection again. { $why }
sync-conflicts = { $count ->
    [one] Conflict
   *[other] { $count } conflicts
}
sync-conflicts-mean = { $count ->
    [one] You and somebody else have changed the same. Both values are kept, and you are to choose which one holds.
   *[other] You and others have changed the same. All values are kept, and you are to choose which ones hold.
}
sync-refused = { $count ->
    [one] Refused
   *[other] { $count } refused
}
sync-refused-means = { $count ->
    [one] The server could not take a change. It is kept here, and you are to choose what is to become of it.
   *[other] The server could not take { $count } changes. They are kept here, and you are to choose what is to become of them.
}
sync-and-offline = { $words }, offline
sync-and-offline-means = { $means } Offline since { $since }. { $why }
sync-not-saved = Cannot save
sync-not-filed-means = What comes from the booking server cannot be written on this PC. Make room on the disk, or close the program that has the clinic’s file open. Aftalebog tries again by itself.
sync-no-key = The key is missing
sync-no-key-means = Everything is saved on this PC, but nothing is sent or fetched, for the key to the booking server cannot be read. Unlock the PC’s vault for passwords. If that does not help, disconnect under “Server settings” and connect again with a new code.
sync-revoked = This PC was removed
sync-revoked-means = This PC has been removed from the clinic, by another PC or by those who run the server. Everything is still saved here, but nothing is sent or fetched until the PC is connected again under “Server settings”.
sync-too-old = Update the program
sync-too-old-means = The booking server is newer than this program. Everything is saved on this PC and is sent when the program is updated.
sync-hint = { $means } Press to see more.
sync-bar-news = News ({ $count })
sync-hint-news = { $count ->
    [one] 1 thing is new from the patients.
   *[other] { $count } things are new from the patients.
}
sync-title = Synchronising
sync-now = Synchronise now
sync-next-try = Next try
sync-test = Test the connection …
sync-to-settings = Server settings …
sync-bar-clashes = { $count ->
    [one] 1 double booking
   *[other] { $count } double bookings
}
sync-bar-clashes-mean = { $count ->
    [one] An appointment overlaps another. Both are kept, and you are to move or cancel one of them.
   *[other] Appointments overlap others. All are kept, and you are to move or cancel those that are too many.
}
notice-clash = Double booking: { $what } overlaps another appointment, { $place }
notice-clashes = { $count } new double bookings
sync-clashes = { $count ->
    [one] 1 appointment overlaps another
   *[other] { $count } appointments overlap others
}
news-heading = News from the patients
news-heading-count = News from the patients ({ $count })
news-none = Nothing new. What patients book, move and cancel online is shown here.
news-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
news-all-looked-at = Mark all as seen
news-show = Show
news-booked = { $patient } has booked { $when }
news-moved = { $patient } has moved their time to { $when }
news-cancelled = { $patient } has cancelled { $when }
news-registered = { $count ->
    [one] A new patient has registered
   *[other] { $count } new patients have registered
}
news-several = News from the patients: { $what }
news-count-booked = { $count ->
    [one] 1 booking
   *[other] { $count } bookings
}
news-count-moved = { $count ->
    [one] 1 move
   *[other] { $count } moves
}
news-count-cancelled = { $count ->
    [one] 1 cancellation
   *[other] { $count } cancellations
}
news-count-registered = { $count ->
    [one] 1 new patient
   *[other] { $count } new patients
}
news-somebody = A patient
news-arrived = came { $when }
news-mark-booked = New: booked online
news-mark-moved = New: moved online
news-mark-other = News from the patient
closing-last-title = Close Aftalebog on the clinic’s last PC?
closing-last = None of the clinic’s other PCs is open. When none is, the booking server cannot know what is agreed in the clinic. After { $hours } opening hours it therefore keeps times back from patients.
closing-sending = { $count ->
    [one] Sending 1 change …
   *[other] Sending { $count } changes …
}
closing-sending-why = The window closes as soon as the server has all of it.
closing-unsent = { $count ->
    [one] 1 change is not sent yet
   *[other] { $count } changes are not sent yet
}
closing-unsent-why = Everything is saved on this PC, and is sent the next time the program is open and has a connection. Until then the clinic’s other PCs and the patients do not see it.
closing-stay = Stay here
closing-anyway = Close anyway
sync-set-aside = { $count ->
    [one] 1 change to be decided
   *[other] { $count } changes to be decided
}
sync-decide = Decide …
sync-strip = { $title }: { $what }
sync-strip-decide = Decide … (F8)
decide-title-conflict = Conflict
decide-title-refused = Refused by the booking server
decide-place = { $place } of { $count }
decide-earlier = Previous
decide-next = Next
decide-made = Your change was saved on { $pc } { $when }.
decide-head-theirs = What is there now
decide-head-mine = Your change
decide-theirs = Keep theirs
decide-mine = Use mine
decide-all-theirs = Keep all of theirs
decide-all-mine = Use all of mine
decide-chosen = Save the choices
decide-later = Later
decide-later-means = Nothing is lost. Both values stay until you have chosen.
decide-whole = The whole of it
decide-appointment = The appointment
decide-deleted = Deleted
decide-they-deleted = Deleted by { $who }. You have changed it meanwhile.
decide-i-deleted = You want to delete it. Somebody else has changed it meanwhile.
decide-line-they-deleted = { $fields } · deleted meanwhile
decide-line-more = { $fields } and { $count } more
decide-line-they-changed = changed meanwhile: { $fields }
decide-by-patient = the patient
decide-by-server = the booking server
decide-by-this-pc = this PC
decide-saw = You saw: { $value }
decide-refused = The server could not take the change: { $why } Try again when what stood in the way is put right, or discard the change.
decide-refused-detail = The server could not take the change: { $why } Try again in a while. If it goes on, discard the change and call whoever runs the server (technical: { $detail }).
refused-at = { $why } It is about “{ $field }”.
refused-too-large = The change is too large to be sent at once. Discard it, and save it in smaller parts, such as several imports.
refused-exists = The server already has something else under the same number. Discard the change, and make it again.
refused-unknown = What you have changed was deleted meanwhile. Discard the change.
refused-outside-limits = The server does not take a value so large or so small. Discard the change, and type another.
refused-malformed = The server does not understand the change. See whether the program can be updated, and try again.
refused-dangling = The change refers to something that was deleted meanwhile. Discard it, and make it again without that.
refused-still-used = Somebody else has begun to use what you deleted. Remove it there and try again, or discard the deletion.
refused-only-one = The clinic has its own details at the server already, and there can be only one set of them. Discard the change.
refused-second-setup = Somebody else has set the same appointment type up for online booking meanwhile. Discard the change, and edit the one that is there.
refused-need-used = The need was used for another appointment meanwhile. Discard the change, and make the appointment without the need.
refused-practitioner-twice = The same practitioner is there twice. Discard the change, and make it again.
refused-practitioner-taken = The practitioner has another appointment at that time by now. Discard the change, and find another time.
refused-patient-taken = The patient has another appointment at that time by now. Discard the change, and find another time.
decide-refused-field = { $why } (“{ $field }”)
decide-again = Try again
decide-discard = Discard
decide-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
decide-group = Group
meanwhile-title = Changed meanwhile
meanwhile-why = It has changed since you saw it. Do you want to use yours instead?
meanwhile-why-delete = It has changed since you saw it. Do you want to delete it all the same?
meanwhile-mine = Use mine
meanwhile-kept = Not saved. What you have typed is still here. Close, and open again to see what the other one has saved.
meanwhile-delete = Delete all the same
meanwhile-many = { $count } have changed since the file was read. They are too many to look through, so nothing is imported. Read the file again: it is then compared with what is there now.
meanwhile-gone = Not saved. What was in the way is gone: try again.
elsewhere-changed = Changed by somebody else while you have it open. What you have typed is still here.
elsewhere-cancelled = The appointment was cancelled while you have it open.
elsewhere-deleted = Deleted by somebody else while you have it open.

## Restoring from a backup

restore-title = Restore the clinic
restore-fetch-title = Fetch from a backup
restore-explained = Choose a file from “Save backup”, or one of the copies on this PC. You see what is in it first.
restore-fetch-explained = Choose a file from “Save backup”, or drag it here. You see what is in it first.
restore-damaged-explained = Choose a file from “Save backup”, drag it here, or choose one of the copies on this PC. You see what is in it first.
restore-demo-explained = The demo clinic can only be restored from its own copies, so that it stays made up. Your own clinic is fetched when Aftalebog is started without the demo clinic.
restore-copies = Copies on this PC
restore-copies-reading = Reading the copies …
restore-copies-none = There are no copies yet. The first one is made by itself.
restore-damaged-copies-none = There are no copies on this PC.
restore-copy-daily = daily copy
restore-copy-asked = extra copy
restore-copy-migration = before a new version
restore-copy-import = before a restore
restore-copy-pairing = before connecting to the server
restore-copy-content = { $practitioners ->
    [one] 1 practitioner
   *[other] { $practitioners } practitioners
} · { $patients ->
    [one] 1 patient
   *[other] { $patients } patients
} · { $appointments ->
    [one] 1 appointment
   *[other] { $appointments } appointments
}
restore-copy-newer = from a newer version
restore-copy-unreadable = cannot be read
restore-show = Look at the copy
restore-reading = Reading the copy …
restore-another = Choose another
restore-take = Restore
restore-fetch = Fetch
restore-at = { $date } at { $time }
restore-in-copy = In the copy
restore-here = On this PC now
restore-clinic = Clinic
restore-made = Time
restore-made-unknown = The file does not say
restore-now = today at { $time }
restore-appointment-types = Appointment types
restore-types-count = { $count }{ $online ->
    [0] {""}
   *[other] {" "}· { $online } for online booking
}
restore-practitioners = Practitioners
restore-practitioners-count = { $count }{ $groups ->
    [0] {""}
    [one] {" "}· 1 group
   *[other] {" "}· { $groups } groups
}
restore-closures = Closed days, absence
restore-closures-count = { $count ->
    [one] 1 period
   *[other] { $count } periods
}
restore-patients = Patients
restore-needs = Needs
restore-appointments = Appointments
restore-appointments-count = { $count }{ $blocks ->
    [0] {""}
    [one] {" "}· 1 blocked time
   *[other] {" "}· { $blocks } blocked times
}
restore-another-clinic = The copy is of another clinic: { $clinic }.
restore-lost = Everything that was changed on this PC after the copy is lost: appointments, patients, needs and settings.
restore-typed = What is typed in the window behind and not saved is lost too.
restore-copy-first = First the clinic as it is now is copied. “Undo” does not take a restore back, but the copy can be fetched in the same way: it will stand first under “Restore …”.
restore-fetch-server = If the clinic has a booking server, press “Connect to booking server” on the first page instead. Otherwise this PC gets a book of its own.
restore-set-aside = The file that cannot be read is kept under another name.
restore-nothing-there = The clinic’s file is not there, so nothing is overwritten.
restore-damaged-server = If this PC was connected to a booking server, this copy ends the connection: the PC gets a book of its own. In that case, first ask whoever looks after the server.
restore-paired = This PC is connected to a booking server, and the server has everything the clinic has saved. A copy fetched here would either cut the PC off from the others or overwrite what they have saved. So the clinic cannot be restored here.
restore-paired-ways = The latest change is taken back with “Undo”. If the whole clinic is to go back to an earlier day, whoever looks after the server does it with “booking-server restore”. If this PC is to have a book of its own, first end the connection under “Server settings”.
restore-read-only = The clinic’s file was made by a newer Aftalebog and can only be read here. Update the program before the clinic is restored.
restore-own = That is the clinic’s own file, which is open. Choose a copy of it.
restore-in-use = The file is open in another program. Close it and try again.
restore-full = The disk is full, so the copy cannot be read. Make room and try again. Nothing has changed.
restore-unreadable = The copy is damaged or not from Aftalebog. Choose another. Nothing has changed (technical: { $detail }).
restore-stopped = It was stopped. Nothing has changed.
# Each is a sentence: those that apply follow one another.
restore-fetched = The clinic has been fetched from a backup.
restore-done = The clinic is restored.
restore-from = The copy was from: { $made }.
restore-since = What was written since must be written again.
restore-since-paired = What was written since comes back from the booking server by itself: wait until the PC is synchronised, and write again only what is missing then.
restore-aside = The damaged file is kept under another name.
restore-before = What stood here before stands first under “Restore …”.

## Help, About and a new version

help-title = Help
help-search = Search the help
help-nothing = No topic has “{ $typed }” in it. Try another word.
help-see-also = Read also
about-title = About Aftalebog
about-version = Aftalebog { $version }
about-what = The clinic’s appointment book, and what patients can book online.
about-data = The clinic’s file
about-copies = Backups
about-server = Booking server
about-server-version = { $address } (version { $version })
about-system = System
about-licence = Aftalebog may be used under MIT or Apache-2.0, as you choose.
about-fonts = The typeface is Inter (SIL Open Font License), and the icons are Lucide (ISC).
about-open = Open the folder
about-copy-path = Copy the path
about-copy = Copy the details
about-no-folder = The folder does not exist yet.
about-not-opened = The folder cannot be opened from here. Its path has been copied: paste it where you usually open folders.
licences-title = Licences
licences-explained = Aftalebog is built of these { $count } parts.
new-version-title = There is a new version
new-version-which = Aftalebog { $version }
new-version-get = Get the new version
new-version-away = Hide
new-version-away-hint = Hide the message until there is yet another version
new-version-ask = Ask those who run the booking server where to get it.
new-version-no-browser = The browser cannot be opened from here. The address has been copied: { $page }
