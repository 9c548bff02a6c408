//! Views made of what the engine and the app hold, and wishes of the window made into theirs.

mod site;

use super::*;

impl From<engine::Problem> for ProblemView {
    fn from(problem: engine::Problem) -> Self {
        Self { code: problem.code, args: problem.args }
    }
}

impl From<&engine::Problem> for ProblemView {
    fn from(problem: &engine::Problem) -> Self {
        problem.clone().into()
    }
}

impl From<engine::Error> for ProblemView {
    fn from(error: engine::Error) -> Self {
        app::problem::of_engine(&error).into()
    }
}

impl From<app::Code> for ProblemView {
    fn from(code: app::Code) -> Self {
        code.problem().into()
    }
}

impl From<&engine::Note> for ProblemView {
    fn from(note: &engine::Note) -> Self {
        Self { code: note.code.clone(), args: note.args.clone() }
    }
}

impl From<engine::Album> for AlbumView {
    fn from(album: engine::Album) -> Self {
        Self { id: album.id, name: album.name }
    }
}

impl From<AlbumView> for engine::Album {
    fn from(album: AlbumView) -> Self {
        Self { id: album.id, name: album.name }
    }
}

impl<T> Wish<T> {
    /// The engine's wish, its value changed on the way.
    pub(crate) fn into_engine<U: From<T>>(self) -> engine::Wish<U> {
        match self {
            Self::Default => engine::Wish::Default,
            Self::None => engine::Wish::None,
            Self::Some(value) => engine::Wish::Some(value.into()),
        }
    }

    fn of_engine<U: Clone + Into<T>>(wish: &engine::Wish<U>) -> Self {
        match wish {
            engine::Wish::Default => Self::Default,
            engine::Wish::None => Self::None,
            engine::Wish::Some(value) => Self::Some(value.clone().into()),
        }
    }
}

impl From<&engine::Options> for OptionsView {
    fn from(options: &engine::Options) -> Self {
        Self {
            title: options.title.clone(),
            description: options.description.clone(),
            tags: options.tags.clone(),
            album: Wish::of_engine(&options.album),
            category: Wish::of_engine(&options.category),
            expiration: Wish::of_engine(&options.expiration),
            width: options.width,
            nsfw: options.nsfw,
            convert: options.convert.as_ref().map(Into::into),
        }
    }
}

impl ConvertFormat {
    const ALL: [(Self, &str); 3] =
        [(Self::Jpeg, "image/jpeg"), (Self::Png, "image/png"), (Self::Webp, "image/webp")];
}

impl From<&engine::Convert> for ConvertView {
    fn from(convert: &engine::Convert) -> Self {
        let named = |wanted: &str| ConvertFormat::ALL.iter().find(|(_, mime)| *mime == wanted);
        Self {
            format: convert.mime.as_deref().and_then(named).map(|(format, _)| *format),
            quality: convert.quality,
            max_side: convert.max_side,
            max_bytes: convert.max_bytes,
        }
    }
}

impl From<ConvertView> for engine::Convert {
    fn from(convert: ConvertView) -> Self {
        let mime = |wanted| ConvertFormat::ALL.iter().find(|(format, _)| *format == wanted);
        Self {
            mime: convert.format.and_then(mime).map(|(_, mime)| (*mime).to_owned()),
            quality: convert.quality.map(|quality| quality.clamp(1, 100)),
            max_side: convert.max_side.map(|side| side.max(1)),
            max_bytes: convert.max_bytes,
        }
    }
}

/// A change of options as the engine takes it: one change of the tags at a time.
pub(crate) fn patches(patch: OptionsPatch) -> Vec<engine::OptionsPatch> {
    let text = |text: String| if text.is_empty() { None } else { Some(text) };
    let tags = [
        patch.tags.map(engine::TagsPatch::Set),
        patch.add_tags.map(engine::TagsPatch::Add),
        patch.remove_tags.map(engine::TagsPatch::Remove),
    ];
    let mut tags = tags.into_iter().flatten();
    let first = engine::OptionsPatch {
        title: patch.title.map(text),
        description: patch.description.map(text),
        tags: tags.next(),
        album: patch.album.map(Wish::into_engine),
        category: patch.category.map(Wish::into_engine),
        expiration: patch.expiration.map(Wish::into_engine),
        width: patch.width.map(|wish| match wish {
            Wish::Default | Wish::None => None,
            Wish::Some(width) => Some(width),
        }),
        nsfw: patch.nsfw.map(|wish| match wish {
            Wish::Default => None,
            Wish::None => Some(false),
            Wish::Some(nsfw) => Some(nsfw),
        }),
        convert: patch.convert.map(|wish| match wish {
            Wish::Default | Wish::None => None,
            Wish::Some(convert) => Some(convert.into()),
        }),
    };
    let more = tags.map(|tags| engine::OptionsPatch { tags: Some(tags), ..Default::default() });
    std::iter::once(first).chain(more).collect()
}

