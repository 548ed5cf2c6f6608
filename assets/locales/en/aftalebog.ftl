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
month-year = { $month } { $year }
week = week { $week }

## The appointment book

book-title = Appointment book
book-today = Today
book-day-earlier = Previous day
book-day-later = Next day
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
book-no-practitioners = There are no practitioners yet. Add them under Settings.
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
