//! "Delete from site": the one use of a delete link.

use chevereto::{DeleteLink, Deletion};
use engine::{KeptId, ReceiptId, SiteId};
use secrecy::{ExposeSecret, SecretString};

use super::{Deleted, of_engine};
use crate::{App, Code, problem};

impl App {
    /// Asks the site to delete an upload. The person confirmed it.
    pub async fn delete_from_site(&self, receipt: ReceiptId) -> Deleted {
        let engine = &self.0.engine;
        let found = engine.receipts(vec![receipt]).await;
        let site = found.ok().and_then(|found| found.first().map(|receipt| receipt.site));
        let outcome = match engine.delete_link(receipt).await {
            Ok(Some(link)) => self.ask_to_delete(&link, site).await,
            Ok(None) => Deleted::Failed(Code::NoDeleteLink.problem()),
            Err(error) => Deleted::Failed(of_engine(error)),
        };
        if let Deleted::Failed(_) = outcome {
            return outcome;
        }
        engine
            .mark_deleted(receipt)
            .await
            .map_or_else(|error| Deleted::Failed(of_engine(error)), |()| outcome)
    }

    /// Asks the site to delete an upload that is not in the history any more. The person confirmed it.
    pub async fn delete_kept_from_site(&self, id: KeptId) -> Deleted {
        let engine = &self.0.engine;
        let known = async { Ok((engine.kept(id).await?.site, engine.vault_link(id).await?)) };
        let outcome = match known.await {
            Ok((site, link)) => self.ask_to_delete(&link, Some(site)).await,
            Err(error) => Deleted::Failed(of_engine(error)),
        };
        if let Deleted::Failed(_) = outcome {
            return outcome;
        }
        // The link is used up.
        engine.forget_kept(id).await.map_or_else(|error| Deleted::Failed(of_engine(error)), |()| outcome)
    }

    async fn ask_to_delete(&self, link: &SecretString, site: Option<SiteId>) -> Deleted {
        let Ok(link) = DeleteLink::parse(link.expose_secret()) else {
            return Deleted::Failed(Code::NoDeleteLink.problem());
        };
        let error = match self.0.client.delete(&link).await {
            Ok(Deletion::Deleted) => return Deleted::Deleted,
            Ok(Deletion::NotThere) => return Deleted::GoneAlready,
            Err(error) => error,
        };
        let site = match site {
            Some(site) => self.0.engine.site(site).await.map(|site| site.name).unwrap_or_default(),
            None => String::new(),
        };
        Deleted::Failed(match error {
            chevereto::Error::Unknown { .. } => Code::DeleteUnclear.problem().with("site", site),
            // The words for these are those of a queue that goes on by itself; a deletion does not.
            chevereto::Error::Dns | chevereto::Error::Connect { .. } | chevereto::Error::ConnectTimeout => {
                Code::DeleteUnreached.problem().with("site", site)
            }
            error => problem::of_site(&error, &site),
        })
    }
}
