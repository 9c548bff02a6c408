//! The contract with the window: views, commands and events. The only crate that makes TypeScript.

mod api;
mod commands;
mod desktop;
mod mirror;
mod typescript;
pub mod view;

pub use api::Api;
pub use commands::{Host, route};
pub use desktop::{Clipboard, Desktop};
pub use typescript::{PATH as TYPESCRIPT_PATH, typescript};

/// A fault of the window itself, which a person never sees unless the two sides do not belong together.
fn faulty(code: &str, detail: &str) -> view::ProblemView {
    view::ProblemView { code: code.to_owned(), args: [("detail".to_owned(), detail.to_owned())].into() }
}
