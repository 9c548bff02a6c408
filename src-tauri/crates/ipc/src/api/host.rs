//! Every command of the window.

use std::path::PathBuf;

use app::Code;
use engine::{ItemId, KeptId, Origin, ReceiptId, SiteId};
use secrecy::ExposeSecret;

use super::{Answer, Api};
use crate::view::*;
use crate::{Desktop, Host};

fn items(ids: Vec<Id>) -> Vec<ItemId> {
    ids.into_iter().map(ItemId).collect()
}

fn receipts(ids: Vec<Id>) -> Vec<ReceiptId> {
    ids.into_iter().map(ReceiptId).collect()
}

impl<D: Desktop> Host for Api<D> {
    async fn hello(&self) -> Answer<HelloView> {
        // The window listens before it asks, so this is when it can hear them.
        for problem in self.app.early_notices() {
            self.tell(Event::Notice(problem.into()));
        }
        let sites: Vec<SiteView> = self.app.sites().await?.into_iter().map(Into::into).collect();
        Ok(HelloView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            language: self.app.language().into(),
            platform: self.desktop.platform().to_owned(),
            tray: self.desktop.has_tray(),
            first_run: sites.is_empty(),
            sites,
            settings: self.app.settings().into(),
        })
    }

    async fn queue(&self) -> Answer<QueueView> {
        Ok(self.mirror.whole(&self.app).await)
    }

    async fn choose_files(&self) -> Answer<AddedView> {
        let paths = self.desktop.choose_files().await;
        if paths.is_empty() {
            return Ok(AddedView::default());
        }
        Ok(self.app.add_paths(paths, Origin::Dialog).await.into())
    }

    async fn paste(&self) -> Answer<AddedView> {
        Ok(self.add_clipboard(Origin::Paste).await.into())
    }

    async fn add_paths(&self, paths: Vec<String>) -> Answer<AddedView> {
        let paths = paths.into_iter().map(PathBuf::from).collect();
        Ok(self.app.add_paths(paths, Origin::Drop).await.into())
    }

    async fn stop_intake(&self) -> Answer<()> {
        self.app.stop_intake();
        Ok(())
    }

    async fn fetch_urls(&self, urls: Vec<String>) -> Answer<Vec<FetchedView>> {
        Ok(self.app.fetch_urls(urls).await.into_iter().map(Into::into).collect())
    }

    async fn add_fetched(&self, tokens: Vec<Id>) -> Answer<AddedView> {
        Ok(self.app.add_fetched(tokens).await.into())
    }

    async fn drop_fetched(&self, tokens: Vec<Id>) -> Answer<()> {
        self.app.drop_fetched(&tokens);
        Ok(())
    }

    async fn set_options(&self, ids: Vec<Id>, patch: OptionsPatch) -> Answer<()> {
        let patches = patches(patch);
        patches.iter().try_for_each(app::check_options)?;
        for patch in patches {
            self.app.engine().set_options(items(ids.clone()), patch).await?;
        }
        Ok(())
    }

    async fn set_defaults(&self, defaults: DefaultsView) -> Answer<()> {
        let defaults = defaults.into();
        app::check_defaults(&defaults)?;
        Ok(self.app.engine().set_defaults(defaults).await?)
    }

    async fn why_no_preview(&self, item: Id) -> Answer<Option<ProblemView>> {
        Ok(self.app.why_no_preview(ItemId(item)).await.map(Into::into))
    }

    async fn remove_items(&self, ids: Vec<Id>) -> Answer<()> {
        Ok(self.app.engine().remove(items(ids)).await?)
    }

    async fn restore_items(&self) -> Answer<()> {
        self.app.engine().restore_removed().await?;
        Ok(())
    }

    async fn move_items(&self, ids: Vec<Id>, before: Option<Id>) -> Answer<()> {
        Ok(self.app.engine().move_items(items(ids), before.map(ItemId)).await?)
    }

    async fn upload(&self, ids: Option<Vec<Id>>) -> Answer<()> {
        self.app.engine().upload(ids.map(items)).await?;
        Ok(())
    }

    async fn pause(&self) -> Answer<()> {
        Ok(self.app.engine().pause().await?)
    }

    async fn pause_now(&self) -> Answer<()> {
        Ok(self.app.engine().pause_now().await?)
    }

    async fn resume(&self) -> Answer<()> {
        Ok(self.app.engine().resume().await?)
    }

    async fn cancel(&self) -> Answer<()> {
        Ok(self.app.engine().cancel().await?)
    }

    async fn retry(&self, ids: Option<Vec<Id>>) -> Answer<()> {
        let ids = match ids {
            Some(ids) => items(ids),
            None => {
                let all = self.app.engine().snapshot().await?.items.into_iter();
                all.filter(|item| matches!(item.phase, engine::Phase::Failed { .. }))
                    .map(|item| item.id)
                    .collect()
            }
        };
        Ok(self.app.engine().retry(ids).await?)
    }

    async fn send_again(&self, item: Id) -> Answer<()> {
        Ok(self.app.engine().send_again(ItemId(item)).await?)
    }

    async fn mark_arrived(&self, item: Id, link: Option<String>) -> Answer<()> {
        let link = link.map(|link| link.trim().to_owned()).filter(|link| !link.is_empty());
        let is_address =
            |link: &String| url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if link.as_ref().is_some_and(|link| !is_address(link)) {
            return Err(Code::LinkUnreadable.into());
        }
        self.app.engine().mark_arrived(ItemId(item), link).await?;
        Ok(())
    }

    async fn send_anyway(&self, item: Id) -> Answer<()> {
        self.app.engine().upload_duplicate_anyway(ItemId(item)).await?;
        Ok(())
    }

    async fn new_upload(&self) -> Answer<()> {
        self.app.engine().finish().await?;
        self.mirror.put_away(&self.app).await;
        Ok(())
    }

    async fn report(&self) -> Answer<String> {
        Ok(self.app.report().await?)
    }

    async fn render_links(&self, ids: Vec<Id>, form: LinkForm) -> Answer<Vec<LinkRow>> {
        let rendered = self.app.render_links(receipts(ids), form.into()).await?;
        let row = |one: app::links::Rendered| LinkRow {
            receipt: one.receipt.0,
            text: one.text,
            instead: one.instead.map(Into::into),
        };
        Ok(rendered.into_iter().map(row).collect())
    }

    async fn copy_links(&self, ids: Vec<Id>, form: LinkForm) -> Answer<CopiedView> {
        let rendered = self.app.render_links(receipts(ids), form.into()).await?;
        let all = rendered.len();
        let texts: Vec<String> = rendered.into_iter().filter_map(|one| one.text).collect();
        let (copied, left_out) = (count(texts.len()), count(all - texts.len()));
        Ok(self.copy(texts.join("\n"), copied, left_out).await)
    }

    async fn copy_text(&self, text: String) -> Answer<CopiedView> {
        Ok(self.copy(text, 1, 0).await)
    }

    async fn open_receipt(&self, receipt: Id) -> Answer<()> {
        let found = self.app.engine().receipts(vec![ReceiptId(receipt)]).await?;
        let links = found.into_iter().next().map(|receipt| receipt.links).unwrap_or_default();
        let link = links.viewer.or(links.short).or(links.direct);
        self.open(link.ok_or(Code::CannotOpen)?).await
    }

    async fn open_site(&self, site: Id, page: SitePage) -> Answer<()> {
        let base = self.app.engine().site(SiteId(site)).await?.base;
        self.open(match page {
            SitePage::ApiKey => app::page(&base, "settings/api"),
            // Albums are made on the account's own page, whose address only the site knows.
            SitePage::Home | SitePage::Albums => base,
        })
        .await
    }

    async fn open_key_page(&self, choice: SiteChoice) -> Answer<()> {
        let address = self.app.address_of(&choice.into()).await?;
        self.open(address.key_page).await
    }

    async fn history(&self, query: HistoryQuery) -> Answer<HistoryPage> {
        let engine = self.app.engine();
        let page = engine.history(query.into()).await?;
        let kept = engine.vault(engine::VaultQuery { after: None, limit: 1 }).await?.total;
        Ok(HistoryPage {
            receipts: self.page(page.receipts).await?,
            more: page.more,
            total: page.total.map(count),
            vault: count(engine.delete_links_kept().await?),
            kept: count(kept),
        })
    }

    async fn remove_from_history(&self, ids: Vec<Id>, keep_delete_links: bool) -> Answer<()> {
        self.app.engine().forget(receipts(ids), keep_delete_links).await?;
        Ok(())
    }

    async fn clear_history(&self, keep_delete_links: bool) -> Answer<()> {
        self.app.engine().clear_history(keep_delete_links).await?;
        Ok(())
    }

    async fn delete_from_site(&self, receipt: Id) -> Answer<DeletionView> {
        Ok(self.app.delete_from_site(ReceiptId(receipt)).await.into())
    }

    async fn kept_links(&self, after: Option<Id>) -> Answer<KeptPage> {
        let engine = self.app.engine();
        let page = engine.vault(engine::VaultQuery { after: after.map(KeptId), limit: 100 }).await?;
        let mut kept = Vec::with_capacity(page.kept.len());
        for one in page.kept {
            let site_name = engine.site(one.site).await?.name;
            let engine::Kept { id, name, uploaded_at, viewer, .. } = one;
            kept.push(KeptView { id: id.0, site_name, name, uploaded_at: uploaded_at.0, viewer });
        }
        Ok(KeptPage { kept, more: page.more })
    }

    async fn copy_kept_link(&self, kept: Id) -> Answer<CopiedView> {
        let link = self.app.engine().vault_link(KeptId(kept)).await?;
        Ok(self.copy(link.expose_secret().to_owned(), 1, 0).await)
    }

    async fn open_kept(&self, kept: Id) -> Answer<()> {
        let viewer = self.app.engine().kept(KeptId(kept)).await?.viewer;
        self.open(viewer.ok_or(Code::CannotOpen)?).await
    }

    async fn delete_kept_from_site(&self, kept: Id) -> Answer<DeletionView> {
        Ok(self.app.delete_kept_from_site(KeptId(kept)).await.into())
    }

    async fn forget_kept(&self, kept: Id) -> Answer<()> {
        Ok(self.app.engine().forget_kept(KeptId(kept)).await?)
    }

    async fn export_history(
        &self,
        query: HistoryQuery,
        form: ArchiveForm,
        delete_links: bool,
    ) -> Answer<Option<ExportedView>> {
        let form = match form {
            ArchiveForm::Json => app::ArchiveForm::Json,
            ArchiveForm::Csv => app::ArchiveForm::Csv,
        };
        let Some(path) = self.desktop.choose_place(app::archive_name(form)).await else {
            return Ok(None);
        };
        // The dialog asked whether a file of that name may be replaced.
        let export = app::Export { query: query.into(), form, delete_links, replace: true };
        let app::Exported { uploads, delete_links } = self.app.export_history(&path, export).await?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Some(ExportedView { name, uploads: count(uploads), delete_links: count(delete_links) }))
    }

    async fn import_history(&self) -> Answer<Option<ImportedView>> {
        let Some(path) = self.desktop.choose_archive().await else {
            return Ok(None);
        };
        Ok(Some(self.app.import_history(&path).await?.into()))
    }

    async fn check_address(&self, address: String) -> Answer<AddressView> {
        Ok(match self.app.check_address(&address) {
            Ok(address) => AddressView {
                base: Some(address.base),
                name: Some(address.name),
                key_page: Some(address.key_page),
                insecure: address.insecure,
                problem: None,
            },
            Err(problem) => AddressView {
                base: None,
                name: None,
                key_page: None,
                insecure: false,
                problem: Some(problem.into()),
            },
        })
    }

    async fn test_key(&self, choice: SiteChoice, key: String) -> Answer<KeyTest> {
        Ok(self.app.test_key(&choice.into(), &key).await.into())
    }

    async fn save_site(&self, choice: SiteChoice, key: String, keep: KeepKey) -> Answer<SavedSite> {
        let keep = match keep {
            KeepKey::Keyring => app::KeepKey::Keyring,
            KeepKey::Session => app::KeepKey::Session,
        };
        Ok(self.app.save_site(&choice.into(), &key, keep).await.into())
    }

    async fn use_site(&self, site: Id) -> Answer<()> {
        Ok(self.app.use_site(SiteId(site)).await?)
    }

    async fn remove_site(&self, site: Id) -> Answer<()> {
        Ok(self.app.remove_site(SiteId(site)).await?)
    }

    async fn set_site_parallel(&self, site: Id, parallel: Option<u8>) -> Answer<()> {
        Ok(self.app.set_site_parallel(SiteId(site), parallel).await?)
    }

    async fn set_limit(&self, site: Id, limit: SetLimit) -> Answer<()> {
        Ok(self.app.set_limit(SiteId(site), limit.into()).await?)
    }

    async fn forget_limits(&self, site: Id) -> Answer<()> {
        Ok(self.app.forget_limits(SiteId(site)).await?)
    }

    async fn save_album(&self, site: Id, link: String, name: String) -> Answer<AlbumView> {
        Ok(self.app.save_album(SiteId(site), &link, &name).await?.into())
    }

    async fn remove_album(&self, site: Id, album: String) -> Answer<()> {
        Ok(self.app.remove_album(SiteId(site), &album).await?)
    }

    async fn set_settings(&self, patch: SettingsPatch) -> Answer<()> {
        self.app.change_settings(|settings| patch.apply(settings)).await?;
        Ok(())
    }

    async fn hide_window(&self) -> Answer<()> {
        self.desktop.hide_window();
        Ok(())
    }

    async fn quit(&self) -> Answer<()> {
        self.app.close().await;
        self.desktop.quit();
        Ok(())
    }
}
