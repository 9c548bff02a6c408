//! Carries a body to its site and reads what the site made of it.

mod ask;
mod notes;

use std::path::PathBuf;
use std::sync::Arc;

use chevereto::{Api, ApiKey, Asked, BaseUrl, Client, Error, Image, Source, Upload};
use engine::{
    Arrival, BoxFuture, Clock, Fault, Job, Note, Period, Problem, ProgressSink, RateLimit, Retry, Scope,
    Site, SiteId, Timestamp, Transfer,
};
use secrecy::SecretString;
use tokio::sync::mpsc;

use crate::demo::Demo;
use crate::keys::Keys;
use crate::known::Known;
use crate::limits::{Learned, known_refusal};
use crate::previews::Previews;
use crate::{Code, Privacy, problem, spool};

/// Carries bodies.
#[derive(Clone)]
pub(crate) struct Carrier {
    pub(crate) client: Client,
    pub(crate) keys: Arc<Keys>,
    pub(crate) known: Arc<Known>,
    pub(crate) demo: Arc<Demo>,
    pub(crate) previews: Previews,
    pub(crate) spool: PathBuf,
    pub(crate) learned: mpsc::UnboundedSender<(SiteId, Learned)>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Transfer for Carrier {
    fn send(&self, job: Job, progress: ProgressSink) -> BoxFuture<Result<Arrival, Fault>> {
        let carrier = self.clone();
        Box::pin(async move { carrier.carry(job, progress).await })
    }
}

impl Carrier {
    async fn carry(&self, job: Job, progress: ProgressSink) -> Result<Arrival, Fault> {
        let known = self.known.site_read(job.site).await;
        let site = known.ok_or_else(|| before(Code::UnknownSite.problem(), Scope::Site))?;
        let key = self.key(&site).await.map_err(|problem| before(problem, Scope::Site))?;
        if let Some(problem) = known_refusal(&site, job.prepared.size, &job.prepared.mime) {
            return Err(before(problem, Scope::Item));
        }
        let name = crate::sent_name(&job.prepared, self.known.settings_read().await.neutral_names);
        let fields = ask::fields(&job, &name).map_err(|problem| before(problem, Scope::Item))?;
        let body = self.body(&job).await.map_err(|problem| before(problem, Scope::Item))?;
        let preview = self.previews.keep_of_body(&job.prepared);
        let base =
            BaseUrl::parse(&site.base).map_err(|error| before(problem::of_address(error), Scope::Site))?;
        let to = chevereto::Site { base, api: if site.old_api { Api::Old } else { Api::V1_1 } };
        let source = Source::File {
            path: body.path.clone(),
            name,
            mime: job.prepared.mime.to_string(),
            len: body.size,
        };
        let upload = Upload { source, fields };
        let mut asked = Asked::of(&upload);
        if let Some(width) = job.facts.width {
            asked = asked.with_width(width);
        }
        let sent = self.client.upload(&to, &key, upload, move |moved| {
            // A form that breaks off before its end is no form: the site cannot store it. So the outcome is open
            // only once the last byte is about to leave.
            if moved.sent >= moved.total {
                progress.body_leaves();
            }
            progress.sent(moved.sent, moved.total);
        });
        match sent.await {
            Ok(image) => Ok(arrival(&job, notes::of(&asked.differences(&image)), image, preview)),
            Err(error) => Err(self.fault(&error, &site, &job)),
        }
    }

    async fn key(&self, site: &Site) -> Result<ApiKey, Problem> {
        let key = if site.demo {
            self.demo.key()
        } else {
            self.keys.get(&site.base).await.map_err(|error| problem::of_keys(&error))?
        };
        key.ok_or_else(|| Code::KeyMissing.problem().with("site", &site.name))
    }

    /// The body to send. When the privacy setting became stricter since the file was prepared, a stricter copy.
    async fn body(&self, job: &Job) -> Result<Body, Problem> {
        let privacy = self.known.settings_read().await.privacy;
        let made_with = job.prepared.notes.iter().find_map(|note| Privacy::of_code(note));
        let as_prepared =
            Body { path: job.prepared.body.to_path_buf(), size: job.prepared.size, temporary: false };
        if made_with.is_none_or(|level| level >= privacy) {
            return Ok(as_prepared);
        }
        let extension = as_prepared.path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let out = spool::fresh(&self.spool, spool::SENDING, &extension);
        let path = as_prepared.path.clone();
        let copied = tokio::task::spawn_blocking(move || {
            // From here on the copy goes when it is not needed any more, however this ends.
            let mut body = Body { path: out, size: 0, temporary: true };
            let stripped = media::strip(&path, privacy.level(), &body.path)?;
            if !stripped.changed {
                return Ok(None);
            }
            body.size = std::fs::metadata(&body.path).map_err(media::Error::Write)?.len();
            Ok(Some(body))
        });
        let copied = copied.await.map_err(|_| Code::Internal.problem())?;
        Ok(copied.map_err(|error: media::Error| problem::of_media(&error))?.unwrap_or(as_prepared))
    }

