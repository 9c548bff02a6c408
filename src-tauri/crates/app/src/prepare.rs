//! Makes the body that is sent from the person's file.
use std::{path::PathBuf, sync::Arc};
use engine::{BoxFuture, Prepare, PrepareJob, Prepared, Problem};
use crate::known::Known;
pub(crate) struct Preparer { _spool: PathBuf, _known: Arc<Known> }
impl Preparer { pub(crate) fn new(spool: PathBuf, known: Arc<Known>) -> Self { Self { _spool: spool, _known: known } } }
impl Prepare for Preparer { fn prepare(&self, _: PrepareJob) -> BoxFuture<Result<Prepared, Problem>> { todo!() } }
