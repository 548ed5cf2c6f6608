//! `clinic add`, `clinic pair`, `clinic list`.

use aftalebog_texts::fl;

use super::{Context, Failure, say};
use crate::secret::Secret;
use crate::store::{CODE_LASTS, NewClinic};

pub(super) async fn add(context: &Context, name: &str) -> Result<(), Failure> {
    let name = as_kept(context, name)?;
    let store = context.store_or_new().await?;
    let clinic = store.add_clinic(name.clone(), context.clock.now()).await.map_err(|error| context.failed(&error))?;
    tell_added(context, &name, &clinic)
}

/// A clinic's name as it is kept, if it can be one.
pub(super) fn as_kept(context: &Context, name: &str) -> Result<String, Failure> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(fl!(context.texts, "booking-server-clinic-name").into());
    }
    Ok(name.to_owned())
}

/// How it is known, and how its first PC is paired.
pub(super) fn tell_added(context: &Context, name: &str, clinic: &NewClinic) -> Result<(), Failure> {
    let (id, slug) = (clinic.id.to_string(), clinic.slug.as_str());
    say(&fl!(context.texts, "booking-server-clinic-added", name = name, id = id, slug = slug));
    tell_code(context, &clinic.code)
}

pub(super) async fn pair(context: &Context, told: &str) -> Result<(), Failure> {
    let store = context.store().await?;
    let clinic = context.clinic(&store, told).await?;
    let code = store.new_code(clinic.id, None, context.clock.now()).await.map_err(|error| context.failed(&error))?;
    say(&fl!(context.texts, "booking-server-clinic-pairs", name = clinic.name));
    tell_code(context, &code)
}

fn tell_code(context: &Context, code: &Secret) -> Result<(), Failure> {
    let minutes = CODE_LASTS.num_minutes();
    say(&fl!(context.texts, "booking-server-code", code = code.reveal(), minutes = minutes));
    if let Some(fingerprint) = context.fingerprint(context.config()?.tls.as_ref())? {
        say(&fl!(context.texts, "booking-server-fingerprint", fingerprint = fingerprint));
    }
    Ok(())
}

pub(super) async fn list(context: &Context) -> Result<(), Failure> {
    let store = context.store().await?;
    let clinics = store.clinics(context.clock.now()).await.map_err(|error| context.failed(&error))?;
    if clinics.is_empty() {
        say(&fl!(context.texts, "booking-server-no-clinics"));
    }
    for clinic in clinics {
        let seen = clinic.last_contact.map_or_else(|| "never".to_owned(), |seen| context.moment(seen));
        let (id, slug) = (clinic.id.to_string(), clinic.slug);
        let (devices, records) = (clinic.devices, clinic.records);
        let name = clinic.name;
        say(&fl!(
            context.texts,
            "booking-server-clinic-line",
            id = id,
            slug = slug,
            name = name,
            devices = devices,
            records = records,
            seen = seen
        ));
    }
    Ok(())
}
