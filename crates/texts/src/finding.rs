//! What the check of the settings found, as a sentence that says what it means for patients.

use aftalebog_booking::check::{Change, Finding};
use aftalebog_booking::consequence::SameAlias;
use aftalebog_booking::contact::DIGITS;
use aftalebog_booking::record::OnlineType;
use aftalebog_booking::{Id, Setup};
use chrono::NaiveDate;

use crate::consequence::initials;
use crate::{Texts, fl};

impl Texts {
    /// «3 behov peger på PV, som ikke er tilmeldt. …».
    pub fn finding(&self, finding: &Finding, setup: &Setup, today: NaiveDate) -> String {
        let code = |id| code(id, setup);
        let day = |date| self.day_named(today, date);
        match finding {
            Finding::NobodyRegistered { .. } => fl!(self, "finding-nobody-registered"),
            Finding::NoTypeSetUp { .. } => fl!(self, "finding-no-type-set-up"),
            Finding::NoTypes => fl!(self, "finding-no-types"),
            Finding::AllTypesDeactivated => fl!(self, "finding-all-types-deactivated"),
            Finding::NothingForNewPatients => fl!(self, "server-self-registration-nothing"),
            Finding::PhoneMissing => fl!(self, "finding-phone-missing"),
            Finding::NotATelephone => {
                fl!(self, "finding-no-telephone", phone = setup.clinic.value.phone.to_string(), digits = DIGITS)
            }
            Finding::NotAnEmail => fl!(self, "finding-no-email", email = setup.clinic.value.email.to_string()),
            Finding::SameAlias { online_type, other, weight } => {
                let (alias, code, other) = (alias(*online_type, setup), code(*online_type), code(*other));
                match weight {
                    SameAlias::Warned => fl!(self, "finding-same-alias", alias = alias, code = code, other = other),
                    SameAlias::Refused => {
                        fl!(self, "finding-same-alias-refused", alias = alias, code = code, other = other)
                    }
                }
            }
            Finding::SpacingRounded { online_type, setting, works_as } => fl!(
                self,
                "finding-spacing-rounded",
                code = code(*online_type),
                setting = setting.get(),
                works = works_as,
                raster = setup.clinic.value.raster_minutes.minutes()
            ),
            Finding::NeedsOutOfReach { online_type, count, earliest, .. } => {
                fl!(self, "finding-needs-out-of-reach", code = code(*online_type), count = count, date = day(*earliest))
            }
            Finding::CannotBeChanged { online_type, earliest, change } => {
                let change = match change {
                    Change::Cancel => "cancel",
                    Change::Move => "move",
                    Change::CancelAndMove => "both",
                };
                let (code, date) = (code(*online_type), day(*earliest));
                fl!(self, "finding-cannot-be-changed", change = change, code = code, date = date)
            }
            Finding::NobodyTicked { online_type } => fl!(self, "finding-nobody-ticked", code = code(*online_type)),
            Finding::TickedNotRegistered { online_type, ticked } => fl!(
                self,
                "finding-ticked-not-registered",
                code = code(*online_type),
                count = ticked.len(),
                initials = initials(ticked, setup)
            ),
            Finding::NeedsOnUnregistered { practitioner, count } => {
                let initials = initials(&[*practitioner], setup);
                fl!(self, "finding-needs-on-unregistered", count = count, initials = initials)
            }
            Finding::NeedsOnDeactivated { practitioner, count, .. } => {
                let initials = initials(&[*practitioner], setup);
                fl!(self, "finding-needs-on-deactivated", count = count, initials = initials)
            }
            Finding::NeedsOnUnknown { count, .. } => fl!(self, "finding-needs-on-unknown", count = count),
            Finding::NoWorkingHours { practitioner } => {
                fl!(self, "finding-no-working-hours", initials = initials(&[*practitioner], setup))
            }
        }
    }
}

/// The code of a type's appointment type.
fn code(id: Id<OnlineType>, setup: &Setup) -> String {
    let of = online_type(id, setup).and_then(|value| setup.appointment_type(value.appointment_type));
    of.map(|of| of.code.to_string()).unwrap_or_default()
}

fn alias(id: Id<OnlineType>, setup: &Setup) -> String {
    online_type(id, setup).map(|value| value.alias.to_string()).unwrap_or_default()
}

fn online_type(id: Id<OnlineType>, setup: &Setup) -> Option<&OnlineType> {
    setup.online_types.iter().find(|entry| entry.id == id).map(|entry| &entry.value)
}

#[cfg(test)]
mod tests;
