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
date-example = dd-mm-åååå
month-year = { $month } { $year }
week = uge { $week }
near-today = i dag ({ $date })
near-tomorrow = i morgen ({ $date })
near-day-after = i overmorgen ({ $date })
today = i dag
tomorrow = i morgen
day-after-tomorrow = i overmorgen
time = { $hour }.{ $minute }
and-so-on = { $times } …

## Fælles knapper og ord

ok = OK
cancel = Annuller
close = Luk
delete = Slet
saving = Gemmer …
move-up = Flyt op
move-down = Flyt ned
key-insert = Insert
key-delete = Delete
key-alt-up = Alt+Pil op
key-alt-down = Alt+Pil ned
not-connected = Ikke forbundet
unit-minutes = minutter
unit-days = dag(e)
unit-days-before = dag(e) før aftalen
unit-days-after-today = dag(e) efter dags dato
discard-title = Kassér ændringerne?
discard-explanation = Det, du har ændret her, er ikke gemt endnu.
discard-keep = Fortsæt redigering
discard-lose = Kassér

## Når noget er skrevet forkert

number-not-whole = Skriv et helt tal fra { $min } til { $max }, eller lad feltet være tomt.
number-outside = Skriv et tal fra { $min } til { $max }, eller lad feltet være tomt.
line-missing = Feltet skal udfyldes.
line-too-long = Højst { $max } tegn – der er skrevet { $length }.
line-invisible = Der er et usynligt tegn i teksten. Slet teksten, og skriv den igen.

## Når noget ikke kan gemmes

save-disk-full = Kan ikke gemme: disken er fuld. Dine ændringer står stadig her. Frigør plads, og prøv igen.
save-in-use = Kan ikke gemme lige nu: filen er i brug af et andet program. Dine ændringer står stadig her. Prøv igen om lidt.
save-read-only = Kan ikke gemme: filen kan kun læses. Dine ændringer står stadig her.
save-changed-since = Kan ikke fortrydes: Det er blevet ændret siden.
save-not-undoable = Ændringen kan ikke fortrydes.
save-damaged = Kan ikke gemme: filen er beskadiget. Dine ændringer står stadig her. Luk programmet, og start det igen for at hente en sikkerhedskopi.
save-closed = Kan ikke gemme: filen er lukket. Luk programmet, og start det igen.
save-io = Kan ikke gemme lige nu. Dine ændringer står stadig her. Prøv igen (teknisk: { $detail }).
refusal-taken = behandleren eller patienten har allerede en aftale på det tidspunkt.
refusal-need-used = behovet er allerede brugt til en anden aftale.
refusal-dangling = den henviser til noget, der ikke findes mere.
refusal-limits = en værdi er uden for sine grænser.
refusal-other = oplysningerne passer ikke sammen.
save-still-used = Kan ikke gemme: det bliver stadig brugt andre steder.
save-second-setup = Kan ikke gemme: aftaletypen er allerede sat op til online booking.
save-refused = Kan ikke gemme: { $detail }

## Indstillinger

settings-title = Indstillinger
tab-online-booking = Online booking
tab-practitioners = Behandlere
tab-appointment-types = Aftaletyper
tab-working-hours = Arbejdstider
tab-closed-days = Lukkedage
service-active = Aktiv
service-inactive = Inaktiv
types-heading = Aftaletyper
types-new = Ny
types-new-hint = Ny aftaletype (Insert)
types-edit = Rediger
types-edit-hint = Rediger den valgte aftaletype (F2)
types-delete = Slet
types-delete-hint = Slet den valgte aftaletype (Delete)
types-empty = Ingen aftaletyper kan bookes online endnu. Højreklik her, eller tryk på «Ny».
menu-new = Ny aftaletype …
menu-edit = Rediger …
menu-duplicate = Dupliker …
menu-delete = Slet …
undo = Fortryd «{ $what }»
undo-hint = Tag den seneste ændring tilbage (Ctrl+Z)
undo-type-changed = { $code } ændret
undo-type-created = { $code } oprettet
undo-type-deleted = { $code } slettet
undo-restored = { $what } gendannet
undo-type-unknown = aftaletypen
undo-order = rækkefølgen ændret
undo-clinic = Klinik indstillinger ændret
undo-analytics = Analytics indstillinger ændret
undo-server = Server indstillinger ændret
undo-started = online booking startet
undo-stopped = online booking stoppet
undo-other = seneste ændring
delete-title = Slet { $code } fra online booking?
delete-explanation = Patienterne kan derefter ikke booke «{ $alias }» online. Aftaler, der er booket, bliver i aftalebogen, og selve aftaletypen slettes ikke.
delete-needs-unread = Aftalebehovene er ikke hentet, så det vides ikke, om patienter mangler at booke typen.
delete-needs = { $count ->
    [one] 1 åbent behov kan kun bookes ved at ringe til klinikken.
   *[other] { $count } åbne behov kan kun bookes ved at ringe til klinikken.
}

## Ting at se på

findings-none = Ingen advarsler
findings-needs-unread = Aftalebehovene er ikke hentet, så de er ikke set igennem.
findings-one = 1 ting at se på: { $finding }
findings-count = { $count } ting at se på
findings-before-start = { $count ->
    [one] 1 ting at se på, før booking startes
   *[other] { $count } ting at se på, før booking startes
}
findings-not-ready = Ikke klar endnu: { $finding }
findings-show = Vis
findings-show-all = Vis alle
findings-hide = Skjul
finding-nobody-registered = Ingen behandler er tilmeldt, så patienterne kan ikke booke noget.
finding-no-type-set-up = Ingen aftaletype er sat op til online booking, så patienterne har intet at booke. Sæt den første op.
finding-no-types = Klinikken har ingen aftaletyper, så patienterne har intet at booke. Opret den første.
finding-all-types-deactivated = Alle aftaletyper er deaktiveret, så patienterne har intet at booke. Genaktivér en, eller opret en ny.
finding-phone-missing = Klinikkens telefonnummer mangler, så patienter, der skal ringe, kan ikke se hvortil.
finding-no-telephone = Patienter, der skal ringe, læser «{ $phone }». Skriv kun nummeret, med mindst { $digits } cifre.
finding-no-email = Klinikkens e-mail er skrevet som «{ $email }», og det er ikke en e-mailadresse.
finding-same-alias = { $other } og { $code } hedder begge «{ $alias }» for patienterne. Den, der kan booke dem begge, kan ikke se forskel.
finding-same-alias-refused = { $other } og { $code } hedder begge «{ $alias }», og begge kan bookes uden behov. Patienterne kan ikke kende forskel på dem.
finding-spacing-rounded = { $code }: På en ledig dag får patienterne tider hver { $works } min., ikke hver { $setting }, fordi aftalebogens tidsperiode er { $raster } min.
finding-needs-out-of-reach = { $count ->
    [one] { $code }: Det ene åbne behov kan ikke bookes. Patienten kan tidligst få en tid { $date }, og da er behovet udløbet.
   *[other] { $code }: Ingen af de { $count } åbne behov kan bookes. Patienterne kan tidligst få en tid { $date }, og da er behovene udløbet.
}
finding-cannot-be-changed = { $change ->
    [cancel] { $code }: Patienterne kan booke en tid { $date }, men ikke melde afbud til den online.
    [move] { $code }: Patienterne kan booke en tid { $date }, men ikke flytte den online.
   *[both] { $code }: Patienterne kan booke en tid { $date }, men hverken melde afbud til den eller flytte den online.
}
finding-nobody-ticked = { $code }: Ingen kan booke typen, for der er ikke sat flueben ud for nogen behandler.
finding-ticked-not-registered = { $count ->
    [one] { $code }: Ingen kan booke typen, for { $initials }, som har flueben, er ikke tilmeldt.
   *[other] { $code }: Ingen kan booke typen, for ingen af de behandlere, der har flueben, er tilmeldt.
}
finding-needs-on-unregistered = { $count ->
    [one] 1 behov peger på { $initials }, som ikke er tilmeldt. Patienten får ingen tider.
   *[other] { $count } behov peger på { $initials }, som ikke er tilmeldt. Patienterne får ingen tider.
}
finding-needs-on-unknown = { $count ->
    [one] 1 behov peger på en behandler, som ikke findes i aftalebogen. Patienten får ingen tider.
   *[other] { $count } behov peger på behandlere, som ikke findes i aftalebogen. Patienterne får ingen tider.
}
finding-no-working-hours = { $initials } er tilmeldt, men har ingen arbejdstid fra i dag og frem. Patienterne får ingen tider hos { $initials }.

## Aktiv / Start

service-title = Online booking
service-running = Online booking er aktiv
service-stopped = Online booking er stoppet
service-running-means = Patienterne kan booke de tider, indstillingerne tillader.
service-stopped-means = Patienterne kan ikke booke nye tider, men de kan stadig flytte og melde afbud til de aftaler, de har. De læser «{ $words }» og telefonnummeret { $phone }. Indstillingerne bliver bevaret.
service-stopped-no-phone = Patienterne kan ikke booke nye tider, men de kan stadig flytte og melde afbud til de aftaler, de har. På bookingsiden står «{ $words }». Klinikkens telefonnummer mangler: skriv det i Klinik indstillinger, så patienterne kan ringe. Indstillingerne bliver bevaret.
service-start = Start
service-stop = Stop
service-connection = Forbindelse
service-last-contact = Seneste kontakt
service-never = Aldrig
service-waiting = Venter på at blive sendt
service-waiting-changes = { $count ->
    [0] Ingen ændringer
    [one] 1 ændring
   *[other] { $count } ændringer
}

## Aftaletype

type-title = Aftaletype: { $code }
type-title-new = Ny aftaletype til online booking
type-appointment-type = Aftaletype
type-choose = Vælg en aftaletype
type-search = Søg efter kode eller navn
type-search-nothing = Ingen aftaletype passer til søgningen.
type-already-set-up = allerede sat op
type-opened = { $code } er allerede sat op. Det er dens opsætning, du ser her.
type-begun = { $code } er ikke sat op endnu. Det er en ny opsætning.
type-leaving-opened = { $code } er allerede sat op, og dens opsætning bliver åbnet. Det, du har ændret her, er ikke gemt endnu.
type-leaving-begun = Der bliver åbnet en ny opsætning til { $code }. Det, du har ændret her, er ikke gemt endnu.
type-missing = Vælg den aftaletype, patienterne skal kunne booke.
type-alias = Online alias
type-alias-means = Det navn, patienten ser.
type-alias-missing = Skriv det navn, patienten skal se.
type-alias-same = { $code } har samme alias.
type-alias-refused = { $code } har samme alias, og begge kan bookes uden behov. Patienten kan ikke kende forskel på dem. Skriv et andet navn.
type-spacing = Minimum tid mellem foreslåede tider
type-need-driven = Oprettelse/behandlere styres af behov
type-choose-practitioner = Vælg behandler – selvom type styres af behov
type-choose-no = Patienten får tider hos den behandler, behovet peger på.
type-choose-yes = Patienten får tider hos alle tilmeldte behandlere; ved samme klokkeslæt står behovets egen behandler først.
type-choose-without-need = Patienten vælger selv mellem behandlerne i listen nederst.
type-after = Max dage EFTER indkaldeuge
type-before = Max dage FØR indkaldeuge
type-earliest = Booking muligt
type-cancel = Afbud muligt
type-move = Flytning muligt indtil
type-without-need = Kan oprettes uden behov på følgende behandlere
type-asleep = Bruges ikke, så længe typen styres af behov. Fluebenene bliver husket.
type-row-active = Aktiv
type-row-practitioner = Behandler
type-row-minutes = Minutter
type-row-not-registered = ikke tilmeldt
type-minutes-standard = tomt: { $minutes } min. som standard
type-no-practitioners = Der er ingen behandlere endnu.
type-wakes-need-driven = Bruges kun, når «Oprettelse/behandlere styres af behov» har flueben.
type-wakes-without-need = Bruges kun, når «Oprettelse/behandlere styres af behov» ikke har flueben.

## Hvad tallene betyder i dag

spacing-all = Alle ledige tider. En ledig dag fra { $eight }: { $times }
spacing-every = En ledig dag fra { $eight }: { $times }
spacing-rounded = Virker som { $minutes } min., fordi aftalebogens tidsperiode er { $raster } min.: { $times }
spacing-all-short = alle ledige tider
spacing-every-short = hver { $minutes } min.
earliest = Tidligst: { $date }
earliest-today = Tidligst: { $date }, senere end lige nu
earliest-short-today = samme dag
earliest-short = tidligst { $date }
deadline-until-start = Indtil aftalen begynder.
deadline-through = Senest: { $last } for en aftale { $appointment }
recall-no-limit = Ingen grænse.
recall-last = Uge { $week }: til og med { $date }
recall-first = Uge { $week }: fra og med { $date }
recall-first-none = Ingen grænse: behovet kan bruges, så snart det er oprettet.
who-needs-practitioner = Kun patienter med et åbent behov af denne type kan booke, og behovet bestemmer minutterne.
who-everyone = Alle patienter kan booke hos { $initials }.
who-none-ticked = Ingen kan booke typen: sæt flueben ud for en behandler nederst.
who-none-registered = Ingen kan booke typen: ingen af behandlerne er tilmeldt i Klinik indstillinger.
who-short-need = styres af behov
who-short-choose = styres af behov, valgfri behandler
who-short-nobody = kan ikke bookes

## Klinik indstillinger

clinic-settings = Klinik indstillinger
clinic-ticks-explained = «Tilmeldt»: er med i online booking. «Aktiv»: tager imod nye patienter.
clinic-practitioner = Behandler
clinic-registered = Tilmeldt
clinic-takes-new = Aktiv
clinic-takes-new-asleep = Bruges kun, når behandleren er tilmeldt.
clinic-order = Rækkefølge
clinic-order-means = Patienterne ser behandlerne i denne rækkefølge: { $initials }
clinic-nobody-registered = Ingen behandler er tilmeldt: patienterne får ingen tider.
clinic-new-patients-mean = Nye patienter kan booke hos { $initials }
clinic-no-new-patients = Ingen behandler tager imod nye patienter.
clinic-no-practitioners = Der er ingen behandlere endnu.
clinic-shown-to-patients = Det ser patienterne
clinic-name = Klinikkens navn
clinic-name-missing = Skriv klinikkens navn.
clinic-address = Adresse
clinic-phone = Telefon
clinic-phone-refused = Skriv kun nummeret, med mindst { $digits } cifre, fx +45 00 00 00 00, eller lad feltet være tomt.
clinic-email = E-mail
clinic-email-refused = Skriv adressen som navn@eksempel.dk, eller lad feltet være tomt.
clinic-greeting = Hilsen på bookingsiden
clinic-closed-text = Tekst, når booking er stoppet

## Server indstillinger

server-settings = Server indstillinger
server-self-registration = Tillad selvoprettelse
server-self-registration-off = Kun patienter, klinikken kender i forvejen, kan logge ind og booke.
server-self-registration-on = Nye patienter kan oprette sig selv og booke: { $aliases }
server-self-registration-nothing = Nye patienter kan oprette sig selv, men der er ingen type, de kan booke.
server-heading = Bookingserver
server-state = Forbindelse
server-address = Serverens adresse
server-address-means = Begynder med https://
server-address-not-encrypted = Skal begynde med https://, så forbindelsen er krypteret.
server-address-no-host = Servernavnet mangler, eller der er tegn i adressen, som ikke hører til. Skriv fx https://booking.klinikken.dk.

## Analytics indstillinger

analytics-settings = Analytics indstillinger
analytics-enabled = Tæl besøg på bookingsiden
analytics-explained = Tæller besøg, login, «ingen ledige tider», bookinger, afbud og flytninger. Uden cookies, uden navne og uden at røbe, hvad der bookes.
analytics-own = Klinikkens egen webstatistik
analytics-id = Målings-id
analytics-id-blank = Tomt: Bookingsiden bruger ingen webstatistik udefra.
analytics-id-means = Hentes først, når patienten har sagt ja.
analytics-id-refused = Et målings-id er { $min } til { $max } bogstaver, tal og bindestreger, fx G-AB12CD34EF.
analytics-id-asleep = Bruges kun, når «Tæl besøg på bookingsiden» har flueben.
analytics-counts = Besøgstal
analytics-no-counts = Ikke forbundet. Besøgstallene kommer her, når klinikken er forbundet med en bookingserver.

## Aftalebogen

book-title = Aftalebog
book-today = I dag
book-day-earlier = Forrige dag (Ctrl+Pil venstre)
book-day-later = Næste dag (Ctrl+Pil højre)
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
book-nobody-works = Ingen på arbejde denne dag
book-no-practitioners = Her er ingen behandlere endnu.
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

