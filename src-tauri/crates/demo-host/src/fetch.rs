//! Fetches a file from an address, as the site does for its administrator: by http, from this machine alone.

use std::{io, net::IpAddr, path::Path, time::Duration};

use axum::body::{Body, Bytes};
use http_body_util::{BodyExt, Empty};
use hyper::{Request, StatusCode, body::Incoming, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::{fs::File, io::AsyncWriteExt, net::TcpStream, time::timeout};
use url::{Host, Url};

use crate::answer::Refusal;

/// Longest time that is waited for a file.
const PATIENCE: Duration = Duration::from_secs(30);

/// The address in a `source`, when the text looks like one.
pub(crate) fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https" | "ftp") && url.has_host()).then_some(url)
}

/// The file name in an address.
pub(crate) fn file_name(url: &Url) -> String {
    let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    percent_encoding::percent_decode_str(last).decode_utf8_lossy().into_owned()
}

/// Writes what lies at `url` into a file, at most `most` bytes of it. Refusals have the codes and, as far as they
/// were recorded, the words of curl. An address outside of this machine gives nothing: a real site behind its
/// firewall then holds an empty file.
pub(crate) async fn fetch(url: &Url, to: &Path, most: u64) -> Result<(), Refusal> {
    let mut file = File::create(to).await.map_err(|_| full())?;
    let host = url.host_str().unwrap_or_default();
    let Some(address) = this_machine(url) else {
        let named = matches!(url.host(), Some(Host::Domain(_)));
        return if named { Err(Refusal::new(6, format!("Could not resolve host: {host}"))) } else { Ok(()) };
    };
    let port = url.port_or_known_default().unwrap_or(80);
    let unreachable = || {
        let words = format!("Failed to connect to {host} port {port}: Couldn't connect to server");
        Refusal::new(7, words)
    };
    if url.scheme() != "http" {
        return Err(unreachable());
    }
    let copy = async {
        let stream = TcpStream::connect((address, port)).await.map_err(|_| unreachable())?;
        let response = ask(url, stream).await.map_err(|_| Refusal::new(52, "Empty reply from server"))?;
        if response.status().is_client_error() || response.status().is_server_error() {
            let words = format!("The requested URL returned error: {}", response.status().as_u16());
            return Err(Refusal::new(22, words));
        }
        let body = if response.status() == StatusCode::OK { Body::new(response) } else { Body::empty() };
        write(body, &mut file, most).await
    };
    let late = || Refusal::new(28, "Operation timed out");
    timeout(PATIENCE, copy).await.unwrap_or_else(|_| Err(late()))
}

fn full() -> Refusal {
    Refusal::new(104, "No space left on storage")
}

fn this_machine(url: &Url) -> Option<IpAddr> {
    let address = match url.host()? {
        Host::Domain("localhost") => IpAddr::from([127, 0, 0, 1]),
        Host::Domain(_) => return None,
        Host::Ipv4(address) => address.into(),
        Host::Ipv6(address) => address.into(),
    };
    address.is_loopback().then_some(address)
}

async fn ask(url: &Url, stream: TcpStream) -> Result<hyper::Response<Incoming>, io::Error> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // It ends with the answer; an error of it is one of the answer too.
    tokio::spawn(connection);
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let request = Request::get(target)
        .header(header::HOST, &url[url::Position::BeforeHost..url::Position::AfterPort])
        .body(Empty::<Bytes>::new())
        .map_err(io::Error::other)?;
    sender.send_request(request).await.map_err(io::Error::other)
}

async fn write(mut body: Body, file: &mut File, most: u64) -> Result<(), Refusal> {
    let mut left = most;
    while left > 0
        && let Some(frame) = body.frame().await
    {
        let frame = frame.map_err(|_| Refusal::new(56, "Recv failure: Connection reset by peer"))?;
        let Ok(data) = frame.into_data() else { continue };
        let data = &data[..data.len().min(usize::try_from(left).unwrap_or(usize::MAX))];
        file.write_all(data).await.map_err(|_| full())?;
        left -= data.len() as u64;
    }
    file.flush().await.map_err(|_| full())
}
