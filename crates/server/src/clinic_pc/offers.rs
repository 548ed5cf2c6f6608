//! `GET /api/v1/offers`: what a patient would be offered, and why not the rest.
//!
//! The answer is that of `aftalebog explain` over the server's records; ids stand in the place of
//! numbers, codes and initials, which belong in no address that might be written down somewhere.

use std::fmt::Write;

use aftalebog_booking::explained::{Columns, Explained};
use aftalebog_booking::offer::Explanation;
use aftalebog_booking::record::{Need, Practitioner};
use aftalebog_booking::terms::{Purpose, Request, Terms, Visitor, Withheld};
use aftalebog_booking::time::days_after;
use aftalebog_booking::zone::day_start;
use aftalebog_booking::{Id, Kind};
use aftalebog_texts::fl;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::Asking;
use crate::json::json;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::state::App;
use crate::store::answers::{Answer, Asks, until};
use crate::store::{Grounds, Work, busy, record};

/// How many days can be asked about: two years, as with `aftalebog explain`.
const DAYS: std::ops::RangeInclusive<u32> = 1..=731;

/// What is asked.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Question {
    /// The id of a patient, or `new`: somebody who has not created themself yet.
    #[param(value_type = String)]
    patient: WhichPatient,
    online_type: Uuid,
    from: NaiveDate,
    #[param(minimum = 1, maximum = 731)]
    days: u32,
    /// One particular need; else the open one that is judged.
    need: Option<Uuid>,
    /// Only filters the two lists.
    practitioner: Option<Uuid>,
    /// With the reason of every other candidate.
    #[serde(default)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
enum WhichPatient {
    New,
    Known(Uuid),
}

impl TryFrom<String> for WhichPatient {
    type Error = uuid::Error;

    fn try_from(text: String) -> Result<Self, uuid::Error> {
        if text == "new" { Ok(Self::New) } else { text.parse().map(Self::Known) }
    }
}

/// `GET`: what a patient would be offered.
#[utoipa::path(
    get, path = "/api/v1/offers", tag = "clinic", security(("device" = [])), params(Question),
    responses(
        (status = 200, description = "What is offered", body = envelope::Explained),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such patient, type, need or practitioner in this clinic",
            body = envelope::Problem, content_type = "application/problem+json"),
        (status = 503, description = "The clinic has not sent its settings yet", body = envelope::Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn offers(
    State(app): State<App>,
    Asking { device, revision, .. }: Asking,
    query: Result<Query<Question>, QueryRejection>,
) -> Result<Response, Error> {
    let Query(question) = query?;
    question.check()?;
    let now = app.now();
    // The PC that asks is in touch: nothing is kept back by silence.
    let asks = Asks { clinic: device.clinic, revision, last_contact: Some(now) };
    let key = question.key();
    let answer = move |work: &Work<'_>| question.answer(work, device.clinic, now);
    Ok(json(app.store.answer(asks, key, now, answer).await?))
}

impl Question {
    fn check(&self) -> Result<(), Error> {
        if !DAYS.contains(&self.days) {
            let (least, most) = (*DAYS.start(), *DAYS.end());
            return Err(Error::bad_field("days", |texts| {
                fl!(texts, "problem-detail-days", least = least, most = most)
            }));
        }
        if !(1..=9999).contains(&self.from.year()) {
            return Err(Error::bad_field("from", |texts| fl!(texts, "problem-detail-from")));
        }
        Ok(())
    }

    /// All that the answer depends on besides the clinic and the time.
    fn key(&self) -> String {
        let Self { patient, online_type, from, days, need, practitioner, explain } = self;
        let mut key = format!("pc {patient:?} {online_type} {from} {days} {explain}");
        for id in [need, practitioner] {
            let _written = write!(key, " {id:?}");
        }
        key
    }

    /// Whatever is asked about and is not there is not found.
    fn answer(&self, work: &Work<'_>, clinic: Uuid, now: DateTime<Utc>) -> Result<Answer, Error> {
        let settings = work.settings(clinic)?;
        let (setup, broken) = (&settings.setup, &settings.broken);
        let online_type = setup.online_types.iter().find(|entry| entry.id.uuid() == self.online_type);
        let appointment_type = online_type.ok_or(Error::NotFound)?.value.appointment_type;
        let visitor = match self.patient {
            WhichPatient::New => Visitor::new_patient(),
            WhichPatient::Known(patient) => Grounds::read(work, clinic, patient, now)?.visitor,
        };
        if let Some(need) = self.need
            && record::fields(work, clinic, Kind::Need, need)?.is_none()
        {
            return Err(Error::NotFound);
        }
        let only = self.practitioner.map(Id::<Practitioner>::new);
        if only.is_some_and(|only| setup.practitioner(only).is_none()) {
            return Err(Error::NotFound);
        }
        let terms = Terms::of(Request {
            setup,
            broken,
            visitor: &visitor,
            appointment_type,
            need: self.need.map(Id::<Need>::new),
            purpose: Purpose::Book,
            withheld: Withheld::Nothing,
            now,
        });
        let zone = setup.clinic.value.time_zone;
        let span = (day_start(zone, self.from), day_start(zone, days_after(self.from, self.days.into())));
        let busy = busy(work, clinic, span, None)?;
        let columns = Columns::of(setup, broken);
        let mut found = if self.explain {
            terms.explanation(&busy, self.from, self.days)
        } else {
            Explanation { offers: terms.suggestions(&busy, self.from, self.days), refused: vec![] }
        };
        columns.sort(&mut found, only);
        let refused = self.explain.then_some(found.refused.as_slice());
        let explained = Explained::of(&terms, &columns, &found.offers, refused);
        let text = record::text(&explained);
        Ok(Answer { text, until: until(setup, found.offers.first().map(|offer| offer.start), now) })
    }
}
