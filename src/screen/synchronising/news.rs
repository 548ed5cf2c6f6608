//! «Nyt fra patienterne»: what they did online that nobody here has looked at.

use std::collections::BTreeMap;

use aftalebog_booking::Id;
use aftalebog_booking::record::Appointment;
use aftalebog_booking::zone::local;
use aftalebog_local::Booked;
use aftalebog_local::sync::NoticeKind;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::screen::appointment_book::Led;
use crate::screen::settings::Situation;

/// Something a patient did to an appointment, which is as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub what: NoticeKind,
    pub arrived_at: DateTime<Utc>,
    pub booked: Booked,
}

/// The appointments that the book marks, and what was done to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fresh(BTreeMap<Uuid, NoticeKind>);

impl Fresh {
    pub(super) fn of_those<'a>(news: impl Iterator<Item = &'a News>) -> Self {
        Self(news.map(|news| (news.id().uuid(), news.what)).collect())
    }

    pub const NOTHING: Self = Self(BTreeMap::new());

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn holds(&self, appointment: Uuid) -> bool {
        self.0.contains_key(&appointment)
    }

    /// What was done to an appointment, in words; `None`: it has been looked at.
    pub fn of(&self, appointment: Uuid, texts: &Texts) -> Option<String> {
        Some(match self.0.get(&appointment)? {
            NoticeKind::Booked => fl!(texts, "news-mark-booked"),
            NoticeKind::Moved => fl!(texts, "news-mark-moved"),
            NoticeKind::Cancelled | NoticeKind::SelfRegistered => fl!(texts, "news-mark-other"),
        })
    }
}

impl News {
    pub fn id(&self) -> Id<Appointment> {
        self.booked.entry.id
    }

    /// «Karen Mikkelsen har booket tirsdag 24. november kl. 10.15».
    pub fn words(&self, situation: &Situation<'_>) -> String {
        let Situation { texts, setup, today, .. } = *situation;
        let start = local(setup.clinic.value.time_zone, self.booked.entry.value.start);
        let when = fl!(
            texts,
            "field-when",
            date = texts.date_seen_from(today, start.date()),
            time = texts.time_of(start.time())
        );
        let patient = self.booked.patient.as_ref().map(ToString::to_string);
        let patient = patient.unwrap_or_else(|| fl!(texts, "news-somebody"));
        match self.what {
            NoticeKind::Booked => fl!(texts, "news-booked", patient = patient, when = when),
            NoticeKind::Moved => fl!(texts, "news-moved", patient = patient, when = when),
            NoticeKind::Cancelled => fl!(texts, "news-cancelled", patient = patient, when = when),
            NoticeKind::SelfRegistered => fl!(texts, "news-registered", count = 1),
        }
    }

    /// «SU · JH · i dag kl. 9.31».
    pub fn details(&self, situation: &Situation<'_>) -> String {
        let Situation { texts, setup, now, .. } = *situation;
        let value = &self.booked.entry.value;
        let code = value.appointment_type.and_then(|id| setup.appointment_type(id)).map(|of| of.code.to_string());
        let initials = setup.practitioner(value.practitioner).map(|it| it.initials.to_string());
        let arrived = super::standing::when_whole(texts, setup, self.arrived_at, now);
        let arrived = Some(fl!(texts, "news-arrived", when = arrived));
        [code, initials, arrived].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Where the book shows it, or showed it.
    pub fn place(&self, situation: &Situation<'_>) -> Led {
        place_of(&self.booked, situation)
    }
}

/// Where the book shows an appointment.
pub fn place_of(booked: &Booked, situation: &Situation<'_>) -> Led {
    let Appointment { practitioner, start, .. } = booked.entry.value;
    let day = local(situation.setup.clinic.value.time_zone, start).date();
    Led { appointment: booked.entry.id, practitioner, day }
}

/// What came at once, in one line: one as it is, several as numbers.
pub fn summed_up(news: &[&News], registered: usize, situation: &Situation<'_>) -> Option<String> {
    let texts = situation.texts;
    match (news, registered) {
        ([], 0) => return None,
        ([one], 0) => return Some(one.words(situation)),
        ([], count) => return Some(fl!(texts, "news-registered", count = count)),
        _ => {}
    }
    let count = |kind| news.iter().filter(|it| it.what == kind).count();
    let parts = [
        (count(NoticeKind::Booked), fl!(texts, "news-count-booked", count = count(NoticeKind::Booked))),
        (count(NoticeKind::Moved), fl!(texts, "news-count-moved", count = count(NoticeKind::Moved))),
        (count(NoticeKind::Cancelled), fl!(texts, "news-count-cancelled", count = count(NoticeKind::Cancelled))),
        (registered, fl!(texts, "news-count-registered", count = registered)),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    Some(fl!(texts, "news-several", what = parts.join(", ")))
}
