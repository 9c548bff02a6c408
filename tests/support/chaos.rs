//! A line between a program and a site that can go dead or be cut at any byte: what a host itself cannot play.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, Interest},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// No more is carried at once.
const PIECE: usize = 16 * 1024;

/// The two ways of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Requests.
    ToSite,
    /// Answers.
    FromSite,
}

/// A line to one site, on a loopback port of its own. Ends when dropped.
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
    server: JoinHandle<()>,
}

/// What is common to all connections.
struct State {
    site: SocketAddr,
    /// Goes up whenever the line goes dead or comes back: an even number is alive.
    life: watch::Sender<u64>,
    /// The connection that carries so many more bytes this way is cut.
    cut: Mutex<Option<(Way, u64)>>,
    /// Connections that are held.
    held: AtomicUsize,
}

impl Line {
    /// A line to the site at this base address.
    ///
    /// # Errors
    /// When it is not a loopback address with a port, or no port is to be had.
    pub async fn to(base: &str) -> io::Result<Self> {
        let site = base.trim_start_matches("http://").parse().map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            site,
            life: watch::Sender::new(0),
            cut: Mutex::new(None),
            held: AtomicUsize::new(0),
        });
        let shared = state.clone();
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, shared.clone()));
            }
        });
        Ok(Self { address, state, server })
    }

    /// Where the site seems to be.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on nothing comes through, and nobody is told: as when the network is gone.
    pub fn go_dead(&self) {
        self.state.life.send_modify(|life| *life |= 1);
    }

    /// The network is back. What was connected before stays dead, and is told so.
    pub fn come_back(&self) {
        self.state.life.send_modify(|life| *life = (*life | 1) + 1);
    }

    /// Cuts the connection that carries so many more bytes this way, once.
    pub fn cut(&self, way: Way, after: u64) {
        *self.state.cut() = Some((way, after));
    }

    /// Connections over it that neither end has closed.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.state.held.load(Ordering::SeqCst)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl State {
    fn cut(&self) -> MutexGuard<'_, Option<(Way, u64)>> {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many of these bytes pass before the cut.
    fn pass(&self, way: Way, bytes: usize) -> usize {
        let mut cut = self.cut();
        let Some((_, left)) = cut.as_mut().filter(|(where_to, _)| *where_to == way) else { return bytes };
        let passing = usize::try_from(*left).map_or(bytes, |left| left.min(bytes));
        *left -= passing as u64;
        if passing < bytes {
            *cut = None;
        }
        passing
    }

    /// Comes back when the line is no longer what it was in that life.
    async fn changed(&self, life: u64) {
        // The sender lives in `self`, so the wait ends in no other way.
        let _ = self.life.subscribe().wait_for(|now| *now != life).await;
    }

    async fn alive(&self) -> u64 {
        let found = self.life.subscribe().wait_for(|life| life.is_multiple_of(2)).await.map(|life| *life);
        found.unwrap_or_default()
    }
}

async fn connection(program: TcpStream, state: Arc<State>) {
    state.held.fetch_add(1, Ordering::SeqCst);
    carry_both(program, &state).await;
    state.held.fetch_sub(1, Ordering::SeqCst);
}

async fn carry_both(program: TcpStream, state: &State) {
    let life = state.alive().await;
    let Ok(site) = TcpStream::connect(state.site).await else { return };
    // Without lingering, closing sends a reset; a connection that ends by itself was closed before.
    if program.set_zero_linger().and(site.set_zero_linger()).is_err() {
        return;
    }
    let ((from_program, to_program), (from_site, to_site)) = (program.into_split(), site.into_split());
    tokio::select! {
        () = carry(from_program, to_site, Way::ToSite, state) => {}
        () = carry(from_site, to_program, Way::FromSite, state) => {}
        () = state.changed(life) => {
            // Held, but dead, until the network is back.
            state.alive().await;
        }
    }
}

/// Carries bytes until the line is cut or ends; a cut gives up both halves, and with them the connection.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, way: Way, state: &State) {
    let mut piece = vec![0; PIECE];
    while let Ok(bytes @ 1..) = from.read(&mut piece).await {
        let passing = state.pass(way, bytes);
        let carried = tokio::select! {
            written = to.write_all(&piece[..passing]) => written.is_ok(),
            // Who sent it is gone, while the other end reads no more.
            _ = from.ready(Interest::ERROR) => false,
        };
        if !carried || passing < bytes {
            return;
        }
    }
}
