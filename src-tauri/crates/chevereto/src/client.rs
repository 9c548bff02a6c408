//! The client: one pool of connections, for as many sites as wanted.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Either, Empty};
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    USER_AGENT,
};
use hyper::http::request::Builder;
use hyper::{Request, Response};
use hyper_util::client::legacy::connect::capture_connection;
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::time::timeout;
use url::Url;

use crate::answer::{self, Answer, Question};
use crate::body::{CutShort, Sending, UploadBody};
use crate::connector::{Connections, Outgoing};
use crate::multipart::{self, Multipart};
use crate::transport::{before_body, failed_upload};
use crate::{
    Api, ApiKey, BaseUrl, ClientError, ClientOptions, Error, Image, Progress, Proxy, Site, Source, Unclear,
    Upload,
};

/// No more of an answer than this is read.
pub(crate) const MAX_ANSWER: usize = 1024 * 1024;

/// The header with the key.
pub(crate) const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Talks to Chevereto sites. Cheap to clone; clones share their connections.
///
/// It follows no redirect with a key or a body, keeps no cookie, and has no time-out over a whole upload:
/// only for connecting, for a body that does not move, and for the answer.
#[derive(Clone)]
pub struct Client {
    http: Connections,
    /// For this machine: no proxy can reach it.
    loopback: Connections,
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
        Client::with_tls(options, tls()?)
    }

    /// A client that trusts whom `tls` trusts.
    pub(crate) fn with_tls(options: &ClientOptions, mut tls: ClientConfig) -> Result<Client, ClientError> {
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let (tls, headers) = (Arc::new(tls), headers(options)?);
        Ok(Client {
            http: Connections::new(options, &options.proxy, Arc::clone(&tls), headers.clone())?,
            loopback: Connections::new(options, &Proxy::Direct, tls, headers)?,
            stall: options.stall_timeout,
            answer: options.answer_timeout,
        })
    }

    /// Uploads one picture or clip. `progress` is called from the connection's task and must be quick.
    ///
    /// Dropping the future cancels the upload and cuts its connection at once, also when the site has stopped reading:
    /// what the system has not sent by then never leaves.
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
        let mut request = Request::post(url.as_str()).header(CONTENT_TYPE, content_type);
        if site.api == Api::V1_1 {
            request = request.header(X_API_KEY, key.header());
        }
        let mut request = with_body(request, Either::Left(body))?;
        sending.goes_over(capture_connection(&mut request));
        let cut_short = CutShort::unless_answered(&sending);
        let response = tokio::select! {
            response = self.line(&url).request(request) => {
                response.map_err(|error| failed_upload(&error, &sending))?
            }
            stuck = sending.stuck(self.stall, self.answer) => return Err(stuck),
        };
        let answer = self.read(response).await;
        if !answer.cut {
            cut_short.answered();
        }
        Ok((answer, sending))
    }

    /// One GET without key or body; a redirect is an answer.
    pub(crate) async fn get(&self, url: &Url) -> Result<Answer, Error> {
        self.ask(url, Request::get(url.as_str()), self.stall).await
    }

    /// A question without a body: it is whole as soon as the connection stands.
    pub(crate) async fn ask(
        &self,
        url: &Url,
        question: Builder,
        patience: Duration,
    ) -> Result<Answer, Error> {
        let unknown = |why| Error::Unknown { why, status: None, text: String::new() };
        let sent = timeout(patience, self.line(url).request(self::question(question)?)).await;
        let sent = sent.map_err(|_| unknown(Unclear::Silence))?;
        let response = sent.map_err(|error| before_body(&error).unwrap_or_else(|| unknown(Unclear::Lost)))?;
        Ok(self.read(response).await)
    }

    /// The connections for an address.
    pub(crate) fn line(&self, url: &Url) -> &Connections {
        let loopback =
            BaseUrl::parse(url.origin().ascii_serialization().as_str()).is_ok_and(|base| base.is_loopback());
        if loopback { &self.loopback } else { &self.http }
    }

    /// Reads an answer, bounded in size and time. A body that breaks off is kept as far as it came.
    pub(crate) async fn read(&self, mut response: Response<Incoming>) -> Answer {
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
            while let Ok(Some(piece)) = next_piece(&mut response).await.inspect_err(|_| answer.cut = true) {
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

/// A request without a body as it goes out.
pub(crate) fn question(request: Builder) -> Result<Request<Outgoing>, Error> {
    with_body(request, Either::Right(Empty::new()))
}

fn with_body(request: Builder, body: Outgoing) -> Result<Request<Outgoing>, Error> {
    // Only an address that is too long comes here and is none.
    request.body(body).map_err(|error| Error::Connect { detail: error.to_string() })
}

/// The next piece of what a site answers; `None` behind the last.
pub(crate) async fn next_piece(response: &mut Response<Incoming>) -> hyper::Result<Option<Bytes>> {
    while let Some(frame) = response.frame().await {
        if let Ok(piece) = frame?.into_data() {
            return Ok(Some(piece));
        }
    }
    Ok(None)
}

/// What every request says.
fn headers(options: &ClientOptions) -> Result<HeaderMap, ClientError> {
    let agent = HeaderValue::from_str(&options.user_agent).map_err(|_| ClientError::UserAgent)?;
    Ok(HeaderMap::from_iter([
        (USER_AGENT, agent),
        (ACCEPT, HeaderValue::from_static("*/*")),
        // Sites translate their sentences; the untranslated ones tell some causes apart.
        (ACCEPT_LANGUAGE, HeaderValue::from_static("en")),
    ]))
}

/// TLS with ring and the system's certificates; nothing global is installed.
fn tls() -> Result<ClientConfig, ClientError> {
    let failed = |error: rustls::Error| ClientError::Tls { detail: error.to_string() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(failed)?;
    Ok(tls.with_no_client_auth())
}
