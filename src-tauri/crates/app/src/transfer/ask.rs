//! What is asked of the site, in its own terms.

use chevereto::{AlbumId, CategoryId, Description, Expiration, FieldError, Fields, Tag, Title, Width};
use engine::{Job, Problem};

use crate::problem;

/// The fields of a request for a file that is sent under this name. A value that the site would misread is an error:
/// nothing unreadable is sent.
pub(super) fn fields(job: &Job, file_name: &str) -> Result<Fields, Problem> {
    of(job, file_name).map_err(problem::of_field)
}

fn of(job: &Job, file_name: &str) -> Result<Fields, FieldError> {
    let asked = &job.options;
    let tags = asked.tags.iter().map(|tag| Tag::parse(tag)).collect::<Result<_, _>>()?;
    let category = asked.category.map(|number| positive(number).ok_or(FieldError::Number)).transpose()?;
    Ok(Fields {
        title: title(job, file_name)?,
        description: given(asked.description.as_deref(), Description::parse)?,
        tags,
        album: asked.album.as_ref().map(|album| AlbumId::parse(&album.id)).transpose()?,
        category: category.and_then(CategoryId::new),
        width: width(job),
        expiration: asked.expiration.as_deref().map(Expiration::parse).transpose()?,
        nsfw: Some(asked.nsfw),
        ..Fields::default()
    })
}

/// A title is always sent: without one a site takes the picture's own caption, which may be private.
fn title(job: &Job, file_name: &str) -> Result<Option<Title>, FieldError> {
    if let Some(title) = given(job.options.title.as_deref(), Title::parse)? {
        return Ok(Some(title));
    }
    let from_name = media::name::title_from(file_name);
    given(Some(&from_name), Title::parse)
}

/// A text the site reads as "not given" is not given.
fn given<T>(
    text: Option<&str>,
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Result<Option<T>, FieldError> {
    match text.map(parse) {
        None | Some(Err(FieldError::Blank)) => Ok(None),
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(error)) => Err(error),
    }
}

/// Only a still picture that is wider can be made smaller; the site refuses every other wish.
fn width(job: &Job) -> Option<Width> {
    let asked = job.options.width?;
    let facts = &job.facts;
    let still = !facts.animated && !job.prepared.mime.starts_with("video/");
    let width = crate::pixels(&job.prepared).map(|(width, _)| width).or(facts.width);
    let smaller = width.is_some_and(|width| asked < width);
    Width::new(asked).filter(|_| still && smaller)
}

fn positive(number: i64) -> Option<u32> {
    u32::try_from(number).ok().filter(|number| *number > 0)
}
