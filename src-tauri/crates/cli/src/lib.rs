//! The second face: the `keltas` command.
#![doc = include_str!("../README.md")]

mod arguments;
mod console;
mod history;
mod key;
mod upload;

use std::ffi::OsString;
use std::process::ExitCode;

use app::{App, Face, Paths, Settings};

use arguments::Task;
pub use console::Console;

/// How a run ended; as an exit code 0, 1 or 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything asked for was done.
    Done,
    /// A part of it was not.
    Partly,
    /// Nothing was done: a wrong argument, no key, no folder.
    Nothing,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::Partly => 1,
            Ending::Nothing => 2,
        })
    }
}

/// Whether arguments (the program's name first) are a command of this face; else they are files for the window.
#[must_use]
pub fn is_command(args: &[OsString]) -> bool {
    const WORDS: [&str; 9] = ["upload", "sites", "history", "key", "help", "--help", "-h", "--version", "-V"];
    args.get(1).and_then(|word| word.to_str()).is_some_and(|word| WORDS.contains(&word))
}

/// Runs a command with the arguments of a process, the program's name first. The program's `main` has asked
/// [`app::Decoder::run_if_asked`] before.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let language = Settings::default().language();
    let console = Console::of_this_process(language);
    let Some(paths) = Paths::of_this_system() else {
        console.say("cli-no-home", &[]);
        return Ending::Nothing.into();
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => {
            let options =
                app::Options { decoder: app::Decoder::of_this_program(), ..app::Options::default() };
            runtime.block_on(run_in(args, &paths, options, &console)).into()
        }
        Err(error) => {
            console.problem("keltas", &app::problem::of_writing(&error));
            Ending::Nothing.into()
        }
    }
}

/// Runs a command over given folders, with a given keyring and console.
pub async fn run_in(
    args: impl IntoIterator<Item = OsString>,
    paths: &Paths,
    options: app::Options,
    console: &Console,
) -> Ending {
    let task = match arguments::read(args, console.language()) {
        Ok(task) => task,
        Err(error) => {
            // Help and version are asked for; everything else is a wrong argument.
            let wrong = error.use_stderr();
            console.clap(&error);
            return if wrong { Ending::Nothing } else { Ending::Done };
        }
    };
    // A queue of its own, in the store of the window: that may be at work at the same moment.
    let app = match App::open(paths.clone(), app::Options { face: Face::Command, ..options }).await {
        Ok(app) => app,
        Err(error) => {
            console.problem("keltas", &error.problem());
            return Ending::Nothing;
        }
    };
    let ending = match task {
        Task::Upload(upload) => upload::run(&app, &upload, console).await,
        Task::Sites => key::sites(&app, console).await,
        Task::KeySet { site } => key::set(&app, &site, console).await,
        Task::KeyForget { site } => key::forget(&app, &site, console).await,
        Task::Export { file, form, delete_links } => {
            history::export(&app, &file, form, delete_links, console).await
        }
        Task::Import { file } => history::import(&app, &file, console).await,
    };
    app.close().await;
    ending
}
