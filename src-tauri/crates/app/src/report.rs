//! The error report: what failed and how, with key and folders blacked out.

use engine::Problem;

use crate::App;

impl App {
    /// The error report of what is in the queue, in English, for the staff of a site or a bug report.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn report(&self) -> Result<String, Problem> { todo!() }
}