impl From<&engine::Defaults> for DefaultsView {
    fn from(defaults: &engine::Defaults) -> Self {
        Self {
            album: defaults.album.clone().map(Into::into),
            category: defaults.category,
            expiration: defaults.expiration.clone(),
            nsfw: defaults.nsfw,
        }
    }
}

impl From<DefaultsView> for engine::Defaults {
    fn from(defaults: DefaultsView) -> Self {
        Self {
            album: defaults.album.map(Into::into),
            category: defaults.category,
            expiration: defaults.expiration,
            nsfw: defaults.nsfw,
        }
    }
}

impl ManifestView {
    /// What will be sent, under a neutral name or the file's own.
    pub(crate) fn of(prepared: &engine::Prepared, neutral: bool) -> Self {
        let after = |mark: &str| {
            let notes = prepared.notes.iter().filter_map(|note| note.strip_prefix(mark));
            notes.map(str::to_owned).collect()
        };
        Self {
            name: app::sent_name(prepared, neutral),
            format: app::format_label(&prepared.mime),
            size: prepared.size,
            width: app::pixels(prepared).map(|(width, _)| width),
            height: app::pixels(prepared).map(|(_, height)| height),
            removed: after(app::REMOVED),
            remains: after(app::REMAINS),
            upright: prepared.notes.iter().any(|note| note == app::UPRIGHT),
        }
    }
}

impl From<HistoryQuery> for engine::HistoryQuery {
    fn from(query: HistoryQuery) -> Self {
        Self {
            search: query.search,
            site: query.site.map(engine::SiteId),
            album: query.album,
            kind: query.kind.map(|kind| match kind {
                HistoryKind::Picture => engine::Kind::Picture,
                HistoryKind::Animation => engine::Kind::Animation,
                HistoryKind::Clip => engine::Kind::Video,
            }),
            has_delete_link: query.has_delete_link,
            expiring: query.expiring.unwrap_or_default(),
            after: query.after.map(engine::ReceiptId),
            limit: query.limit.unwrap_or(100),
        }
    }
}

impl From<engine::Imported> for ImportedView {
    fn from(imported: engine::Imported) -> Self {
        let engine::Imported { added, known, delete_links } = imported;
        Self { added: count(added), known: count(known), delete_links: count(delete_links) }
    }
}

impl ReceiptView {
    /// A receipt; the site's name is kept elsewhere. Its delete link is no part of it, only whether there is one.
    pub(crate) fn of(receipt: &engine::Receipt, site_name: &str) -> Self {
        Self {
            id: receipt.id.0,
            site: receipt.site.0,
            site_name: site_name.to_owned(),
            name: receipt.name.clone(),
            title: receipt.title.clone().unwrap_or_default(),
            format: app::format_label(&receipt.mime),
            clip: is_clip(&receipt.mime),
            animated: receipt.animated,
            size: receipt.size,
            width: receipt.width,
            height: receipt.height,
            duration_ms: receipt.duration_ms.filter(|duration| *duration > 0),
            uploaded_at: receipt.uploaded_at.0,
            expires_at: receipt.expires_at.map(|time| time.0),
            links: LinksView {
                viewer: receipt.links.viewer.clone(),
                short: receipt.links.short.clone(),
                direct: receipt.links.direct.clone(),
                medium: receipt.links.medium.clone(),
                thumb: receipt.links.thumb.clone(),
            },
            approved: receipt.approved,
            album: receipt.album.clone().map(Into::into),
            has_delete_link: receipt.deletion == engine::Deletion::Possible,
            notes: receipt.notes.iter().map(Into::into).collect(),
            preview: receipt.preview_path.is_some(),
        }
    }
}

