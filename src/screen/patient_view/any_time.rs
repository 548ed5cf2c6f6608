//! The same for any time of a day, as the appointment book is pressed.

use chrono::NaiveDate;

use super::{Desk, PatientView, Place, Reason};

impl PatientView {
    /// Looks closer at this date.
    pub fn open(&mut self, date: NaiveDate, desk: Desk<'_>) {
        if self.opened != Some(date) {
            self.opened = Some(date);
            self.asked = None;
            self.prepare(desk);
        }
    }

    /// Whether the patient is offered a time, a candidate or not; `None` while that is not known.
    pub fn answer(&self, place: Place, desk: Desk<'_>) -> Option<Result<(), Reason>> {
        let (terms, busy) = self.decision(desk)?;
        let decided = terms.decide_suggestion(busy, place.practitioner, place.start);
        let reason = |refusal| {
            // What bars the whole request is about nobody in particular.
            let about = terms.barred.is_none().then_some(place.practitioner);
            let words = desk.texts.refusal(refusal, about, desk.setup, desk.today());
            Reason::new(words, refusal, &terms, about, desk.texts)
        };
        Some(decided.map(|_minutes| ()).map_err(reason))
    }
}
