//! The address of a site: one canonical spelling, whatever a person pasted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

/// Pages of a Chevereto site that people copy from the address bar; none of them is part of the base.
const PAGES: [&str; 8] =
    ["/api/1/upload", "/api/1", "/settings/api", "/upload", "/api-v1", "/login", "/index.php", "/settings"];

/// The base of a site: scheme, host, port and sub-directory, without a trailing slash.
///
/// Two spellings of one site give equal values. A Chevereto site answers a request to any other spelling of its
/// upload address with a redirect that loses the body, so this type knows the exact one.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BaseUrl {
    url: Url,
}

/// Why a text is not the address of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing was given.
    #[error("the address is empty")]
    Empty,
    /// It cannot be read as a web address.
    #[error("this is not a web address")]
    Unreadable,
    /// Something else than `http` or `https`.
    #[error("only http and https addresses work")]
    Scheme,
    /// It carries a user name or a password.
    #[error("the address carries a user name or a password")]
    UserInfo,
}

impl AddressError {
    /// A stable word for this error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AddressError::Empty => "address-empty",
            AddressError::Unreadable => "address-unreadable",
            AddressError::Scheme => "address-scheme",
            AddressError::UserInfo => "address-user-info",
        }
    }
}

impl BaseUrl {
    /// Reads an address as people paste it: `host`, `host:8080/sub/`, `https://host/upload?x#y`, an IDN.
    ///
    /// Without a scheme it is `https`. Page names, query and fragment are dropped.
    ///
    /// # Errors
    /// [`AddressError`] when it is empty, unreadable, not `http(s)`, or carries a user name or password.
    pub fn parse(text: &str) -> Result<BaseUrl, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(AddressError::Unreadable);
        }
        let spelled = match text.split_once("://") {
            Some((scheme, _))
                if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") =>
            {
                text.to_owned()
            }
            Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) => {
                return Err(AddressError::Scheme);
            }
            _ => format!("https://{}", text.trim_start_matches('/')),
        };
        let mut url = Url::parse(&spelled).map_err(|_| AddressError::Unreadable)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::UserInfo);
        }
        url.set_query(None);
        url.set_fragment(None);
        drop_final_dot(&mut url)?;
        let path = site_path(url.path());
        url.set_path(&path);
        Ok(BaseUrl { url })
    }

    /// Whether a key sent here could be read on the way: plain `http` to another machine than this one.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        self.url.scheme() == "http" && !self.is_loopback()
    }

    /// Whether everything sent here is encrypted.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether the site runs on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// The host for people: IDN in its own letters, the port when it is not the usual one.
    #[must_use]
    pub fn host_name(&self) -> String {
        let ascii = self.url.host_str().unwrap_or_default();
        let (unicode, readable) = idna::domain_to_unicode(ascii);
        let name = if readable.is_ok() { unicode } else { ascii.to_owned() };
        match self.url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name,
        }
    }

    /// Scheme, host and port (`https://host`, `http://host:8080`): what a key belongs to.
    #[must_use]
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Exactly `<base>/api/1/upload`: any other spelling is answered by a redirect that loses the body.
    #[must_use]
    pub fn upload_url(&self) -> Url {
        self.page("/api/1/upload")
    }

    /// The same place by another scheme; a port that was named stays.
    pub(crate) fn with_scheme(&self, scheme: &str) -> BaseUrl {
        let mut url = self.url.clone();
        url.set_scheme(scheme).expect("http and https may stand for each other");
        BaseUrl { url }
    }

    /// This scheme, host and port with the sub-directory of another address.
    pub(crate) fn with_path_of(&self, other: &BaseUrl) -> BaseUrl {
        let mut url = self.url.clone();
        url.set_path(other.url.path());
        BaseUrl { url }
    }

    /// Whether it is a directory of another address, on the same origin.
    pub(crate) fn is_under(&self, other: &BaseUrl) -> bool {
        let above = other.url.path().trim_end_matches('/');
        let below = self.url.path().strip_prefix(above);
        self.origin() == other.origin() && below.is_some_and(|path| path.starts_with('/'))
    }

    pub(crate) fn is_root(&self) -> bool {
        self.url.path() == "/"
    }

    /// One directory up; `None` at the top.
    pub(crate) fn parent(&self) -> Option<BaseUrl> {
        let (parent, _) = self.url.path().rsplit_once('/').filter(|_| !self.is_root())?;
        let mut url = self.url.clone();
        url.set_path(parent);
        Some(BaseUrl { url })
    }

    /// Exactly `<base>/api/1/upload/?…`: a question in the address wants a slash before it, and PHP's own spelling
    /// (blanks as `+`, everything but letters, digits and `-_.` as `%XX`). Any other spelling is redirected.
    pub(crate) fn query_url(&self, pairs: impl IntoIterator<Item = (&'static str, String)>) -> Url {
        let mut url = self.page("/api/1/upload/");
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let query = query.extend_pairs(pairs).finish().replace('*', "%2A");
        url.set_query(Some(&query));
        url
    }

    /// An address under the base; `path` starts with a slash.
    pub(crate) fn page(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let whole = format!("{}{path}", self.url.path().trim_end_matches('/'));
        url.set_path(&whole);
        url
    }
}

/// `host.` and `host` are one host to people and two to TLS and to the site.
fn drop_final_dot(url: &mut Url) -> Result<(), AddressError> {
    let host = url.host_str().ok_or(AddressError::Unreadable)?.to_owned();
    if let Some(bare) = host.strip_suffix('.') {
        url.set_host(Some(bare)).map_err(|_| AddressError::Unreadable)?;
    }
    Ok(())
}