## Vinduet

opening = Åbner klinikkens fil …
window-title = Aftalebog – { $clinic }
notice-demo = Demoklinik. Alle navne og aftaler er opdigtet, og intet når ud til patienter.
notice-demo-connected = Demoklinik, forbundet med en bookingserver. Alle navne er opdigtede.
notice-clock = Uret er sat til { $date } kl. { $time } og står stille.
notice-read-only = Filen er lavet af en nyere version af Aftalebog og kan kun læses her. Opdatér programmet for at ændre noget.
notice-not-backed-up = Dagens sikkerhedskopi kunne ikke laves: { $why }.
notice-not-read = Klinikkens fil kan ikke læses lige nu: { $why }. Det, du ser, er fra før, og intet er gået tabt.
notice-not-read-detail = Til dem, der hjælper: { $detail }
not-read-in-use = et andet program bruger den
not-read-full = disken er fuld
not-read-denied = pc’en giver ikke adgang til den
not-read-damaged = noget af den er beskadiget
not-read-io = disken svarer ikke
demo-again = Begynd forfra
demo-again-title = Begynd forfra med demoklinikken?
demo-again-why = Alt, hvad du har ændret i demoklinikken, bliver erstattet. Der bliver gemt en sikkerhedskopi.
demo-again-why-connected = Alt, hvad du har ændret i demoklinikken, bliver erstattet. Der bliver gemt en sikkerhedskopi. Forbindelsen til bookingserveren afbrydes.
quit-title = Luk uden at gemme?
quit-lose = Kassér og luk

## Velkommen

welcome-title = Velkommen til Aftalebog
welcome-explanation = Klinikkens aftalebog. Her bestemmer I også, hvilke tider patienterne kan booke online.
welcome-demo = Prøv med demoklinikken
welcome-demo-why = En opdigtet klinik med behandlere, aftaler og patienter. Du kan ikke ødelægge noget.
welcome-connect = Forbind til bookingserver
welcome-connect-why = Klinikken findes allerede på en anden pc: hent den fra jeres bookingserver.
welcome-fetch = Hent fra en sikkerhedskopi …
welcome-fetch-why = En fil fra «Gem sikkerhedskopi», fx fra klinikkens gamle pc.
fetch-heading = Hvilken fil skal hentes?
fetch-busy = Henter …
fetch-path = Fil
fetch-browse = Gennemse …
fetch-path-missing = Skriv, hvor filen ligger, eller tryk på «Gennemse …».
snapshot-missing = Filen findes ikke. Kontrollér, at placeringen er skrevet rigtigt.
snapshot-io = Filen kan ikke læses (teknisk: { $detail }).
snapshot-malformed = Filen er ikke en sikkerhedskopi fra Aftalebog, eller der mangler noget i den. Vælg en anden. Intet er ændret (teknisk: { $detail }).
snapshot-newer = Kopien er lavet af en nyere version af Aftalebog. Opdatér programmet på denne pc, og prøv igen. Intet er ændret.
snapshot-incomplete = Filen mangler oplysninger om klinikken og kan ikke hentes.
snapshot-refused = Filen kan ikke hentes: { $reason } (teknisk: { $record }).
replace-paired = Denne pc er forbundet med en bookingserver, og serveren har alt, hvad klinikken har gemt. Afbryd først forbindelsen under «Server indstillinger». Intet er ændret.

## Når filen ikke kan åbnes

problem-file = Fil:
problem-quit = Luk programmet
problem-retry = Prøv igen
problem-fetch = Vælg en kopi …
problem-restore = Hent sikkerhedskopien
problem-searching = Leder efter den seneste gode sikkerhedskopi …
problem-restoring = Henter sikkerhedskopien …
problem-no-backup = Der er ingen sikkerhedskopi på denne pc, der kan læses. Filen bliver liggende, som den er. Har I gemt en kopi et andet sted, så hent den med «Vælg en kopi …». Kontakt ellers jeres it-ansvarlige.
problem-no-backup-demo = Der er ingen sikkerhedskopi på denne pc, der kan læses. Flyt eller omdøb filen, og tryk «Prøv igen», så bliver demoklinikken lavet på ny.
problem-backup = Den seneste gode sikkerhedskopi er fra { $made }. Den beskadigede fil bliver gemt under et andet navn.
problem-backup-missing = Den seneste gode sikkerhedskopi er fra { $made }. Er filen kun flyttet, så læg den hellere tilbage, og tryk «Prøv igen».
open-missing = Filen findes ikke
open-missing-why = Klinikkens fil er ikke, hvor den plejer at være. Måske er den flyttet eller slettet.
open-exists = Filen findes allerede
open-exists-why = Der er allerede en klinik på denne pc, og den bliver ikke overskrevet.
open-in-use = Aftalebog er allerede åben
open-in-use-why = Et andet vindue på denne pc har klinikkens fil åben. Brug det vindue, eller luk det, og prøv igen.
open-damaged = Klinikkens fil er beskadiget
damage-empty = Filen er tom. Den er ikke ændret.
damage-not-a-database = Det, der ligger i filen, er ikke en Aftalebog-fil. Den er ikke ændret.
damage-other-program = Filen hører til et andet program. Den er ikke ændret.
damage-malformed = Noget af filen kan ikke læses. Den er ikke ændret.
damage-incomplete = Filen mangler oplysninger om klinikken. Den er ikke ændret.
open-denied = Ingen adgang til klinikkens fil
open-denied-why = Din bruger på pc’en må ikke læse og skrive { $path }. Bed jeres it-ansvarlige om adgang, og prøv igen.
open-full = Disken er fuld
open-full-why = Der er ikke plads til at åbne filen. Frigør plads, og prøv igen. Intet er gået tabt.
open-unsuitable = Mappen kan ikke bruges
folder-network = { $path } ligger på et netværksdrev. Klinikkens fil skal ligge på pc’ens egen disk, ellers kan den blive ødelagt.
folder-synchronised = { $path } bliver synkroniseret af { $service }. Klinikkens fil skal ligge i en mappe, der ikke synkroniseres, ellers kan den blive ødelagt.
open-migration = Filen kunne ikke opdateres
open-migration-why = Filen er, som den var, og der ligger en kopi i { $copy } (teknisk: { $reason }).
open-refused = Filen kan ikke hentes
open-io = Klinikkens fil kan ikke åbnes
open-io-why = Intet er ændret. Prøv igen (teknisk: { $detail }).

## Kommandolinjen

cli-no-folder = Din bruger på pc’en har ingen mappe til data. Angiv en med --data MAPPE.
cli-unreadable = Kommandolinjen kan ikke forstås: «{ $what }». Skriv aftalebog --help for at se, hvad der er at vælge mellem.
cli-no-display = Der er ingen skærm at vise vinduet på: hverken DISPLAY eller WAYLAND_DISPLAY er sat.
export-exists = { $file } findes allerede og bliver ikke overskrevet. Vælg et andet navn.
export-failed = { $file } kan ikke skrives: { $detail }
export-done = { $count } poster er skrevet til { $file }.
backup-done = Klinikken er kopieret til { $copy }
backup-nothing = Der er ingen klinik at kopiere: { $file } findes ikke. Er det en planlagt opgave, så lad den køre som den bruger, der åbner Aftalebog.
backup-failed = Kopien kunne ikke laves (teknisk: { $detail }).
import-done = Klinikken er hentet ind i { $file }.
import-replaced = Klinikken er erstattet. Den gamle er gemt i { $copy }.
import-declined = Intet er ændret.
import-ask = Erstat «{ $clinic }»? Den nuværende klinik gemmes som sikkerhedskopi. (ja/nej)
import-ask-yes = Der er allerede en klinik her. Tilføj --yes for at erstatte den; der bliver gemt en sikkerhedskopi.
import-ask-paired = Erstat «{ $clinic }»? Den nuværende klinik gemmes som sikkerhedskopi, og forbindelsen til bookingserveren på { $address } ophører. (ja/nej)
import-ask-yes-paired = Der er allerede en klinik her, og den er forbundet til bookingserveren på { $address }. Tilføj --yes for at erstatte den; der bliver gemt en sikkerhedskopi, og forbindelsen ophører.
import-replaced-unpaired = Klinikken er erstattet. Den gamle er gemt i { $copy }. Pc’en er ikke længere forbundet til bookingserveren på { $address }. Forbinder du den igen under «Server indstillinger», hentes serverens klinik i stedet for denne.

# Hvorfor en tid ikke bliver tilbudt
why-the-practitioner = Behandleren
why-an-unknown-practitioner = en behandler, der ikke findes i klinikken
why-service-stopped = Online booking er stoppet, så ingen patienter kan booke.
why-type-not-set-up = Aftaletypen er ikke sat op til online booking.
why-no-practitioner = Typen styres ikke af behov, og ingen behandler har flueben i «Kan oprettes uden behov på følgende behandlere».
why-no-need = Typen styres af behov, og patienten har intet åbent behov af den.
why-need-expired = Indkaldelsen er udløbet: behovet kunne bruges til og med { $date }.
why-withheld = Klinikkens pc’er har ikke haft forbindelse til bookingserveren. Indtil de får det, bliver tiderne holdt tilbage.
why-withheld-through = Klinikkens pc’er har ikke haft forbindelse til bookingserveren. Indtil de får det, bliver tider til og med { $date } holdt tilbage.
why-other-practitioner = Behovet er hos { $who }, og patienten kan ikke vælge en anden behandler.
why-not-ticked = { $who } har ikke flueben i «Kan oprettes uden behov på følgende behandlere».
why-not-registered = { $who } er ikke tilmeldt online booking.
why-nobody-registered = Ingen af de behandlere, typen kan bookes hos, er tilmeldt online booking.
why-takes-no-new = { $who } tager ikke imod nye patienter.
why-nobody-takes-new = Ingen af de tilmeldte behandlere, typen kan bookes hos, tager imod nye patienter.
why-past = Tidspunktet er passeret.
why-before-earliest = Typen kan tidligst bookes til { $date }.
why-need-not-yet-open = Behovet kan først bruges fra { $date }.
why-after-last = Behovet kan kun bruges til og med { $date }.
why-outside-hours = { $who } arbejder ikke på det tidspunkt.
why-day-outside-hours = { $who } arbejder ikke { $date }.
why-between-steps = { $who } begynder kl. { $time }, og arbejdstiden er inddelt i trin på { $raster } minutter. Ingen tid kan begynde ind imellem.
why-unreadable = En post i klinikkens data kan ikke læses ({ $record }), så tiderne kan ikke regnes ud.
why-taken = { $who } er optaget til kl. { $time }.
why-taken-patient = Patienten har selv en anden aftale, som varer til kl. { $time }.
why-does-not-fit-work = Der er ikke plads til { $minutes } minutter, før { $who } holder pause eller slutter kl. { $time }.
why-does-not-fit-appointment = Der er ikke plads til { $minutes } minutter: { $who } er optaget fra kl. { $time }.
why-does-not-fit-patient = Der er ikke plads til { $minutes } minutter: Patienten har selv en anden aftale fra kl. { $time }.
why-too-close = Tiden er ledig, men ligger mindre end { $minutes } minutter efter den foreslåede tid kl. { $time }.

# aftalebog explain
explain-now = Regnet ud { $date } kl. { $time }
explain-need = Behov: uge { $week }/{ $year } hos { $who }, { $minutes } minutter
explain-last = Senest: { $date }
explain-none = ingen tider
explain-unreadable =
    { $count ->
        [one] 1 post kan ikke læses:
       *[other] { $count } poster kan ikke læses:
    }
explain-unknown-format = Filens format er { $format }, og programmet kender kun 1. Hent en nyere version af Aftalebog.
explain-not-a-snapshot = Filen er ikke en eksport fra Aftalebog.
explain-no-clinic = Der er ingen klinik i filen.
explain-broken-clinic = Klinikken i filen kan ikke læses: { $fault }.
explain-several-clinics = Der er { $count } klinikker i filen, og der må kun være én.
explain-no-such-patient = Der er ingen patient med det nummer i filen. Skriv et patientnummer, eller new for en ny patient.
explain-no-such-type = Der er ingen aftaletype med koden { $code } i filen.
explain-no-such-need = Der er intet behov med det id i filen.
explain-no-such-practitioner = Der er ingen behandler med initialerne { $initials } i filen.
explain-ambiguous = Der er flere poster i filen med { $word }, så spørgsmålet kan ikke besvares.
explain-two-set-ups = { $code } er sat op to gange i filen, så spørgsmålet kan ikke besvares.

## Vis som patient

preview-new-patient = Ny patient
preview-search = Søg efter navn eller nummer
preview-searching = Søger …
preview-search-more = Der er flere – skriv mere
preview-search-nothing = Ingen patient passer til søgningen.
preview-not-found = Patienterne kunne ikke hentes. { $why }
preview-not-read = Tiderne kunne ikke hentes. { $why }
preview-born = født { $date }
preview-day-full = { $who } har ikke plads til { $minutes } minutter { $date }.
preview-day-taken = { $who } er optaget hele dagen { $date }.
preview-day-past = Dagens tider er passeret.
preview-title = Vis som patient
preview-stopped = Online booking er stoppet. Sådan bliver tiderne, når den bliver startet.
preview-with-typed = Sådan bliver det med det, der står i felterne.
preview-last-valid = Et felt er forkert. Tiderne er de seneste, der kunne regnes ud.
preview-invitation = Vælg en aftaletype for at se, hvilke tider patienten får.
preview-close = Vis felterne
preview-earlier = Tidligere
preview-later = Senere
preview-range = { $from } – { $to }
preview-range-date = { $day }. { $month }
preview-counts = Antal tider pr. dag
preview-row-more = { $times }  +{ $more }
preview-no-times = ingen tider
preview-no-times-because = ingen tider · { $why }
preview-why-works-not = { $who } arbejder ikke
preview-why-nobody-works = ingen af de { $count } arbejder
preview-why-booked = optaget
preview-why-past = passeret
preview-why-before-earliest = for tidligt
preview-why-not-yet = behovet kan ikke bruges endnu
preview-why-too-late = for sent til behovet
preview-why-not-registered = ikke tilmeldt
preview-why-no-new = tager ikke nye patienter
preview-why-unreadable = kan ikke læses
preview-date-with = { $date } hos { $who }
preview-why-not-date = Hvorfor ikke { $date }?
preview-why-not-time = Hvorfor ikke kl. { $time }?
preview-time = Kl. { $time }
preview-time-offered = Tiden bliver tilbudt patienten.
preview-count = { $count ->
    [one] 1 tid
   *[other] { $count } tider
}
preview-leaving = Du kommer til «{ $place }». Det, du har ændret her, er ikke gemt endnu.
preview-to = Til «{ $place }»
preview-to-choose = Vælg behandler
preview-to-practitioners = Kan oprettes uden behov
preview-to-not-set-up = Sæt typen op
preview-glance = Vis fem uger med antal tider
preview-list = Vis to uger med tider
preview-press-a-time = Tryk på en tid for at se, om patienten får den tilbudt, og hvorfor ikke.
preview-press-a-day = Tryk på en dag for at se alle dens tider, og hvorfor der ikke er flere.

## Vis som patient, i aftalebogen

book-view-as-patient = Vis som patient
book-view-means = Se de tider, en patient får tilbudt
book-view-leave = Tilbage til aftalebogen (Esc)
book-view-patient = Patient
book-view-type = Type
book-view-no-types = Her er ingen aftaletyper endnu.
book-view-not-online = ikke online
book-view-times = { $count ->
    [0] ingen tider
    [one] 1 tid
   *[other] { $count } tider
}
book-view-waiting = Finder tiderne …
book-view-why = Hvorfor ikke?
book-view-why-invitation = Tryk på en tid i aftalebogen, som ikke er markeret.
book-view-why-this = Hvorfor ikke { $who } kl. { $time }?
book-view-offered = { $who } kl. { $time }
book-view-is-offered = Patienten får tilbudt tiden.

# Hvad der er galt med en post
fault-unknown-kind = posten er af en ukendt slags
fault-no-id = postens id kan ikke læses
fault-no-value = posten har ingen felter
fault-field = feltet { $field } mangler eller kan ikke læses
fault-fields-disagree = felterne passer ikke sammen
fault-same-id = en anden post har samme id
fault-only-one = der må kun være én af slagsen

## Behandlere og aftaletyper

