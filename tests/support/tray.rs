//! The tray's other end: a StatusNotifierWatcher that reads the app's menu and clicks on its entries.

use crate::{session::Session, until_some};
use anyhow::{Context, Result};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use zbus::{Connection, OwnedVariant, Variant, connection::Builder, interface, message::Header};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// Where an item is: its owner on the bus and its path.
type Place = (String, String);

/// A tray that shows nothing.
pub struct Tray {
    connection: Connection,
    items: Arc<Mutex<Vec<Place>>>,
}

/// One entry of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    id: i32,
    /// The text, without marks for shortcuts.
    pub label: String,
    /// Whether it can be clicked.
    pub enabled: bool,
}

/// A row of a menu as it travels: its number, its properties, the rows inside.
type Node = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

struct Watcher {
    items: Arc<Mutex<Vec<Place>>>,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    #[allow(clippy::needless_pass_by_value, reason = "the interface macro hands it over so")]
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let place = if service.starts_with('/') {
            (sender, service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        self.items.lock().unwrap_or_else(PoisonError::into_inner).push(place);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.iter().map(|(owner, path)| format!("{owner}{path}")).collect()
    }
}

impl Tray {
    /// Puts a tray on the session's bus; do so before the app starts.
    ///
    /// # Errors
    /// When another one is there.
    pub async fn start(session: &Session) -> Result<Self> {
        let items = Arc::new(Mutex::new(Vec::new()));
        let connection = Builder::address(session.bus_address())
            .serve_at("/StatusNotifierWatcher", Watcher { items: items.clone() })
            .name(WATCHER)
            .build()
            .await?;
        Ok(Self { connection, items })
    }

    /// Waits for an entry of the menu, of submenus too, whose label contains `text`.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn see(&self, text: &str) -> Result<Entry> {
        until_some(&format!("{text:?} in the tray menu"), async || {
            self.entries().await.ok()?.into_iter().find(|entry| entry.label.contains(text))
        })
        .await
    }

    /// Clicks on an entry once it is there.
    ///
    /// # Errors
    /// When it does not appear or the app is gone.
    pub async fn click(&self, text: &str) -> Result<()> {
        let entry = self.see(text).await?;
        let (owner, _) = self.item()?;
        let menu = self.menu().await?;
        let event = (entry.id, "clicked", Variant::from(0_i32), 0_u32);
        self.connection.call_method(Some(owner.as_str()), menu.as_str(), Some(MENU), "Event", &event).await?;
        Ok(())
    }

    /// All entries with a label, submenus included, from top to bottom.
    ///
    /// # Errors
    /// When no app has registered or it is gone.
    pub async fn entries(&self) -> Result<Vec<Entry>> {
        let (owner, _) = self.item()?;
        let menu = self.menu().await?;
        let wanted: (i32, i32, Vec<&str>) = (0, -1, Vec::new());
        let answer = self
            .connection
            .call_method(Some(owner.as_str()), menu.as_str(), Some(MENU), "GetLayout", &wanted)
            .await?;
        let body = answer.body();
        let (_revision, root): (u32, Node) = body.deserialize()?;
        let mut entries = Vec::new();
        for child in root.2 {
            gather(&child, &mut entries);
        }
        Ok(entries)
    }

    /// The tooltip's or the icon's name: a text property of the item.
    ///
    /// # Errors
    /// When no app has registered or it is gone.
    pub async fn property(&self, name: &str) -> Result<String> {
        let (owner, path) = self.item()?;
        let answer = self
            .connection
            .call_method(
                Some(owner.as_str()),
                path.as_str(),
                Some("org.freedesktop.DBus.Properties"),
                "Get",
                &(ITEM, name),
            )
            .await?;
        let body = answer.body();
        let value: Variant<'_> = body.deserialize()?;
        match &value {
            Variant::Str(text) => Ok(text.as_str().to_owned()),
            Variant::ObjectPath(path) => Ok(path.as_str().to_owned()),
            other => anyhow::bail!("{name} is {other:?}"),
        }
    }

    async fn menu(&self) -> Result<String> {
        self.property("Menu").await
    }

    fn item(&self) -> Result<Place> {
        let items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.last().cloned().context("the app has no tray item yet")
    }
}

/// Collects a node of the menu `(ia{sv}av)` and all below it.
fn gather(node: &Variant<'_>, entries: &mut Vec<Entry>) {
    let Variant::Structure(node) = node else { return };
    let [Variant::I32(id), Variant::Dict(properties), Variant::Array(children)] = node.fields() else {
        return;
    };
    let (mut label, mut enabled) = (String::new(), true);
    for (name, value) in properties.iter() {
        let value = if let Variant::Variant(inner) = value { inner } else { value };
        match (name, value) {
            (Variant::Str(name), Variant::Str(text)) if name.as_str() == "label" => {
                label = text.as_str().replace('_', "");
            }
            (Variant::Str(name), Variant::Bool(flag)) if name.as_str() == "enabled" => enabled = *flag,
            _ => {}
        }
    }
    if !label.is_empty() {
        entries.push(Entry { id: *id, label, enabled });
    }
    for child in children.inner() {
        gather(if let Variant::Variant(inner) = child { inner } else { child }, entries);
    }
}
