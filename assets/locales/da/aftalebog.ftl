### Every word for people, in Danish: the source of the other languages.

## Datoer og tal

weekday = { $day ->
    [1] mandag
    [2] tirsdag
    [3] onsdag
    [4] torsdag
    [5] fredag
    [6] lørdag
   *[7] søndag
}
weekday-short = { $day ->
    [1] man.
    [2] tirs.
    [3] ons.
    [4] tors.
    [5] fre.
    [6] lør.
   *[7] søn.
}
weekday-letters = { $day ->
    [1] ma
    [2] ti
    [3] on
    [4] to
    [5] fr
    [6] lø
   *[7] sø
}
month = { $month ->
    [1] januar
    [2] februar
    [3] marts
    [4] april
    [5] maj
    [6] juni
    [7] juli
    [8] august
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
month-short = { $month ->
    [1] jan.
    [2] feb.
    [3] mar.
    [4] apr.
    [5] maj
    [6] jun.
    [7] jul.
    [8] aug.
    [9] sep.
    [10] okt.
    [11] nov.
   *[12] dec.
}
date = { $day }. { $month } { $year }
date-weekday = { $weekday } { $day }. { $month }
date-weekday-year = { $weekday } { $day }. { $month } { $year }
date-short = { $weekday } { $day }. { $month }
month-year = { $month } { $year }
week = uge { $week }

## Aftalebogen

book-title = Aftalebog
book-today = I dag
book-day-earlier = Forrige dag
book-day-later = Næste dag
book-month-earlier = Forrige måned
book-month-later = Næste måned
book-settings = Indstillinger
book-heading = { $date } · { $week }
book-time-mark = .
book-minutes = min.
book-closed = Lukket
book-closed-because = Lukket · { $reason }
book-absent = Fraværende
book-absent-because = Fraværende · { $reason }
book-nobody-works = Ingen arbejder denne dag
book-no-practitioners = Her er ingen behandlere endnu. Opret dem under Indstillinger.
book-block = Optaget
book-no-patient = Uden patient
book-online = Booket online
book-clash = Overlapper en aftale, som er booket online. Flyt en af dem.
book-day-not-read = Dagens aftaler kunne ikke hentes.
book-needs-not-read = Aftalebehov kunne ikke hentes.
book-retry = Prøv igen
book-needs = Aftalebehov
book-needs-none = Ingen åbne behov
book-need-week = uge { $week }/{ $year }
book-need-overdue = overskredet
book-holiday = { $holiday ->
    [new-years-day] Nytårsdag
    [maundy-thursday] Skærtorsdag
    [good-friday] Langfredag
    [easter-sunday] Påskedag
    [easter-monday] 2. påskedag
    [great-prayer-day] Store bededag
    [ascension-day] Kristi himmelfartsdag
    [whit-sunday] Pinsedag
    [whit-monday] 2. pinsedag
    [christmas-day] 1. juledag
   *[second-christmas-day] 2. juledag
}
