//! `audit verify`.

use aftalebog_texts::fl;

use super::{Context, Failure, say};
use crate::store::Unsound;

/// Looks through the audit trail of one clinic or of all, and names the first row of each that was tampered with.
pub(super) async fn verify(context: &Context, told: Option<&str>) -> Result<(), Failure> {
    let store = context.store().await?;
    let mut unsound = vec![];
    for clinic in context.clinics(&store, told).await? {
        match store.audit_verify(clinic.id).await {
            Ok(rows) => say(&fl!(context.texts, "booking-server-audit-sound", clinic = clinic.slug, rows = rows)),
            Err(Unsound::Broken { number }) => {
                unsound.push(fl!(context.texts, "booking-server-audit-broken", clinic = clinic.slug, number = number));
            }
            Err(Unsound::NoSuchClinic) => {
                return Err(fl!(context.texts, "booking-server-no-such-clinic", clinic = clinic.slug).into());
            }
            Err(Unsound::Store(error)) => return Err(context.database_failed(&error)),
        }
    }
    if unsound.is_empty() { Ok(()) } else { Err(Failure::NotInOrder(unsound.join("\n"))) }
}