/// The sub-directory of the site in a pasted path: without doubled slashes and without the names of pages.
fn site_path(path: &str) -> String {
    let mut path: String =
        path.split('/').filter(|part| !part.is_empty()).fold(String::new(), |whole, part| whole + "/" + part);
    while let Some(page) = PAGES.iter().find(|page| path.ends_with(*page)) {
        path.truncate(path.len() - page.len());
    }
    path
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

impl FromStr for BaseUrl {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        BaseUrl::parse(text)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        BaseUrl::parse(&text)
    }
}

impl From<BaseUrl> for String {
    fn from(base: BaseUrl) -> Self {
        base.to_string()
    }
}

/// How a site takes the key.
///
/// Chevereto 4 looks into the header first and, when there is none, into the form: it takes both. So [`Api::Old`] works
/// with every site, for those who need the key as a field (something on the way drops unknown headers). The other
/// way round is not true: Chevereto 3 reads the form only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Api {
    /// In the `X-API-Key` header: Chevereto 4.
    #[default]
    V1_1,
    /// As a form field `key`: Chevereto 3 and its kin, and any other.
    Old,
}

/// A site to talk to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Site {
    /// Where it is.
    pub base: BaseUrl,
    /// How it takes the key.
    pub api: Api,
}

impl Site {
    /// A site that speaks API V1.1: the key goes in the header.
    #[must_use]
    pub fn new(base: BaseUrl) -> Site {
        Site { base, api: Api::V1_1 }
    }

    /// A site that gets the key as a form field.
    #[must_use]
    pub fn old(base: BaseUrl) -> Site {
        Site { base, api: Api::Old }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_gives_one_base() {
        for (pasted, base) in [
            ("imgximg.com", "https://imgximg.com"),
            (" https://imgximg.com/ ", "https://imgximg.com"),
            ("HTTPS://ImgXImg.com./upload", "https://imgximg.com"),
            ("//host", "https://host"),
            ("http://host", "http://host"),
            ("host:8080", "https://host:8080"),
            ("https://host:443/", "https://host"),
            ("https://host/sub//dir/", "https://host/sub/dir"),
            ("https://host/sub/api/1/upload/?key=x#y", "https://host/sub"),
            ("https://host/settings/api", "https://host"),
            ("https://žuvis.lt/upload", "https://xn--uvis-kbb.lt"),
            ("http://[::1]:9000", "http://[::1]:9000"),
        ] {
            assert_eq!(BaseUrl::parse(pasted).unwrap().to_string(), base, "{pasted}");
        }
    }

    #[test]
    fn the_upload_address_is_exact() {
        for (pasted, upload) in [
            ("host", "https://host/api/1/upload"),
            ("https://host/sub/", "https://host/sub/api/1/upload"),
            ("http://host:8080/upload", "http://host:8080/api/1/upload"),
        ] {
            assert_eq!(BaseUrl::parse(pasted).unwrap().upload_url().as_str(), upload);
        }
    }

    #[test]
    fn what_is_no_site_is_refused() {
        for (pasted, error) in [
            ("", AddressError::Empty),
            ("   ", AddressError::Empty),
            ("ftp://host", AddressError::Scheme),
            ("file:///etc/passwd", AddressError::Scheme),
            ("https://me:secret@host", AddressError::UserInfo),
            ("me@host", AddressError::UserInfo),
            ("https://", AddressError::Unreadable),
            ("two words", AddressError::Unreadable),
            ("javascript:alert(1)", AddressError::Unreadable),
            ("host:99999", AddressError::Unreadable),
        ] {
            assert_eq!(BaseUrl::parse(pasted).unwrap_err(), error, "{pasted}");
        }
    }

    #[test]
    fn a_scheme_is_changed_and_a_named_port_stays() {
        for (typed, secure, plain) in [
            ("http://host/sub", "https://host/sub", "http://host/sub"),
            ("host:8080", "https://host:8080", "http://host:8080"),
            ("http://host:443", "https://host", "http://host:443"),
            ("host:80", "https://host:80", "http://host"),
        ] {
            let base = BaseUrl::parse(typed).unwrap();
            let both = (base.with_scheme("https").to_string(), base.with_scheme("http").to_string());
            assert_eq!(both, (secure.to_owned(), plain.to_owned()), "{typed}");
        }
    }

    #[test]
    fn a_base_has_parents_up_to_the_root() {
        let base = BaseUrl::parse("https://host/a/b").unwrap();
        let parents: Vec<_> =
            std::iter::successors(Some(base), BaseUrl::parent).map(|base| base.to_string()).collect();
        assert_eq!(parents, ["https://host/a/b", "https://host/a", "https://host"]);
        let is_under =
            |one: &str, other: &str| BaseUrl::parse(one).unwrap().is_under(&BaseUrl::parse(other).unwrap());
        assert!(is_under("https://host/a/b", "https://host/a") && is_under("host/a", "host"));
        assert!(!is_under("https://host/ab", "https://host/a") && !is_under("http://host/a", "https://host"));
    }

    #[test]
    fn people_read_the_host_in_its_own_letters() {
        assert_eq!(BaseUrl::parse("https://xn--uvis-kbb.lt:8443").unwrap().host_name(), "žuvis.lt:8443");
    }

    #[test]
    fn plain_http_is_insecure_but_for_this_machine() {
        assert!(BaseUrl::parse("http://host").unwrap().is_insecure());
        for safe in ["https://host", "http://127.0.0.1:8080", "http://localhost", "http://[::1]"] {
            assert!(!BaseUrl::parse(safe).unwrap().is_insecure(), "{safe}");
        }
    }
}
