//! The TypeScript of views and commands, as one file for the window.

use crate::view::*;
use ts_rs::{Config, TS};

/// Where the file belongs, seen from the root of the workspace.
pub const PATH: &str = "ui/src/ipc/generated.ts";

/// The whole text of the file.
#[must_use]
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut out = String::from(
        "// Made by `cargo xtask types` from src-tauri/crates/ipc. Do not edit: a test compares it.\n\n\
         import { call } from \"./transport\";\n\n",
    );
    macro_rules! export {
        ($($kind:ty),* $(,)?) => { $(out.push_str(&declaration::<$kind>(&config));)* };
    }
    export!(
        ProblemView,
        ItemView,
        ItemState,
        ManifestView,
        OptionsView,
        ConvertView,
        ConvertFormat,
        OptionsPatch,
        DefaultsView,
        AlbumView,
        Activity,
        QueueState,
        SiteHold,
        BatchView,
        QueueView,
        QueueDelta,
        ProgressView,
        AddedView,
        FolderView,
        FetchedView,
        ReceiptView,
        LinksView,
        LinkFormat,
        LinkKind,
        LinkForm,
        LinkRow,
        CopiedView,
        HistoryQuery,
        HistoryKind,
        HistoryPage,
        DeletionView,
        KeptView,
        KeptPage,
        ArchiveForm,
        ExportedView,
        ImportedView,
        SiteView,
        LimitsView,
        RateView,
        PeriodView,
        SetLimit,
        SizeUnit,
        CategoryView,
        KeyPlace,
        SiteChoice,
        AddressView,
        KeyTest,
        KeepKey,
        SavedSite,
        Language,
        LanguageChoice,
        OnClose,
        PrivacyLevel,
        SettingsView,
        SettingsPatch,
        HelloView,
        SitePage,
        Event,
        Screen,
    );
    out.push_str(&declaration::<Wish<()>>(&config));
    out.push_str(&crate::commands::functions(&config));
    out
}

fn declaration<T: TS>(config: &Config) -> String {
    format!("export {}\n\n", T::decl(config))
}

/// A doc comment as the macro sees it (`doc = r" text"`), as a TypeScript comment.
pub(crate) fn doc_line(attribute: &str) -> String {
    let text = attribute.split_once('"').map_or(attribute, |(_, rest)| rest).trim_end_matches(['"', '#']);
    format!("/** {} */\n", text.trim())
}

/// `export const addPaths = (paths: string[]) => call<AddedView>("add_paths", { paths });`
pub(crate) fn function(name: &str, args: &[(&str, String)], answer: &str) -> String {
    let camel = camel_case(name);
    let params =
        args.iter().map(|(arg, kind)| format!("{}: {kind}", camel_case(arg))).collect::<Vec<_>>().join(", ");
    let object = args
        .iter()
        .map(|(arg, _)| {
            let local = camel_case(arg);
            if local == *arg { local } else { format!("{arg}: {local}") }
        })
        .collect::<Vec<_>>()
        .join(", ");
    let object = if object.is_empty() { "{}".to_owned() } else { format!("{{ {object} }}") };
    let answer = if answer == "null" { "void" } else { answer };
    format!("export const {camel} = ({params}) => call<{answer}>(\"{name}\", {object});\n\n")
}

fn camel_case(snake: &str) -> String {
    let mut parts = snake.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut name, part| {
        let mut letters = part.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
