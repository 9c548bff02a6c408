//! What the command says and reads: links on standard output, everything else on standard error.

use std::io::{IsTerminal, Read, Write};
use std::sync::{Mutex, PoisonError};

use engine::Problem;
use l10n::{Language, Value};

/// A key is never longer.
const LONGEST_KEY: u64 = 4096;

/// Where words go and where a key comes from.
pub struct Console {
    language: Language,
    out: Mutex<Box<dyn Write + Send>>,
    err: Mutex<Box<dyn Write + Send>>,
    /// The key to read, in tests; else it comes from the terminal or from standard input.
    typed: Option<String>,
}

impl Console {
    /// Standard output, standard error, terminal.
    #[must_use]
    pub fn of_this_process(language: Language) -> Self {
        Self::new(language, Box::new(std::io::stdout()), Box::new(std::io::stderr()), None)
    }

    /// Any other place; `typed` is what a person would type.
    #[must_use]
    pub fn new(
        language: Language,
        out: Box<dyn Write + Send>,
        err: Box<dyn Write + Send>,
        typed: Option<String>,
    ) -> Self {
        Self { language, out: Mutex::new(out), err: Mutex::new(err), typed }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// A result: one line on standard output.
    pub(crate) fn result(&self, line: &str) {
        write(&self.out, line);
    }

    /// A message in words.
    pub(crate) fn say(&self, id: &str, args: &[(&str, Value)]) {
        write(&self.err, &l10n::text(self.language, id, args));
    }

    /// A problem of a file, or of whatever `name` is, with the site's own sentence.
    pub(crate) fn problem(&self, name: &str, problem: &Problem) {
        let detail = match problem.code.as_str() {
            // "This session only" is on offer in the window, which lasts.
            "keyring-none" => l10n::text(self.language, "cli-keyring-none", &[]),
            _ => l10n::problem(self.language, &problem.code, &problem.args).detail,
        };
        self.say("cli-problem", &[("name", name.into()), ("detail", detail.into())]);
        if let Some(said) = problem.args.get("said") {
            self.say("cli-said", &[("said", said.as_str().into())]);
        }
    }

    pub(crate) fn clap(&self, error: &clap::Error) {
        let text = error.render().to_string();
        write(if error.use_stderr() { &self.err } else { &self.out }, text.trim_end());
    }

    /// Reads a key, unseen when it is typed. Never from an argument: other programs can read those.
    pub(crate) fn read_key(&self, site: &str) -> std::io::Result<String> {
        if let Some(typed) = &self.typed {
            return Ok(typed.clone());
        }
        if std::io::stdin().is_terminal() {
            let question = l10n::text(self.language, "cli-key-ask", &[("site", site.into())]);
            return rpassword::prompt_password(format!("{question} "));
        }
        let mut text = String::new();
        std::io::stdin().take(LONGEST_KEY).read_to_string(&mut text)?;
        Ok(text)
    }
}

/// A pipe that was closed at its other end wants no more lines: that is no fault of ours.
fn write(to: &Mutex<Box<dyn Write + Send>>, line: &str) {
    let mut to = to.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = writeln!(to, "{line}").and_then(|()| to.flush());
}
