//! https with a certificate of the host's own making, right or wrong, so that a client's TLS errors meet the real
//! thing.

use std::{fs, io, path::Path, sync::Arc};

use clap::ValueEnum;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio_rustls::TlsAcceptor;

/// The certificate's file in the host's folder.
pub(crate) const CERTIFICATE: &str = "certificate.pem";

/// What is wrong with the host's certificate. It is signed by itself in every case; a client that trusts
/// `certificate.pem` in the host's folder finds `SelfSigned` right and meets only the named fault of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tls {
    /// Good for this host, but nobody known signed it.
    SelfSigned,
    /// It ended on the first day of 2021.
    Expired,
    /// Made out to wrong.example.
    WrongName,
}

/// Makes a certificate, leaves it in the folder, and answers with it.
pub(crate) fn acceptor(tls: Tls, dir: &Path) -> io::Result<TlsAcceptor> {
    let names = match tls {
        Tls::WrongName => vec!["wrong.example".to_owned()],
        Tls::SelfSigned | Tls::Expired => ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec(),
    };
    let mut parameters = CertificateParams::new(names).map_err(io::Error::other)?;
    parameters.not_before = date_time_ymd(2020, 1, 1);
    if tls == Tls::Expired {
        parameters.not_after = date_time_ymd(2021, 1, 1);
    }
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let certificate = parameters.self_signed(&key).map_err(io::Error::other)?;
    fs::write(dir.join(CERTIFICATE), certificate.pem())?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
