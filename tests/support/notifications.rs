//! A notification daemon that keeps what it is shown, and can press a notification's button.

use crate::{session::Session, until_some};
use anyhow::Result;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use zbus::{Connection, OwnedVariant, connection::Builder, interface, object_server::SignalEmitter};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// One notification as the app sent it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its number.
    pub id: u32,
    /// First line.
    pub summary: String,
    /// The rest.
    pub body: String,
    /// Ids and labels of its buttons, one after the other.
    pub actions: Vec<String>,
}

/// What was shown so far.
pub struct Notifications {
    connection: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

struct Daemon {
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Daemon {
    #[allow(clippy::too_many_arguments, reason = "the specification's own list")]
    fn notify(
        &self,
        _app: &str,
        replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(shown.len()).unwrap_or(u32::MAX - 1) + 1;
        let id = if replaces == 0 { next } else { replaces };
        shown.push(Shown { id, summary: summary.to_owned(), body: body.to_owned(), actions });
        id
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "persistence"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("tests".to_owned(), "keltas".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

impl Notifications {
    /// Takes the session's notifications.
    ///
    /// # Errors
    /// When another daemon is there.
    pub async fn start(session: &Session) -> Result<Self> {
        let shown = Arc::new(Mutex::new(Vec::new()));
        let connection = Builder::address(session.bus_address())
            .serve_at(PATH, Daemon { shown: shown.clone() })
            .name(NAME)
            .build()
            .await?;
        Ok(Self { connection, shown })
    }

    /// Waits for the notification number `nth`, counted from 1.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn wait(&self, nth: usize) -> Result<Shown> {
        until_some(&format!("notification {nth}"), async || {
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).get(nth - 1).cloned()
        })
        .await
    }

    /// Presses a button of a notification.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn press(&self, shown: &Shown, action: &str) -> Result<()> {
        let daemon = self.connection.object_server().interface::<_, Daemon>(PATH).await?;
        Daemon::action_invoked(daemon.signal_emitter(), shown.id, action).await?;
        // 2: dismissed by the person.
        Daemon::notification_closed(daemon.signal_emitter(), shown.id, 2).await?;
        Ok(())
    }
}