deactivate = Deaktivér
menu-deactivate = Deaktivér …
reactivate = Genaktivér
is-deactivated = deaktiveret
show-deactivated = { $count ->
    [0] Vis deaktiverede (der er ingen)
   *[other] Vis deaktiverede ({ $count })
}
finding-needs-on-deactivated = { $count ->
    [one] 1 behov peger på { $initials }, som er deaktiveret. Patienten får ingen tider.
   *[other] { $count } behov peger på { $initials }, som er deaktiveret. Patienterne får ingen tider.
}
why-deactivated = { $who } er deaktiveret og kan ikke bookes.
practitioners-new-hint = Ny behandler (Insert)
practitioners-edit-hint = Rediger den valgte behandler (F2)
practitioners-delete-hint = Slet den valgte behandler (Delete)
practitioners-menu-new = Ny behandler …
practitioners-empty = Ingen behandlere endnu. Højreklik her, eller tryk på «Ny».
practitioners-all-deactivated = Alle behandlere er deaktiveret. Sæt flueben ved «Vis deaktiverede», eller tryk på «Ny».
practitioners-order-means = Rækkefølgen er den samme i aftalebogen og i Klinik indstillinger.
practitioner-registered = tilmeldt
practitioner-new-title = Ny behandler
practitioner-edit-title = Behandler: { $who }
practitioner-initials = Initialer
practitioner-initials-mean = Står over kolonnen i aftalebogen.
practitioner-initials-missing = Skriv behandlerens initialer.
practitioner-initials-taken = { $initials } bruges allerede af { $name }. Vælg andre initialer.
practitioner-initials-taken-deactivated = { $initials } bruges allerede af { $name }, som er deaktiveret. Vælg andre initialer.
practitioner-name = Navn
practitioner-name-means = Patienterne ser navnet, når de booker online.
practitioner-name-missing = Skriv behandlerens navn.
practitioner-title = Titel
practitioner-title-means = Vælg en titel herunder, eller skriv en anden.
practitioner-dentist = tandlæge
practitioner-hygienist = tandplejer
practitioner-assistant = klinikassistent
practitioner-specialist = specialtandlæge
practitioner-new-not-registered = En ny behandler er ikke med i online booking. Sæt flueben ved «Tilmeldt» i Klinik indstillinger, når patienterne må booke.
practitioner-is-registered = { $who } er tilmeldt online booking. Det ændres ved «Tilmeldt» i Klinik indstillinger.
practitioner-is-not-registered = { $who } er ikke tilmeldt online booking. Det ændres ved «Tilmeldt» i Klinik indstillinger.
practitioner-is-deactivated = { $who } er deaktiveret og kan hverken vælges eller bookes online. Højreklik på { $who } i listen for at genaktivere.
groups-heading = Grupper
groups-new-hint = Ny gruppe (Insert)
groups-edit-hint = Rediger den valgte gruppe (F2)
groups-delete-hint = Slet den valgte gruppe (Delete)
groups-menu-new = Ny gruppe …
groups-empty = Ingen grupper endnu. En gruppe viser flere behandleres kolonner sammen i aftalebogen. Tryk på «Ny».
group-nobody = ingen behandlere
group-new-title = Ny gruppe
group-edit-title = Gruppe: { $name }
group-name = Navn
group-name-means = Vælges over aftalebogen, fx «Tandplejere».
group-name-missing = Skriv gruppens navn.
group-name-taken = Der er allerede en gruppe med det navn. Skriv et andet.
group-members-mean = Aftalebogen viser deres kolonner sammen, når gruppen er valgt.
group-members-missing = Sæt flueben ved mindst én behandler.
group-delete-title = Slet gruppen «{ $name }»?
group-delete-explanation = Behandlerne og deres aftaler bliver, som de er.
removal-delete-title = Slet { $who }?
removal-in-use-title = { $who } kan ikke slettes
removal-deactivate-title = Deaktivér { $who }?
removal-reading = Ser efter, hvor { $who } bruges …
removal-unread = Det kunne ikke undersøges, hvor { $who } bruges. { $why }
removal-practitioner-unused = { $name } har ingen aftaler og ingen behov. Sletningen kan fortrydes.
removal-type-unused = { $name } bruges ikke af nogen aftaler eller behov. Sletningen kan fortrydes.
removal-goes-along = Dette bliver også slettet:
removal-used-by = { $who } er i brug og ville mangle her:
removal-upcoming = { $count ->
    [one] 1 aftale fra i dag og frem
   *[other] { $count } aftaler fra i dag og frem
}
removal-past = { $count ->
    [one] 1 aftale før i dag
   *[other] { $count } aftaler før i dag
}
removal-cancelled = { $count ->
    [one] 1 afbud
   *[other] { $count } afbud
}
removal-open-needs = { $count ->
    [one] 1 åbent behov
   *[other] { $count } åbne behov
}
removal-used-needs = { $count ->
    [one] 1 behov, der har fået en aftale
   *[other] { $count } behov, der har fået en aftale
}
removal-hours = { $count ->
    [one] 1 arbejdstid
   *[other] { $count } arbejdstider
}
removal-absences = { $count ->
    [one] 1 fraværsperiode
   *[other] { $count } fraværsperioder
}
removal-groups = { $count ->
    [one] pladsen i gruppen { $names }
   *[other] pladsen i grupperne { $names }
}
removal-own-groups = { $count ->
    [one] gruppen { $names }, som ingen andre er i
   *[other] grupperne { $names }, som ingen andre er i
}
removal-blocks = { $count ->
    [one] 1 spærret tid
   *[other] { $count } spærrede tider
}
removal-ticks = { $count ->
    [one] fluebenet i { $codes } («Kan oprettes uden behov»)
   *[other] fluebenene i { $codes } («Kan oprettes uden behov»)
}
removal-online = opsætningen til online booking («{ $alias }»)
removal-deactivate-practitioner = Når { $who } er deaktiveret, kan { $who } ikke længere vælges, og patienterne kan ikke booke hos { $who } online.
removal-deactivate-type = Når { $who } er deaktiveret, kan typen ikke længere vælges til aftaler og behov.
removal-upcoming-stay = { $count ->
    [one] Den ene aftale fra i dag og frem bliver stående i aftalebogen.
   *[other] De { $count } aftaler fra i dag og frem bliver stående i aftalebogen.
}
removal-needs-wait = { $count ->
    [one] 1 åbent behov peger på { $who }. Patienten får ingen tider, før behovet får en anden behandler.
   *[other] { $count } åbne behov peger på { $who }. Patienterne får ingen tider, før behovene får en anden behandler.
}
removal-needs-by-telephone = { $count ->
    [one] 1 åbent behov kan kun bookes ved at ringe til klinikken.
   *[other] { $count } åbne behov kan kun bookes ved at ringe til klinikken.
}
removal-online-lost = Opsætningen til online booking bliver også slettet: Patienterne kan derefter ikke booke «{ $alias }» online.
removal-left-already = { $who } er allerede deaktiveret.
catalogue-empty = Ingen aftaletyper endnu. Højreklik her, eller tryk på «Ny».
catalogue-all-deactivated = Alle aftaletyper er deaktiveret. Sæt flueben ved «Vis deaktiverede», eller tryk på «Ny».
catalogue-online = online: { $alias }
catalogue-minutes-short = { $minutes } min.
catalogue-is-online = Patienterne kan finde { $code } som «{ $alias }».
catalogue-is-not-online = { $code } er ikke sat op til online booking.
catalogue-created = { $code } er oprettet. Patienterne kan booke den, når den er sat op.
catalogue-show-online = Vis opsætning til online booking …
catalogue-set-up = Sæt op til online booking …
catalogue-new-title = Ny aftaletype
catalogue-edit-title = Rediger { $code }
catalogue-code = Kode
catalogue-code-means = Står på aftalen i aftalebogen. Patienterne ser den ikke.
catalogue-code-missing = Skriv en kode, fx SU.
catalogue-code-taken = { $code } bruges allerede til { $name }. Vælg en anden kode.
catalogue-code-taken-deactivated = { $code } bruges allerede til { $name }, som er deaktiveret. Vælg en anden kode.
catalogue-name = Navn
catalogue-name-means = Klinikkens eget navn. Det navn, patienterne ser, vælges under Online booking.
catalogue-name-missing = Skriv aftaletypens navn.
catalogue-minutes-mean = Så længe varer en ny aftale af denne type.
catalogue-minutes-missing = Skriv et helt tal fra { $min } til { $max }.
catalogue-minutes-off-raster = Aftalebogens tidsperiode er { $raster } min., så en aftale på { $minutes } min. slutter midt i en periode.
catalogue-color = Farve
catalogue-somebody = Patientens navn
catalogue-kept = Aftaler, der allerede er booket, beholder deres længde. Kode, navn og farve ændres også på dem.
color-petrol = petrolblå
color-blue = blå
color-navy = marineblå
color-violet = violet
color-purple = lilla
color-magenta = magenta
color-red = rød
color-orange = orange
color-ochre = okker
color-brown = brun
color-olive = oliven
color-green = grøn
color-slate = skifergrå
color-black = sortgrå
undo-practitioner-created = { $who } oprettet
undo-practitioner-changed = { $who } ændret
undo-practitioner-deleted = { $who } slettet
undo-practitioner-order = behandlernes rækkefølge ændret
undo-group-order = gruppernes rækkefølge ændret
undo-deactivated = { $who } deaktiveret
undo-reactivated = { $who } genaktiveret
undo-group-created = gruppen { $name } oprettet
undo-group-changed = gruppen { $name } ændret
undo-group-deleted = gruppen { $name } slettet
undo-group-restored = gruppen { $name } gendannet


## Arbejdstider og lukkedage

# Arbejdstider
hours-every-week = hver uge
hours-even-weeks = lige uger
hours-odd-weeks = ulige uger
hours-only-hours = { $hours } t
hours-only-minutes = { $minutes } min.
hours-and-minutes = { $hours } t { $minutes } min.
hours-from = fra { $from }
hours-to = til og med { $to }
hours-in-words = { $day } · { $weeks } · { $times }
hours-people = Behandlere
hours-no-people = Her er ingen behandlere endnu. Opret dem under «Behandlere».
hours-week-today = I dag
hours-week-from = Fra { $date }
hours-a-week = { $sum } om ugen
hours-even-and-odd = { $even } i lige uger, { $odd } i ulige
hours-empty = Ingen arbejdstider endnu. Tryk på «Ny».
hours-show-ended = Vis udløbne
hours-new = Ny
hours-new-hint = Ny arbejdstid (Insert)
hours-edit = Rediger
hours-edit-hint = Rediger den valgte arbejdstid (F2)
hours-delete = Slet
hours-delete-hint = Slet den valgte arbejdstid (Delete)
hours-copy = Kopiér til …
hours-copy-hint = Kopiér dagen til andre dage eller hele ugen til andre behandlere
hours-plan = Ny plan fra dato …
hours-plan-hint = Lad arbejdstiderne begynde forfra på en dato, så de kan ændres derfra
hours-menu-new = Ny arbejdstid …
hours-menu-copy-day = Kopiér dagen til …
hours-menu-copy-week = Kopiér hele ugen til …
hours-title = Arbejdstid: { $who }
hours-title-new = Ny arbejdstid: { $who }
hours-weekdays = Ugedage
hours-no-weekday = Sæt flueben ved mindst én ugedag.
hours-weeks = Uger
hours-times = Tider
hours-from-placeholder = fra
hours-to-placeholder = til
hours-remove = Fjern tiden
hours-no-time = Skriv et klokkeslæt, fx 8.00.
hours-begin-missing = Skriv også, hvornår tiden begynder.
hours-end-missing = Skriv også, hvornår tiden slutter.
hours-none-typed = Skriv, hvornår arbejdstiden begynder og slutter.
hours-ends-before = Skal slutte efter { $from }.
hours-overlaps = Overlapper { $other }.
hours-means = { $sum } · Næste gang: { $date }
hours-means-each = { $sum } om dagen · Første gang: { $date }
hours-means-never = { $sum } · Ingen dage fra i dag og frem
hours-valid-from = Gælder fra
hours-valid-to = Gælder til og med
hours-valid-always = Tomt: gælder allerede.
hours-valid-on = Tomt: gælder indtil videre.
hours-ended = Datoen er passeret: tiderne gælder ikke mere.
hours-no-date = Skriv en dato, fx 24-12-2026.
hours-off-raster = { $time } passer ikke med aftalebogens tidsperiode på { $raster } min.
hours-together = { $day } har allerede { $times } ({ $weeks }). Begge dele gælder, og det, der overlapper, tæller én gang.
hours-outside = { $count ->
    [one] 1 aftale ligger uden for de nye tider. Den bliver stående i aftalebogen.
   *[other] { $count } aftaler ligger uden for de nye tider. De bliver stående i aftalebogen.
}
hours-outside-unread = Aftalerne kunne ikke hentes, så det vides ikke, om nogen ligger uden for de nye tider.
hours-delete-title = Slet arbejdstiden hos { $who }?
hours-copy-title = Kopiér arbejdstider: { $who }
hours-copy-day = Kun { $day }
hours-copy-week = Hele ugen
hours-copy-to-days = Til disse dage
hours-copy-to-people = Til disse behandlere
hours-copy-nobody = Her er ingen andre behandlere.
hours-copy-from = Fra dato
hours-copy-always = Tomt: alle de tider, der er der i forvejen, bliver erstattet.
hours-copy-from-means = { $date }. Det, der gælder før, bliver stående.
hours-copy-none-ticked = Sæt mindst ét flueben.
hours-copy-same = Tiderne er de samme i forvejen.
hours-copy-means = { $replaced ->
    [0] { $new ->
        [one] 1 arbejdstid bliver oprettet.
       *[other] { $new } arbejdstider bliver oprettet.
    }
    [one] { $new ->
        [0] 1 arbejdstid bliver fjernet.
       *[other] 1 arbejdstid bliver erstattet af { $new }.
    }
   *[other] { $new ->
        [0] { $replaced } arbejdstider bliver fjernet.
       *[other] { $replaced } arbejdstider bliver erstattet af { $new }.
    }
}
hours-copy-later = { $count ->
    [one] Også 1 arbejdstid, der først gælder fra { $date }, forsvinder.
   *[other] Også { $count } arbejdstider, der først gælder senere, forsvinder. Den første gælder fra { $date }.
}
hours-copy-ended = { $count ->
    [one] Også 1 udløbet arbejdstid forsvinder. Skriv en dato for at lade det, der har været, blive stående.
   *[other] Også { $count } udløbne arbejdstider forsvinder. Skriv en dato for at lade det, der har været, blive stående.
}
hours-alternates = skifter fra uge til uge
hours-off = fri
hours-plan-title = Ny plan: { $who }
hours-plan-explained = De nuværende arbejdstider slutter dagen før og begynder igen på datoen. Derefter kan de nye ændres, og de gamle bliver stående.
hours-plan-from = Ny plan fra
hours-plan-missing = Skriv den dato, den nye plan begynder.
hours-plan-nothing = Ingen arbejdstider gælder både før og efter den dato.
hours-plan-means = { $count ->
    [one] 1 arbejdstid slutter { $last } og begynder igen { $from }.
   *[other] { $count } arbejdstider slutter { $last } og begynder igen { $from }.
}
undo-hours = arbejdstider for { $initials } ændret
undo-hours-several = arbejdstider ændret

# Lukkedage
days-everybodys = Alle
days-whole-clinic = Hele klinikken
days-who-search = Søg efter initialer eller navn
days-who-nothing = Ingen behandler passer til søgningen.
days-who-choose = Vælg, hvem det gælder
days-new-hint = Ny lukkedag (Insert)
days-edit-hint = Rediger den valgte lukkedag (F2)
days-delete-hint = Slet den valgte lukkedag (Delete)
days-menu-new = Ny lukkedag …
days-empty = Ingen lukkedage forude. Tryk på «Ny» for at lukke klinikken eller skrive fravær ind.
days-show-past = Vis tidligere
days-count = { $count ->
    [one] 1 dag
   *[other] { $count } dage
}
days-day = { $day }. { $month }
days-with-year = { $date } { $year }
days-title = Lukkedage
days-title-new = Nye lukkedage
days-who = Hvem
days-from = Fra
days-to = Til og med
days-reason = Årsag
days-reason-means = Det kan patienter og kolleger læse.
days-usual-holiday = Ferie
days-usual-course = Kursus
days-usual-christmas = Lukket mellem jul og nytår
days-usual-off = Fri
days-from-missing = Skriv den første dag.
days-to-blank = Tomt: kun den ene dag.
days-to-before-from = Skal være { $from } eller senere.
days-over = Perioden er forbi.
days-means = { $count ->
    [one] 1 dag, { $last }.
   *[other] { $count } dage, til og med { $last }.
}
days-booked = { $count ->
    [one] 1 aftale er booket i perioden: { $each }. Den bliver stående i aftalebogen.
   *[other] { $count } aftaler er booket i perioden: { $each }. De bliver stående i aftalebogen.
}
days-booked-unread = Aftalerne kunne ikke hentes, så det vides ikke, om nogen ligger i perioden.
days-delete-title = Slet «{ $reason }»?
days-delete-title-nameless = Slet lukkedagene?
days-delete-explanation = { $who } · { $dates }
days-delete-means = Dagene bliver åbne igen, og patienterne kan booke dem.
days-holidays = Helligdage
days-on-holidays = Lukket på helligdage
days-holidays-explained = Grundlovsdag, juleaftensdag og nytårsaftensdag er almindelige dage, til de lukkes.
days-closed = lukket
days-open = åben
days-ordinary = Luk klinikken denne dag
days-close = Luk …
days-constitution-day = Grundlovsdag
days-christmas-eve = Juleaftensdag
days-new-years-eve = Nytårsaftensdag
undo-closure-created = lukkedage oprettet
undo-closure-changed = lukkedage ændret
undo-closure-deleted = lukkedage slettet
undo-closure-restored = lukkedage gendannet
undo-holidays = lukning på helligdage ændret


