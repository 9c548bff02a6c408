//! The connection under an upload, which can be cut: at once, whatever of it the site has not taken yet.
//!
//! The HTTP library closes a connection by writing out first what it still holds, and would wait for a site that has
//! stopped reading. So whoever cancels an upload tells the socket itself: its next reading or writing fails, which ends
//! everything above it, and the system throws away what is still unsent and tells the site so (TCP's reset).

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Nobody's.
const FREE: u64 = 0;
/// The connection is not to be used any more.
const CUT: u64 = u64::MAX;

/// The end of a connection that stays with whoever uploads over it.
///
/// Connections go from one upload to the next, so each holds it under a number of its own, and only the holder cuts it.
#[derive(Default)]
pub(crate) struct Cord {
    holder: AtomicU64,
    waker: AtomicWaker,
}

impl Cord {
    /// From here on the upload of this number, neither 0 nor `u64::MAX`, has the connection.
    pub(crate) fn hold(&self, upload: u64) {
        let taken = |holder| (holder != CUT).then_some(upload);
        // A connection that was cut stays so.
        let _ = self.holder.fetch_update(Ordering::AcqRel, Ordering::Acquire, taken);
    }

    /// The upload is over, and the connection is good for another.
    pub(crate) fn release(&self, upload: u64) {
        let _ = self.holder.compare_exchange(upload, FREE, Ordering::AcqRel, Ordering::Acquire);
    }

    /// Cuts the connection, if this upload still has it.
    pub(crate) fn cut(&self, upload: u64) {
        if self.holder.compare_exchange(upload, CUT, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            self.waker.wake();
        }
    }

    fn is_cut(&self) -> bool {
        self.holder.load(Ordering::Acquire) == CUT
    }
}

/// A TCP connection that can be cut.
pub(crate) struct Socket {
    stream: TokioIo<TcpStream>,
    cord: Arc<Cord>,
    is_proxied: bool,
}

impl Socket {
    /// `is_proxied` says that requests on it are for a proxy to pass on.
    pub(crate) fn new(stream: TokioIo<TcpStream>, is_proxied: bool) -> Socket {
        Socket { stream, cord: Arc::default(), is_proxied }
    }

    fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        poll: impl FnOnce(Pin<&mut TokioIo<TcpStream>>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if !self.cord.is_cut() {
            let polled = poll(Pin::new(&mut self.stream), context);
            if polled.is_ready() {
                return polled;
            }
            self.cord.waker.register(context.waker());
            // Asked again, for a cut that came before the waker was there.
            if !self.cord.is_cut() {
                return Poll::Pending;
            }
        }
        // Where this fails, the system closes as it always does: it goes on sending what it was given.
        let _ = self.stream.inner().set_zero_linger();
        Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()))
    }
}

impl Connection for Socket {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.is_proxied).extra(Arc::clone(&self.cord))
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        room: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll(context, |stream, context| stream.poll_read(context, room))
    }
}

