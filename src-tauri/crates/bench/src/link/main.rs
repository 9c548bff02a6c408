//! A slow line, and a program at the far end of it: packets take their time, wait for each other, and some are lost.
//!
//! Not every kernel can shape a link by itself. Here packets go from a TUN device in one network namespace to one in
//! another by way of this program.

#[cfg(target_os = "linux")]
mod line;
#[cfg(target_os = "linux")]
mod networks;

/// `keltas-bench-link MS MBITS LOSS PROGRAM WORD…` makes the network that it is in the near end, and starts the program
/// in one that is the far end, with its address there as its last word. Milliseconds are one way, megabits a second,
/// and the loss is from 0 to 1, all of either way. What the program prints is printed here as soon as the line holds;
/// both end together.
///
/// It wants a network of its own: `unshare --map-root-user --net keltas-bench-link …`; `nsenter` brings others into it.
#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    use anyhow::Context;

    let mut words = std::env::args_os().skip(1);
    let mut number = |what| -> anyhow::Result<f64> {
        let word = words.next().context(what)?;
        word.to_str().and_then(|word| word.parse().ok()).context(what)
    };
    let way = line::Way {
        delay: std::time::Duration::from_secs_f64(number("milliseconds")? / 1e3),
        rate: number("megabits a second")? * 1e6,
        loss: number("a loss")?,
    };
    let mut program = std::process::Command::new("unshare");
    program.arg("--net").args(words);
    networks::join(way, &mut program)
}

#[cfg(not(target_os = "linux"))]
fn main() -> anyhow::Result<()> {
    anyhow::bail!("only Linux lets a program have networks of its own")
}
