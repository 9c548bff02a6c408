//! What a site tells about itself on its public pages.

use crate::answer::{self, Answer, Question};
use crate::check::nothing_was_sent;
use crate::classify::size_in_bytes;
use crate::said::find_ignoring_case;
use crate::{BaseUrl, CategoryId, Client, Error, Site, page};

/// What the public pages of a site tell. The limits are those of a **guest**; a key may have others.
///
/// No API tells any of this, so everything is read from pages made for people and may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Probe {
    /// The address that was asked.
    pub base: BaseUrl,
    /// The base address that the site's own pages name, when it is another one on the same host.
    pub canonical: Option<BaseUrl>,
    /// What made the page (`Chevereto 4`), when it is Chevereto and says so.
    pub generator: Option<String>,
    /// Whether there is a page `/api-v1`, which came with Chevereto 4.2: tags, and any expiration.
    pub has_api_page: bool,
    /// A private site: it leads whoever is not logged in to its log-in page, and tells nothing else.
    pub is_private: bool,
    /// The largest file in bytes.
    pub max_size: Option<u64>,
    /// The largest width in pixels that is kept; `None` when nothing is made smaller.
    pub max_width: Option<u32>,
    /// The extensions it takes.
    pub formats: Vec<String>,
    /// How many uploads the site's own form runs at once.
    pub parallel: Option<u32>,
    /// Whether a guest's uploads wait for approval.
    pub is_moderated: Option<bool>,
    /// The categories of the upload form.
    pub categories: Vec<Category>,
}

/// A category of the upload form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Category {
    /// The number to send.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
}

impl Client {
    /// Looks at a site's public pages (`/`, `/upload`, `/api-v1`), without a key. A few hundred KB at most.
    ///
    /// [`Client::find_site`] does this for an address as people type it.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Moved`] names the address to configure when the site answers from another one, and
    /// [`Error::Maintenance`] when it shows nothing but that.
    pub async fn probe(&self, site: &Site) -> Result<Probe, Error> {
        let front = site.base.page("/");
        let answer = self.get(&front).await.map_err(nothing_was_sent)?;
        let mut probe = Probe::read(&site.base, &answer);
        if (300..400).contains(&answer.status) {
            let to = answer::moved_to(&answer, &Question::about(&front));
            // A private site leads to its log-in page, which is still the same site.
            probe.is_private = to.as_ref() == Some(&site.base);
            // A front page may lead to another page of its site; the API stays where it is.
            let within = to.as_ref().is_some_and(|to| to.is_under(&site.base));
            let stays = probe.is_private || (within && self.has_api(&site.base).await);
            if !stays {
                return Err(Error::Moved { to });
            }
        } else if answer.status != 200 || is_closed(&answer) {
            return Err(answer::trouble(&answer, &Question::about(&front)));
        }
        // The form has its own page, and a site may show it to members only.
        if let Some(form) = self.page_of(site, "/upload").await {
            probe.add(Probe::read(&site.base, &form));
        }
        probe.has_api_page = self.page_of(site, "/api-v1").await.is_some();
        Ok(probe)
    }

    /// Whether the upload API answers under a base: to a question without a key it says that there is none.
    pub(crate) async fn has_api(&self, base: &BaseUrl) -> bool {
        let answer = self.get(&base.upload_url()).await;
        answer.is_ok_and(|answer| answer::json_within(&answer.body).is_some())
    }

    async fn page_of(&self, site: &Site, path: &str) -> Option<Answer> {
        self.get(&site.base.page(path)).await.ok().filter(|answer| answer.status == 200)
    }
}

/// Whether this is a maintenance page and not a site that speaks of maintenance somewhere.
fn is_closed(answer: &Answer) -> bool {
    let page = String::from_utf8_lossy(&answer.body);
    let is_working = !page::script(&page, "CHV.obj.config").is_empty();
    !is_working && find_ignoring_case(&page, "under maintenance").is_some()
}

impl Probe {
    fn read(base: &BaseUrl, answer: &Answer) -> Probe {
        let page = &String::from_utf8_lossy(&answer.body);
        let config = page::script(page, "CHV.obj.config");
        let is_chevereto = |name: &String| name.starts_with("Chevereto");
        let number = |name: &str| page::value(config, name).and_then(|text| text.parse().ok());
        Probe {
            base: base.clone(),
            canonical: canonical(base, page),
            generator: page::generator(page)
                .filter(is_chevereto)
                .or_else(|| answer.powered_by.clone().filter(is_chevereto)),
            has_api_page: false,
            is_private: false,
            // Some of Chevereto's kin write bare bytes.
            max_size: page::value(config, "max_filesize")
                .and_then(|text| size_in_bytes(&text).or_else(|| text.parse().ok())),
            max_width: number("max_width").filter(|width| *width > 0),
            formats: page::list(config, "image_types"),
            parallel: number("threads"),
            is_moderated: page::value(config, "moderation").map(|text| text == "true" || text == "1"),
            categories: categories(page),
        }
    }

