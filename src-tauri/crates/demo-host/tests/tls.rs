//! Each certificate, met by a client that trusts it and by one that does not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
};

use demo_host::{DemoHost, Options, Tls};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, Error, RootCertStore, StreamOwned,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, pem::PemObject},
};

/// What a client gets from `/`, or why it goes no further.
fn get(tls: Tls, trusting: bool) -> Result<String, Error> {
    let folder = tempfile::tempdir().unwrap();
    let host = DemoHost::start(Options { tls: Some(tls), ..Options::new(folder.path()) }).unwrap();
    let base = host.base_url();
    let address = base.strip_prefix("https://").unwrap();
    let mut roots = RootCertStore::empty();
    if trusting {
        roots.add(CertificateDer::from_pem_file(folder.path().join("certificate.pem")).unwrap()).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), "127.0.0.1".try_into().unwrap()).unwrap();
    let mut stream = StreamOwned::new(client, TcpStream::connect(address).unwrap());
    let request = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    if let Err(error) = stream.write_all(request) {
        return Err(error.downcast::<Error>().unwrap());
    }
    let mut answer = String::new();
    // Axum closes without saying so in TLS, which is an error only to those who do not count bytes.
    let _ = stream.read_to_string(&mut answer);
    Ok(answer)
}

#[test]
fn a_trusted_certificate_shows_its_own_flaw_alone() {
    let page = get(Tls::SelfSigned, true).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Demo host"), "{page}");
    for (tls, named) in [(Tls::Expired, "expired"), (Tls::WrongName, "not valid for name")] {
        let error = get(tls, true).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn nobody_trusts_it_otherwise() {
    let error = get(Tls::SelfSigned, false).unwrap_err();
    assert_eq!(error, Error::InvalidCertificate(CertificateError::UnknownIssuer));
}
