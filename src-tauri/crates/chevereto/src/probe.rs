//! What a site tells about itself on its public pages.

use serde_json::Value;

use crate::answer::{self, Asked};
use crate::check::nothing_was_sent;
use crate::classify::size_in_bytes;
use crate::{BaseUrl, CategoryId, Client, Error, Site};

/// What the public pages of a site tell. The limits are those of a **guest**; a key may have others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The address that was asked.
    pub base: BaseUrl,
    /// What made the page (`Chevereto 4`), when it is Chevereto and says so.
    pub generator: Option<String>,
    /// The largest file in bytes.
    pub max_size: Option<u64>,
    /// The extensions it takes.
    pub formats: Vec<String>,
    /// How many uploads the site's own form runs at once.
    pub parallel: Option<u32>,
    /// The categories of the upload form.
    pub categories: Vec<Category>,
}

/// A category of the upload form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The number to send.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
}

impl Client {
    /// Looks at a site's public pages, without a key.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Moved`] names the address to configure when the site answers from another one.
    pub async fn probe(&self, site: &Site) -> Result<Probe, Error> {
        let front = site.base.page("/");
        let answer = self.get(&front).await.map_err(nothing_was_sent)?;
        let asked = Asked::about(&front);
        if (300..400).contains(&answer.status) {
            let to = answer::moved_to(&answer, &front);
            // A private site leads to its log-in page, which is still the same site.
            if to.as_ref() != Some(&site.base) {
                return Err(Error::Moved { to });
            }
        } else if answer.status != 200 {
            return Err(answer::trouble(&answer, &asked));
        }
        let mut probe = Probe::read(&site.base, &String::from_utf8_lossy(&answer.body));
        // The form has its own page, and a site may show it to members only.
        if let Ok(form) = self.get(&site.base.page("/upload")).await
            && form.status == 200
        {
            probe.add(Probe::read(&site.base, &String::from_utf8_lossy(&form.body)));
        }
        Ok(probe)
    }
}

impl Probe {
    fn read(base: &BaseUrl, page: &str) -> Probe {
        let config = config(page);
        Probe {
            base: base.clone(),
            generator: generator(page).filter(|name| name.starts_with("Chevereto")),
            max_size: value_of(config, "max_filesize").as_deref().and_then(size_in_bytes),
            formats: list_of(config, "image_types"),
            parallel: value_of(config, "threads").and_then(|text| text.parse().ok()),
            categories: categories(page),
        }
    }

    fn add(&mut self, other: Probe) {
        self.generator = self.generator.take().or(other.generator);
        self.max_size = self.max_size.or(other.max_size);
        self.parallel = self.parallel.or(other.parallel);
        if self.formats.is_empty() {
            self.formats = other.formats;
        }
        if self.categories.is_empty() {
            self.categories = other.categories;
        }
    }
}

/// The inline script that holds the limits: from its name to the end of the script.
fn config(page: &str) -> &str {
    let from = page.find("CHV.obj.config").map_or("", |at| &page[at..]);
    from.split("</script>").next().unwrap_or_default()
}

/// The content of `<meta name="generator" content="…">`.
fn generator(page: &str) -> Option<String> {
    let tag = page.split('<').find(|tag| tag.starts_with("meta") && tag.contains("\"generator\""))?;
    attribute(tag, "content")
}

/// The value after a name in the script: a quoted text or a bare number.
fn value_of(script: &str, name: &str) -> Option<String> {
    let value = after_name(script, name)?;
    let text = match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next()?,
        None => value.split(|c: char| !c.is_ascii_digit()).next()?,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

/// The list of texts after a name in the script.
fn list_of(script: &str, name: &str) -> Vec<String> {
    let list = after_name(script, name).filter(|value| value.starts_with('['));
    let values = list.and_then(|list| serde_json::from_str::<Value>(list.get(..=list.find(']')?)?).ok());
    let texts = values.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    texts.iter().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}

fn after_name<'a>(script: &'a str, name: &str) -> Option<&'a str> {
    script.match_indices(name).find_map(|(at, _)| {
        let rest = script[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        rest.strip_prefix(':').map(str::trim_start)
    })
}

/// The options of `<select name="upload-category-id">`.
fn categories(page: &str) -> Vec<Category> {
    let Some(start) = page.find("name=\"upload-category-id\"") else { return Vec::new() };
    let select = page[start..].split("</select>").next().unwrap_or_default();
    select
        .split("<option")
        .skip(1)
        .filter_map(|option| {
            let (tag, rest) = option.split_once('>')?;
            let id = attribute(tag, "value")?.parse().ok()?;
            let name = crate::said::readable(rest.split("</option").next()?, None);
            (!name.is_empty()).then_some(Category { id, name })
        })
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = &tag[tag.find(&format!("{name}=\""))? + name.len() + 2..];
    Some(rest.split('"').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head><meta name="generator" content="Chevereto 4"></head><body>
        <select name="upload-category-id" class="x"><option value="">Select category</option>
        <option value="1">Art &amp; design</option><option value='x'>?</option><option value="2" selected>Trips</option>
        </select><select><option value="9">other</option></select>
        <script>CHV.obj.config = { image: { max_filesize: "10 MB", right_click: false }, upload: { threads: "2",
        image_types: ["jpg","png"], }, };</script></body></html>"#;

    #[test]
    fn a_page_tells_limits_and_categories() {
        let probe = Probe::read(&BaseUrl::parse("host").unwrap(), PAGE);
        assert_eq!(probe.generator.as_deref(), Some("Chevereto 4"));
        assert_eq!((probe.max_size, probe.parallel), (Some(10_000_000), Some(2)));
        assert_eq!(probe.formats, ["jpg", "png"]);
        let categories: Vec<_> = probe.categories.iter().map(|c| (c.id.get(), c.name.as_str())).collect();
        assert_eq!(categories, [(1, "Art & design"), (2, "Trips")]);
    }

    #[test]
    fn any_other_page_tells_nothing() {
        for page in
            ["", "<html>", "CHV.obj.config", "<select name=\"upload-category-id\"><option", "image_types:["]
        {
            let probe = Probe::read(&BaseUrl::parse("host").unwrap(), page);
            assert!(probe.generator.is_none() && probe.formats.is_empty() && probe.categories.is_empty());
        }
    }
}
