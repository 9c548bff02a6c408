//! The error report: what failed and how, with key and folders blacked out.
//!
//! It is in English in every language: it is read by the staff of a site or by whoever mends a fault.

use std::fmt::Write as _;

use engine::{Item, Phase, Problem, Snapshot};

use crate::{App, format_label, problem};

impl App {
    /// The error report of what is in the queue.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn report(&self) -> Result<String, Problem> {
        let engine = &self.0.engine;
        let snapshot = engine.snapshot().await.map_err(|error| problem::of_engine(&error))?;
        let sites = engine.sites().await.map_err(|error| problem::of_engine(&error))?;
        let site = snapshot.queue.site.and_then(|id| sites.into_iter().find(|site| site.id == id));
        let time = jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H:%M:%S").to_string();
        Ok(text(&snapshot, site.as_ref(), &time))
    }
}

fn text(snapshot: &Snapshot, site: Option<&engine::Site>, time: &str) -> String {
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    };
    let mut out = format!("Keltas {}, {system}", env!("CARGO_PKG_VERSION"));
    if let Some(site) = site {
        let api = if site.old_api { "old API" } else { "API 1.1" };
        // Writing to a string cannot fail.
        let _ = write!(out, ", {} ({api})", site.name);
    }
    let _ = writeln!(out, "\n{time}");
    for pause in &snapshot.queue.site_pauses {
        let words = l10n::problem(l10n::Language::En, &pause.problem.code, &pause.problem.args);
        let _ = writeln!(out, "\nThe site is left alone: {}", words.short);
        line(&mut out, "Site said", &said(&pause.problem));
    }
    for item in &snapshot.items {
        entry(&mut out, item);
    }
    out
}

fn entry(out: &mut String, item: &Item) {
    let (outcome, problem, attempts) = match &item.phase {
        Phase::Failed { attempt, problem } => ("failed, nothing arrived", problem, *attempt),
        Phase::Unknown { attempt, problem } => ("unknown, it may have arrived", problem, *attempt),
        Phase::Refused { problem } => ("not sent", problem, 0),
        Phase::Waiting { attempt, problem: Some(problem), .. } => {
            ("waits for another try", problem, *attempt)
        }
        _ => return,
    };
    let size = l10n::file_size(l10n::Language::En, item.facts.size);
    let _ = writeln!(out, "\n{}, {size}, {}", item.name, format_label(&item.facts.mime));
    line(out, "Outcome", outcome);
    line(out, "Reason", &l10n::problem(l10n::Language::En, &problem.code, &problem.args).short);
    line(out, "Site said", &said(problem));
    if attempts > 0 {
        line(out, "Attempts", &attempts.to_string());
        line(out, "Request", "POST /api/1/upload");
        line(out, "X-API-Key", "[removed]");
    }
    line(out, "File", &format!("[folder removed]/{}", item.name));
}

/// The site's sentence; else at least that it answered.
fn said(problem: &Problem) -> String {
    match (problem.args.get("said"), problem.args.get("status")) {
        (Some(said), _) => said.clone(),
        (None, Some(status)) => format!("(HTTP {status} without a sentence)"),
        (None, None) => "(no answer)".to_owned(),
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "  {name:<10}{value}");
}
