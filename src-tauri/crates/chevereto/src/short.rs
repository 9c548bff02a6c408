//! The short answers: `format=txt` and `format=redirect`, which hardly tell a success from an error.

use url::Url;

use crate::answer::{Answer, Question};
use crate::classify::{Refusal, refusal};
use crate::image::absolute;
use crate::{Error, Format, Image, Links};

/// A success in the shape of `format=txt` (the direct link) or `format=redirect` (to the viewer page).
pub(crate) fn short_success(answer: &Answer, asked: &Question<'_>) -> Option<Image> {
    match (asked.format, answer.status) {
        (Format::Txt, 200) => {
            let text = std::str::from_utf8(&answer.body).ok()?.trim();
            let is_link = (text.starts_with("http://") || text.starts_with("https://"))
                && !text.contains(char::is_whitespace);
            let direct = absolute(text, asked.url).filter(|_| is_link)?;
            Some(Image::of_links(Links { direct: Some(direct), ..Links::default() }))
        }
        (Format::Redirect, 302) => {
            let viewer = absolute(answer.location.as_deref()?, asked.url)?;
            let id = id_of_page(&viewer, asked.url)?;
            Some(Image {
                id: Some(id),
                ..Image::of_links(Links { viewer: Some(viewer), ..Links::default() })
            })
        }
        _ => None,
    }
}

/// The id in the address of a viewer page (`/image/name.id`, `/image/id`, `/name.id`) of the site that was asked.
/// A site redirects for other reasons too: to its log-in page, or away from itself.
fn id_of_page(page: &str, asked: &Url) -> Option<String> {
    let page = Url::parse(page).ok().filter(|page| page.origin() == asked.origin())?;
    let parts: Vec<&str> = page.path_segments()?.collect();
    let last = parts.last()?;
    let id = last.rsplit_once('.').map(|(_, id)| id).or((parts.len() > 1).then_some(*last))?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_id && !page.path().contains("/api/")).then(|| id.to_owned())
}

/// An error in the shape of `format=txt`: HTTP 200 and the bare sentence, without a code.
pub(crate) fn short_refusal(answer: &Answer, asked: &Question<'_>) -> Option<Error> {
    let text = String::from_utf8_lossy(&answer.body);
    if text.contains('<') || text.trim().is_empty() || answer.cut {
        return None;
    }
    match refusal(&Refusal::without_code(&text), answer, asked) {
        // A bare sentence of no known kind confirms nothing and refuses nothing.
        Error::Refused { .. } => None,
        error => Some(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::read;

    #[test]
    fn only_a_page_of_the_site_confirms_by_redirect() {
        let url = Url::parse("https://host/sub/api/1/upload").unwrap();
        let asked = Question { format: Format::Redirect, sent_whole: true, ..Question::about(&url) };
        let told = |location: &str| {
            let answer = Answer { status: 302, location: Some(location.to_owned()), ..Answer::default() };
            read(&answer, &asked).map(|image| image.id.unwrap()).map_err(|error| error.code())
        };
        for (location, id) in [
            ("/sub/image/cat.a1", Ok("a1")),
            ("https://host/image/a1", Ok("a1")),
            ("https://host/v1.2.a1", Ok("a1")),
            ("/login", Err("unknown")),
            ("https://elsewhere.example/image/cat.a1", Err("unknown")),
            ("/sub/api/1/upload/", Err("unknown")),
        ] {
            assert_eq!(told(location), id.map(str::to_owned), "{location}");
        }
    }
}