## Uge, markering og menuer i aftalebogen

book-day = Dag
book-week = Uge
book-day-means = Vis en dag (Ctrl+1)
book-week-means = Vis en uge (Ctrl+2)
book-week-earlier = Forrige uge (Ctrl+Pil venstre)
book-week-later = Næste uge (Ctrl+Pil højre)
book-dates-of-a-month = { $from }.–{ $to }
book-dates = { $from } – { $to }
book-nobody-works-this-week = Ingen på arbejde denne uge
book-whom-all = Alle
book-whom-several = { $count } behandlere
book-whom-means = Vælg, hvem der vises (Ctrl+B)
book-whom-practitioners = Behandlere
book-whom-told = Enter viser kun én, mellemrum til- og fravælger.
book-find-patient = Patient
book-find-patient-means = Find en patient (Ctrl+F)
book-undo-hint = Fortryd «{ $what }» (Ctrl+Z)
book-undo-nothing = Der er intet at fortryde
book-undone = Fortrudt: { $what }.
book-undo-title = Fortryd «{ $what }»?
book-undo-many = Det ændrer { $count } ting på én gang og kan ikke gøres om igen.
book-undo-earlier = Ændringen er fra { $date } kl. { $time }, før programmet blev åbnet. Den kan ikke gøres om igen.
book-undo-confirm = Fortryd
book-more = Mere
book-more-means = Nye patienter og behov, import, eksport, sikkerhedskopier og hjælp
book-more-new-patient = Ny patient …
book-more-import-patients = Importér patienter …
book-more-import-needs = Importér behov …
book-more-import-calendar = Importér kalender …
book-more-export-patients = Eksportér patienter …
book-more-export-needs = Eksportér behov …
book-more-export-calendar = Eksportér kalender …
book-more-back-up = Gem sikkerhedskopi …
book-more-restore = Gendan …
book-new-patients = { $count ->
    [one] 1 ny patient
   *[other] { $count } nye patienter
}
book-new-patients-means = har oprettet sig selv og venter på klinikkens svar
book-day-heading = { $weekday }. { $day }.
book-day-heading-today = { $day } i dag
book-deliberate = Overlapper en anden aftale med vilje.
book-menu-edit = Vis/rediger …
book-menu-move = Flyt
book-menu-cancel = Afbud …
book-menu-patient = Vis patient …
book-menu-new-need = Nyt behov …
book-menu-new = Ny aftale …
book-menu-block = Spær tid …
book-menu-put = Indsæt her
book-menu-place = Find tid
book-menu-edit-need = Rediger behov …
book-menu-delete-need = Slet behov …
book-key-enter = Enter
book-key-shift-delete = Shift+Delete
book-move-told = Vælg den nye tid for { $what }, og tryk på Enter. Esc annullerer.
book-place-told = Vælg en tid til { $what }, og tryk på Enter. Esc annullerer.



## Aftaler og spærret tid

placement = { $date } { $times } hos { $who }
times = { $from }–{ $to }
placement-day-off = { $who } arbejder ikke den dag.
appointment-new = Ny aftale
appointment-title = Aftale
appointment-patient = Patient
appointment-type = Aftaletype
appointment-need = Behov
appointment-practitioner = Behandler
appointment-date = Dato
appointment-time = Tid
appointment-minutes = Minutter
appointment-note = Bemærkning
appointment-choose-patient = Vælg en patient
appointment-new-patient = Ny patient …
appointment-patient-means = Født { $date }
appointment-patient-reached = Født { $date } · tlf. { $phone }
appointment-patient-missing = Vælg en patient, eller opret en ny.
appointment-no-patient = Aftalen har ingen patient.
appointment-choose-type = Vælg en aftaletype
appointment-type-missing = Vælg, hvad patienten skal komme til.
appointment-search-need = Søg i patientens behov
appointment-search-need-nothing = Intet behov passer til søgningen.
appointment-without-need = Uden behov
appointment-need-name = uge { $week } · { $who } · { $minutes } min.
appointment-needs-wait = Patientens behov hentes …
appointment-needs-unread = Patientens behov kunne ikke hentes. Vælg patienten igen.
appointment-needs-of-nobody = Vælg først en patient.
appointment-needs-open = { $count ->
    [0] Patienten har ingen åbne behov.
    [one] Patienten har 1 åbent behov.
   *[other] Patienten har { $count } åbne behov.
}
appointment-need-used = Aftalen bruger behovet fra uge { $week } hos { $who }.
appointment-search-practitioner = Søg efter initialer eller navn
appointment-search-practitioner-nothing = Ingen behandler passer til søgningen.
appointment-date-wrong = Skriv en dato, fx { $example }.
appointment-time-wrong = Skriv et klokkeslæt, fx { $example }.
appointment-time-skipped = Det klokkeslæt findes ikke: uret bliver stillet frem den nat.
appointment-minutes-wrong = Skriv et helt tal fra { $min } til { $max }.
appointment-until = Til kl. { $time }
appointment-entered = Skrevet ind { $date } kl. { $time } på { $pc }.
appointment-online = Booket online af patienten.
appointment-online-at = Booket online af patienten { $date } kl. { $time }.
appointment-clash = Overlapper en aftale, som er booket online. Flyt en af dem, eller behold begge.
appointment-keep-both = Behold begge
appointment-keep-both-hint = Begge aftaler bliver stående oven i hinanden
appointment-cancel = Afbud …
appointment-cancel-hint = Patienten kommer ikke; behovet bliver åbent igen
appointment-delete = Slet …
appointment-delete-hint = Aftalen er skrevet forkert ind
appointment-edited-first = Gem eller kassér ændringerne først.
appointment-gone = Aftalen findes ikke mere. Den er aflyst eller slettet i mellemtiden.
appointment-need-gone = Behovet findes ikke mere. Det er slettet i mellemtiden.
appointment-not-read = Aftalen kunne ikke hentes. { $why }
appointment-unusual = { $place }: { $why }
block-new = Spær tid
block-title = Spærret tid
block-reason = Årsag
block-reason-empty = Tomt: i aftalebogen står der «Optaget».
block-lunch = Frokost
block-meeting = Møde
block-closed = Lukket
block-practitioners = Behandlere
block-practitioners-missing = Sæt flueben ved mindst én behandler.
block-each = { $count ->
    [one] Tiden bliver spærret hos { $who }.
   *[other] Tiden bliver spærret hos { $count } behandlere: { $who }.
}
block-from = Fra
block-to = Til
block-to-wrong = Skriv et klokkeslæt efter { $from }.
block-to-short = Spær mindst { $min } minutter.
block-to-long = Spær højst { $max } minutter ad gangen.
block-minutes = { $minutes } minutter
block-remove = Fjern spærringen …
block-remove-title = Fjern spærringen?
block-remove-why = «{ $what }» { $place } bliver fjernet, og tiden er fri igen.
block-remove-confirm = Fjern
block-remove-keep = Behold
overlap-title = Tiden er optaget
overlap-for = { $place }:
overlap-practitioner = { $who } har allerede { $what } { $times }.
overlap-patient = { $patient } har allerede { $what } { $times } hos { $who }.
overlap-more = { $count ->
    [one] Og 1 mere.
   *[other] Og { $count } mere.
}
overlap-anyway = Gem alligevel?
overlap-confirm = Overlap alligevel
cancel-title = Afbud fra { $patient }?
cancel-why = { $whose } tid { $date } { $time } aflyses.
cancel-why-nobody = Tiden { $date } { $time } aflyses.
cancel-title-nobody = Aflys aftalen?
cancel-need = Behovet er åbent igen.
cancel-keep = Behold tiden
cancel-confirm = Afbud
remove-title = Slet aftalen?
remove-why = { $what } { $place } bliver slettet, som om den aldrig var skrevet ind. Kommer patienten ikke, så brug «Afbud» i stedet.
remove-history = Historikken husker den, og «Fortryd» henter den tilbage.
told-close = Luk beskeden
undo-taken = Kan ikke fortrydes: behandleren eller patienten har fået en anden aftale på det tidspunkt.
undo-need-used = Kan ikke fortrydes: behovet er brugt til en anden aftale i mellemtiden.
undo-appointment-created = aftale oprettet: { $what }
undo-appointment-moved = { $what } flyttet
undo-appointment-length = { $what }: længden ændret
undo-appointment-cancelled = afbud: { $what }
undo-appointment-deleted = aftale slettet: { $what }
undo-appointment-restored = aftale gendannet: { $what }
undo-appointment-changed = { $what } ændret
undo-appointment-kept = { $what }: begge beholdt
undo-block-created = { $count ->
    [one] tid spærret: { $what }
   *[other] { $count } tider spærret: { $what }
}
undo-block-moved = spærring flyttet: { $what }
undo-block-deleted = spærring fjernet: { $what }
undo-block-restored = spærring gendannet: { $what }
undo-block-changed = spærring ændret: { $what }
undo-need-created = behov oprettet: { $what }
undo-need-changed = behov ændret: { $what }
undo-need-deleted = behov slettet: { $what }
undo-need-restored = behov gendannet: { $what }
undo-patient-created = patient oprettet: { $who }
undo-patient-changed = patient ændret: { $who }
undo-patient-deleted = patient slettet: { $who }
undo-patient-restored = patient gendannet: { $who }
undo-patient-accepted = patient godkendt: { $who }
undo-patient-merged = patient flettet: { $who }
undo-patient-rejected = patient afvist: { $who }
undo-import-patients = import af { $count } patienter
undo-import-needs = import af { $count } behov
undo-import-times = import af { $count } tider


## Patienter og behov

find-patient = Find patient
find-patient-hint = Navn, nummer, fødselsdato, telefon eller e-mail
find-patient-invitation = Skriv begyndelsen af et navn, nummeret, fødselsdatoen (240512), telefonnummeret eller e-mailadressen.
find-patient-cpr = Der søges ikke på CPR-numre. Skriv fødselsdatoen alene, navnet eller klinikkens nummer.
find-patient-nobody = Ingen fundet for «{ $typed }».
find-patient-count = { $count ->
    [one] 1 patient
   *[other] { $count } patienter
}
find-patient-more = De første { $count } vises. Skriv mere for at finde andre.
find-patient-number = Nummer
find-patient-name = Navn
find-patient-born = Født
find-patient-phone = Telefon
find-patient-next = Næste aftale
find-patient-open = Åbn
find-patient-new = Ny patient …
find-patient-create = Opret «{ $typed }» …
patients-not-read = Kan ikke læse patienterne. { $why }
patients-appointments = { $count ->
    [one] 1 aftale
   *[other] { $count } aftaler
}
patients-needs = { $count ->
    [one] 1 behov
   *[other] { $count } behov
}
patients-both = { $appointments } og { $needs }
patient-when = { $date } kl. { $time }
patient-when-with-whom = { $when } hos { $initials }
patient-what = { $code } · { $minutes } min. hos { $initials }
patient-cancelled = Afbud
patient-booked-online = Booket online

# Patientkortet
card-title = Patient
card-title-new = Ny patient
card-reading = Henter oplysningerne …
card-gone = Patienten findes ikke længere.
card-retry = Prøv igen
card-birth-date = Fødselsdato
card-email = E-mail
card-number-missing = Skriv klinikkens nummer for patienten.
card-number-cpr = Det ligner et CPR-nummer, og det gemmes ikke her. Skriv klinikkens eget nummer.
card-number-taken = Nummeret bruges allerede af { $name }. Skriv et andet.
card-name-missing = Skriv patientens navn.
card-birth-date-refused = Skriv datoen som 24-12-1980 eller 241280.
card-birth-date-ahead = Datoen ligger efter i dag. Ret fødselsdatoen.
card-birth-date-means = { $date } · { $years ->
    [one] 1 år
   *[other] { $years } år
}
card-delete = Slet patient …
card-delete-title = Slet { $patient }?
card-delete-why = Patienten har hverken aftaler eller behov. Sletningen kan fortrydes.
card-delete-depending = Patienten har { $depending } og kan derfor ikke slettes. Slet dem først, hvis de er oprettet ved en fejl.
card-show-day = Vis dagen i aftalebogen
card-waits = Har oprettet sig selv og venter på klinikkens svar.
card-needs = Behov
card-no-needs = Ingen åbne behov.
card-need-new = Nyt behov …
card-need-edit = Rediger
card-upcoming = Kommende aftaler
card-no-upcoming = Ingen kommende aftaler.
card-earlier = Tidligere aftaler og afbud ({ $count })

# Behov
need-title = Behov
need-title-new = Nyt behov
need-gone = Behovet findes ikke længere.
need-patient = Patient
need-patient-choose = Vælg patient
need-patient-missing = Vælg den patient, behovet gælder.
need-patient-nobody = Ingen fundet.
need-type = Aftaletype
need-type-missing = Vælg, hvad patienten skal komme til.
need-practitioner = Behandler
need-practitioner-choose = Vælg behandler
need-practitioner-missing = Vælg, hvem patienten skal komme til.
need-practitioner-left = deaktiveret
need-minutes = Minutter
need-minutes-refused = Skriv et helt tal fra { $min } til { $max }.
need-week = Indkaldeuge
need-week-hint = uge/år
need-week-refused = Skriv ugen som 49/2026.
need-week-none = { $year } har { $weeks } uger, der er ingen uge { $week }.
need-week-days = { $first } – { $last }
need-week-means = Uge { $week }: { $days }
need-week-passed = Uge { $week } er forbi: { $days }
need-practitioner-not-registered = { $initials } er ikke tilmeldt, så patienten kan ikke booke det online.
need-week-run-out = Uge { $week } er forbi, og patienten kan ikke længere booke det online.
need-in-months = om { $months } mdr.
need-search = Søg
need-search-nothing = Ingen fundet.
need-used-by = Brugt til aftalen { $appointment }.
need-delete-title = Slet behovet { $code } for { $patient }?
need-delete-used = Behovet er brugt til aftalen { $appointment } og kan derfor ikke slettes. Slet eller aflys aftalen først.

# Patienter, der har oprettet sig selv
new-patients = Nye patienter
new-patients-why = De har oprettet sig selv online og venter på klinikkens svar.
new-patients-none = Ingen nye patienter venter på svar.
new-patient-born = født { $date }
new-patient-could-be = kan være { $patient }
new-patient-card = Vis patientkort …
new-patient-booked = Aftaler og behov
new-patient-nothing-booked = Har ikke booket noget endnu.
new-patient-likely = Kan være en kendt patient
new-patient-number-missing = Skriv klinikkens nummer for patienten. Næste ledige er { $next }.
new-patient-number-taken = Nummeret bruges allerede af { $name }. Næste ledige er { $next }.
new-patient-number-proposed = Næste ledige. Patienten har selv fået «{ $own }», som er foreløbigt.
likeness-birth-date = samme fødselsdato og lignende navn
likeness-phone = samme telefonnummer
likeness-email = samme e-mail
accept = Godkend
merge-dots = Flet med …
merge-title = Flet { $patient } med en kendt patient
merge-with = Flet med
merge-choose-known = Vælg den kendte patient
merge-choose = Vælg, hvem det er.
merge-new = Ny patient
merge-known = Kendt patient
merge-over = { $what } går over til { $to }. Oprettelsen af { $patient } forsvinder.
merge-nothing-over = Oprettelsen af { $patient } forsvinder. Der er ingen aftaler eller behov at føre over til { $to }.
merge-at-once = De har aftaler på samme tid: { $one } og { $other }. Flyt eller aflys den ene, før de flettes.
merge-refused-at-once = De har aftaler på samme tid. Flyt eller aflys den ene, før de flettes.
reject = Afvis
reject-dots = Afvis …
reject-title = Afvis { $patient }?
reject-why = Det, patienten har oprettet, slettes. Det kan fortrydes.
reject-needs = { $count ->
    [one] Det gælder også 1 behov.
   *[other] Det gælder også { $count } behov.
}
reject-one = Aftalen { $appointment } slettes, og tiden bliver ledig.
reject-several = { $count } kommende aftaler slettes, og tiderne bliver ledige. Den første er { $appointment }.
reject-attended = { $patient } har allerede haft { $count ->
    [one] en aftale
   *[other] { $count } aftaler
} i klinikken og kan derfor ikke afvises. Godkend patienten, eller flet med en kendt patient.