    fn fault(&self, error: &Error, site: &Site, job: &Job) -> Fault {
        let learned = match error {
            Error::TooBig { max: Some(max), .. } => Some(Learned::Largest(*max)),
            Error::TooBig { certain: true, .. } => Some(Learned::TooBig(job.prepared.size)),
            Error::FormatRefused { .. } => Some(Learned::Refused(job.prepared.mime.to_string())),
            _ => None,
        };
        if let Some(learned) = learned {
            // Nobody learns only while the app ends.
            let _ = self.learned.send((site.id, learned));
        }
        let problem = match error {
            Error::FileVanished if job.prepared.body_owned => Code::BodyMissing.problem(),
            error => problem::of_site(error, &site.name),
        };
        let scope = match error.scope() {
            chevereto::Scope::Item => Scope::Item,
            chevereto::Scope::Site => Scope::Site,
        };
        Fault { problem, retry: self.retry(error), scope, answered: answered(error) }
    }

    fn retry(&self, error: &Error) -> Retry {
        match error {
            Error::Duplicate { .. } => return Retry::Duplicate,
            Error::Flood { limit, period: Some(period), .. } => {
                return Retry::Limit(RateLimit { uploads: *limit, period: period_of(*period) });
            }
            _ => {}
        }
        match error.retry() {
            chevereto::Retry::Never => Retry::Never,
            chevereto::Retry::Later => Retry::Later,
            chevereto::Retry::NotBefore(wait) => Retry::NotBefore(self.clock.now().plus(wait)),
            chevereto::Retry::Unknown => Retry::Unknown,
        }
    }
}

fn period_of(period: chevereto::Period) -> Period {
    match period {
        chevereto::Period::Minute => Period::Minute,
        chevereto::Period::Hour => Period::Hour,
        chevereto::Period::Day => Period::Day,
        chevereto::Period::Week => Period::Week,
        chevereto::Period::Month => Period::Month,
    }
}

/// A file on its way; one that was made for this sending alone goes with it.
struct Body {
    path: PathBuf,
    size: u64,
    temporary: bool,
}

impl Drop for Body {
    fn drop(&mut self) {
        if self.temporary && self.path.exists() {
            spool::remove(&self.path);
        }
    }
}

/// A fault before anything was sent.
fn before(problem: Problem, scope: Scope) -> Fault {
    Fault { problem, retry: Retry::Never, scope, answered: false }
}

/// Whether these are words of the site, or of something that speaks for it.
fn answered(error: &Error) -> bool {
    !matches!(
        error,
        Error::Dns
            | Error::Connect { .. }
            | Error::ConnectTimeout
            | Error::Tls { .. }
            | Error::ProxyAuth
            | Error::Stalled { .. }
            | Error::ConnectionLost { .. }
            | Error::Unknown { .. }
            | Error::FileVanished
            | Error::FileChanged
            | Error::Io { .. }
    )
}

/// Since 4.3 the field only says "check sum"; what is as long as an MD5 is one.
fn is_md5(sum: &str) -> bool {
    sum.len() == 32 && sum.bytes().all(|digit| digit.is_ascii_hexdigit())
}

fn arrival(job: &Job, notes: Vec<Note>, image: Image, preview_path: PathBuf) -> Arrival {
    let given = serde_json::json!({
        "id": image.id,
        "description": image.description,
        "original_filename": image.original_filename,
        "filename": image.filename,
        "extension": image.extension,
        "checksum": image.checksum,
        "nsfw": image.nsfw,
        "category": image.category,
        "tags": image.tags,
    });
    let clip = job.prepared.mime.starts_with("video/");
    Arrival {
        title: image.title,
        mime: image.mime,
        size: image.size,
        md5: image.checksum.clone().filter(|sum| is_md5(sum)),
        width: image.width,
        height: image.height,
        duration_ms: image.duration.filter(|_| clip).map(|seconds| u64::from(seconds) * 1000),
        animated: Some(image.is_animated),
        links: engine::Links {
            viewer: image.links.viewer,
            short: image.links.short,
            direct: image.links.direct,
            medium: image.links.medium,
            thumb: image.links.thumb,
            frame: image.links.frame,
        },
        delete_link: image.delete.map(|link| SecretString::from(link.expose())),
        approved: image.is_approved,
        expires_at: image.expires_at.map(Timestamp::from),
        given,
        notes,
        album: job.options.album.clone(),
        preview_path: Some(preview_path),
    }
}
