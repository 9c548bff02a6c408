//! JPEG XL: the whole picture, made smaller.

use super::picture::Decoded;
use super::{Task, whole};
use crate::{Error, jxl};

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let (picture, profile) = jxl::decode(task.path, task.limits)?;
    Ok(Decoded { profile: Some(profile), ..whole::decoded(picture, task) })
}
