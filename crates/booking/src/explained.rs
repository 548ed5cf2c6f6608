//! An explanation as another program reads it: from `aftalebog explain --json`, and from the server.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::bounded::Length;
use crate::broken::Broken;
use crate::id::Id;
use crate::offer::{Explanation, Offer, Refused};
use crate::record::{Kind, Practitioner};
use crate::setup::Setup;
use crate::terms::Terms;

/// What a patient is offered on some days, and why not the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    pub time_zone: String,
    /// The need that was judged.
    pub need: Option<Uuid>,
    pub earliest: NaiveDate,
    pub last: Option<NaiveDate>,
    /// Why there is nothing at all: `Refusal::code`.
    pub unavailable: Option<String>,
    /// Both lists are by start, then in the clinic's order.
    pub offers: Vec<ExplainedOffer>,
    /// Not there when nobody asked why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Vec<ExplainedRefusal>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedOffer {
    pub start: DateTime<Utc>,
    pub minutes: Length,
    /// The initials.
    pub practitioner: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedRefusal {
    pub start: DateTime<Utc>,
    pub practitioner: String,
    /// `Refusal::code`.
    pub reason: String,
}

impl Explained {
    pub fn of(terms: &Terms<'_>, columns: &Columns, offers: &[Offer], refused: Option<&[Refused]>) -> Self {
        let offers = offers.iter().map(|Offer { start, minutes, practitioner }| ExplainedOffer {
            start: *start,
            minutes: *minutes,
            practitioner: columns.initials(*practitioner),
        });
        let reason = |Refused { start, practitioner, reason }: &Refused| ExplainedRefusal {
            start: *start,
            practitioner: columns.initials(*practitioner),
            reason: reason.code().to_owned(),
        };
        Self {
            time_zone: terms.setup().clinic.value.time_zone.name().to_owned(),
            need: terms.need.map(|need| need.id.uuid()),
            earliest: terms.earliest,
            last: terms.last,
            unavailable: terms.barred.map(|refusal| refusal.code().to_owned()),
            offers: offers.collect(),
            refused: refused.map(|refused| refused.iter().map(reason).collect()),
        }
    }
}

/// The practitioners in the clinic's order, by their initials, whether they can be read or not.
pub struct Columns {
    places: HashMap<Id<Practitioner>, (usize, String)>,
}

impl Columns {
    pub fn of(setup: &Setup, broken: &[Broken]) -> Self {
        let read = setup.practitioners.iter().map(|it| (it.id, it.value.initials.to_string()));
        let broken = broken.iter().filter(|it| it.record.kind == Some(Kind::Practitioner));
        let broken = broken.filter_map(|it| Some((Id::new(it.record.id?), it.known_as.clone()?)));
        let mut places = HashMap::new();
        for (place, (id, initials)) in read.chain(broken).enumerate() {
            let _known = places.entry(id).or_insert((place, initials));
        }
        Self { places }
    }

    /// By start, then in the clinic's order; of one practitioner only where one is asked about.
    pub fn sort(&self, explanation: &mut Explanation, only: Option<Id<Practitioner>>) {
        let Explanation { offers, refused } = explanation;
        let asked = |practitioner| only.is_none_or(|only| only == practitioner);
        offers.retain(|offer| asked(offer.practitioner));
        refused.retain(|refused| asked(refused.practitioner));
        offers.sort_by_key(|offer| (offer.start, self.place(offer.practitioner)));
        refused.sort_by_key(|refused| (refused.start, self.place(refused.practitioner)));
    }

    /// Those whom no record describes come last, by id.
    fn place(&self, id: Id<Practitioner>) -> (usize, Id<Practitioner>) {
        (self.places.get(&id).map_or(usize::MAX, |(place, _)| *place), id)
    }

    /// The initials, or the id of one who has none.
    pub fn initials(&self, id: Id<Practitioner>) -> String {
        self.places.get(&id).map_or_else(|| id.to_string(), |(_, initials)| initials.clone())
    }
}
