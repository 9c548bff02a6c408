//! The API key: a value that cannot be printed.

use std::fmt;

use hyper::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// An API key. It has no `Display`, no `Serialize`, and its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct ApiKey {
    secret: SecretString,
}

/// Why a text cannot be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Nothing was given.
    #[error("the key is empty")]
    Empty,
    /// It contains a blank, a line break or a letter that no key has.
    #[error("the key contains a character that no key has")]
    Characters,
}

impl KeyError {
    /// A stable word for this error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            KeyError::Empty => "key-empty",
            KeyError::Characters => "key-characters",
        }
    }
}

impl ApiKey {
    /// Takes a key as it was pasted; blanks around it are dropped.
    ///
    /// # Errors
    /// [`KeyError`] when it is empty or cannot be sent in a header.
    pub fn parse(text: &str) -> Result<ApiKey, KeyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyError::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::Characters);
        }
        Ok(ApiKey { secret: SecretString::from(text) })
    }

    /// The key itself: for the keyring, and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    pub(crate) fn header(&self) -> HeaderValue {
        let mut value = HeaderValue::from_str(self.expose()).expect("a key is graphic ASCII by construction");
        value.set_sensitive(true);
        value
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_trimmed_and_never_printed() {
        let key = ApiKey::parse(" chv_1_abc\n").unwrap();
        assert_eq!(key.expose(), "chv_1_abc");
        assert!(!format!("{key:?} {:?}", key.header()).contains("abc"));
    }

    #[test]
    fn what_no_header_can_carry_is_refused() {
        assert_eq!(ApiKey::parse(" \t").unwrap_err(), KeyError::Empty);
        for text in ["two words", "key\r\nX: y", "raktą"] {
            assert_eq!(ApiKey::parse(text).unwrap_err(), KeyError::Characters);
        }
    }
}
