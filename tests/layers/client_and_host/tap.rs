//! A tap on the line between client and host: it hands every byte on, and tells what the client sent and whether it hung up.

use anyhow::{Context, Result};
use chevereto::{BaseUrl, Site};
use std::{
    io::Result as IoResult,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::world::World;

/// A second address of a host. Ends when dropped.
pub(crate) struct Tap {
    heard: Arc<Mutex<Heard>>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Heard {
    sent: Vec<u8>,
    /// Connections that the client holds.
    open: usize,
}

impl Tap {
    /// A tap on the host of this world.
    pub(crate) async fn on(world: &World) -> Result<Self> {
        let host = world.host.base_url();
        let host: SocketAddr = host.strip_prefix("http://").context("the host speaks HTTP")?.parse()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let heard = Arc::new(Mutex::new(Heard::default()));
        let task = tokio::spawn(listen(listener, host, heard.clone()));
        Ok(Self { heard, address, task })
    }

    /// The site, reached through the tap.
    pub(crate) fn site(&self) -> Result<Site> {
        Ok(Site::new(BaseUrl::parse(&self.base())?))
    }

    /// The address of the tap, as a host's base.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All that the client sent, as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&lock(&self.heard).sent).into_owned()
    }

    /// How many connections the client holds.
    pub(crate) fn open(&self) -> usize {
        lock(&self.heard).open
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(heard: &Mutex<Heard>) -> std::sync::MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: TcpListener, host: SocketAddr, heard: Arc<Mutex<Heard>>) {
    while let Ok((client, _)) = listener.accept().await {
        lock(&heard).open += 1;
        let heard = heard.clone();
        tokio::spawn(async move {
            // A connection that breaks is what some tests are about.
            let _ = pass(client, host, &heard).await;
            lock(&heard).open -= 1;
        });
    }
}

/// Hands bytes on in both directions until the client hangs up.
async fn pass(client: TcpStream, host: SocketAddr, heard: &Mutex<Heard>) -> IoResult<()> {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_host, mut to_host) = TcpStream::connect(host).await?.into_split();
    let answers = tokio::spawn(async move { tokio::io::copy(&mut from_host, &mut to_client).await });
    let mut piece = vec![0; 64 * 1024];
    loop {
        match from_client.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(read) => {
                lock(heard).sent.extend_from_slice(&piece[..read]);
                to_host.write_all(&piece[..read]).await?;
            }
        }
    }
    answers.abort();
    Ok(())
}