/// Whether a type is that of a clip.
pub(crate) fn is_clip(mime: &str) -> bool {
    mime.starts_with("video/")
}

impl From<app::Deleted> for DeletionView {
    fn from(deleted: app::Deleted) -> Self {
        match deleted {
            app::Deleted::Deleted => Self::Deleted,
            app::Deleted::GoneAlready => Self::GoneAlready,
            app::Deleted::Failed(problem) => Self::Failed { problem: problem.into() },
        }
    }
}

impl From<app::Added> for AddedView {
    fn from(added: app::Added) -> Self {
        let items = added.items;
        let inside = |name| FolderView { name, items: items.iter().map(|id| id.0).collect() };
        Self {
            added: count(added.added),
            bytes: added.bytes,
            // Known only once the files are prepared; then their tiles say so.
            duplicates: 0,
            refused: count(added.refused),
            skipped: count(added.skipped),
            still: added.still,
            folder: added.folder.map(inside),
            problem: added.problem.map(Into::into),
        }
    }
}

/// A count for the window.
pub(crate) fn count(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

impl From<app::Fetched> for FetchedView {
    fn from(fetched: app::Fetched) -> Self {
        Self {
            url: fetched.url,
            name: fetched.name,
            size: fetched.size,
            token: fetched.token,
            problem: fetched.problem.map(Into::into),
        }
    }
}

/// Two enums of the same words, one of the app and one of the window.
macro_rules! same_words {
    ($($ours:ident = $theirs:path { $($word:ident),* $(,)? })*) => {$(
        impl From<$theirs> for $ours {
            fn from(value: $theirs) -> Self {
                match value { $(<$theirs>::$word => Self::$word,)* }
            }
        }

        impl From<$ours> for $theirs {
            fn from(value: $ours) -> Self {
                match value { $($ours::$word => Self::$word,)* }
            }
        }
    )*};
}

same_words! {
    LinkFormat = app::LinkFormat { Links, Html, Markdown, Bbcode }
    LinkKind = app::LinkKind { Viewer, Direct, Thumbnail, Full, Medium, ThumbnailLinked }
    OnClose = app::OnClose { Ask, KeepRunning, Quit }
    PrivacyLevel = app::Privacy { All, Location, Keep }
    Language = l10n::Language { En, Lt }
    PeriodView = engine::Period { Minute, Hour, Day, Week, Month }
    SizeUnit = app::SizeUnit { Kb, Mb, Gb }
}

impl From<LinkForm> for app::LinkForm {
    fn from(form: LinkForm) -> Self {
        Self { format: form.format.into(), kind: form.kind.into() }
    }
}

impl From<app::LinkForm> for LinkForm {
    fn from(form: app::LinkForm) -> Self {
        Self { format: form.format.into(), kind: form.kind.into() }
    }
}

impl From<app::Settings> for SettingsView {
    fn from(settings: app::Settings) -> Self {
        Self {
            language: settings.language.as_deref().map(|tag| l10n::Language::from_locale(tag).into()),
            parallel: settings.parallel,
            privacy: settings.privacy.into(),
            neutral_names: settings.neutral_names,
            upright: settings.upright,
            link_form: settings.link_form.into(),
            copy_when_done: settings.copy_when_done,
            on_close: settings.on_close.into(),
            notify: settings.notify,
        }
    }
}

impl SettingsPatch {
    /// Lays the change over settings.
    pub(crate) fn apply(self, settings: &mut app::Settings) {
        match self.language {
            Some(LanguageChoice::System) => settings.language = None,
            Some(LanguageChoice::En) => settings.language = Some(l10n::Language::En.tag().to_owned()),
            Some(LanguageChoice::Lt) => settings.language = Some(l10n::Language::Lt.tag().to_owned()),
            None => {}
        }
        settings.parallel = self.parallel.unwrap_or(settings.parallel);
        settings.privacy = self.privacy.map_or(settings.privacy, Into::into);
        settings.neutral_names = self.neutral_names.unwrap_or(settings.neutral_names);
        settings.upright = self.upright.unwrap_or(settings.upright);
        settings.link_form = self.link_form.map_or(settings.link_form, Into::into);
        settings.copy_when_done = self.copy_when_done.unwrap_or(settings.copy_when_done);
        settings.on_close = self.on_close.map_or(settings.on_close, Into::into);
        settings.notify = self.notify.unwrap_or(settings.notify);
    }
}
