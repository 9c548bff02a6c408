//! The log: one file a day, a few of them kept, and never a key or a delete link in it.

use std::io::{self, Write};

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::Paths;

/// Days kept.
const DAYS: usize = 7;

/// A run of letters this long that only a secret has: keys have 64 and more, delete links 48.
const SECRET_LEN: usize = 40;

/// Begins to log into the folder of logs. The guard writes what is left when it is dropped; hold it until the end.
///
/// Nothing is logged when the folder cannot be used, or when somebody logs already: the app does without.
#[must_use]
pub fn start(paths: &Paths) -> Option<WorkerGuard> {
    std::fs::create_dir_all(paths.logs()).ok()?;
    let files = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .filename_prefix("keltas")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(paths.logs())
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(Redacting(files));
    let filter = EnvFilter::new("warn,app=info,engine=info,chevereto=info,ipc=info,shell=info,cli=info");
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).try_init().ok()?;
    Some(guard)
}

/// Blackens what looks like a secret, whoever wrote it. The last line of defence: secrets have types that do not
/// print themselves.
pub struct Redacting<W>(pub W);

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(redact(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = Redacting<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}

/// The text with `[removed]` for keys (`chv_…`, long hexadecimal) and for what follows `/delete/`.
#[must_use]
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
        let (word, after) = rest.split_at(word.unwrap_or(rest.len()));
        if word.is_empty() {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let secret = word.starts_with("chv_") || word.len() >= SECRET_LEN || out.ends_with("/delete/");
        out.push_str(if secret { "[removed]" } else { word });
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);

    impl Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_key_and_no_delete_link_reaches_a_log_line() {
        let buffer = Buffer::default();
        let copy = buffer.clone();
        let subscriber =
            tracing_subscriber::fmt().with_ansi(false).with_writer(Redacting(move || copy.clone())).finish();
        let key = format!("chv_4y_{}", "5e1f".repeat(32));
        let guest = "0123456789abcdef".repeat(4);
        let link = format!("https://host/image/a1/delete/{}", "ab12".repeat(12));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(%key, "with a key");
            tracing::warn!("guest {guest} link {link} short https://host/image/a1/delete/s3cret end");
        });
        let text = String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("with a key") && text.contains("end"), "{text}");
        for secret in ["5e1f5e1f", "89abcdef", "ab12ab12", "s3cret"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("https://host/image/a1/delete/[removed]"), "{text}");
    }

    #[test]
    fn other_words_stay() {
        let text = "Ąžuolas uploaded 12 files to https://host/image/a1 in 3.5 s";
        assert_eq!(redact(text), text);
    }
}
