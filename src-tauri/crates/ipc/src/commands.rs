//! The one list of commands. It makes the trait that a host implements, the router and the TypeScript.
//!
//! A command that is missing in a host does not compile; a generated file that is stale fails a test.

use crate::view::*;
use serde::Deserialize;

/// Declares the commands: names, arguments and answers, once.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $kind:ty),*) -> $answer:ty;)*) => {
        /// What a host of the window can do. Every method answers with a view; what goes wrong is in the view,
        /// or is a [`ProblemView`] when there is no place for it there.
        pub trait Host: Send + Sync + 'static {
            $($(#[$doc])* fn $name(&self, $($arg: $kind),*) -> impl Future<Output = Result<$answer, ProblemView>> + Send;)*
        }

        /// Calls the command of that name with its arguments as a JSON object. The answer is JSON as text: a long queue
        /// is not laid out as a tree of values first.
        ///
        /// # Errors
        /// The command's own problem; or `ipc-unknown` and `ipc-arguments`, which only a faulty window gets.
        pub async fn route<H: Host>(host: &H, name: &str, args: serde_json::Value) -> Result<Box<serde_json::value::RawValue>, ProblemView> {
            match name {
                $(stringify!($name) => {
                    #[derive(Deserialize)]
                    struct Args { $($arg: $kind),* }
                    #[allow(clippy::unneeded_struct_pattern)]
                    let Args { $($arg),* } = serde_json::from_value(args).map_err(|error| crate::faulty("ipc-arguments", &error.to_string()))?;
                    let answer = host.$name($($arg),*).await?;
                    serde_json::value::to_raw_value(&answer).map_err(|error| crate::faulty("ipc-arguments", &error.to_string()))
                })*
                _ => Err(crate::faulty("ipc-unknown", name)),
            }
        }

        /// The TypeScript of one function a command.
        pub(crate) fn functions(config: &ts_rs::Config) -> String {
            use ts_rs::TS;
            let mut out = String::new();
            $(
                for line in [$(stringify!($doc)),*] {
                    out.push_str(&crate::typescript::doc_line(line));
                }
                let args: &[(&str, String)] = &[$((stringify!($arg), <$kind as TS>::name(config))),*];
                out.push_str(&crate::typescript::function(stringify!($name), args, &<$answer as TS>::name(config)));
            )*
            out
        }
    };
}

