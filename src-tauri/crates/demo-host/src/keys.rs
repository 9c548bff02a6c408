//! Whose key it is, and how the site words that it is nobody's (FACTS §2).

use crate::{
    GuestApi, KeyKind, Mode, Settings,
    answer::Refusal,
    index::{Keys, Owner},
};

/// The header wins, even a wrong or empty one. V3 knows only the field, and only the site's own key.
pub(crate) fn check(
    keys: &Keys,
    settings: &Settings,
    header: Option<&str>,
    field: Option<&str>,
) -> (KeyKind, Result<Owner, Refusal>) {
    let mode = settings.mode;
    let key = if mode == Mode::V3 { field } else { header.or(field) };
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return (KeyKind::None, Err(Refusal::new(100, "No key provided")));
    };
    let public = mode == Mode::V3 || settings.guest_api == GuestApi::On;
    let owner = if public && key == keys.guest {
        Some(Owner::Nobody)
    } else if mode == Mode::V3 {
        None
    } else if key == keys.user(mode) {
        Some(Owner::User)
    } else if key == keys.admin(mode) {
        Some(Owner::Admin)
    } else {
        None
    };
    match owner {
        Some(owner) => (owner.into(), Ok(owner)),
        None => (KeyKind::Unknown, Err(unknown(mode, settings.guest_api, key))),
    }
}

fn unknown(mode: Mode, guests: GuestApi, key: &str) -> Refusal {
    let parts = key.split('_').count();
    match (mode, guests) {
        (Mode::V3, _) => Refusal::new(100, "Invalid API v1 key."),
        (Mode::V40 | Mode::V41, GuestApi::Off) => Refusal::new(400, "Guest API is disabled."),
        (Mode::V40 | Mode::V41, _) => Refusal::new(100, "Invalid guest API key."),
        (Mode::V44, _) if key.starts_with("chv_") && parts == 3 => {
            Refusal::new(0, "This API key format is no longer supported. Please generate a new API key.")
        }
        (Mode::V44, _) if !key.starts_with("chv_") && (3..=4).contains(&parts) => {
            Refusal::new(0, "Invalid API key prefix")
        }
        (_, GuestApi::WithoutKey) => {
            Refusal::new(0, "API V1 public key can't be null. Go to /dashboard and set the Guest API key.")
        }
        _ => Refusal::new(100, "Invalid API key."),
    }
}
