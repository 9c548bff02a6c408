//! Connections: accepted by hand, because a fault must be able to reset one.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use axum::{Router, body::Body};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
};
use tower_service::Service;

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

/// Takes connections for ever.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => drop(tokio::spawn(connection(stream, peer, router.clone()))),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                // Out of descriptors, as a rule: others must end first.
                tokio::task::yield_now().await;
            }
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router) {
    let wire = Wire { peer, reset: Arc::new(Notify::new()) };
    let reset = wire.reset.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(wire.clone());
        let mut router = router.clone();
        async move { Ok::<_, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {})) }
    });
    let mut connection =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // An error here is a client that went away, or a body cut on purpose.
        _ = &mut connection => {}
        () = reset.notified() => {
            let stream = connection.into_parts().io.into_inner();
            // Without lingering, closing sends a reset.
            if let Err(error) = stream.set_zero_linger() {
                tracing::warn!(%error, "a connection could not be reset");
            }
        }
    }
}
