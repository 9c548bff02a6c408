//! The queue: what waits, runs, waits again and is done; and the store that remembers it.
//!
//! The heart is [`step()`], a pure function that alone decides an item's [`Phase`]. Around it an actor saves every
//! change before it tells anybody, and starts the work that the step asks for. The two things it cannot do itself,
//! preparing a file and carrying it to a site, come in through the one-method traits [`Prepare`] and [`Transfer`].

mod clock;
mod engine;
mod error;
mod model;
mod ports;
pub mod problem;
mod schedule;
mod step;
mod store;

pub use clock::{Clock, ManualClock, SystemClock};
pub use engine::{Engine, Lane, Opened};
pub use error::{Error, Result};
pub use model::*;
pub use ports::{
    Arrival, BoxFuture, Fault, Job, Ports, Prepare, PrepareJob, ProgressSink, Retry, Scope, Transfer,
};
pub use step::{Back, Effect, Hold, Input, Policy, Step, Twin, step};
pub use store::{Recovered, SetAside};
