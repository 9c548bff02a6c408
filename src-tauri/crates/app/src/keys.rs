//! Where keys are: in the system's keyring, or in memory for this session. Nowhere else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chevereto::ApiKey;
use keyring_core::{CredentialStore, mock};
use tokio::sync::broadcast;

use crate::AppEvent;

/// The name under which the keyring shows our keys.
const SERVICE: &str = "keltas";

/// A call that takes longer waits for a person, most likely: the keyring's own window asks for a password.
const NOTICEABLE: Duration = Duration::from_millis(400);

/// Why the keyring does not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// There is none on this computer, or it does not start.
    #[error("no keyring: {detail}")]
    None {
        /// What the system says.
        detail: String,
    },
    /// It is locked, and the person did not unlock it.
    #[error("the keyring stays locked")]
    Locked,
    /// Anything else.
    #[error("the keyring fails: {detail}")]
    Failed {
        /// What the system says.
        detail: String,
    },
}

type Open = dyn Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync;

/// A keyring to open. Opened anew for each call, because a keyring that did not start may start later.
#[derive(Clone)]
pub struct KeyStore(Arc<Open>);

impl KeyStore {
    /// Secret Service, Keychain or Credential Manager.
    #[must_use]
    pub fn of_this_system() -> Self {
        Self(Arc::new(open_native))
    }

    /// One in memory, which is gone with the last clone: for tests and for a command that keeps nothing.
    #[must_use]
    pub fn in_memory() -> Self {
        match mock::Store::new() {
            Ok(store) => Self(Arc::new(move || Ok(store.clone()))),
            Err(_) => Self::absent(),
        }
    }

    /// None at all, as on a computer without a secret service.
    #[must_use]
    pub fn absent() -> Self {
        Self(Arc::new(|| Err(keyring_core::Error::NoDefaultStore)))
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn open_native() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn open_native() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "windows")]
fn open_native() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The keys of all sites, each under its site's base address.
pub(crate) struct Keys {
    store: KeyStore,
    events: broadcast::Sender<AppEvent>,
    /// Session keys, and those that were read from the keyring before: it is asked once, not for every file.
    known: Mutex<HashMap<String, ApiKey>>,
}

impl Keys {
    pub(crate) fn new(store: KeyStore, events: broadcast::Sender<AppEvent>) -> Self {
        Self { store, events, known: Mutex::default() }
    }

    /// The key of a site; asks the keyring when it is not known yet.
    pub(crate) async fn get(&self, base: &str) -> Result<Option<ApiKey>, KeysError> {
        if let Some(key) = self.in_memory(base) {
            return Ok(Some(key));
        }
        let found = self
            .ask(base, |entry| match entry.get_password() {
                Err(keyring_core::Error::NoEntry) => Ok(None),
                other => other.map(Some),
            })
            .await?;
        let key = found.and_then(|text| ApiKey::parse(&text).ok());
        if let Some(key) = &key {
            self.keep_for_session(base, key.clone());
        }
        Ok(key)
    }

    /// Puts a key into the keyring.
    pub(crate) async fn keep(&self, base: &str, key: &ApiKey) -> Result<(), KeysError> {
        let secret = key.clone();
        self.ask(base, move |entry| entry.set_password(secret.expose())).await?;
        self.keep_for_session(base, key.clone());
        Ok(())
    }

    /// Keeps a key until the program ends.
    pub(crate) fn keep_for_session(&self, base: &str, key: ApiKey) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(base.to_owned(), key);
    }

    /// Takes a key away from memory and from the keyring.
    pub(crate) async fn forget(&self, base: &str) -> Result<(), KeysError> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(base);
        self.ask(base, |entry| match entry.delete_credential() {
            Err(keyring_core::Error::NoEntry) => Ok(()),
            other => other,
        })
        .await
    }

    pub(crate) fn in_memory(&self, base: &str) -> Option<ApiKey> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(base).cloned()
    }

    /// Opens the keyring and asks it, away from the async threads: it may wait for a person.
    async fn ask<T: Send + 'static>(
        &self,
        base: &str,
        question: impl FnOnce(&keyring_core::Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeysError> {
        let (store, user) = (self.store.clone(), base.to_owned());
        let mut answer = tokio::task::spawn_blocking(move || {
            let store = (store.0)().map_err(|error| none(&error))?;
            let entry = store.build(SERVICE, &user, None).map_err(|error| failed(&error))?;
            question(&entry).map_err(|error| failed(&error))
        });
        let answer = match tokio::time::timeout(NOTICEABLE, &mut answer).await {
            Ok(answer) => answer,
            Err(_) => {
                // Nobody listening is fine: then nobody has to be told.
                let _ = self.events.send(AppEvent::KeyringWaits(true));
                let answer = answer.await;
                let _ = self.events.send(AppEvent::KeyringWaits(false));
                answer
            }
        };
        answer.map_err(|_| KeysError::Failed { detail: "the keyring's library broke off".to_owned() })?
    }
}

/// What kind of trouble it is. The keyring's own text may quote what it holds, so only its kind and the
/// platform's reason are kept.
fn failed(error: &keyring_core::Error) -> KeysError {
    use keyring_core::Error as E;
    match error {
        E::NoStorageAccess(reason) => {
            let reason = format!("{reason:?}");
            if reason.contains("NoResult") { KeysError::None { detail: reason } } else { KeysError::Locked }
        }
        E::PlatformFailure(reason) => KeysError::Failed { detail: reason.to_string() },
        E::NoDefaultStore => none(error),
        E::TooLong(..) => KeysError::Failed { detail: "too long for this keyring".to_owned() },
        E::BadEncoding(_) | E::BadDataFormat(..) => {
            KeysError::Failed { detail: "what is kept there cannot be read".to_owned() }
        }
        E::Ambiguous(_) => KeysError::Failed { detail: "it holds several keys for this site".to_owned() },
        _ => KeysError::Failed { detail: "not supported".to_owned() },
    }
}

fn none(error: &keyring_core::Error) -> KeysError {
    KeysError::None { detail: error.to_string() }
}
