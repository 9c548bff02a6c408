//! The client: one pool of connections, for as many sites as wanted.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT_LANGUAGE, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Body, RequestBuilder, Response, redirect};
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::ExposeSecret;
use tokio::time::timeout;
use url::Url;

use crate::answer::{self, Answer, Question};
use crate::body::{Sending, UploadBody};
use crate::multipart::{self, Multipart};
use crate::transport::{before_body, failed_upload};
use crate::{
    Api, ApiKey, BaseUrl, ClientError, ClientOptions, Error, Image, Progress, Proxy, Site, Source, Unclear,
    Upload,
};

/// No more of an answer than this is read.
pub(crate) const MAX_ANSWER: usize = 1024 * 1024;

/// Shorter than Apache's five seconds: a connection that the site is about to close is not taken for an upload.
const IDLE: Duration = Duration::from_secs(4);

/// Talks to Chevereto sites. Cheap to clone; clones share their connections.
///
/// It follows no redirect with a key or a body, keeps no cookie, and has no time-out over a whole upload:
/// only for connecting, for a body that does not move, and for the answer.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// For this machine: no proxy can reach it.
    loopback: reqwest::Client,
    pub(crate) stall: Duration,
    pub(crate) answer: Duration,
}

impl fmt::Debug for Client {
    /// Nothing of its settings: a proxy's password is among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(..)")
    }
}

impl Client {
    /// A client with the given settings. It uses the system's certificates.
    ///
    /// # Errors
    /// [`ClientError`] when the settings cannot be used.
    pub fn new(options: &ClientOptions) -> Result<Client, ClientError> {
        let tls = tls()?;
        Ok(Client {
            http: connections(options, tls.clone(), &options.proxy)?,
            loopback: connections(options, tls, &Proxy::Direct)?,
            stall: options.stall_timeout,
            answer: options.answer_timeout,
        })
    }

    /// Uploads one picture or clip. `progress` is called from the connection's task and must be quick.
    ///
    /// Dropping the future cancels the upload and closes its connection: at once, unless the site has stopped reading.
    /// Then no more of the body is handed over, and the connection is closed when the system gives it up.
    ///
    /// # Errors
    /// [`Error`]; its [`retry`](Error::retry) says whether the same upload may be sent again.
    pub async fn upload(
        &self,
        site: &Site,
        key: &ApiKey,
        upload: Upload,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<Image, Error> {
        let Upload { source, fields } = upload;
        let (content, by_address) = (source.size().unwrap_or_default(), matches!(source, Source::Url(_)));
        let form = multipart::upload(&source, &fields, as_field(site, key));
        let (answer, sending) = self.send(site, key, form, source, progress).await?;
        let url = site.base.upload_url();
        answer::read(
            &answer,
            &Question {
                url: &url,
                secret: Some(key.expose()),
                format: fields.format,
                key_in_body: site.api == Api::Old,
                with_source: true,
                by_address,
                content,
                sent_whole: sending.is_whole(),
            },
        )
    }

    /// Sends a form to the upload address and waits for whatever comes back.
    pub(crate) async fn send(
        &self,
        site: &Site,
        key: &ApiKey,
        form: Multipart,
        source: Source,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<(Answer, Arc<Sending>), Error> {
        let content_type = form.content_type.clone();
        let (body, sending) = UploadBody::open(form, source, progress).await?;
        let url = site.base.upload_url();
        let mut request = self.line(&url).post(url).header(CONTENT_TYPE, content_type);
        if site.api == Api::V1_1 {
            request = request.header(HeaderName::from_static("x-api-key"), key.header());
        }
        let request = request.body(Body::wrap(body));
        let response = tokio::select! {
            response = request.send() => response.map_err(|error| failed_upload(&error, &sending))?,
            stuck = sending.stuck(self.stall, self.answer) => return Err(stuck),
        };
        let answer = self.read(response).await;
        Ok((answer, sending))
    }

    /// One GET without key or body; a redirect is an answer.
    pub(crate) async fn get(&self, url: &Url) -> Result<Answer, Error> {
        self.ask(self.line(url).get(url.clone()), self.stall).await
    }

    /// A question without a body: it is whole as soon as the connection stands.
    pub(crate) async fn ask(&self, question: RequestBuilder, patience: Duration) -> Result<Answer, Error> {
        let unknown = |why| Error::Unknown { why, status: None, text: String::new() };
        let sent = timeout(patience, question.send()).await.map_err(|_| unknown(Unclear::Silence))?;
        let response = sent.map_err(|error| before_body(&error).unwrap_or_else(|| unknown(Unclear::Lost)))?;
        Ok(self.read(response).await)
    }

    /// The connections for an address.
    pub(crate) fn line(&self, url: &Url) -> &reqwest::Client {
        let loopback =
            BaseUrl::parse(url.origin().ascii_serialization().as_str()).is_ok_and(|base| base.is_loopback());
        if loopback { &self.loopback } else { &self.http }
    }

    /// Reads an answer, bounded in size and time. A body that breaks off is kept as far as it came.
    pub(crate) async fn read(&self, mut response: Response) -> Answer {
        let text = |name: HeaderName| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let mut answer = Answer {
            status: response.status().as_u16(),
            location: text(LOCATION),
            retry_after: text(RETRY_AFTER),
            powered_by: text(HeaderName::from_static("x-powered-by")),
            date: text(DATE).and_then(|text| httpdate::parse_http_date(&text).ok()),
            ..Answer::default()
        };
        let body = &mut answer.body;
        let whole = timeout(self.answer, async {
            while let Ok(Some(piece)) = response.chunk().await.inspect_err(|_| answer.cut = true) {
                let room = MAX_ANSWER - body.len();
                body.extend_from_slice(&piece[..piece.len().min(room)]);
                if piece.len() >= room {
                    answer.cut = true;
                    return;
                }
            }
        });
        if whole.await.is_err() {
            answer.cut = true;
        }
        answer
    }
}

/// The key as a form field, for sites that want it so.
pub(crate) fn as_field<'a>(site: &Site, key: &'a ApiKey) -> Option<&'a str> {
    (site.api == Api::Old).then(|| key.expose())
}

/// TLS with ring and the system's certificates; nothing global is installed.
fn tls() -> Result<rustls::ClientConfig, ClientError> {
    let failed = |error: rustls::Error| ClientError::Tls { detail: error.to_string() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(failed)?
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(tls)
}

fn connections(
    options: &ClientOptions,
    tls: rustls::ClientConfig,
    proxy: &Proxy,
) -> Result<reqwest::Client, ClientError> {
    let agent = HeaderValue::from_str(&options.user_agent).map_err(|_| ClientError::UserAgent)?;
    // Sites translate their sentences; the untranslated ones tell some causes apart.
    let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]);
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(agent)
        .default_headers(headers)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(options.connect_timeout)
        .pool_idle_timeout(IDLE)
        .http1_only();
    #[cfg(target_os = "linux")]
    {
        // Of a peer that takes nothing the system must not think worse, and not better, than we do.
        builder = builder.tcp_user_timeout(options.stall_timeout);
    }
    match proxy {
        Proxy::System => {}
        Proxy::Direct => builder = builder.no_proxy(),
        Proxy::Explicit { address, login } => {
            let mut proxy = reqwest::Proxy::all(address).map_err(|_| ClientError::ProxyAddress)?;
            if let Some((name, password)) = login {
                proxy = proxy.basic_auth(name, password.expose_secret());
            }
            builder = builder.proxy(proxy);
        }
    }
    builder.build().map_err(|error| ClientError::Tls { detail: error.to_string() })
}