## Filer fra og til andre programmer

import-stopped = Importen er stoppet. Intet er importeret.
files-open-title = Vælg en fil
files-save-title = Gem som
files-no-dialog-open = Der kan ikke åbnes et vindue at vælge filen i på denne pc. Skriv i stedet, hvor filen ligger (teknisk: xdg-desktop-portal mangler).
files-no-dialog-save = Der kan ikke åbnes et vindue at vælge filen i på denne pc. Skriv i stedet, hvor filen skal ligge, fx /media/usb/{ $name } (teknisk: xdg-desktop-portal mangler).
files-patients-title = Importér patienter
files-needs-title = Importér behov
files-patients-explained = En CSV-fil med én patient i hver linje, som de fleste programmer kan lave. Intet gemmes, før du har set, hvad filen indeholder. Du kan også trække filen herover.
files-needs-explained = En CSV-fil med ét behov i hver linje: patientens nummer, aftaletypens kode, behandlerens initialer og indkaldeugen. Intet gemmes, før du har set, hvad filen indeholder. Du kan også trække filen herover.
files-step-file = Fil
files-step-preview = Indhold
files-step-columns = Kolonner
files-step-check = Kontrol
files-next = Videre
files-back = Tilbage
files-encoding = Tegnkodning
files-encoding-windows = Windows-1252
files-separator = Felter adskilles af
files-separator-semicolon = Semikolon
files-separator-comma = Komma
files-separator-tab = Tabulator
files-separator-bar = Lodret streg
files-heading = Første linje er kolonnernes navne
files-rows = { $rows ->
    [one] 1 række
   *[other] { $rows } rækker
} i { $columns ->
    [one] 1 kolonne
   *[other] { $columns } kolonner
}. Herunder ses de første. Er æ, ø og å forkerte, så vælg en anden tegnkodning.
files-column = Kolonne { $number }
files-columns-explained = Vælg, hvilken kolonne i filen hvert felt læses fra. Felter med * skal vælges.
files-required = { $field } *
files-no-column = (ingen kolonne)
files-column-search = Søg efter kolonne
files-column-nothing = Ingen kolonne hedder sådan
files-choose-column = Vælg den kolonne, som feltet står i.
files-cpr-note = CPR-numre
files-cpr-refused = Kolonnen har CPR-numre. De gemmes ikke i Aftalebog; vælg en anden kolonne.
files-cpr-birth-date = Fødselsdatoen tages fra de første seks cifre. Resten af CPR-nummeret gemmes ikke.
files-last-name-first = Navnet står som «Efternavn, Fornavn» og vendes om
files-field-number = Patientnummer
files-field-name = Navn
files-field-first-name = Fornavn
files-field-last-name = Efternavn
files-field-birth-date = Fødselsdato
files-field-phone = Telefon
files-field-email = E-mail
files-field-code = Aftaletypens kode
files-field-initials = Behandlerens initialer
files-field-minutes = Minutter
files-field-week = Indkaldeuge
files-field-year = År, hvis det ikke står i ugen
files-summary = { $ready } klar, { $skipped } springes over, { $faults } fejl
files-existing-patients = Patientnumre, der findes allerede:
files-existing-needs = Behov, der findes allerede:
files-skip = Spring over
files-update = Opdatér
files-import = Importér
files-right-ones = { $ready ->
    [one] Importér den ene rigtige
   *[other] Importér de { $ready } rigtige
}
files-again = Prøv igen med den rettede fil
files-save-faults = Gem fejlene …
files-faults-title = Gem fejlene
files-faults-explained = Linjerne med fejl gemmes som en CSV-fil med grunden foran, så de kan rettes i et regneark.
files-faults-patients-file = patienter med fejl.csv
files-faults-needs-file = behov med fejl.csv
files-faults-line = Linje
files-faults-reason = Fejl
files-line = Linje { $line }
files-progress = { $done } af { $all } er skrevet
files-finishing = Gemmer på disken …
files-stopping = Stopper …
files-stop = Stop
files-done = { $new ->
    [one] 1 ny er importeret
   *[other] { $new } nye er importeret
}, { $changed } er opdateret og { $skipped } er sprunget over.
files-undo-hint = Hele importen kan fortrydes med «Fortryd», indtil noget andet gemmes.
files-undo-calendar = import af { $count } tider og lukkedage
files-own = Det er klinikkens egen fil, som er åben. Vælg en anden.
files-empty = Filen er tom. Vælg en fil med indhold.
files-too-large = Filen er større end { $megabytes } MB. Del den i mindre filer.
files-too-many-rows = Filen har mere end { $max } rækker. Del den i mindre filer, eller vælg et andet skilletegn.
files-too-many-columns = Linje { $line } har mere end { $max } felter. Vælg et andet skilletegn, eller ret filen.
files-fault-missing = { $field } mangler.
files-fault-line = { $field }: { $why }
files-fault-unreadable = { $field } har tegn, der ikke kan læses. Vælg en anden tegnkodning.
files-fault-cpr = { $field } ligner et CPR-nummer. Det gemmes ikke; brug klinikkens eget nummer.
files-fault-date = Fødselsdatoen «{ $text }» er ikke en dato. Skriv den som 24-12-1980.
files-fault-birthday = Fødselsdatoen { $date } kan ikke passe.
files-fault-twice = Nummer { $number } står også i linje { $line }.
files-fault-ambiguous = Flere patienter i Aftalebog har nummer { $number }. Ret det hos dem først.
files-fault-patient = Ingen patient har nummer { $number }.
files-fault-code = Ingen aftaletype har koden { $code }.
files-fault-initials = Ingen behandler har initialerne { $initials }.
files-fault-code-unused = Aftaletypen { $code } er deaktiveret.
files-fault-not-staff = Behandleren { $initials } er deaktiveret.
files-fault-minutes = «{ $text }» er ikke et antal minutter fra { $min } til { $max }.
files-fault-week = «{ $text }» er ikke en uge. Skriv den som 49/2026.
files-fault-no-year = Uge { $week } mangler sit år. Skriv den som 49/2026, eller vælg en kolonne med året.
files-fault-cells = Linjen har flere felter end overskriften. Sæt anførselstegn om felter med skilletegn i.
files-fault-unclosed = Et anførselstegn slutter ikke. Linjen og resten af filen blev ikke læst.
files-calendar-none = Filen er ikke en kalender. Vælg en .ics-fil.
files-calendar-too-many-events = Kalenderen har mere end { $max } begivenheder. Eksportér en kortere periode fra det andet program.
files-calendar-too-many-items = Begivenhederne gentages mere end { $max } gange. Vælg en kortere periode.
files-calendar-too-many-repetitions = Kalenderens gentagelser er for mange at regne ud. Eksportér en nyere del af kalenderen fra det andet program.
files-calendar-fault-unreadable = { $property } kan ikke læses.
files-calendar-fault-no-start = Begivenheden har intet tidspunkt.
files-calendar-fault-reversed = Begivenheden slutter, før den begynder.
files-calendar-fault-zone = Tidszonen «{ $zone }» kendes ikke.
files-calendar-fault-rule = Gentagelsen kan ikke læses, eller den gentages oftere end hver dag.
files-calendar-fault-endless = Gentagelsen nævner dage, der aldrig kommer.
files-calendar-fault-never-ends = Begivenheden varer mere end ti år.
files-calendar-title = Importér kalender
files-calendar-explained = En kalender fra et andet program som .ics-fil. Tider bliver til spærret tid hos en behandler, og hele dage til fravær eller lukkedage. Intet gemmes, før du har set, hvad filen indeholder. Du kan også trække filen herover.
files-practitioner = Behandler
files-choose-practitioner = Vælg behandler
files-whose-calendar = Vælg, hvis kalender det er.
files-search = Søg efter behandler
files-nobody-found = Ingen behandler hedder sådan.
files-period = Periode
files-period-to = til og med
files-date-wrong = Skriv datoen som 24-12-2026.
files-period-reversed = Perioden slutter, før den begynder.
files-period-long = Vælg højst ti år.
files-days = Hele dage bliver
files-days-practitioner = Behandlerens fravær
files-days-clinic = Lukkedage for hele klinikken
files-overlaps = Tider, der er optaget
files-overlaps-left-out = Udelades
files-overlaps-on-top = Lægges oven i
files-summaries = Overfør overskrifter (de kan nævne personer; ellers står der «Optaget»)
files-busy = Optaget
files-closed = Lukket
files-away = Fravær
files-calendar-summary = { $new ->
    [one] 1 ny
   *[other] { $new } nye
}, { $changed } ændret, { $known } findes allerede, { $overlapping } overlapper, { $faults } fejl.
files-calendar-passed-over = Sprunget over: { $free } uden optaget tid, { $outside } uden for perioden.
files-calendar-new = ny
files-calendar-changed = ændret – får filens tid
files-calendar-known = findes allerede
files-calendar-taken = optaget: { $what } kl. { $time } – udelades
files-calendar-on-top = lægges oven i { $what } kl. { $time }
files-calendar-taken-in-file = optaget af en anden tid i filen – udelades
files-calendar-on-top-in-file = lægges oven i en anden tid i filen
files-calendar-import = { $count ->
    [0] Intet at importere
   *[other] Importér { $count }
}
files-calendar-done = { $count ->
    [one] 1 tid eller lukkedag er importeret.
   *[other] { $count } tider og lukkedage er importeret.
}
files-everybody = Alle behandlere
files-export-patients-title = Eksportér patienter
files-export-needs-title = Eksportér behov
files-export-calendar-title = Eksportér kalender
files-export-patients-explained = Alle patienter med nummer, navn, fødselsdato, telefon og e-mail som CSV-fil, der åbner i Excel. Filen rummer personoplysninger: gem den et sikkert sted. Patienter, der venter på godkendelse, er ikke med.
files-export-needs-explained = Alle åbne behov med patientens nummer, kode, behandler, minutter og indkaldeuge som CSV-fil, der åbner i Excel.
files-export-calendar-explained = Aftaler, spærret tid og lukkedage i perioden som .ics-fil, der kan åbnes i andre kalendere.
files-export-names = Tag patienternes navne og tekster fra spærret tid og fravær med
files-export-names-warning = Andre, der ser kalenderen, kan så se, hvem der kommer i klinikken.
files-export-patients-file = patienter.csv
files-export-needs-file = behov.csv
files-export-calendar-file = aftalebog.ics
files-export-save = Gem
files-export-saved = Gemt som { $file }
files-back-up-title = Gem sikkerhedskopi
files-back-up-explained = Én fil med alt, hvad der er i klinikken: bogen, patienterne og indstillingerne. Den rummer personoplysninger: gem den, hvor kun klinikken kan komme til den, og helst ikke kun på denne pc.
files-back-up-saved = Sikkerhedskopien ligger her: { $file }. Den rummer patienternes oplysninger.
files-export-full = Kan ikke gemme: disken er fuld. Intet er ændret. Frigør plads, og prøv igen.
files-export-io = Kan ikke gemme filen. Intet er ændret (teknisk: { $detail }).
files-export-exists = Der er allerede en fil med det navn. Skriv et andet navn, eller slet filen først, hvis den skal erstattes.
files-export-no-folder = Mappen findes ikke. Kontrollér, at placeringen er skrevet rigtigt.
files-export-denied = Der må ikke gemmes her. Vælg en anden mappe.

## Ny klinik

welcome-own = Jeres egen klinik
welcome-try = Prøv først
welcome-new = Ny klinik
welcome-new-why = Sæt klinikken op trin for trin. Det tager fem minutter, og alt kan ændres bagefter.
new-step-clinic = Klinikken
new-step-raster = Tidsperiode
new-step-staff = Behandlere
new-step-hours = Arbejdstider
new-step-types = Aftaletyper
new-step-summary = Færdig
new-step-skipped = Sprunget over
new-next = Næste
new-back = Tilbage
new-skip = Spring over
new-create = Opret klinik
new-creating = Opretter …
new-creating-long = Opretter klinikkens fil …
new-leave-title = Forlad Ny klinik?
new-leave-explanation = Klinikken er ikke oprettet endnu, og det, du har skrevet, går tabt.
new-leave-keep = Bliv her
new-clinic-explanation = Det læser patienterne, når de booker en tid online. Kun navnet skal udfyldes.
new-clinic-unnamed = Klinikken
new-clinic-name-missing = Skriv klinikkens navn, eller tryk på «Spring over».
new-clinic-name-means = Fx «Tandlægerne ved Møllesøen».
new-clinic-phone-means = Det nummer, patienterne skal ringe til, når de ikke kan booke, flytte eller melde afbud online.
new-raster-explanation = Aftalebogen er delt op i rækker. Vælg, hvor mange minutter en række er. 15 er et godt udgangspunkt.
new-raster-minutes = { $minutes } min.
new-raster-row = En række i aftalebogen er { $minutes } minutter, så en time er { $rows } rækker.
new-raster-starts = Aftaler begynder på en række: { $times } …
new-raster-appointment = En aftale på { $minutes } min.
new-staff-explanation = Dem, der har aftaler med patienter. Hver får sin egen kolonne i aftalebogen.
new-staff-name = Navn
new-staff-initials = Initialer
new-staff-title = Titel
new-staff-titles = Vælg en titel
new-staff-add = Tilføj behandler
new-staff-add-hint = Tilføj en række (Insert)
new-staff-remove = Fjern rækken
new-staff-nobody = Skriv navnet på mindst én behandler, eller tryk på «Spring over».
new-staff-name-missing = Skriv behandlerens navn.
new-staff-initials-missing = Skriv initialer. De står øverst i kolonnen i aftalebogen.
new-staff-initials-taken = { $initials } er allerede brugt. Skriv andre initialer.
new-hours-explanation = Hvornår der kan være aftaler. Pausen til frokost kan stå tom. Lige og ulige uger og ferie sættes op bagefter.
new-hours-everybody = Alle
new-hours-everybody-means = Gælder for alle, der ikke har deres egen uge. Vælg en behandler for at give vedkommende en anden.
new-hours-own = { $initials } har sin egen uge
new-hours-day = Dag
new-hours-from = Fra
new-hours-to = Til
new-hours-lunch-from = Frokost
new-hours-lunch-to = til
new-hours-length = { $minutes ->
    [0] { $hours } t
   *[other] { $hours } t { $minutes } min.
}
new-hours-week = I alt { $length } om ugen
new-hours-holidays = Lukket på helligdage
new-hours-nobody = Der er ingen behandlere endnu, så ingen har arbejdstider. De sættes op under fanen «Arbejdstider», når klinikken er oprettet.
new-hours-no-time = Skriv et klokkeslæt, fx 8.00.
new-hours-half-a-lunch = Skriv både fra og til, eller lad frokosten stå tom.
new-hours-reversed = Dagen skal slutte, efter at den er begyndt.
new-hours-lunch-reversed = Frokosten skal slutte, efter at den er begyndt.
new-hours-lunch-outside = Frokosten skal ligge inde i arbejdstiden.
new-types-explanation = Fjern fluebenet ved dem, I ikke bruger. Alt kan ændres bagefter, og flere kan føjes til.
new-type-code = Kode
new-type-name = Navn
new-type-online = Online
new-type-patients = Det ser patienterne
new-type-minutes-wrong = Skriv et helt tal fra { $min } til { $max }.
new-type-online-means = { $by ->
    [need] «{ $alias }» · når patienten har et behov
   *[anyone] «{ $alias }» · kan bookes af alle
}
new-type-offline-means = Bookes kun af klinikken
new-summary-explanation = Se det igennem. Intet er oprettet endnu.
new-summary-change = Ret
new-summary-none = Ingen endnu
new-summary-clinic-skipped = Hedder indtil videre «{ $name }»
new-summary-clinic-later = Navn og telefon skrives bagefter i «Klinik indstillinger».
new-summary-no-phone = Telefonnummeret mangler endnu.
new-summary-staff-later = Sættes op bagefter under fanen «Behandlere».
new-summary-hours-later = Sættes op bagefter under fanen «Arbejdstider».
new-summary-types-later = Sættes op bagefter under fanen «Aftaletyper».
new-summary-registered = I online booking: { $initials }
new-summary-hours-nobody = Ingen, for der er ingen behandlere endnu
new-summary-hours-of = { $initials } { $length }
new-summary-hours-idle = Uden arbejdstid: { $initials }
new-summary-holidays-closed = Lukket på helligdage
new-summary-holidays-open = Åbent på helligdage
new-summary-types = { $count ->
    [0] Ingen
    [one] 1 aftaletype, heraf { $online } til online booking
   *[other] { $count } aftaletyper, heraf { $online } til online booking
}
new-summary-after = Online booking bliver ikke startet. Det gør I selv med «Start», når indstillingerne er set igennem.
findings-ready = Klar: Tryk på «Inaktiv» og derefter på «Start», når patienterne må booke.
book-no-practitioners-why = Hver behandler får en kolonne her. Opret den første under «Behandlere».
book-to-practitioners = Opret behandlere
book-first-appointment = Dobbeltklik på en tid for at lave en aftale.

