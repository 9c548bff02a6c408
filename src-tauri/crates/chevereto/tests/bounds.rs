//! Answers without an end: each comes to an outcome, in bounded time and memory.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::io;

use chevereto::{Error, Unclear};
use support::*;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Reads an upload and writes a beginning, then one piece after the other until nobody listens any more.
async fn endless(host: &Host, beginning: &str, piece: &[u8]) -> u64 {
    let mut socket = host.accept().await;
    Request::read(&mut socket).await;
    let mut written = 0;
    let mut write = async |socket: &mut TcpStream, bytes: &[u8]| -> io::Result<()> {
        socket.write_all(bytes).await?;
        written += bytes.len() as u64;
        tokio::task::yield_now().await;
        Ok(())
    };
    let _ = write(&mut socket, beginning.as_bytes()).await;
    while write(&mut socket, piece).await.is_ok() {}
    written
}

async fn outcome(beginning: &str, piece: &[u8]) -> (Error, u64) {
    let host = Host::start().await;
    let (client, site, key) = (impatient(), host.site(), key());
    let upload = async {
        let result = client.upload(&site, &key, bytes(3), |_| ()).await;
        // The connection is closed with the client's last word.
        drop(client);
        result
    };
    let (written, result) = tokio::join!(endless(&host, beginning, piece), upload);
    (result.unwrap_err(), written)
}

#[tokio::test]
async fn headers_without_an_end_are_given_up() {
    let header = format!("X-Filler: {}\r\n", "a".repeat(4000));
    let (error, written) = outcome("HTTP/1.1 200 OK\r\n", header.as_bytes()).await;
    assert!(matches!(error, Error::Unknown { why: Unclear::Lost, .. }), "{error:?}");
    // What the connection's own buffers hold is on top of what was read.
    assert!(written < 16 << 20, "{written}");
    let (error, _) = outcome("HTTP/1.1 200 OK\r\nX-Filler: ", "a".repeat(4000).as_bytes()).await;
    assert!(matches!(error, Error::Unknown { why: Unclear::Lost, .. }), "{error:?}");
}

#[tokio::test]
async fn interim_answers_without_an_end_are_silence() {
    let (error, _) = outcome("", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").await;
    assert!(matches!(error, Error::Unknown { why: Unclear::Silence, .. }), "{error:?}");
}

#[tokio::test]
async fn a_chunk_extension_without_an_end_is_a_broken_answer() {
    let beginning = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=";
    let (error, written) = outcome(beginning, "a".repeat(4000).as_bytes()).await;
    assert!(matches!(error, Error::Unknown { why: Unclear::Lost, status: Some(200), .. }), "{error:?}");
    assert!(written < 16 << 20, "{written}");
}

#[tokio::test]
async fn a_body_without_an_end_is_read_in_part() {
    let beginning = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (error, written) = outcome(beginning, b"8\r\n{\"a\":[1,\r\n").await;
    assert!(matches!(error, Error::Unknown { status: Some(200), .. }), "{error:?}");
    assert!(written < 32 << 20, "{written}");
}

#[tokio::test]
async fn a_dripping_answer_ends_with_the_patience_for_answers() {
    for beginning in ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{"] {
        let host = Host::start().await;
        let (client, site, key) = (impatient(), host.site(), key());
        let drip = async {
            let mut socket = host.accept().await;
            Request::read(&mut socket).await;
            socket.write_all(beginning.as_bytes()).await.unwrap();
            socket
        };
        let (_socket, result) = tokio::join!(drip, client.upload(&site, &key, bytes(3), |_| ()));
        assert_eq!(result.unwrap_err().code(), "unknown");
    }
}

#[tokio::test]
async fn what_was_packed_unasked_is_not_unpacked() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let packed = reply("200 OK", "Content-Encoding: gzip\r\n", "\u{1f}\u{b}packed");
    let (request, result) = tokio::join!(host.answer(packed), client.upload(&site, &key, bytes(3), |_| ()));
    assert_eq!(request.header("accept-encoding"), None);
    assert!(matches!(result, Err(Error::Unknown { why: Unclear::Unreadable, .. })), "{result:?}");
}
