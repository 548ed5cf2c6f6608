//! One-time codes: sent to whoever says that they are a patient, tried a few times, used once.

use aftalebog_booking::bounded::PatientNumber;
use aftalebog_booking::change::fields;
use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::{Author, SentWrite, WireDeed};
use aftalebog_booking::{Kind, Record, Value};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::attempt::{Limit, attempt, is_left};
use super::audit;
use super::change::{By, NewChange, apply};
use super::message::{channel, remove_letter, write_letter};
use super::record::text;
use super::session::new_session;
use super::{Store, Work};
use crate::config::PatientLimits;
use crate::message::{Channel, Contact, code_letter};
use crate::problem::Error;
use crate::secret::{CodeHash, Hash, Secret, hash};

/// How long a one-time code can be used.
pub(crate) const ONE_TIME_CODE_LASTS: TimeDelta = TimeDelta::minutes(10);

/// A code is tried so often; the next right one is no longer right.
const TRIES: u32 = 5;

/// Who says that they are somebody.
pub(crate) struct Claim {
    pub(crate) contact: Contact,
    pub(crate) birth_date: NaiveDate,
    /// They are new, and these are their fields.
    pub(crate) registers: Option<Patient>,
    /// Where they ask from.
    pub(crate) network: String,
    /// A letter can be sent there.
    pub(crate) reachable: bool,
}

impl Claim {
    /// How often codes are asked for from one place, and sent to one.
    fn limits(&self, clinic: Uuid, limits: &PatientLimits) -> [Limit; 2] {
        let (from, to) = (limits.codes_per_address_and_hour, limits.codes_per_recipient_and_day);
        [
            Limit { subject: format!("codes from|{}", self.network), window: TimeDelta::hours(1), most: from },
            Limit { subject: format!("codes to|{}", self.contact_key(clinic)), window: TimeDelta::days(1), most: to },
        ]
    }

    fn contact_key(&self, clinic: Uuid) -> String {
        format!("{clinic}|{}", self.contact.as_str())
    }
}

/// The code that is to be sent, and by which name it is asked for.
pub(crate) struct Code {
    pub(crate) challenge: Secret,
    pub(crate) code: Secret,
    pub(crate) hash: CodeHash,
}

/// A patient who has given the code.
pub(crate) struct LoggedIn {
    pub(crate) first_name: String,
    pub(crate) token: Secret,
    pub(crate) expires_at: DateTime<Utc>,
}

impl Store {
    /// Whether one more code may be asked for, or when. Counts nothing: `begin_challenge` does.
    pub(crate) async fn codes_are_left(
        &self,
        clinic: Uuid,
        claim: &Claim,
        limits: &PatientLimits,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let limits = claim.limits(clinic, limits);
        self.read(move |work| limits.iter().try_for_each(|limit| is_left(work, limit, now))).await
    }

    /// Writes a code down, and the letter with it where somebody is known by what was said. Whoever asks
    /// learns nothing of that: the same is done for nobody, and taken back.
    pub(crate) async fn begin_challenge(
        &self,
        clinic: Uuid,
        claim: Claim,
        code: Code,
        limits: PatientLimits,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let capped = self.write(move |work| begin(work, clinic, &claim, &code, &limits, now)).await?;
        if let Some(what) = capped {
            tracing::error!(what, "so many today that no more are sent: is somebody trying something?");
        }
        Ok(())
    }

    /// Uses up one try. The code's hash, if there is a code and a try was left.
    pub(crate) async fn use_try(
        &self,
        clinic: Uuid,
        challenge: Hash,
        network: String,
        limits: PatientLimits,
        now: DateTime<Utc>,
    ) -> Result<Option<CodeHash>, Error> {
        self.write(move |work| {
            let limit = Limit {
                subject: format!("tries from|{network}"),
                window: TimeDelta::hours(1),
                most: limits.tries_per_address_and_hour,
            };
            attempt(work, &limit, now)?;
            let sql = "update challenge set tries_left = tries_left - 1
                where id_hash = ?1 and clinic = ?2 and expires_at > ?3 and tries_left > 0 returning code_hash";
            let key = params![challenge.as_slice(), clinic.to_cell(), now.to_cell()];
            let found = work.prepare_cached(sql)?.query_row(key, |row| cell(row, "code_hash"));
            Ok(found.optional()?.map(CodeHash::stored))
        })
        .await
    }

