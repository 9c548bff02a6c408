//! The client against the demo host: what was set arrives exactly, and each refusal and fault is told for what it is.
//! Tests that begin with a letter and a number play the acceptance case of that number.

mod addresses;
mod differences;
mod examples;
mod fields;
mod keys;
mod languages;
mod links;
mod names;
mod old_sites;
mod outcomes;
mod refusals;
mod round_trip;
mod sources;
mod tap;
mod world;