impl Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll(context, |stream, context| stream.poll_write_vectored(context, slices))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll(context, Write::poll_flush)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll(context, Write::poll_shutdown)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;
    use std::time::Duration;

    use rustls::pki_types::PrivateKeyDer;
    use rustls::{ClientConfig, RootCertStore, ServerConfig};
    use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;
    use tokio::time::timeout;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::server::TlsStream;

    use super::*;
    use crate::{ApiKey, BaseUrl, Client, ClientOptions, Error, Image, Proxy, Site, Source, Upload};

    /// Far more than a host needs to notice; only a failure waits so long.
    const SOON: Duration = Duration::from_secs(20);

    /// A host that can stop reading, and a client that trusts it.
    struct Host {
        listener: TcpListener,
        tls: Option<TlsAcceptor>,
        trusted: ClientConfig,
    }

    enum Line {
        Plain(TcpStream),
        Tls(Box<TlsStream<TcpStream>>),
    }

    impl Host {
        async fn start(with_tls: bool) -> Host {
            let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
            let certificate = made.cert.der().clone();
            let mut trusted = RootCertStore::empty();
            trusted.add(certificate.clone()).unwrap();
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
            let of_host = ServerConfig::builder_with_provider(Arc::clone(&provider))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![certificate], key)
                .unwrap();
            let of_client = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(trusted)
                .with_no_client_auth();
            Host {
                listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
                tls: with_tls.then(|| TlsAcceptor::from(Arc::new(of_host))),
                trusted: of_client,
            }
        }

        /// Uploads so many bytes; the counter tells how many were handed over.
        fn send(&self, len: usize, patience: Duration) -> (JoinHandle<Result<Image, Error>>, Arc<AtomicU64>) {
            let options = ClientOptions {
                proxy: Proxy::Direct,
                stall_timeout: patience,
                answer_timeout: patience,
                ..ClientOptions::default()
            };
            let client = Client::with_tls(&options, self.trusted.clone()).unwrap();
            let scheme = if self.tls.is_some() { "https" } else { "http" };
            let address = format!("{scheme}://{}", self.listener.local_addr().unwrap());
            let site = Site::new(BaseUrl::parse(&address).unwrap());
            let key = ApiKey::parse("chv_1_secret").unwrap();
            let (name, mime) = ("a.png".to_owned(), "image/png".to_owned());
            let source = Source::Bytes { bytes: vec![7; len].into(), name, mime };
            let handed = Arc::new(AtomicU64::new(0));
            let count = Arc::clone(&handed);
            let upload = async move {
                let seen = move |progress: crate::Progress| count.store(progress.sent, Ordering::Relaxed);
                client.upload(&site, &key, Upload::new(source), seen).await
            };
            (tokio::spawn(upload), handed)
        }

        async fn accept(&self) -> Line {
            let (socket, _) = self.listener.accept().await.unwrap();
            match &self.tls {
                None => Line::Plain(socket),
                Some(tls) => Line::Tls(Box::new(tls.accept(socket).await.unwrap())),
            }
        }

        /// So much is handed over to a connection whose other end reads nothing.
        async fn unread(&self) -> usize {
            let (sending, _) = self.send(64 << 20, Duration::from_millis(300));
            let line = self.accept().await;
            let error = sending.await.unwrap().unwrap_err();
            let Error::Stalled { sent, .. } = error else { panic!("{error:?}") };
            line.is_reset().await;
            usize::try_from(sent).unwrap()
        }
    }

    impl Line {
        async fn read(&mut self, len: usize) {
            let mut bytes = vec![0; len];
            match self {
                Line::Plain(line) => line.read_exact(&mut bytes).await,
                Line::Tls(line) => line.read_exact(&mut bytes).await,
            }
            .unwrap();
        }

        /// Notices, without reading, that the other end has closed the connection.
        async fn is_reset(&self) {
            let socket = match self {
                Line::Plain(line) => line,
                Line::Tls(line) => line.get_ref().0,
            };
            timeout(SOON, socket.ready(Interest::ERROR)).await.expect("the host is told").unwrap();
            assert_eq!(socket.take_error().unwrap().unwrap().kind(), io::ErrorKind::ConnectionReset);
        }
    }

    async fn until(handed: &AtomicU64, enough: usize) {
        let is_there = async {
            while handed.load(Ordering::Relaxed) < enough as u64 {
                tokio::task::yield_now().await;
            }
        };
        timeout(SOON, is_there).await.expect("it is handed over");
    }

    #[tokio::test]
    async fn a_cancelled_upload_closes_its_connection_to_a_site_that_reads_no_more() {
        for with_tls in [false, true] {
            let host = Host::start(with_tls).await;
            let unread = host.unread().await;

            for read in [0, 2 * unread] {
                let (sending, handed) = host.send(4 * unread, SOON);
                let mut line = host.accept().await;
                line.read(read).await;
                until(&handed, read + unread / 2).await;
                sending.abort();
                line.is_reset().await;
            }

            // All is handed over, and the last of it still waits above the system.
            let whole = unread - 128 * 1024;
            let (sending, handed) = host.send(whole, SOON);
            let line = host.accept().await;
            until(&handed, whole + 100).await;
            sending.abort();
            line.is_reset().await;
        }
    }

    #[tokio::test]
    async fn a_cancelled_upload_closes_its_connection_to_a_site_that_says_nothing() {
        let host = Host::start(false).await;
        let (sending, handed) = host.send(3, SOON);
        let mut line = host.accept().await;
        until(&handed, 3).await;
        let Line::Plain(socket) = &mut line else { unreachable!("no TLS") };
        // Some of an answer makes no difference.
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").await.unwrap();
        sending.abort();
        line.is_reset().await;
    }

    #[tokio::test]
    async fn a_cancelled_upload_gives_up_a_handshake() {
        let host = Host::start(true).await;
        let (sending, _) = host.send(3, SOON);
        let (mut socket, _) = host.listener.accept().await.unwrap();
        socket.read_u8().await.unwrap();
        sending.abort();
        let rest = timeout(SOON, socket.read_to_end(&mut Vec::new())).await;
        assert!(rest.is_ok(), "the host is told");
    }

    #[test]
    fn only_the_upload_that_has_the_connection_cuts_it() {
        let cord = Cord::default();
        cord.hold(1);
        cord.release(1);
        cord.cut(1);
        cord.hold(2);
        cord.cut(1);
        cord.release(1);
        assert!(!cord.is_cut());
        cord.cut(2);
        cord.hold(3);
        cord.release(3);
        assert!(cord.is_cut());
    }
}
