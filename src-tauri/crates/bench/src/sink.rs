//! A site that reads what comes, throws it away, and answers as Chevereto does.
//!
//! The built-in demo host reads forms and keeps pictures, which costs more than sending them; this costs as little as
//! reading can, so that the race is between those who send.

#![allow(clippy::print_stdout, reason = "it tells its addresses to whoever started it")]

use std::io::BufRead;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What is read at once.
const PIECE: usize = 256 * 1024;
/// The longest head that is taken.
const HEAD: usize = 16 * 1024;

/// Connections that came so far.
static CONNECTIONS: AtomicU64 = AtomicU64::new(0);

/// `keltas-bench-sink CERTIFICATE [HOST]`: writes its certificate there and prints its two addresses, the plain one and
/// the one over TLS. With a host it is that host's, in every network that it is in; else it is for this machine only.
/// Every line that it is told it answers with the number of connections since the last one; it ends with its input.
fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let certificate = PathBuf::from(words.next().context("where to write the certificate")?);
    let (listens, host) = match words.next() {
        Some(host) => (Ipv4Addr::UNSPECIFIED, host),
        None => (Ipv4Addr::LOCALHOST, Ipv4Addr::LOCALHOST.to_string()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let (plain, safe) = (TcpListener::bind((listens, 0)).await?, TcpListener::bind((listens, 0)).await?);
        let acceptor = tls(&certificate)?;
        println!("http://{host}:{}", plain.local_addr()?.port());
        println!("https://localhost:{}", safe.local_addr()?.port());
        tokio::spawn(take(plain, |stream| async move { serve(stream).await }));
        tokio::spawn(take(safe, move |stream| {
            let acceptor = acceptor.clone();
            async move { serve(acceptor.accept(stream).await?).await }
        }));
        anyhow::Ok(())
    })?;
    for line in std::io::stdin().lock().lines() {
        line?;
        println!("{}", CONNECTIONS.swap(0, Ordering::Relaxed));
    }
    Ok(())
}

/// A certificate of an authority of its own, which lives as long as this program.
fn tls(certificate: &PathBuf) -> Result<TlsAcceptor> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    std::fs::write(certificate, made.cert.pem())?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(anyhow::Error::msg)?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Takes connections for ever. One that breaks ends alone; whoever uploads will say so.
async fn take<F: Future<Output = Result<()>> + Send + 'static>(
    listener: TcpListener,
    serve: impl Fn(TcpStream) -> F,
) {
    while let Ok((stream, _)) = listener.accept().await {
        CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(serve(stream));
    }
}

/// Answers one request after the other.
async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<()> {
    let answer = answer();
    let mut buffer = vec![0; PIECE];
    loop {
        let mut filled = 0;
        let end = loop {
            let read = stream.read(&mut buffer[filled..]).await?;
            if read == 0 && filled == 0 {
                return Ok(());
            }
            ensure!(read > 0 && filled < HEAD, "no request");
            filled += read;
            if let Some(end) = memchr::memmem::find(&buffer[..filled], b"\r\n\r\n") {
                break end + 4;
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
        if head.contains("expect: 100-continue") {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
            stream.flush().await?;
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).unwrap_or("0");
        let mut left = length.trim().parse::<u64>()?.saturating_sub((filled - end) as u64);
        while left > 0 {
            let room = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            let read = stream.read(&mut buffer[..room]).await?;
            ensure!(read > 0, "the body broke off");
            left -= read as u64;
        }
        stream.write_all(&answer).await?;
        stream.flush().await?;
    }
}

/// As long as a real answer, with the fields that a client reads.
fn answer() -> Vec<u8> {
    let site = "https:\\/\\/img.example";
    let image = format!(
        "\"name\":\"ferry\",\"extension\":\"png\",\"size\":8192,\"width\":800,\"height\":600,\"nsfw\":0,\
         \"date_gmt\":\"2026-11-25 02:54:00\",\"title\":\"ferry\",\"description\":null,\"is_approved\":1,\
         \"md5\":\"e2120f225594413822f53b8fadb54aba\",\"original_filename\":\"ferry.png\",\"tags\":[],\
         \"expiration_date_gmt\":null,\"mime\":\"image\\/png\",\"type\":\"image\",\"id_encoded\":\"2Tn\",\
         \"url\":\"{site}\\/images\\/2026\\/11\\/25\\/ferry.png\",\"url_viewer\":\"{site}\\/image\\/ferry.2Tn\",\
         \"url_short\":\"{site}\\/image\\/2Tn\",\"thumb\":{{\"url\":\"{site}\\/images\\/ferry.th.png\"}},\
         \"medium\":{{\"url\":\"{site}\\/images\\/ferry.md.png\"}},\
         \"delete_url\":\"{site}\\/image\\/2Tn\\/delete\\/{}\",\"original_exifdata\":\"{}\"",
        "0".repeat(48),
        "x".repeat(4_000),
    );
    let body = format!(
        "{{\"status_code\":200,\"success\":{{\"message\":\"file uploaded\",\"code\":200}},\
         \"image\":{{{image}}},\"status_txt\":\"OK\"}}"
    );
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8";
    format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
