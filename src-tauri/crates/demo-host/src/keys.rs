//! Whose key it is, and how the site words that it is nobody's (FACTS §2).

use crate::{
    KeyKind, Mode,
    answer::Refusal,
    index::{Keys, Owner},
};

/// The header wins, even a wrong or empty one. V3 knows only the field.
pub(crate) fn check(
    keys: &Keys,
    mode: Mode,
    header: Option<&str>,
    field: Option<&str>,
) -> (KeyKind, Result<Owner, Refusal>) {
    let key = if mode == Mode::V3 { field } else { header.or(field) };
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return (KeyKind::None, Err(Refusal::new(100, "No key provided")));
    };
    let owner = if key == keys.guest {
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
        None => (KeyKind::Unknown, Err(unknown(mode, key))),
    }
}

fn unknown(mode: Mode, key: &str) -> Refusal {
    let parts = key.split('_').count();
    match mode {
        Mode::V3 => Refusal::new(100, "Invalid API v1 key."),
        Mode::V41 => Refusal::new(100, "Invalid guest API key."),
        Mode::V44 if key.starts_with("chv_") && parts == 3 => {
            Refusal::new(0, "This API key format is no longer supported. Please generate a new API key.")
        }
        Mode::V44 if !key.starts_with("chv_") && (3..=4).contains(&parts) => {
            Refusal::new(0, "Invalid API key prefix")
        }
        Mode::V42 | Mode::V44 => Refusal::new(100, "Invalid API key."),
    }
}