    fn add(&mut self, other: Probe) {
        self.canonical = self.canonical.take().or(other.canonical);
        self.generator = self.generator.take().or(other.generator);
        self.max_size = self.max_size.or(other.max_size);
        self.max_width = self.max_width.or(other.max_width);
        self.parallel = self.parallel.or(other.parallel);
        self.is_moderated = self.is_moderated.or(other.is_moderated);
        if self.formats.is_empty() {
            self.formats = other.formats;
        }
        if self.categories.is_empty() {
            self.categories = other.categories;
        }
    }

    /// Whether the pages are Chevereto's: they say so, or hold the settings of its upload form. A site with pages of
    /// its own may still have the API; only [`Client::check_key`] is certain.
    #[must_use]
    pub fn is_chevereto(&self) -> bool {
        self.generator.is_some() || self.max_size.is_some() || !self.categories.is_empty()
    }

    /// The major version: 4 in `Chevereto 4`. Versions below that name themselves fully (`Chevereto 3.20.20`).
    #[must_use]
    pub fn major(&self) -> Option<u32> {
        let version = self.generator.as_deref()?.strip_prefix("Chevereto")?.trim_start();
        version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }
}

/// The base that the page's script names, when it is another one on the same host.
fn canonical(base: &BaseUrl, page: &str) -> Option<BaseUrl> {
    let named = BaseUrl::parse(&page::value(page::script(page, "PF.obj.config"), "base_url")?).ok()?;
    // Behind a proxy a site may take itself for an http site: its word counts for the path alone.
    let same = named.host_name() == base.host_name();
    let named = base.with_path_of(&named);
    (same && named != *base).then_some(named)
}

/// The options of `<select name="upload-category-id">`.
fn categories(page: &str) -> Vec<Category> {
    let read = |(id, name): (String, String)| {
        let id = id.trim().parse().ok()?;
        (!name.is_empty()).then_some(Category { id, name })
    };
    page::options(page, "upload-category-id").into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(base: &str, page: &str) -> Probe {
        let answer = Answer { status: 200, body: page.into(), ..Answer::default() };
        Probe::read(&BaseUrl::parse(base).unwrap(), &answer)
    }

    const PAGE: &str = r#"<html><head><meta name="generator" content="Chevereto 4"></head><body>
        <select name="upload-category-id" class="x"><option value="">Select category</option>
        <option value="1">Art &amp; design</option><option value='x'>?</option><option value="2" selected>Trips</option>
        </select><select><option value="9">other</option></select>
        <script>PF.obj.config.base_url = "http://host/sub/"; CHV.obj.config = { image: { max_filesize: "10 MB",
        right_click: false, load_max_filesize: "3 MB", max_width: "0" }, upload: { url: true, threads: "2",
        image_types: ["jpg","png"], moderation: false }, };</script></body></html>"#;

    #[test]
    fn a_page_tells_limits_and_categories() {
        let probe = read("host/sub", PAGE);
        assert_eq!((probe.generator.as_deref(), probe.major()), (Some("Chevereto 4"), Some(4)));
        assert_eq!((probe.max_size, probe.max_width, probe.parallel), (Some(10_000_000), None, Some(2)));
        assert_eq!((probe.is_moderated, probe.canonical.clone()), (Some(false), None));
        assert_eq!(probe.formats, ["jpg", "png"]);
        let categories: Vec<_> = probe.categories.iter().map(|c| (c.id.get(), c.name.as_str())).collect();
        assert_eq!(categories, [(1, "Art & design"), (2, "Trips")]);
    }

    #[test]
    fn a_limit_in_bare_bytes_is_one() {
        let page = "<script>CHV.obj.config={image:{max_filesize:32000000},upload:{threads:4}}</script>";
        let probe = read("host", page);
        assert_eq!((probe.max_size, probe.parallel), (Some(32_000_000), Some(4)));
    }

    #[test]
    fn a_page_names_the_base_of_its_own_host() {
        let base = |base| read(base, PAGE).canonical.map(|base| base.to_string());
        assert_eq!(base("https://host/sub/image/cat.a1").as_deref(), Some("https://host/sub"));
        assert_eq!(base("https://other/image"), None);
    }

    #[test]
    fn any_other_page_tells_nothing() {
        for page in
            ["", "<html>", "CHV.obj.config", "<select name=\"upload-category-id\"><option", "image_types:["]
        {
            let probe = read("host", page);
            assert!(!probe.is_chevereto() && probe.formats.is_empty(), "{page}");
        }
    }
}
