//! Connections: accepted by hand, because a fault must be able to reset one, or to refuse them all.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::sleep,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tower_service::Service;

use crate::{line::Line, port};

/// Most of a body that is read ahead of those who use it.
const READ_AHEAD: usize = 256 * 1024;

/// The connection a request came on, as a handler sees it.
#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) peer: SocketAddr,
    reset: Arc<Notify>,
}

impl Wire {
    /// Resets the connection. The client sees "connection reset", and the handler never comes back.
    pub(crate) async fn reset(&self) -> ! {
        self.reset.notify_one();
        std::future::pending().await
    }
}

/// How connections are answered.
#[derive(Clone)]
pub(crate) struct Answering {
    pub(crate) router: Router,
    /// `None` speaks plain HTTP.
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) line: Arc<Line>,
}

/// Takes connections for ever, but for the times at which the line is closed.
pub(crate) async fn serve(mut listener: TcpListener, address: SocketAddr, answering: Answering) {
    loop {
        tokio::select! {
            () = answering.line.closed() => {
                drop(listener);
                answering.line.say_refusing(true);
                answering.line.opened().await;
                listener = listen_again(address).await;
                answering.line.say_refusing(false);
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => drop(tokio::spawn(connection(stream, peer, answering.clone()))),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    // Out of descriptors, as a rule: others must end first.
                    tokio::task::yield_now().await;
                }
            },
        }
    }
}

/// The same port, as soon as it is to be had.
async fn listen_again(address: SocketAddr) -> TcpListener {
    loop {
        match port::listen(address).and_then(TcpListener::from_std) {
            Ok(listener) => return listener,
            Err(error) => {
                tracing::warn!(%error, "the port is taken for the moment");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// What a request can come through.
trait Socket: AsyncRead + AsyncWrite + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Socket for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, answering: Answering) {
    // Small answers leave at once. Where this cannot be had they are only slower.
    let _ = stream.set_nodelay(true);
    match &answering.tls {
        None => talk(stream, peer, &answering).await,
        Some(tls) => {
            let accepted = tokio::select! {
                accepted = tls.accept(stream) => accepted,
                () = answering.line.closed() => return,
            };
            match accepted {
                Ok(stream) => talk(stream, peer, &answering).await,
                // A client that does not like the certificate; that is what it is for.
                Err(error) => tracing::debug!(%error, "no TLS came about"),
            }
        }
    }
}

async fn talk(socket: impl Socket, peer: SocketAddr, answering: &Answering) {
    let wire = Wire { peer, reset: Arc::new(Notify::new()) };
    let reset = wire.reset.clone();
    let router = answering.router.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(wire.clone());
        let mut router = router.clone();
        async move { Ok::<_, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {})) }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(READ_AHEAD)
        .serve_connection(TokioIo::new(socket), service);
    tokio::select! {
        // An error here is a client that went away, or a body cut on purpose.
        _ = &mut connection => return,
        () = reset.notified() => {}
        () = answering.line.closed() => {}
    }
    // Without lingering, closing sends a reset.
    if let Err(error) = connection.into_parts().io.into_inner().tcp().set_zero_linger() {
        tracing::warn!(%error, "a connection could not be reset");
    }
}