## Bookingserverens svar på fejl

problem-bad-request = Serveren forstår ikke det, der blev sendt.
problem-unauthorized = Adgang kræver, at man er logget ind, eller at pc’en er forbundet.
problem-revoked = Denne pc er fjernet fra klinikken.
problem-not-found = Det findes ikke.
problem-method-not-allowed = Det kan man ikke gøre her.
problem-took-too-long = Det tog for lang tid. Prøv igen.
problem-client-too-old = Programmet er for gammelt til denne server. Opdatér det.
problem-no-such-code = Koden passer ikke, eller den er udløbet eller brugt.
problem-conflict = En anden har ændret det samme.
problem-device-rewound = Pc’en er sat tilbage til en ældre kopi og henter alt på ny.
problem-position-gone = Alt skal hentes på ny.
problem-id-reused = Nøglen er brugt til noget andet.
problem-invalid = Ændringen kan ikke gemmes.
problem-refused = Tiden kan ikke bookes.
problem-taken = Tiden er lige blevet taget af en anden.
problem-self-registration-off = Man kan ikke oprette sig selv hos klinikken. Ring til klinikken.
problem-too-many-tries = For mange forsøg. Vent lidt, og prøv igen.
problem-too-large = Det, der blev sendt, er for stort.
problem-not-set-up = Klinikken har ikke sendt sin opsætning endnu.
problem-busy = Serveren har travlt. Prøv igen om lidt.
problem-disk-full = Serverens disk er fuld. Den, der passer serveren, skal skaffe plads.
problem-internal = Serveren har en fejl. Prøv igen om lidt.
# Hvad der er galt, for den, der har skrevet klienten: navne i JSON står, som de er.
problem-detail-other-json = indholdet er JSON, men ikke det, som kaldet tager imod
problem-detail-no-json = indholdet er ikke JSON
problem-detail-content-type = indholdets type skal være application/json
problem-detail-unreadable = indholdet kunne ikke læses
problem-detail-parameter = en parameter mangler eller er ikke, som den skal være
problem-detail-limit = limit er mindst 1
problem-detail-days = days er et helt tal fra { $least } til { $most }
problem-detail-from = from er en dato som 2026-11-23
problem-detail-key = headeren Idempotency-Key har 1 til { $most } tegn
problem-detail-start = start er et helt sekund som 2026-11-23T08:00:00Z
problem-detail-type-or-moves = online_type eller moves mangler
problem-detail-phone-or-email = enten phone eller email siger, hvor koden skal hen
problem-detail-no-contact = phone eller email siger, hvor koden skal hen
problem-detail-name = et navn er ikke et nummer
problem-detail-birth-date = ingen er født den dag
problem-detail-phone = phone er et telefonnummer, fra udlandet med + og landets nummer
problem-detail-email = email er en e-mailadresse
problem-detail-line-missing = { $field } må ikke være tom
problem-detail-line-too-long = { $field } har { $length } tegn, og højst { $most } er tilladt
problem-detail-line-invisible = { $field } har et tegn, der ikke kan ses
problem-detail-sequence = sequence er for stort et tal
problem-detail-base = base er for stort et tal
problem-detail-device = pc’en skal have et navn
problem-detail-whole-number = { $field } er et helt tal
problem-detail-other-kind = { $kind }: en post af en anden slags har dette id
problem-detail-unknown = { $kind }: posten findes ikke
problem-detail-exists = { $kind }: der er allerede en post med dette id
problem-detail-outside-limits = { $kind }: { $field } er uden for det tilladte
problem-detail-unique = { $kind }: en anden post har samme { $what }
problem-detail-record-too-large = { $kind }: posten er for stor
problem-detail-dangling = { $field } peger på en post, der ikke findes ({ $kind })
problem-detail-still-used = { $kind }: en anden post bruger den stadig ({ $by })
problem-detail-only-one = { $kind }: en klinik har altid én
problem-detail-practitioner-taken = appointment: behandleren er optaget
problem-detail-patient-taken = appointment: patienten er optaget
problem-detail-malformed = { $kind }: { $field } mangler eller indeholder noget, der ikke hører hjemme der
problem-detail-malformed-together = { $kind }: felterne passer ikke sammen

## Patienternes kald: svar og beskeder

login-code-sent = Hvis oplysningerne passer, er der sendt en kode. Kommer den ikke, så ring til klinikken.
message-subject = Din tid hos { $clinic }
message-booked = Du har en tid hos { $clinic } { $date } kl. { $time }.
message-moved = Din tid hos { $clinic } er flyttet til { $date } kl. { $time }.
message-cancelled = Din tid hos { $clinic } { $date } kl. { $time } er aflyst.
message-ring = Har du spørgsmål, så ring til os på { $phone }.
message-code-subject = Din kode til { $clinic }
message-code = Din kode til { $clinic } er { $code }. Den gælder i { $minutes } minutter. Giv den ikke til andre.

patient-service-stopped = Online booking er lukket lige nu. Ring til klinikken for at få en tid.
patient-not-online = Den type aftale kan ikke bookes online lige nu. Ring til klinikken.
patient-not-with-them = Den type aftale kan ikke bookes hos den behandler. Vælg en anden.
patient-no-need = Klinikken skal først have indkaldt dig til den type aftale. Ring til klinikken.
patient-need-expired = Tiden skulle bookes senest { $date }. Ring til klinikken.
patient-withheld-through = Tider til og med { $date } kan ikke vises lige nu. Vælg en senere dag, eller ring til klinikken.
patient-withheld = Klinikkens tider kan ikke vises lige nu. Ring til klinikken.
patient-no-new = Klinikken tager ikke imod nye patienter til den type aftale. Ring til klinikken.
patient-past = Tidspunktet er passeret.
patient-before-earliest = Den tidligste dag er { $date }.
patient-not-yet = Den tidligste dag er { $date }.
patient-after-last = Den sidste dag er { $date }.
patient-closed = Klinikken holder lukket den dag. Vælg en anden dag.
patient-absent = Behandleren arbejder ikke den dag. Vælg en anden dag eller en anden behandler.
patient-no-such-time = Det er ikke en af klinikkens tider. Vælg en anden tid.
patient-taken = Tiden er lige blevet taget af en anden. Vælg en anden tid.
patient-own-taken = Du har selv en anden tid på det tidspunkt.
patient-too-many = { $count ->
    [one] Du kan højst have 1 kommende tid på én gang. Ring til klinikken.
   *[other] Du kan højst have { $count } kommende tider på én gang. Ring til klinikken.
}
patient-cancelled-already = Tiden er aflyst.
patient-cancel-by-telephone = Tiden kan ikke aflyses online. Ring til klinikken.
patient-move-by-telephone = Tiden kan ikke flyttes online. Ring til klinikken.
patient-cancel-too-late = Tiden kunne aflyses online til og med { $date }. Ring til klinikken.
patient-move-too-late = Tiden kunne flyttes online til og med { $date }. Ring til klinikken.


## booking-server på kommandolinjen

booking-server-listening = booking-server { $version } svarer på { $url }{ $reach ->
    [here] {" "}(kun denne maskine)
   *[others] {""}
}
booking-server-keeps = Databasen er { $file }
booking-server-demo-messages = Beskeder til patienter bliver filer i { $folder }; ingen bliver sendt, før [messages] siger hvordan.
booking-server-fingerprint = Fingeraftryk (SHA-256) af serverens egen certifikatudsteder; pc’en viser det samme, når den parres:
    {"    "}{ $fingerprint }
booking-server-clock-stands = Uret står stille: { $instant }
booking-server-next = { $clinics ->
    [0] Næste skridt: { $program } clinic add "Klinikkens navn" opretter en klinik og viser koden til dens første pc.
    [one] 1 klinik. En pc mere parres med koden fra: { $program } clinic pair KLINIK
   *[other] { $clinics } klinikker. En pc mere parres med koden fra: { $program } clinic pair KLINIK
}
booking-server-stopped = Stoppet: alt, der var begyndt, er færdigt.
booking-server-settings-good = Indstillingerne kan bruges.
booking-server-settings-line = { $file }, linje { $line }: { $detail }
booking-server-settings-variable = Miljøvariablen { $name }: { $detail }
booking-server-clock-wrong = { $name } skal være et tidspunkt som 2026-11-23T08:00:00Z.
booking-server-postgres-later = PostgreSQL kan ikke bruges endnu. Skriv sqlite: og en fil.
booking-server-database-wrong = Databasen skrives som sqlite: og en fil, fx sqlite:/var/lib/booking-server/booking-server.db.
booking-server-no-folder = Der er ingen mappe til databasen. Skriv --database sqlite: og en fil.
booking-server-no-database = Der er ingen database i { $file }. «serve» og «clinic add» opretter den.
booking-server-database-busy = { $file } er optaget af et andet program. Prøv igen om lidt.
booking-server-disk-full = Disken er fuld: { $file }
booking-server-database-not-ours = { $file } er ikke en database fra dette program.
booking-server-database-newer = { $file } er fra et nyere program (databasen er version { $database }, programmet kender version { $program }). Brug det nye program.
booking-server-database-older = { $file } er version { $database }, og programmet her bruger version { $program }. En ældre booking-server har databasen: stop den, og start den nye.
booking-server-database-stopped = Databasen er holdt op med at svare. Start serveren igen; loggen siger hvorfor.
booking-server-file-failed = { $file }: { $detail }
booking-server-file-exists = { $file } findes i forvejen og bliver ikke overskrevet.
booking-server-locked = { $process ->
    [unknown] En anden server har { $file }. Stop den først.
   *[other] En anden server (proces { $process }) har { $file }. Stop den først.
}
booking-server-not-listening = Der kan ikke svares på { $address }: { $detail }
booking-server-plain-refused = Uden kryptering må kun denne maskine tale med serveren, og { $address } kan nås af andre. Skriv [tls] i indstillingerne, eller lyt på 127.0.0.1 bag en proxy, der krypterer.
booking-server-tls-wrong = Under [tls] skal der stå enten certificate og key, eller private_authority = true og names.
booking-server-tls-names = Under [tls] skal names sige, hvilke navne og adresser pc’erne bruger til serveren.
booking-server-listener = Der kan ikke tages imod forbindelser længere: { $detail }
booking-server-mail-sender = Under [messages.email] er from ikke en e-mailadresse, fx Tandlægerne <booking@example.dk>.
booking-server-mail-server = Under [messages.email] kan host ikke bruges som mailserver: { $detail }
booking-server-mail-in-the-clear = Under [messages.email] må security kun være "none", når mailserveren er på denne maskine.
booking-server-mail-login = Under [messages.email] hører user og password_file sammen: skriv begge eller ingen.
booking-server-sms-url = Under [messages.sms] er url ikke en adresse, der begynder med https://.
booking-server-sms-in-the-clear = Under [messages.sms] må url kun begynde med http://, når tjenesten er på denne maskine.
booking-server-sms-http = Under [messages.sms] kan { $what } ikke bruges i HTTP.
booking-server-sms-incomplete = Under [messages.sms] skal { $place } stå i url eller body.
booking-server-sms-not-json = Under [messages.sms] er body ikke JSON. Skriv body_format = "form" eller "text", hvis den ikke skal være det.
booking-server-sms-country = Under [messages.sms] skal countries være landekoder som "+45", og { $country } er ikke en landekode.
booking-server-tls-failed = Certifikatet kan ikke bruges: { $detail }
booking-server-clinic-name = Klinikkens navn er fra 1 til 100 tegn på én linje.
booking-server-clinic-added = { $name } er oprettet.
    {"    "}id: { $id }
    {"    "}navn i adresser: { $slug }
booking-server-clinic-pairs = En pc mere til { $name }:
booking-server-code = Kode: { $code } (gælder i { $minutes } minutter, til én pc)
    Skriv den i Aftalebog under «Server indstillinger».
booking-server-no-clinics = Ingen klinikker endnu.
booking-server-no-such-clinic = Der er ingen klinik { $clinic }. «clinic list» viser dem.
booking-server-clinic-line = { $id }  { $slug }  { $name }: { $devices ->
    [one] 1 pc
   *[other] { $devices } pc’er
}, { $records } poster. { $seen ->
    [never] Aldrig i kontakt
   *[other] Sidst i kontakt { $seen }
}
booking-server-no-snapshot = { $file } er ikke en eksport fra Aftalebog, eller den er beskadiget: linje { $line }, tegn { $column }.
booking-server-imported = { $written } poster er skrevet, { $deleted } slettet. Klinikkens pc’er henter dem af sig selv.
booking-server-not-imported = Intet er importeret. Post { $record }: { $detail }
booking-server-exported = { $file } er skrevet: { $count } poster.
booking-server-audit-sound = { $clinic }: { $rows } rækker, og ingen er ændret.
booking-server-audit-broken = { $clinic }: række { $number } i revisionssporet er ikke, som den blev skrevet.
booking-server-device-line = {"    "}{ $id }  { $name }: { $state ->
    [revoked] fjernet { $at }
   *[paired] sidst i kontakt { $at }
}
booking-server-revoked = { $id } har ikke længere adgang.
booking-server-no-such-device = Der er ingen pc { $id }. «device list» viser dem.
booking-server-no-such-folder = Der er ingen mappe { $folder }. Opret den først.
booking-server-backed-up = { $file } er skrevet og set igennem: { $clinics ->
    [one] 1 klinik
   *[other] { $clinics } klinikker
}, { $records } poster.
booking-server-copy-damaged = { $file } er beskadiget og blev ikke brugt: { $detail }
booking-server-restored = { $file } er sat tilbage: { $clinics ->
    [one] 1 klinik
   *[other] { $clinics } klinikker
}, { $records } poster.
booking-server-set-aside = Den gamle database er her: { $file }
booking-server-after-restore = Alle pc’er henter alt på ny, når serveren kører, og sender igen, hvad de ikke har fået svar på. Pc’er, der er fjernet siden kopien, har adgang igen: se «device list». Pc’er, der er parret siden, skal parres igen.


## Forbindelsen til bookingserveren

