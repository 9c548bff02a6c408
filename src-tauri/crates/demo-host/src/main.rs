//! `keltas-demo-host`: the demo host as a command, for people who write clients.

fn main() {}
