//! The port on this machine that the host listens on.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use socket2::{Domain, Socket, Type};

/// So much may lie unread. The system would let it grow to many megabytes, and whoever sends would notice nothing of a
/// host that stops reading until then; a far host is felt sooner.
const UNREAD: usize = 256 * 1024;

/// Connections that wait to be taken.
const WAITING: i32 = 1024;

/// The wanted port; with 0 the last one if it is free, else any.
pub(crate) fn bind(wanted: u16, last: u16) -> io::Result<TcpListener> {
    let on = |port| listen((Ipv4Addr::LOCALHOST, port).into());
    match (wanted, last) {
        (0, 1..) => on(last).or_else(|_| on(0)),
        (wanted, _) => on(wanted),
    }
}

/// Listens without blocking.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // On Windows the same would let a second program take the port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_recv_buffer_size(UNREAD)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(WAITING)?;
    Ok(socket.into())
}
