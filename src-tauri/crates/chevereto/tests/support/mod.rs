//! A host that does only what a test tells it, byte by byte.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;
use std::time::Duration;

use chevereto::{Api, ApiKey, BaseUrl, Client, ClientOptions, Proxy, Site, Source, Upload};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const KEY: &str = "chv_1_secretsecret";
pub(crate) const OK: &str =
    r#"{"status_code":200,"image":{"id_encoded":"a1","url_viewer":"http://host/image/a1"}}"#;

pub(crate) struct Host {
    pub(crate) listener: TcpListener,
}

impl Host {
    pub(crate) async fn start() -> Host {
        Host { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }

    pub(crate) fn site(&self) -> Site {
        Site::new(BaseUrl::parse(&self.address()).unwrap())
    }

    pub(crate) fn old_site(&self) -> Site {
        Site { api: Api::Old, ..self.site() }
    }

    pub(crate) async fn accept(&self) -> TcpStream {
        self.listener.accept().await.unwrap().0
    }

    /// Answers one request on a connection of its own, and tells what was asked.
    pub(crate) async fn answer(&self, reply: impl AsRef<[u8]>) -> Request {
        let mut socket = self.accept().await;
        let request = Request::read(&mut socket).await;
        socket.write_all(reply.as_ref()).await.unwrap();
        socket.shutdown().await.unwrap();
        request
    }

    /// Whether anyone came who was not served.
    pub(crate) fn was_called(self) -> bool {
        let listener = self.listener.into_std().unwrap();
        listener.set_nonblocking(true).unwrap();
        listener.accept().is_ok()
    }
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) async fn read(socket: &mut TcpStream) -> Request {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            assert_ne!(socket.read_buf(&mut bytes).await.unwrap(), 0, "the request broke off");
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut body = bytes.split_off(end);
        let len = header(&head, "content-length").map_or(0, |len| len.parse().unwrap());
        while body.len() < len {
            assert_ne!(socket.read_buf(&mut body).await.unwrap(), 0, "the body broke off");
        }
        assert_eq!(body.len(), len);
        Request { head, body }
    }

    pub(crate) fn first_line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

pub(crate) fn reply(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

pub(crate) fn json(status: &str, body: &str) -> String {
    reply(status, "Content-Type: application/json; charset=UTF-8\r\n", body)
}

pub(crate) fn html(status: &str, body: &str) -> String {
    reply(status, "Content-Type: text/html; charset=UTF-8\r\n", body)
}

pub(crate) fn key() -> ApiKey {
    ApiKey::parse(KEY).unwrap()
}

pub(crate) fn options() -> ClientOptions {
    ClientOptions { proxy: Proxy::Direct, ..ClientOptions::default() }
}

pub(crate) fn client() -> Client {
    Client::new(&options()).unwrap()
}

/// A client that gives up soon, for hosts that never go on.
pub(crate) fn impatient() -> Client {
    let soon = Duration::from_millis(300);
    Client::new(&ClientOptions { stall_timeout: soon, answer_timeout: soon, ..options() }).unwrap()
}

pub(crate) fn bytes(len: usize) -> Upload {
    Upload::new(Source::Bytes { bytes: vec![7; len].into(), name: "a.png".into(), mime: "image/png".into() })
}

/// Speaks TLS with a certificate for this machine that nobody has signed.
pub(crate) fn self_signed() -> tokio_rustls::TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    tokio_rustls::TlsAcceptor::from(Arc::new(config))
}