    /// The code was right: it is used up, and whoever it was sent to has a session; with one telephone
    /// and birth date, twins have one each. `None`: it was used in between.
    pub(crate) async fn finish_challenge(
        &self,
        clinic: Uuid,
        challenge: Hash,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<LoggedIn>>, Error> {
        self.write(move |work| {
            let sql =
                "delete from challenge where id_hash = ?1 and clinic = ?2 returning patients, registration, channel";
            let found = work.prepare_cached(sql)?.query_row(params![challenge.as_slice(), clinic.to_cell()], |row| {
                Ok((cell::<String>(row, "patients")?, cell::<Option<String>>(row, "registration")?, channel(row)?))
            });
            let Some((patients, registration, channel)) = found.optional()? else { return Ok(None) };
            let ids: Vec<Uuid> = serde_json::from_str(&patients).unwrap_or_default();
            let mut patients = Vec::new();
            for id in ids {
                patients.extend(live_patient(work, clinic, id)?.map(|patient| (id, patient)));
            }
            if let Some(registration) = registration.filter(|_| patients.is_empty()) {
                patients = register(work, clinic, &registration, channel, now)?;
            }
            let mut logged_in = Vec::new();
            for (id, patient) in patients {
                let by = By { author: Author::Patient, device: None, patient: Some(id), name: String::new() };
                audit::append(work, clinic, &by, "login", "{}", now)?;
                let (token, expires_at) = new_session(work, clinic, (id, channel), now)?;
                let first_name = patient.name.as_str().split_whitespace().next().unwrap_or_default().to_owned();
                logged_in.push(LoggedIn { first_name, token, expires_at });
            }
            Ok::<_, Error>(Some(logged_in).filter(|it| !it.is_empty()))
        })
        .await
    }
}

/// What is counted, the code and the letter, in one transaction. Of what there were too many today.
fn begin(
    work: &Work<'_>,
    clinic: Uuid,
    claim: &Claim,
    code: &Code,
    limits: &PatientLimits,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    for limit in claim.limits(clinic, limits) {
        attempt(work, &limit, now)?;
    }
    let Claim { contact, birth_date, registers, network: _, reachable } = claim;
    let settings = work.settings(clinic)?;
    let known = who(work, clinic, contact, *birth_date)?;
    let known: Vec<Uuid> = known.into_iter().map(|(id, _)| id).collect();
    let is_somebody = registers.is_some() || !known.is_empty();
    let by_text = is_somebody && contact.channel() == Channel::Sms;
    let is_new = registers.is_some() && known.is_empty();
    let capped = capped(work, clinic, (by_text, is_new), limits, now)?;
    let expires_at = now + ONE_TIME_CODE_LASTS;
    write_code(work, clinic, (claim, &known), code, (now, expires_at))?;
    let letter = code_letter(&settings.setup, contact, &code.code, ONE_TIME_CODE_LASTS.num_minutes(), expires_at);
    let number = write_letter(work, clinic, &letter, now)?;
    if !is_somebody || !reachable || capped.is_some() {
        let _taken_back = remove_letter(work, number)?;
    }
    Ok(capped)
}

/// Counts what a clinic sends in a day: text messages, and codes to people who are new. Of what there
/// were too many. For nobody the same is done, and counts for nobody.
fn capped(
    work: &Work<'_>,
    clinic: Uuid,
    (by_text, is_new): (bool, bool),
    limits: &PatientLimits,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    let new = Limit {
        subject: format!("registrations of|{clinic}"),
        window: TimeDelta::days(1),
        most: limits.registrations_per_clinic_and_day,
    };
    let mut capped = None;
    for (counts, limit) in [(by_text, Limit::text_messages(clinic, limits)), (is_new, new)] {
        let nobody = || Limit { subject: "nobody".to_owned(), most: u32::MAX, ..limit.clone() };
        match attempt(work, &if counts { limit.clone() } else { nobody() }, now) {
            Ok(()) => {}
            Err(Error::TooManyTries { .. }) => capped = Some(limit.subject),
            Err(error) => return Err(error),
        }
    }
    Ok(capped)
}

/// A newer code takes the place of the one before.
fn write_code(
    work: &Work<'_>,
    clinic: Uuid,
    (claim, known): (&Claim, &[Uuid]),
    code: &Code,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> rusqlite::Result<()> {
    let contact_hash = hash(&claim.contact_key(clinic));
    let newer = "delete from challenge where contact_hash = ?1";
    let _older = work.prepare_cached(newer)?.execute([contact_hash.as_slice()])?;
    let sql = "insert into challenge
        (id_hash, clinic, contact_hash, channel, patients, registration, code_hash, tries_left, created_at, expires_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let _one = work.prepare_cached(sql)?.execute(params![
        code.challenge.hash().as_slice(),
        clinic.to_cell(),
        contact_hash.as_slice(),
        claim.contact.channel().name(),
        text(&known),
        claim.registers.as_ref().map(|patient| text(&fields(patient))),
        code.hash.as_str(),
        TRIES,
        now.to_cell(),
        expires_at.to_cell(),
    ])?;
    Ok(())
}

/// Forgets the codes that cannot be used any more.
pub(super) fn forget_challenges(connection: &Connection, now: DateTime<Utc>, most: u16) -> rusqlite::Result<usize> {
    let sql = "delete from challenge where id_hash in
        (select id_hash from challenge where expires_at <= ?1 limit ?2)";
    connection.prepare_cached(sql)?.execute(params![now.to_cell(), most])
}

/// Who is known to the clinic by a birth date and an address, by number.
fn who(
    connection: &Connection,
    clinic: Uuid,
    contact: &Contact,
    birth_date: NaiveDate,
) -> rusqlite::Result<Vec<(Uuid, Patient)>> {
    let sql = "select id, value from record
        where kind = 'patient' and clinic = ?1 and json_extract(value, '$.birth_date') = ?2
        order by id";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![clinic.to_cell(), birth_date.to_string()], |row| {
        Ok((cell::<Uuid>(row, "id")?, cell::<String>(row, "value")?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (id, value) = row?;
        found.extend(patient(id, &value).filter(|patient| contact.is_of(patient)).map(|patient| (id, patient)));
    }
    found.sort_by(|(_, one), (_, other)| one.number.cmp(&other.number));
    Ok(found)
}

fn live_patient(connection: &Connection, clinic: Uuid, id: Uuid) -> rusqlite::Result<Option<Patient>> {
    let sql = "select value from record where clinic = ?1 and id = ?2 and kind = 'patient'";
    let mut select = connection.prepare_cached(sql)?;
    let value = select.query_row([clinic.to_cell(), id.to_cell()], |row| cell::<String>(row, "value")).optional()?;
    Ok(value.and_then(|value| patient(id, &value)))
}

fn patient(id: Uuid, value: &str) -> Option<Patient> {
    let record = Record::from_fields(Kind::Patient, id, serde_json::from_str(value).ok()?).ok()?;
    if let Value::Patient(patient) = record.value { Some(patient) } else { None }
}

/// Makes the patient, unless the clinic has come to know them meanwhile by what was shown to be theirs.
fn register(
    work: &Work<'_>,
    clinic: Uuid,
    registration: &str,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, Patient)>, Error> {
    let id = Uuid::new_v4();
    let Some(new) = patient(id, registration) else { return Ok(vec![]) };
    let shown = match channel {
        Channel::Sms => new.phone.as_ref().and_then(|line| Contact::phone(line.as_str()).ok()),
        Channel::Email => new.email.as_ref().and_then(|line| Contact::email(line.as_str()).ok()),
    };
    if let Some(shown) = shown {
        let known = who(work, clinic, &shown, new.birth_date)?;
        if !known.is_empty() {
            return Ok(known);
        }
    }
    let write = SentWrite { kind: Kind::Patient, id, base: None, deed: WireDeed::Set(fields(&new)) };
    let by = By { author: Author::Patient, device: None, patient: Some(id), name: String::new() };
    let change = NewChange { id: Uuid::new_v4(), made_at: now, writes: &[write] };
    let _applied = apply(work, clinic, &by, &change, now)?;
    Ok(vec![(id, new)])
}

/// A number that stands until the clinic gives its own.
pub(crate) fn provisional_number() -> PatientNumber {
    let id = Uuid::new_v4().simple().to_string();
    PatientNumber::new(&format!("ny-{}", &id[..8])).expect("eleven letters and figures are a number")
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_booking::patient::is_like_cpr;

    #[test]
    fn a_provisional_number_is_no_other_and_nobodys_own() {
        let (one, other) = (provisional_number(), provisional_number());
        assert_ne!(one, other);
        assert!(!is_like_cpr(one.as_str()));
    }
}
