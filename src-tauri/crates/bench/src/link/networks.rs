//! Two networks with a line between them.

#![allow(clippy::print_stdout, reason = "it hands on what the program says")]

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader},
    net::Ipv4Addr,
    os::fd::AsFd,
    process::{Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::Instant,
};

use anyhow::{Context, Result, anyhow, ensure};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use tun_rs::{DeviceBuilder, SyncDevice};

use crate::line::{Line, Way};

/// In a network that is only this line.
const NEAR: Ipv4Addr = Ipv4Addr::new(10, 25, 0, 1);
const FAR: Ipv4Addr = Ipv4Addr::new(10, 25, 0, 2);

/// Of Ethernet, so that a packet here is as large as one there.
const MTU: u16 = 1_500;

/// Starts the program at the far end, and carries packets until it ends.
pub(crate) fn join(way: Way, program: &mut Command) -> Result<()> {
    let near = device(NEAR).context("a TUN device in this network")?;
    let mut child = program.arg(FAR.to_string()).stdout(Stdio::piped()).spawn().context("the far end")?;
    let mut says = BufReader::new(child.stdout.take().context("its output is piped")?);
    // It is in its own network before it says anything.
    let mut first = String::new();
    ensure!(says.read_line(&mut first)? > 0, "the far end has ended");
    let network = File::open(format!("/proc/{}/ns/net", child.id()))?;
    // Only one thread goes there: who looks for the near end looks at the process.
    let there = thread::spawn(move || -> Result<SyncDevice> {
        move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network))?;
        device(FAR)
    });
    let far = there.join().map_err(|_| anyhow!("a panic"))?.context("a TUN device at the far end")?;
    let (near, far) = (Arc::new(near), Arc::new(far));
    carry(Line::new(way, 1), near.clone(), far.clone());
    carry(Line::new(way, 2), far, near);
    print!("{first}");
    io::copy(&mut says, &mut io::stdout())?;
    ensure!(child.wait()?.success(), "the far end did not end well");
    Ok(())
}

/// A device of the network that this thread is in, at an address. Whole packets: nothing is put together for it.
fn device(address: Ipv4Addr) -> Result<SyncDevice> {
    // Or what a connection learns of the line is the next one's, whoever it belongs to.
    fs::write("/proc/sys/net/ipv4/tcp_no_metrics_save", "1")?;
    Ok(DeviceBuilder::new().ipv4(address, 24, None).mtu(MTU).offload(false).build_sync()?)
}

/// Carries packets one way, from now on.
fn carry(mut line: Line, from: Arc<SyncDevice>, to: Arc<SyncDevice>) {
    let (leave, arrive) = mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        let mut packet = [0; MTU as usize];
        // A device that cannot be read is one whose network has ended.
        while let Ok(bytes) = from.recv(&mut packet) {
            if let Some(at) = line.arrival(bytes, Instant::now()) {
                let _ = leave.send((at, packet[..bytes].to_vec()));
            }
        }
    });
    thread::spawn(move || {
        for (at, packet) in arrive {
            thread::sleep(at.saturating_duration_since(Instant::now()));
            // A packet that is not taken is one more that is lost.
            let _ = to.send(&packet);
        }
    });
}
