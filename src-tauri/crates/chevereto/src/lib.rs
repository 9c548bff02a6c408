//! A client for image hosts that run Chevereto (API V1.1).
#![doc = include_str!("../README.md")]

mod address;
mod answer;
mod body;
mod buffers;
mod by_get;
mod causes;
mod check;
mod classify;
mod client;
mod connector;
mod delete;
mod difference;
mod error;
mod expiration;
mod fetch;
mod fields;
mod find;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod image;
mod key;
mod multipart;
mod options;
mod page;
mod pieces;
mod probe;
mod request;
mod retry;
mod said;
mod short;
mod socket;
mod tags;
mod time;
mod transport;
mod width;

pub use address::{AddressError, Api, BaseUrl, Site};
pub use causes::{Period, TlsProblem, Unclear};
pub use check::KeyCheck;
pub use client::Client;
pub use delete::{DeleteLink, Deletion};
pub use difference::{Asked, Difference};
pub use error::Error;
pub use expiration::Expiration;
pub use fetch::{FetchError, Fetched};
pub use fields::{AlbumId, CategoryId, Description, FieldError, Fields, Format, Title};
pub use find::{FindError, Found};
pub use image::{Image, Links};
pub use key::{ApiKey, KeyError};
pub use options::{ClientError, ClientOptions, Proxy};
pub use probe::{Category, Probe};
pub use request::{Base64, Progress, Source, Upload};
pub use retry::{Retry, Scope};
pub use tags::{Tag, Tags};
pub use width::{Picture, Width, WidthError};

// Types of other crates that this one speaks in: take them from here, and their versions fit.
pub use bytes::Bytes;
pub use secrecy::SecretString;
pub use url::Url;
