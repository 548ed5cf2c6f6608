//! `clinic add`, `clinic pair`, `clinic list`.

use aftalebog_texts::fl;

use super::{Context, Failure, say};
use crate::secret::Secret;
use crate::store::{CODE_LASTS, NewClinic, Store};

pub(super) async fn add(context: &Context, name: String) -> Result<(), Failure> {
    let (_store, (name, clinic)) = new(context, name).await?;
    tell_added(context, &name, &clinic)
}

/// A new clinic, with its name as it is kept.
pub(super) async fn new(context: &Context, name: String) -> Result<(Store, (String, NewClinic)), Failure> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(fl!(context.texts, "booking-server-clinic-name").into());
    }
    let store = context.store_or_new().await?;
    let clinic = store.add_clinic(name.clone(), context.clock.now()).await.map_err(|error| context.failed(&error))?;
    Ok((store, (name, clinic)))
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
    let clinics = store.clinics().await.map_err(|error| context.failed(&error))?;
    if clinics.is_empty() {
        say(&fl!(context.texts, "booking-server-no-clinics"));
    }
    for clinic in clinics {
        let seen = clinic.last_contact.map_or_else(|| "never".to_owned(), |seen| seen.to_string());
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
