//! "Delete from site": the one use of a delete link.

use chevereto::{DeleteLink, Deletion};
use engine::{Problem, ReceiptId};
use secrecy::ExposeSecret;

use super::{Deleted, of_engine};
use crate::{App, Code, problem};

impl App {
    /// Asks the site to delete an upload. The person confirmed it.
    pub async fn delete_from_site(&self, receipt: ReceiptId) -> Deleted {
        let engine = &self.0.engine;
        let link = match engine.delete_link(receipt).await {
            Ok(Some(link)) => link,
            Ok(None) => return Deleted::Failed(Code::NoDeleteLink.problem()),
            Err(error) => return Deleted::Failed(of_engine(error)),
        };
        let Ok(link) = DeleteLink::parse(link.expose_secret()) else {
            return Deleted::Failed(Code::NoDeleteLink.problem());
        };
        let outcome = match self.0.client.delete(&link).await {
            Ok(Deletion::Deleted) => Deleted::Deleted,
            Ok(Deletion::NotThere) => Deleted::GoneAlready,
            Err(error) => return Deleted::Failed(self.delete_problem(receipt, &error).await),
        };
        match engine.mark_deleted(receipt).await {
            Ok(()) => outcome,
            Err(error) => Deleted::Failed(of_engine(error)),
        }
    }

    async fn delete_problem(&self, receipt: ReceiptId, error: &chevereto::Error) -> Problem {
        let site = match self.0.engine.receipts(vec![receipt]).await.unwrap_or_default().first() {
            Some(receipt) => self.0.engine.site(receipt.site).await.map(|site| site.name).unwrap_or_default(),
            None => String::new(),
        };
        match error {
            chevereto::Error::Unknown { .. } => Code::DeleteUnclear.problem().with("site", site),
            error => problem::of_site(error, &site),
        }
    }
}