connection-connecting = Forbinder …
connection-online = Forbundet
connection-offline = Offline siden { $since }
connection-read-only = Ikke forbundet herfra
connection-revoked = Denne pc er fjernet fra klinikken
connection-too-old = Programmet er for gammelt til serveren
connection-revoked-why = Det, der bliver gemt, står kun på denne pc. Afbryd forbindelsen, få en ny kode fra en af klinikkens andre pc’er, og forbind igen.
connection-too-old-why = Det, der bliver gemt, står kun på denne pc, indtil programmet er opdateret.
connection-day-time = { $date } { $time }
cause-name = Serverens navn kendes ikke.
cause-name-remedy = Se efter, om adressen er stavet rigtigt, og om pc’en har internet.
cause-not-listening = Serveren svarer ikke.
cause-not-listening-remedy = Den er ikke startet, eller porten er forkert. Ring til dem, der driver serveren.
cause-not-encrypted = Serveren svarer ikke med https.
cause-not-encrypted-remedy = Se efter, om adressen er rigtig, eller ring til dem, der driver serveren.
cause-unreachable = Serveren svarer ikke.
cause-unreachable-remedy = Se efter, om pc’en har internet.
cause-slow = Serveren svarer ikke i tide.
cause-slow-remedy = Nettet er langsomt, eller serveren har travlt.
cause-certificate = Serverens certifikat kan ikke godkendes.
cause-certificate-remedy = Ring til dem, der driver serveren.
cause-not-the-server = Noget andet svarer i serverens sted, fx loginsiden på et gæstenet.
cause-not-the-server-remedy = Åbn en browser, og log på nettet.
cause-token = Adgangsnøglen kan ikke læses på denne pc.
cause-token-remedy = Afbryd forbindelsen, og forbind igen med en ny kode.
cause-server-fault = Serveren har en fejl.
cause-server-fault-remedy = Ring til dem, der driver den, hvis det bliver ved.
cause-misunderstood = Serveren svarer på en måde, programmet ikke forstår.
cause-misunderstood-remedy = Se efter, om programmet kan opdateres.
cause-file = Det, der kom fra serveren, kunne ikke skrives på denne pc.
cause-file-remedy = Se efter, om disken er fuld.
connection-tries-again = { $why } Programmet prøver igen { $when }.
connection-next-try-now = nu
connection-next-try-by-itself = af sig selv
connection-next-try-seconds = { $count ->
    [one] om 1 sekund
   *[other] om { $count } sekunder
}
connection-next-try-minutes = { $count ->
    [one] om 1 minut
   *[other] om { $count } minutter
}
connection-try-now = Prøv nu
fault-not-paired = Denne pc er ikke forbundet med en server.
fault-stopped = Programmet er ved at lukke.
connect-code = Kode fra serveren
connect-code-means = 8 bogstaver og tal. Den kan bruges én gang.
connect-code-missing = Skriv den kode, serveren viser.
connect-code-length = Koden er 8 bogstaver og tal, fx 7KQ2-M01P.
connect-code-refused = Koden passer ikke, eller den er udløbet eller brugt. Få en ny kode, og skriv den her.
connect-code-too-many = For mange forsøg. Vent et minut, få en ny kode, og prøv igen.
connect-address-missing = Skriv serverens adresse.
connect-paired-already = Denne pc er forbundet i forvejen. Luk vinduet her, og åbn det igen.
connect-another-gives = En anden af klinikkens pc’er er ved at sende sine oplysninger til serveren. Prøv igen om lidt: så kan de hentes hertil.
connect-nothing-to-give = Klinikken ligger ikke på serveren endnu, og på denne pc er der ingen behandlere. Forbind først den pc, der har klinikkens oplysninger, og få så en ny kode hertil. Er klinikken ny, så opret behandlerne først.
connect-not-kept = Adgangsnøglen kunne ikke gemmes i pc’ens boks til adgangskoder. Lås boksen op, få en ny kode, og prøv igen.
connect-explained = Koden får du af dem, der driver serveren, eller fra en af klinikkens andre pc’er under «Ny kode til en anden pc».
connect-read-only = Klinikken er kun åbnet til at kigge i, fordi en nyere version har skrevet filen. Opdatér programmet for at forbinde.
connect = Forbind
connect-looking = Finder serveren …
connect-pairing = Forbinder …
connect-taking = Gemmer en kopi og henter klinikken …
connect-gave = Forbundet. Klinikkens oplysninger på denne pc bliver sendt til serveren.
connect-took = Forbundet. Klinikken er hentet. Det, der stod på denne pc, er gemt i en kopi.
connect-kept-as-it-was = Ikke forbundet. Alt på denne pc er, som det var. Koden er brugt: få en ny, hvis du vil forbinde.
connect-authority-title = Er det jeres server?
connect-authority-explained = Serverens eget certifikat. Sammenlign med det, serveren viser:
connect-authority-why = Er bare ét tegn forskelligt, er det ikke jeres server, der svarer. Tryk på «Annuller», og ring til dem, der driver serveren.
connect-authority-same = De er ens
connect-replace-title = Hent klinikken?
connect-replace-explained = Oplysningerne om «{ $name }» på serveren lægges i stedet for dem på denne pc. Der gemmes en kopi først.
connect-replace-waiting = { $count ->
    [one] 1 ændring på denne pc er ikke sendt. Hører den til klinikken på serveren, bliver den sendt.
   *[other] { $count } ændringer på denne pc er ikke sendt. Hører de til klinikken på serveren, bliver de sendt.
}
connect-replace = Hent klinikken
connected-address = Serverens adresse
connected-since = Forbundet siden
connected-this-pc = Denne pc hedder
connected-token = Adgangsnøgle
connected-token-vault = Ligger i pc’ens egen boks til adgangskoder.
connected-token-file = Ligger i en fil, som kun du kan læse. Pc’en har ingen boks til adgangskoder.
connected-last-contact = Seneste kontakt { $when }.
connected-copied = Kopieret
connected-not-saved = Det kunne ikke skrives på denne pc: { $why }
code-title = Kode til en anden pc
code-fetching = Henter en kode …
code-explained = Skriv adressen og koden på den anden pc under «Server indstillinger». Giv kun koden til en, der må se klinikkens patienter.
code-only-here = Adressen virker kun på denne maskine. Spørg dem, der driver serveren, om den adresse, andre pc’er skal bruge.
code-until = Gælder til { $time } og kan bruges én gang.
code-copy = Kopiér koden
code-new = Ny kode til en anden pc
pcs-title = Klinikkens pc’er
pcs-open = Klinikkens pc’er …
pcs-fetching = Henter listen …
pcs-name = Navn
pcs-paired = Forbundet siden
pcs-seen = Sidst set
pcs-this = denne pc
pcs-none = Ingen pc’er
pcs-explained = Her er alle, der kan se klinikkens patienter. Fjern pc’er, I ikke bruger længere.
pcs-remove = Fjern …
pcs-now = Nu
pcs-minutes = { $count ->
    [one] for 1 minut siden
   *[other] for { $count } minutter siden
}
pcs-hours = { $count ->
    [one] for 1 time siden
   *[other] for { $count } timer siden
}
pcs-never = Aldrig
pcs-remove-title = Fjern { $name }?
pcs-remove-explained = Pc’en får ikke flere ændringer fra klinikken og kan ikke sende nogen. Det, der allerede står på den, bliver stående: slet Aftalebogs filer, før pc’en sælges.
pcs-remove-which = Flere pc’er hedder det samme. Denne blev forbundet { $since }: det kan du se på pc’en selv under «Server indstillinger».
pcs-remove-confirm = Fjern
unpair = Afbryd forbindelsen …
unpair-title = Afbryd forbindelsen?
unpair-explained = Alt på denne pc bliver. Det, der gemmes herefter, kommer først til klinikkens andre pc’er, når du forbinder igen, og online bookinger kommer ikke hertil før da. Du skal bruge en ny kode for at forbinde igen.
unpair-waiting = { $count ->
    [one] 1 ændring er ikke sendt. Den bliver på denne pc.
   *[other] { $count } ændringer er ikke sendt. De bliver på denne pc.
}
unpair-confirm = Afbryd forbindelsen
unpair-not-told = Forbindelsen er afbrudt, men serveren ved det ikke: fjern denne pc fra en anden pc under «Klinikkens pc’er».
unpair-done = Forbindelsen er afbrudt. Alt på denne pc er, som det var.
test-open = Test forbindelsen
test-title = Test forbindelsen
test-again = Test igen
test-copy = Kopiér til support
test-to = Serverens adresse: { $address }
test-step-address = Adressen
test-step-name = Serverens navn
test-step-reach = Vejen til serveren
test-step-certificate = Certifikatet
test-step-server = Bookingserveren
test-step-version = Versionen
test-step-clock = Uret
test-step-pairing = Adgangen
test-waiting = venter
test-running = prøver …
test-good = i orden
test-through-proxy = i orden, gennem en proxyserver
test-not-needed = ikke nødvendig
test-warning = advarsel
test-failed = fejl
test-not-tried = ikke prøvet
test-all-well = Alt er i orden.
test-well-but = Forbindelsen virker. Læs advarslen.
test-went-wrong = Testen stoppede ved det første, der er galt.
test-under-way = Testen er i gang …
test-support-title = Aftalebog { $version }: test af forbindelsen { $date } kl. { $time }
test-no-address = Skriv serverens adresse først.
test-name-unknown = Navnet «{ $host }» findes ikke. Se efter, om adressen er stavet rigtigt, og om pc’en har internet: åbn en hjemmeside i en browser.
test-refused = Maskinen «{ $host }» er der, men bookingserveren svarer ikke på port { $port }. Ring til dem, der driver serveren: den kan være stoppet, eller porten kan være en anden.
test-unreachable = Ingen svarer på «{ $host }». Se efter, om pc’en har internet. Virker andre hjemmesider, så ring til dem, der driver serveren: den kan være slukket, eller en firewall kan spærre.
test-slow = «{ $host }» svarer ikke i tide. Nettet er langsomt, eller serveren har travlt. Prøv igen om lidt.
test-certificate-none = Den, der svarer på «{ $host }», krypterer ikke. Se efter, om adressen er rigtig, og ring til dem, der driver serveren.
test-certificate-private = Serveren bruger sit eget certifikat, som pc’en ikke kender endnu: { $shown }. Når I trykker på «Forbind», skal I sammenligne det med det, serveren viser.
test-certificate-changed = Serveren viser et andet certifikat end det, I godkendte. Godkendt: { $kept }. Vist: { $shown }. Ring til dem, der driver serveren, og spørg, om det er skiftet.
test-certificate-untrusted = Certifikatet er ikke udstedt af nogen, pc’en stoler på. Ring til dem, der driver serveren.
test-certificate-name = Certifikatet er til et andet navn end «{ $host }». Se efter, om adressen er stavet rigtigt.
test-certificate-expired = Certifikatet er udløbet, eller uret på denne pc er foran. Se på uret først; ring ellers til dem, der driver serveren.
test-certificate-not-yet = Certifikatet gælder ikke endnu, eller uret på denne pc er bagefter. Se på uret først; ring ellers til dem, der driver serveren.
test-certificate-kept = Det certifikat, I godkendte, kan ikke læses på denne pc. Afbryd forbindelsen, og forbind igen med en ny kode.
test-certificate-no-trust = Denne pc’s egen liste over godkendte certifikater kan ikke læses. Ring til dem, der passer pc’en.
test-certificate-other = Certifikatet kan ikke godkendes. Ring til dem, der driver serveren.
test-redirect = «{ $host }» sender videre til en anden adresse, som et gæstenet gør, før man er logget på. Åbn en browser, og log på nettet, eller se efter, om adressen er rigtig.
test-page = En hjemmeside svarer i serverens sted, fx loginsiden på et gæstenet. Åbn en browser, og log på nettet, eller se efter, om adressen er rigtig.
test-not-a-server = Noget andet end en bookingserver svarer på «{ $host }». Se efter, om adressen er rigtig.
test-server-fault = Serveren har en fejl. Prøv igen om lidt, og ring til dem, der driver serveren, hvis det bliver ved.
test-too-old = Programmet er for gammelt til denne server. Opdatér det.
test-server-too-old = Serveren (version { $version }) er for gammel til dette program. Bed dem, der driver den, om at opdatere.
test-clock-ahead = Uret på denne pc går { $difference } foran i forhold til serverens. Stil uret: ellers får beskeder og det, I gemmer, forkerte tider.
test-clock-behind = Uret på denne pc går { $difference } bagud i forhold til serverens. Stil uret: ellers får beskeder og det, I gemmer, forkerte tider.
test-clock-fixed = Serverens ur er stillet med hånden til en demonstration.
test-minutes = { $count ->
    [one] 1 minut
   *[other] { $count } minutter
}
test-hours = { $count ->
    [one] 1 time
   *[other] { $count } timer
}
test-days = { $count ->
    [one] 1 døgn
   *[other] { $count } døgn
}
test-not-paired = Skriv koden fra serveren, og tryk på «Forbind».
test-token = Adgangsnøglen kan ikke læses på denne pc. Afbryd forbindelsen, og forbind igen med en ny kode.
test-revoked = Serveren kender ikke denne pc mere: den er fjernet fra klinikken. Afbryd forbindelsen, og forbind igen med en ny kode.
contacts-open = Kontakter og fejl
contacts-title = Kontakter og fejl
contacts-reading = Læser …
contacts-none = Der har ikke været noget endnu.
contacts-explained = Hvornår forbindelsen kom, og hvorfor den gik. Det nyeste står øverst.
contacts-copy = Kopiér
contacts-connected = Forbundet
contacts-other = Andet ({ $what })
contacts-not-paired = Ikke forbundet. { $why }
contacts-no-such-code = Koden passede ikke, eller den var udløbet eller brugt.
contacts-too-many-tries = For mange forkerte koder.
contacts-another-gives = En anden pc var ved at sende klinikkens oplysninger.
contacts-nothing-to-give = Hverken serveren eller pc’en havde klinikkens oplysninger.
contacts-not-kept = Adgangsnøglen kunne ikke gemmes.
contacts-refused = Serveren sagde nej.
contacts-line = { $when }: { $what }
analytics-no-counts-yet = Serveren tæller ikke besøg endnu. Tallene kommer her, når den gør.
service-running-alone = Patienterne kan ikke booke nogen steder: klinikken er ikke forbundet med en bookingserver.
service-stopped-alone = Patienterne kan ikke booke nogen steder, heller ikke når du starter: klinikken er ikke forbundet med en bookingserver.
service-unknown = Denne pc er fjernet fra klinikken på bookingserveren og ved ikke, hvad patienterne kan booke. Forbind den igen under «Server indstillinger».
service-running-silent = Bookingserveren har ikke hørt fra denne pc siden { $when }. Har klinikkens andre pc’er heller ikke forbindelse, holder den tider til og med { $date } tilbage, indtil en af dem har det igen.
service-running-silent-for-days = Bookingserveren har ikke hørt fra denne pc siden { $when }. Har klinikkens andre pc’er heller ikke forbindelse, kan patienterne ikke booke, indtil en af dem har det igen.
service-not-known = Det vides ikke, om online booking er aktiv
service-starting = Online booking starter, så snart serveren hører det
service-stopping = Online booking stopper, så snart serveren hører det
service-starting-means = Indtil da kan patienterne ikke booke nye tider.
service-stopping-means = Indtil da kan patienterne stadig booke nye tider online.
service-not-sent = Patienterne ser det, når ændringen er sendt.
service-to-server = Server indstillinger

## Synkronisering: status, konflikter og det, patienterne har gjort

