//! The way to a site: straight or through a proxy, with TLS where the address asks for it.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::{Either, Empty};
use hyper::body::Bytes;
use hyper::header::{HeaderMap, PROXY_AUTHORIZATION};
use hyper::{Request, Uri};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::{self, ResponseFuture};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use secrecy::ExposeSecret;
use tokio::time::timeout;
use tower_service::Service;
use url::Url;

use crate::body::UploadBody;
use crate::socket::Socket;
use crate::{ClientError, ClientOptions, Proxy};

/// Shorter than Apache's five seconds: a connection that the site is about to close is not taken for an upload.
const IDLE: Duration = Duration::from_secs(4);

/// A quiet peer is asked so often whether it is still there.
const ALIVE: Duration = Duration::from_secs(15);

/// What goes out: an upload, or a question without a body.
pub(crate) type Outgoing = Either<UploadBody, Empty<Bytes>>;

type BoxError = Box<dyn StdError + Send + Sync>;

/// TLS to the site over TLS to the proxy, each where it is asked for.
type Line = MaybeHttpsStream<MaybeHttpsStream<Socket>>;

/// Connections by one way, used again while they are good.
#[derive(Clone)]
pub(crate) struct Connections {
    pool: legacy::Client<Connector, Outgoing>,
    proxies: Arc<Matcher>,
    headers: HeaderMap,
}

impl Connections {
    /// `headers` go with every request.
    ///
    /// # Errors
    /// When the address of the proxy cannot be read.
    pub(crate) fn new(
        options: &ClientOptions,
        proxy: &Proxy,
        tls: Arc<ClientConfig>,
        headers: HeaderMap,
    ) -> Result<Connections, ClientError> {
        let proxies = Arc::new(proxies(proxy)?);
        let patience = options.connect_timeout;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(patience));
        tcp.set_keepalive(Some(ALIVE));
        tcp.set_keepalive_interval(Some(ALIVE));
        tcp.set_keepalive_retries(Some(3));
        // Of a peer that takes nothing the system must not think worse, and not better, than we do.
        #[cfg(target_os = "linux")]
        tcp.set_tcp_user_timeout(Some(options.stall_timeout));
        let connector = Connector { tcp, tls, proxies: Arc::clone(&proxies), patience };
        let pool = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        Ok(Connections { pool, proxies, headers })
    }

    /// Sends a request. A redirect is an answer.
    pub(crate) fn request(&self, mut request: Request<Outgoing>) -> ResponseFuture {
        let proxy = is_plain(request.uri()).then(|| self.proxies.intercept(request.uri())).flatten();
        let headers = request.headers_mut();
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if let Some(login) = proxy.as_ref().and_then(|proxy| proxy.basic_auth()) {
            headers.insert(PROXY_AUTHORIZATION, login.clone());
        }
        self.pool.request(request)
    }
}

/// The proxies in a form that can be asked by address.
fn proxies(proxy: &Proxy) -> Result<Matcher, ClientError> {
    let (address, login) = match proxy {
        Proxy::System => return Ok(Matcher::from_system()),
        Proxy::Direct => return Ok(Matcher::builder().build()),
        Proxy::Explicit { address, login } => (address, login),
    };
    let with_scheme = if address.contains("://") { address.clone() } else { format!("http://{address}") };
    let unreadable = |_| ClientError::ProxyAddress;
    let mut url = Url::parse(&with_scheme).map_err(|_| ClientError::ProxyAddress)?;
    if let Some((name, password)) = login {
        url.set_username(name).map_err(unreadable)?;
        url.set_password(Some(password.expose_secret())).map_err(unreadable)?;
    }
    let proxies = Matcher::builder().all(url.as_str()).build();
    // An address that it cannot read would be no proxy at all.
    let is_read = proxies.intercept(&Uri::from_static("http://img.example")).is_some();
    if is_read { Ok(proxies) } else { Err(ClientError::ProxyAddress) }
}

fn is_plain(to: &Uri) -> bool {
    to.scheme_str() == Some("http")
}

/// Makes connections.
#[derive(Clone)]
struct Connector {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
    proxies: Arc<Matcher>,
    /// For everything up to a connection that a request can go out on.
    patience: Duration,
}

impl Connector {
    async fn connect(self, to: Uri) -> Result<Line, BoxError> {
        let proxy = self.proxies.intercept(&to);
        let is_proxied = proxy.is_some() && is_plain(&to);
        let tcp = Tcp { tcp: self.tcp, is_proxied };
        let mut near = HttpsConnector::from((tcp, Arc::clone(&self.tls)));
        match proxy {
            None => Ok(Line::Http(near.call(to).await?)),
            Some(proxy) if is_proxied => Ok(Line::Http(near.call(proxy.uri().clone()).await?)),
            Some(proxy) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), near);
                if let Some(login) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(login.clone());
                }
                HttpsConnector::from((tunnel, self.tls)).call(to).await
            }
        }
    }
}

impl Service<Uri> for Connector {
    type Response = Line;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Line, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(BoxError::from)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move { timeout(connector.patience, connector.connect(to)).await? })
    }
}

/// Makes sockets that can be cut.
#[derive(Clone)]
struct Tcp {
    tcp: HttpConnector,
    is_proxied: bool,
}

impl Service<Uri> for Tcp {
    type Response = Socket;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Socket, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(BoxError::from)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let (connecting, is_proxied) = (self.tcp.call(to), self.is_proxied);
        Box::pin(async move { Ok(Socket::new(connecting.await?, is_proxied)) })
    }
}
