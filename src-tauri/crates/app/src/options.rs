//! What a person typed into the form, checked before it is kept: a site would drop or misread it without a word.

use chevereto::{AlbumId, Description, Expiration, FieldError, Tag, Title};
use engine::{Album, Defaults, OptionsPatch, Problem, TagsPatch, Wish};

use crate::{Code, problem};

/// Checks a change of options.
///
/// # Errors
/// The first value that a site would drop or misread.
pub fn check_options(patch: &OptionsPatch) -> Result<(), Problem> {
    typed(patch.title.as_ref(), Title::parse).map_err(problem::of_field)?;
    typed(patch.description.as_ref(), Description::parse).map_err(problem::of_field)?;
    if let Some(TagsPatch::Set(tags) | TagsPatch::Add(tags)) = &patch.tags {
        tags.iter().try_for_each(|tag| Tag::parse(tag).map(drop)).map_err(problem::of_field)?;
    }
    if let Some(Wish::Some(album)) = &patch.album {
        check_album(album)?;
    }
    if let Some(Wish::Some(expiration)) = &patch.expiration {
        Expiration::parse(expiration).map_err(problem::of_field)?;
    }
    match (&patch.category, patch.width) {
        (Some(Wish::Some(..=0)), _) | (_, Some(Some(0))) => Err(Code::NumberUnreadable.problem()),
        _ => Ok(()),
    }
}

/// Checks what holds for all files.
///
/// # Errors
/// As [`check_options`].
pub fn check_defaults(defaults: &Defaults) -> Result<(), Problem> {
    check_options(&OptionsPatch {
        album: defaults.album.clone().map(Wish::Some),
        category: defaults.category.map(Wish::Some),
        expiration: defaults.expiration.clone().map(Wish::Some),
        ..OptionsPatch::default()
    })
}

fn check_album(album: &Album) -> Result<(), Problem> {
    AlbumId::parse(&album.id).map(drop).map_err(problem::of_field)
}

fn typed<T>(
    text: Option<&Option<String>>,
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Result<(), FieldError> {
    match text.and_then(Option::as_deref).map(parse) {
        // A title `0` or of blanks is kept as typed and not sent; the site would take it for none.
        None | Some(Ok(_) | Err(FieldError::Blank)) => Ok(()),
        Some(Err(error)) => Err(error),
    }
}

/// The id of an album, of its id or its link.
///
/// # Errors
/// When there is none in the text.
pub fn album_id(link: &str) -> Result<String, Problem> {
    AlbumId::parse(link).map(|id| id.as_str().to_owned()).map_err(problem::of_field)
}
