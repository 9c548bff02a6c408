//! How a client reaches the network.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use thiserror::Error;

/// The settings of a [`Client`](crate::Client). Set what you need and take the rest from `Default`.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Which proxy to go through.
    pub proxy: Proxy,
    /// How long name look-up, connecting and the TLS handshake may take together.
    pub connect_timeout: Duration,
    /// How long the connection may take no byte of the body. A connection buffers up to a few MB,
    /// so a slow line needs a long one.
    pub stall_timeout: Duration,
    /// How long the site may stay silent after the last byte was handed over, buffered bytes included.
    pub answer_timeout: Duration,
    /// What to call oneself.
    pub user_agent: String,
}

impl Default for ClientOptions {
    fn default() -> Self {
        ClientOptions {
            proxy: Proxy::System,
            connect_timeout: Duration::from_secs(20),
            stall_timeout: Duration::from_secs(90),
            answer_timeout: Duration::from_secs(300),
            user_agent: concat!("chevereto-rs/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// Which proxy to go through. Loopback addresses are always reached directly.
#[derive(Clone, Default)]
pub enum Proxy {
    /// What the system and the environment say.
    #[default]
    System,
    /// None.
    Direct,
    /// This one, for every address.
    Explicit {
        /// `http://host:port`.
        address: String,
        /// User name and password, when it asks for them.
        login: Option<(String, SecretString)>,
    },
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Proxy::System => "System",
            Proxy::Direct => "Direct",
            Proxy::Explicit { .. } => "Explicit(..)",
        })
    }
}

/// Why no client could be made. Remedy: other settings; for TLS, the system's store of certificates.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClientError {
    /// The proxy's address cannot be read.
    #[error("the address of the proxy cannot be read")]
    ProxyAddress,
    /// The user agent has a character that no header can carry.
    #[error("the user agent has a character that no header can carry")]
    UserAgent,
    /// The system's certificates cannot be used.
    #[error("no secure connections: {detail}")]
    Tls {
        /// What TLS says.
        detail: String,
    },
}

impl ClientError {
    /// A stable word for this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ClientError::ProxyAddress => "proxy-address",
            ClientError::UserAgent => "user-agent",
            ClientError::Tls { .. } => "client-tls",
        }
    }
}