commands! {
    /// What the window needs before it can draw.
    hello() -> HelloView;
    /// The queue whole.
    queue() -> QueueView;

    /// Opens the system's file dialog and adds what was chosen.
    choose_files() -> AddedView;
    /// Adds what is on the clipboard: files, else a picture, else addresses in its text.
    paste() -> AddedView;
    /// Adds files and folders by path.
    add_paths(paths: Vec<String>) -> AddedView;
    /// Why an item has no preview, once one was asked for and could not be made.
    why_no_preview(item: Id) -> Option<ProblemView>;
    /// Stops the walk through folders that is under way; what was found stays.
    stop_intake() -> ();
    /// Downloads pictures to this computer, so that they can be shown and then added.
    fetch_urls(urls: Vec<String>) -> Vec<FetchedView>;
    /// Adds fetched pictures to the queue.
    add_fetched(tokens: Vec<Id>) -> AddedView;
    /// Throws fetched pictures away.
    drop_fetched(tokens: Vec<Id>) -> ();

    /// Changes options of one or many items; refused for items that are being sent.
    set_options(items: Vec<Id>, patch: OptionsPatch) -> ();
    /// Sets the defaults for all files that do not say otherwise.
    set_defaults(defaults: DefaultsView) -> ();
    /// Takes items out of the queue; the files themselves are never touched.
    remove_items(items: Vec<Id>) -> ();
    /// Takes the last removal back.
    restore_items() -> ();
    /// Moves items before another one, or to the end.
    move_items(items: Vec<Id>, before: Option<Id>) -> ();

    /// Uploads the items, or all that are ready.
    upload(items: Option<Vec<Id>>) -> ();
    /// Starts nothing new.
    pause() -> ();
    /// Starts nothing new, and takes what is on its way back to waiting.
    pause_now() -> ();
    /// Goes on.
    resume() -> ();
    /// Ends the upload; files that have not left stay in the queue.
    cancel() -> ();
    /// Tries failed items again; all of them when none is named.
    retry(items: Option<Vec<Id>>) -> ();
    /// Sends an item whose outcome is unknown again, because the person says so.
    send_again(item: Id) -> ();
    /// The person found it on the site; with its link, if they have one.
    mark_arrived(item: Id, link: Option<String>) -> ();
    /// Sends a file that is already on the site.
    send_anyway(item: Id) -> ();
    /// Puts the ended upload away: a new one can begin.
    new_upload() -> ();
    /// The error report of the queue, with key and folders blacked out.
    report() -> String;

    /// Links of receipts in their order, as text.
    render_links(receipts: Vec<Id>, form: LinkForm) -> Vec<LinkRow>;
    /// Copies links of receipts in their order.
    copy_links(receipts: Vec<Id>, form: LinkForm) -> CopiedView;
    /// Copies a text of the window: the error report, a command.
    copy_text(text: String) -> CopiedView;
    /// Opens an upload's page in the browser.
    open_receipt(receipt: Id) -> ();
    /// Opens a page of a site in the browser.
    open_site(site: Id, page: SitePage) -> ();
    /// Opens the page where a key of a typed address is to be had.
    open_key_page(choice: SiteChoice) -> ();

    /// A page of history.
    history(query: HistoryQuery) -> HistoryPage;
    /// Takes uploads out of history; the pictures stay on the site.
    remove_from_history(receipts: Vec<Id>, keep_delete_links: bool) -> ();
    /// Empties history; the pictures stay on their sites.
    clear_history(keep_delete_links: bool) -> ();
    /// Asks the site to delete an upload. The person confirmed it.
    delete_from_site(receipt: Id) -> DeletionView;
    /// A page of the delete links that are kept of uploads which are not in history any more.
    kept_links(after: Option<Id>) -> KeptPage;
    /// Copies a kept delete link: the person asks for it.
    copy_kept_link(kept: Id) -> CopiedView;
    /// Opens the page of an upload whose delete link is kept.
    open_kept(kept: Id) -> ();
    /// Asks the site to delete an upload by its kept link. The person confirmed it.
    delete_kept_from_site(kept: Id) -> DeletionView;
    /// Throws a kept delete link away. The person confirmed it.
    forget_kept(kept: Id) -> ();
    /// Asks where, and writes what the filters let through to a file; nothing when the person cancels.
    export_history(query: HistoryQuery, form: ArchiveForm, delete_links: bool) -> Option<ExportedView>;
    /// Asks for an exported history and takes it in, all or nothing; nothing when the person cancels.
    import_history() -> Option<ImportedView>;

    /// What a typed address comes to; asks no site.
    check_address(address: String) -> AddressView;
    /// Tests a key without uploading; an empty key means the kept one of a known site.
    test_key(choice: SiteChoice, key: String) -> KeyTest;
    /// Sets a site up, or gives a known one a new key, and makes it current; an empty key keeps what is there.
    save_site(choice: SiteChoice, key: String, keep: KeepKey) -> SavedSite;
    /// Makes a site current; waiting files are checked against it.
    use_site(site: Id) -> ();
    /// Takes a site and its key away; history stays.
    remove_site(site: Id) -> ();
    /// Sets how many uploads run side by side on one site; none: as everywhere.
    set_site_parallel(site: Id, parallel: Option<u8>) -> ();
    /// Sets what a site takes; no later answer of the site loosens it.
    set_limit(site: Id, limit: SetLimit) -> ();
    /// Forgets what a site takes, and how fast, whoever said so.
    forget_limits(site: Id) -> ();
    /// Remembers an album by its id or link.
    save_album(site: Id, link: String, name: String) -> AlbumView;
    /// Forgets an album.
    remove_album(site: Id, album: String) -> ();

    /// Changes settings.
    set_settings(patch: SettingsPatch) -> ();
    /// Hides the window and keeps running.
    hide_window() -> ();
    /// Quits; what waits is there at the next start.
    quit() -> ();
}
