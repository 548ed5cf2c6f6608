//! `device list` and `device revoke`.

use aftalebog_texts::fl;
use uuid::Uuid;

use super::{Context, Failure, say};
use crate::problem::Error;

pub(super) async fn list(context: &Context, told: Option<&str>) -> Result<(), Failure> {
    let store = context.store().await?;
    for clinic in context.clinics(&store, told).await? {
        say(&format!("{} ({})", clinic.name, clinic.slug));
        let devices =
            store.devices(clinic.id, None, context.clock.now()).await.map_err(|error| context.failed(&error))?;
        for device in devices {
            let state = if device.revoked_at.is_some() { "revoked" } else { "paired" };
            let at = context.moment(device.revoked_at.or(device.last_seen).unwrap_or(device.paired_at));
            let (id, name) = (device.id.to_string(), device.name);
            say(&fl!(context.texts, "booking-server-device-line", id = id, name = name, state = state, at = at));
        }
    }
    Ok(())
}

pub(super) async fn revoke(context: &Context, id: Uuid) -> Result<(), Failure> {
    let store = context.store().await?;
    match store.revoke_any(id, context.clock.now()).await {
        Ok(()) => {
            say(&fl!(context.texts, "booking-server-revoked", id = id.to_string()));
            Ok(())
        }
        Err(Error::NotFound) => Err(fl!(context.texts, "booking-server-no-such-device", id = id.to_string()).into()),
        Err(error) => Err(context.failed(&error)),
    }
}