field-blank = tom
field-yes = ja
field-no = nej
field-nobody = ingen
field-unknown = ukendt
field-time-zone = Tidszone
field-takes-new-patients = Aktiv (tager imod nye patienter)
field-weekday = Ugedag
field-deactivated = Deaktiveret
field-self-registered = Har oprettet sig selv
field-accepted = Godkendt af klinikken
field-recall-year = Indkaldeår
field-recall-week = Indkaldeuge
field-start = Tidspunkt
field-origin = Booket af
field-origin-clinic = klinikken
field-status = Status
field-booked = Booket
field-overlap = Overlap
field-overlap-none = intet
field-overlap-deliberate = med vilje
field-overlap-clash = med en aftale, der er booket online
field-when = { $date } kl. { $time }
field-days = { $count ->
    [one] 1 dag
   *[other] { $count } dage
}
field-place = nr. { $place }
sync-local = Gemt lokalt
sync-local-means = Alt er gemt på denne pc. Klinikken er ikke forbundet med en bookingserver.
sync-synchronised = Synkroniseret { $at }
sync-synchronised-means = Alt er sendt, og alt er hentet.
sync-waiting = { $count ->
    [one] 1 ændring venter
   *[other] { $count } ændringer venter
}
sync-waiting-means = Alt er gemt på denne pc. Det, der venter, bliver sendt om et øjeblik.
sync-fetching = Henter ændringer …
sync-fetching-means = Alt er gemt på denne pc. Programmet er ved at hente det, de andre pc’er og patienterne har ændret.
sync-connecting = Forbinder …
sync-connecting-means = Alt er gemt på denne pc. Programmet er ved at forbinde til bookingserveren.
sync-offline = Offline siden { $since }
sync-offline-means = Alt er gemt på denne pc og bliver sendt af sig selv, når der er forbindelse igen. { $why }
sync-conflicts = { $count ->
    [one] Konflikt
   *[other] { $count } konflikter
}
sync-conflicts-mean = { $count ->
    [one] Du og en anden har ændret det samme. Begge værdier er gemt, og I skal vælge, hvilken der gælder.
   *[other] Du og andre har ændret det samme. Alle værdier er gemt, og I skal vælge, hvilke der gælder.
}
sync-refused = { $count ->
    [one] Afvist
   *[other] { $count } afvist
}
sync-refused-means = { $count ->
    [one] Serveren kunne ikke tage imod en ændring. Den er gemt her, og I skal vælge, hvad der skal ske med den.
   *[other] Serveren kunne ikke tage imod { $count } ændringer. De er gemt her, og I skal vælge, hvad der skal ske med dem.
}
sync-and-offline = { $words }, offline
sync-and-offline-means = { $means } Offline siden { $since }. { $why }
sync-not-saved = Kan ikke gemme
sync-not-filed-means = Det, der kommer fra bookingserveren, kan ikke skrives på denne pc. Frigør plads på disken, eller luk det program, der har klinikkens fil åben. Aftalebog prøver igen af sig selv.
sync-no-key = Adgangsnøgle mangler
sync-no-key-means = Alt er gemt på denne pc, men intet bliver sendt eller hentet, for adgangsnøglen til bookingserveren kan ikke læses. Lås pc’ens boks til adgangskoder op. Hjælper det ikke, så afbryd forbindelsen under «Server indstillinger», og forbind igen med en ny kode.
sync-revoked = Denne pc er fjernet
sync-revoked-means = Denne pc er fjernet fra klinikken, af en anden pc eller af dem, der driver serveren. Alt er stadig gemt her, men intet bliver sendt eller hentet, før pc’en bliver forbundet igen under «Server indstillinger».
sync-too-old = Opdatér programmet
sync-too-old-means = Bookingserveren er nyere end dette program. Alt er gemt på denne pc og bliver sendt, når programmet er opdateret.
sync-hint = { $means } Tryk for at se mere.
sync-bar-news = Nyt ({ $count })
sync-hint-news = { $count ->
    [one] 1 ny ting fra patienterne.
   *[other] { $count } nye ting fra patienterne.
}
sync-title = Synkronisering
sync-now = Synkronisér nu
sync-next-try = Næste forsøg
sync-test = Test forbindelsen …
sync-to-settings = Server indstillinger …
sync-bar-clashes = { $count ->
    [one] 1 dobbeltbooking
   *[other] { $count } dobbeltbookinger
}
sync-bar-clashes-mean = { $count ->
    [one] En aftale ligger oven i en anden. Begge er gemt, og I skal flytte eller aflyse den ene.
   *[other] Aftaler ligger oven i andre. Alle er gemt, og I skal flytte eller aflyse dem, der er for mange.
}
notice-clash = Dobbeltbooking: { $what } ligger oven i en anden aftale { $place }
notice-clashes = { $count } nye dobbeltbookinger
sync-clashes = { $count ->
    [one] 1 aftale ligger oven i en anden
   *[other] { $count } aftaler ligger oven i andre
}
news-heading = Nyt fra patienterne
news-heading-count = Nyt fra patienterne ({ $count })
news-none = Intet nyt. Her står det, patienterne booker, flytter og melder afbud til online.
news-more = { $count ->
    [one] og 1 mere
   *[other] og { $count } mere
}
news-all-looked-at = Markér alle som set
news-show = Vis
news-booked = { $patient } har booket { $when }
news-moved = { $patient } har flyttet sin tid til { $when }
news-cancelled = { $patient } har meldt afbud til { $when }
news-registered = { $count ->
    [one] En ny patient har oprettet sig selv
   *[other] { $count } nye patienter har oprettet sig selv
}
news-several = Nyt fra patienterne: { $what }
news-count-booked = { $count ->
    [one] 1 booking
   *[other] { $count } bookinger
}
news-count-moved = { $count ->
    [one] 1 flytning
   *[other] { $count } flytninger
}
news-count-cancelled = { $count ->
    [one] 1 afbud
   *[other] { $count } afbud
}
news-count-registered = { $count ->
    [one] 1 ny patient
   *[other] { $count } nye patienter
}
news-somebody = En patient
news-arrived = kom { $when }
news-mark-booked = Ny: booket online
news-mark-moved = Ny: flyttet online
news-mark-other = Nyt fra patienten
closing-last-title = Luk Aftalebog på klinikkens sidste pc?
closing-last = Ingen anden af klinikkens pc’er er åben. Når ingen er det, kan bookingserveren ikke vide, hvad der bliver aftalt i klinikken. Efter { $hours } timer i åbningstiden holder den derfor tider tilbage for patienterne.
closing-sending = { $count ->
    [one] Sender 1 ændring …
   *[other] Sender { $count } ændringer …
}
closing-sending-why = Vinduet lukker, så snart serveren har det hele.
closing-unsent = { $count ->
    [one] 1 ændring er ikke sendt endnu
   *[other] { $count } ændringer er ikke sendt endnu
}
closing-unsent-why = Alt er gemt på denne pc og bliver sendt, næste gang programmet er åbent og har forbindelse. Indtil da ser klinikkens andre pc’er og patienterne det ikke.
closing-stay = Bliv her
closing-anyway = Luk alligevel
sync-set-aside = { $count ->
    [one] 1 ændring skal afgøres
   *[other] { $count } ændringer skal afgøres
}
sync-decide = Afgør …
sync-strip = { $title }: { $what }
sync-strip-decide = Afgør … (F8)
decide-title-conflict = Konflikt
decide-title-refused = Afvist af bookingserveren
decide-place = { $place } af { $count }
decide-earlier = Forrige
decide-next = Næste
decide-made = Din ændring er gemt på { $pc } { $when }.
decide-head-theirs = Står der nu
decide-head-mine = Din ændring
decide-theirs = Behold deres
decide-mine = Brug min
decide-all-theirs = Behold alle deres
decide-all-mine = Brug alle mine
decide-chosen = Gem valgene
decide-later = Senere
decide-later-means = Intet går tabt. Begge værdier bliver stående, til I har valgt.
decide-whole = Det hele
decide-appointment = Aftalen
decide-deleted = Slettet
decide-they-deleted = Slettet af { $who }. Du har ændret den i mellemtiden.
decide-i-deleted = Du vil slette den. I mellemtiden er den ændret af en anden.
decide-line-they-deleted = { $fields } · slettet i mellemtiden
decide-line-more = { $fields } og { $count } til
decide-line-they-changed = ændret i mellemtiden: { $fields }
decide-by-patient = patienten
decide-by-server = bookingserveren
decide-by-this-pc = denne pc
decide-saw = Du så: { $value }
decide-refused = Serveren kunne ikke tage imod ændringen: { $why } Prøv igen, når det, der stod i vejen, er rettet, eller kassér ændringen.
decide-refused-detail = Serveren kunne ikke tage imod ændringen: { $why } Prøv igen om lidt. Bliver det ved, så kassér ændringen, og ring til dem, der driver serveren (teknisk: { $detail }).
refused-at = { $why } Det gælder «{ $field }».
refused-too-large = Ændringen er for stor til at blive sendt på én gang. Kassér den, og gem den i mindre dele, fx som flere importer.
refused-exists = Serveren har allerede noget andet under det samme nummer. Kassér ændringen, og lav den igen.
refused-unknown = Det, du har ændret, er slettet i mellemtiden. Kassér ændringen.
refused-outside-limits = Serveren tager ikke imod en så stor eller så lille værdi. Kassér ændringen, og skriv en anden.
refused-malformed = Serveren forstår ikke ændringen. Se efter, om programmet kan opdateres, og prøv igen.
refused-dangling = Ændringen henviser til noget, der er slettet i mellemtiden. Kassér den, og lav den igen uden det.
refused-still-used = Det, du har slettet, er taget i brug af en anden i mellemtiden. Fjern det dér, og prøv igen, eller kassér sletningen.
refused-only-one = Klinikken har sine egne oplysninger på serveren i forvejen, og dem kan der kun være ét sæt af. Kassér ændringen.
refused-second-setup = En anden har sat den samme aftaletype op til online booking i mellemtiden. Kassér ændringen, og ret den, der er der.
refused-need-used = Behovet er brugt til en anden aftale i mellemtiden. Kassér ændringen, og lav aftalen uden behovet.
refused-practitioner-twice = Den samme behandler står der to gange. Kassér ændringen, og lav den igen.
refused-practitioner-taken = Behandleren har fået en anden aftale på det tidspunkt. Kassér ændringen, og find en anden tid.
refused-patient-taken = Patienten har fået en anden aftale på det tidspunkt. Kassér ændringen, og find en anden tid.
decide-refused-field = { $why } («{ $field }»)
decide-again = Prøv igen
decide-discard = Kassér
decide-more = { $count ->
    [one] og 1 mere
   *[other] og { $count } mere
}
decide-group = Gruppe
meanwhile-title = Ændret imens
meanwhile-why = Det er ændret, siden du så det. Vil du bruge dit i stedet?
meanwhile-why-delete = Det er ændret, siden du så det. Vil du slette det alligevel?
meanwhile-mine = Brug mit
meanwhile-kept = Ikke gemt. Det, du har skrevet, står her stadig. Luk, og åbn igen for at se det, den anden har gemt.
meanwhile-delete = Slet alligevel
meanwhile-many = { $count } er ændret, siden filen blev læst. Det er for mange til at se igennem, så intet er importeret. Læs filen igen: så sammenlignes den med det, der står der nu.
meanwhile-gone = Ikke gemt. Det, der stod i vejen, er der ikke mere: prøv igen.
elsewhere-changed = Ændret af en anden, mens du har det åbent. Det, du har skrevet, står her stadig.
elsewhere-cancelled = Der er meldt afbud til aftalen, mens du har den åben.
elsewhere-deleted = Slettet af en anden, mens du har det åbent.

## Gendan fra en sikkerhedskopi

restore-title = Gendan klinikken
restore-fetch-title = Hent fra en sikkerhedskopi
restore-explained = Vælg en fil fra «Gem sikkerhedskopi», eller en af kopierne på denne pc. Du ser først, hvad der er i den.
restore-fetch-explained = Vælg en fil fra «Gem sikkerhedskopi», eller træk den herover. Du ser først, hvad der er i den.
restore-damaged-explained = Vælg en fil fra «Gem sikkerhedskopi», træk den herover, eller vælg en af kopierne på denne pc. Du ser først, hvad der er i den.
restore-demo-explained = Demoklinikken kan kun gendannes fra sine egne kopier, så den bliver ved med at være opdigtet. Jeres egen klinik hentes, når Aftalebog bliver startet uden demoklinikken.
restore-copies = Kopier på denne pc
restore-copies-reading = Læser kopierne …
restore-copies-none = Der er ingen kopier endnu. Den første bliver lavet af sig selv.
restore-damaged-copies-none = Der er ingen kopier på denne pc.
restore-copy-daily = daglig kopi
restore-copy-asked = ekstra kopi
restore-copy-migration = før en ny version
restore-copy-import = før en gendannelse
restore-copy-pairing = før forbindelsen til serveren
restore-copy-content = { $practitioners ->
    [one] 1 behandler
   *[other] { $practitioners } behandlere
} · { $patients ->
    [one] 1 patient
   *[other] { $patients } patienter
} · { $appointments ->
    [one] 1 aftale
   *[other] { $appointments } aftaler
}
restore-copy-newer = fra en nyere version
restore-copy-unreadable = kan ikke læses
restore-show = Se kopien
restore-reading = Læser kopien …
restore-another = Vælg en anden
restore-take = Gendan
restore-fetch = Hent
restore-at = { $date } kl. { $time }
restore-in-copy = I kopien
restore-here = På denne pc nu
restore-clinic = Klinik
restore-made = Tidspunkt
restore-made-unknown = Det står ikke i filen
restore-now = i dag kl. { $time }
restore-appointment-types = Aftaletyper
restore-types-count = { $count }{ $online ->
    [0] {""}
   *[other] {" "}· { $online } til online booking
}
restore-practitioners = Behandlere
restore-practitioners-count = { $count }{ $groups ->
    [0] {""}
    [one] {" "}· 1 gruppe
   *[other] {" "}· { $groups } grupper
}
restore-closures = Lukkedage og fravær
restore-closures-count = { $count ->
    [one] 1 periode
   *[other] { $count } perioder
}
restore-patients = Patienter
restore-needs = Behov
restore-appointments = Aftaler
restore-appointments-count = { $count }{ $blocks ->
    [0] {""}
    [one] {" "}· 1 spærret tid
   *[other] {" "}· { $blocks } spærrede tider
}
restore-another-clinic = Kopien er fra en anden klinik: { $clinic }.
restore-lost = Alt, hvad der er ændret på denne pc efter kopien, forsvinder: aftaler, patienter, behov og indstillinger.
restore-typed = Det, der er skrevet i vinduet bagved og ikke er gemt, forsvinder også.
restore-copy-first = Først bliver klinikken, som den er nu, kopieret. «Fortryd» tager ikke en gendannelse tilbage, men kopien kan hentes på samme måde: den kommer til at stå øverst under «Gendan …».
restore-fetch-server = Har klinikken en bookingserver, så tryk i stedet på «Forbind til bookingserver» på den første side. Ellers får denne pc en bog for sig selv.
restore-set-aside = Filen, der ikke kan læses, bliver gemt under et andet navn.
restore-nothing-there = Klinikkens fil findes ikke, så intet bliver overskrevet.
restore-damaged-server = Med denne kopi er pc’en ikke længere forbundet med bookingserveren, hvis den var det: den får en bog for sig selv. Spørg i så fald først den, der passer serveren.
restore-paired = Denne pc er forbundet med en bookingserver, og serveren har alt, hvad klinikken har gemt. En kopi, der blev hentet ind her, ville enten skille pc’en fra de andre eller overskrive det, de har gemt. Derfor kan klinikken ikke gendannes her.
restore-paired-ways = Den seneste ændring tages tilbage med «Fortryd». Skal hele klinikken tilbage til en tidligere dag, gør den, der passer serveren, det med «booking-server restore». Skal denne pc have en bog for sig selv, så afbryd først forbindelsen under «Server indstillinger».
restore-read-only = Klinikkens fil er lavet af en nyere version af Aftalebog og kan kun læses her. Opdatér programmet, før klinikken bliver gendannet.
restore-own = Det er klinikkens egen fil, som er åben. Vælg en kopi af den.
restore-in-use = Filen er åben i et andet program. Luk det, og prøv igen.
restore-full = Disken er fuld, så kopien kan ikke læses. Frigør plads, og prøv igen. Intet er ændret.
restore-unreadable = Kopien er beskadiget eller ikke fra Aftalebog. Vælg en anden. Intet er ændret (teknisk: { $detail }).
restore-stopped = Det blev stoppet. Intet er ændret.
# Hver er en sætning: de, der passer, bliver sat efter hinanden.
restore-fetched = Klinikken er hentet fra en sikkerhedskopi.
restore-done = Klinikken er gendannet.
restore-from = Kopien var fra: { $made }.
restore-since = Det, der er skrevet siden, skal skrives igen.
restore-since-paired = Det, der er skrevet siden, kommer af sig selv fra bookingserveren: vent, til pc’en er synkroniseret, og skriv kun det igen, der så mangler.
restore-aside = Den beskadigede fil er gemt under et andet navn.
restore-before = Det, der stod her før, ligger øverst under «Gendan …».

## Hjælp, Om og en ny version

help-title = Hjælp
help-search = Søg i hjælpen
help-nothing = Ingen emner indeholder «{ $typed }». Prøv et andet ord.
help-see-also = Læs også
about-title = Om Aftalebog
about-version = Aftalebog { $version }
about-what = Klinikkens aftalebog, og det, patienterne kan booke online.
about-data = Klinikkens fil
about-copies = Sikkerhedskopier
about-server = Bookingserver
about-server-version = { $address } (version { $version })
about-system = System
about-licence = Aftalebog må bruges under MIT eller Apache-2.0 efter eget valg.
about-fonts = Skrifttypen er Inter (SIL Open Font License), og ikonerne er Lucide (ISC).
about-open = Åbn mappen
about-copy-path = Kopiér stien
about-copy = Kopiér oplysninger
about-no-folder = Mappen findes ikke endnu.
about-not-opened = Mappen kan ikke åbnes herfra. Stien er kopieret: sæt den ind dér, hvor du plejer at åbne mapper.
licences-title = Licenser
licences-explained = Aftalebog er bygget af disse { $count } programdele.
new-version-title = Der er en ny version
new-version-which = Aftalebog { $version }
new-version-get = Hent den nye version
new-version-away = Skjul
new-version-away-hint = Skjul beskeden, til der kommer en version mere
new-version-ask = Spørg dem, der driver bookingserveren, hvor den hentes.
new-version-no-browser = Browseren kan ikke åbnes herfra. Adressen er kopieret: { $page }
