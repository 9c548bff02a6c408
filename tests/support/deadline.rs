//! Waiting for a condition, never for a time.

use anyhow::{Context, Result, bail};
use std::time::{Duration, Instant};

/// How long a test waits for anything. Generous: a loaded machine is no failure, and a met condition ends the wait.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(25);

/// Waits until `condition` holds.
///
/// # Errors
/// When it does not hold within [`PATIENCE`]; `what` names it.
pub async fn until(what: &str, mut condition: impl AsyncFnMut() -> bool) -> Result<()> {
    until_some(what, async || condition().await.then_some(())).await
}

/// Waits until `find` finds something, and gives it.
///
/// # Errors
/// When it finds nothing within [`PATIENCE`]; `what` names it.
pub async fn until_some<T>(what: &str, mut find: impl AsyncFnMut() -> Option<T>) -> Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = find().await {
            return Ok(found);
        }
        if Instant::now() > end {
            bail!("waited {} s in vain for: {what}", PATIENCE.as_secs());
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Waits for an answer, but not for ever.
///
/// # Errors
/// When it does not come within [`PATIENCE`]; `what` names it.
pub async fn within<T>(what: &str, answer: impl Future<Output = T>) -> Result<T> {
    let limited = tokio::time::timeout(PATIENCE, answer).await;
    limited.with_context(|| format!("waited {} s in vain for: {what}", PATIENCE.as_secs()))
}
