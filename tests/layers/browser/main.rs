//! The window in a browser, over the real app, engine and demo host: the main job from the first run to the links,
//! and what goes wrong on the way.

mod again;
mod bad_input;
mod first_run;
mod folder;
mod keyboard;
mod limits;
mod long;
mod main_job;
mod order;
mod screens;
mod trouble;
mod vault;
mod what_is_sent;
