//! What axe-core finds on a page: faults that keep people out who use a screen reader, a keyboard or weak eyes.

use crate::Page;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{fs, path::Path};

/// Runs in the page; axe itself was put there before.
const RUN: &str = "
    const done = arguments[0];
    axe.run(document, { resultTypes: ['violations'] }).then(
      ({ violations }) => done(violations),
      (error) => done(String(error)),
    );";

/// The serious and critical faults on the page, each with the places where it is. None is what is wanted.
///
/// # Errors
/// When axe-core is not installed or does not run.
pub async fn serious_faults(page: &Page) -> Result<Vec<String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    let source =
        fs::read_to_string(source).context("axe-core is not installed: run `npm ci` in the folder ui")?;
    page.client().execute(&source, Vec::new()).await?;
    let found = page.client().execute_async(RUN, Vec::new()).await?;
    let Value::Array(violations) = found else { bail!("axe does not run: {found}") };
    let serious =
        violations.iter().filter(|one| matches!(one["impact"].as_str(), Some("serious" | "critical")));
    Ok(serious.map(|one| format!("{}: {}", one["id"], places(&one["nodes"]))).collect())
}

fn places(nodes: &Value) -> String {
    let nodes = nodes.as_array().map_or(&[][..], Vec::as_slice);
    let each = nodes.iter().map(|node| format!("{} ({})", node["target"], node["failureSummary"]));
    each.collect::<Vec<_>>().join("; ")
}
