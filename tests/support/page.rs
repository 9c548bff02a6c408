//! A page as a person uses it: by the names of its buttons, fields and texts.

use crate::{deadline::within, picture, until_some};
use anyhow::{Context, Error, Result};
use fantoccini::{
    Client,
    elements::{Element, ElementRef},
};
use serde_json::{Value, json};

/// The key under which WebDriver hands an element over.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A page under remote control.
#[derive(Clone)]
pub struct Page {
    client: Client,
    region: String,
}

/// What a person looks for.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// Something to press.
    Button,
    /// A link.
    Link,
    /// Something to fill in, choose from or switch.
    Field,
    /// An entry of a list or a grid.
    Item,
    /// Any text.
    Text,
}

impl Page {
    /// A page by its client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, region: "body".to_owned() }
    }

    /// A part of the page, by its selector: the panel, the bar.
    #[must_use]
    pub fn inside(&self, region: &str) -> Self {
        Self { client: self.client.clone(), region: region.to_owned() }
    }

    /// The client below, for what has no word here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Waits for something with a name that contains `name`.
    ///
    /// # Errors
    /// When it is not seen in time; the message holds the page's text.
    pub async fn see(&self, role: Role, name: &str) -> Result<Element> {
        let found =
            until_some(&format!("{role:?} {name:?}"), async || self.look(role, name).await.ok().flatten())
                .await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => Err(self.explained(error).await),
        }
    }

    /// Whether it is seen now.
    ///
    /// # Errors
    /// When the page is gone.
    pub async fn sees(&self, role: Role, name: &str) -> Result<bool> {
        Ok(self.look(role, name).await?.is_some())
    }

    /// Presses a button once it is there.
    ///
    /// # Errors
    /// When it is not seen, or stays covered, in time.
    pub async fn press(&self, name: &str) -> Result<()> {
        self.click(Role::Button, name).await
    }

    /// Clicks on anything once it is there and nothing covers it.
    ///
    /// # Errors
    /// When it is not seen, or stays covered, in time.
    pub async fn click(&self, role: Role, name: &str) -> Result<()> {
        let mut refusal = None;
        let clicked = until_some(&format!("a click on {role:?} {name:?}"), async || {
            let element = self.look(role, name).await.ok().flatten()?;
            if !element.is_enabled().await.ok()? {
                return None;
            }
            let clicked = within("the end of a click", element.click()).await.ok()?;
            clicked.map_err(|error| refusal = Some(error.to_string())).ok()
        })
        .await;
        match clicked {
            Ok(()) => Ok(()),
            Err(error) => {
                let refusal = refusal.unwrap_or_else(|| "it was not there, or not enabled".to_owned());
                Err(self.explained(error.context(refusal)).await)
            }
        }
    }

    /// Presses a button that takes the window away: no driver could tell when such a click is over.
    ///
    /// # Errors
    /// When it is not seen in time.
    pub async fn press_last(&self, name: &str) -> Result<()> {
        let button = self.see(Role::Button, name).await?;
        let script = "const [button] = arguments; setTimeout(() => button.click())";
        self.client.execute(script, vec![serde_json::to_value(&button)?]).await?;
        Ok(())
    }

    /// Types into a field, after what is there.
    ///
    /// # Errors
    /// When it is not seen in time.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        let field = self.see(Role::Field, name).await?;
        field.send_keys(text).await.with_context(|| format!("typing into {name:?}"))
    }

    /// Chooses an entry of a native list by its text.
    ///
    /// # Errors
    /// When the list or the entry is not there.
    pub async fn choose(&self, name: &str, entry: &str) -> Result<()> {
        let field = self.see(Role::Field, name).await?;
        field.select_by_label(entry).await.with_context(|| format!("choosing {entry:?} in {name:?}"))
    }

    /// Waits for a text anywhere on the page.
    ///
    /// # Errors
    /// When it is not seen in time; the message holds the page's text.
    pub async fn read(&self, text: &str) -> Result<()> {
        self.see(Role::Text, text).await.map(drop)
    }

    /// All text that the page shows.
    ///
    /// # Errors
    /// When the page is gone.
    pub async fn text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Sends keys to whatever has the focus; [`fantoccini::key::Key`] has the special ones.
    ///
    /// # Errors
    /// When the page is gone.
    pub async fn keys(&self, text: &str) -> Result<()> {
        let focused =
            self.client.execute("return document.activeElement ?? document.body", Vec::new()).await?;
        let element = self.element(&focused).context("something has the focus")?;
        Ok(element.send_keys(text).await?)
    }

    /// The error with what the page shows, in words and as a picture.
    async fn explained(&self, error: Error) -> Error {
        let text = within("the page's text", self.text()).await.and_then(|text| text).unwrap_or_default();
        let seen =
            match within("the page's picture", picture::of_failure(&self.client)).await.and_then(|file| file)
            {
                Ok(file) => format!("{} shows", file.display()),
                Err(_) => "the page shows".to_owned(),
            };
        error.context(format!("{seen}:\n{text}"))
    }

    async fn look(&self, role: Role, name: &str) -> Result<Option<Element>> {
        let role = format!("{role:?}").to_lowercase();
        let args = vec![json!(role), json!(name), json!(self.region)];
        let found = within("the page", self.client.execute(include_str!("scripts/find.js"), args)).await??;
        Ok(self.element(&found))
    }

    fn element(&self, value: &Value) -> Option<Element> {
        let id = value.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), ElementRef::from(id)))
    }
}
