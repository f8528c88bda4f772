//! Connections to a server process, as a browser's open tab makes one: TCP, on a port that the process listens on.
//!
//! No connection proves that nobody has the app open. A connection alone proves little: a plain request may leave one
//! for seconds or minutes, and an app gives its watches up within 0.03 s after the last tab was closed (measured,
//! tests/bench/streamlit/FACTS.md).

use super::Places;
use procfs::process::{FDTarget, Process};
use procfs::{ProcError, ProcResult};
use std::collections::BTreeSet;

/// One of the process' own sockets, with its local port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    Listening(u16),
    Connected(u16),
}

/// Tells whether somebody is connected to a port that `pid` itself listens on. `None` where that is not known: its
/// descriptors may not be read, or it listens on no TCP port (it has ended, or serves a Unix socket).
#[must_use]
pub fn has_connection(places: &Places, pid: u32) -> Option<bool> {
    is_connected(&endpoints(places, pid).ok()?)
}

fn is_connected(endpoints: &[Endpoint]) -> Option<bool> {
    let ports: BTreeSet<u16> = endpoints.iter().filter_map(|end| end.listening()).collect();
    let connected = endpoints.iter().any(|end| matches!(end, Endpoint::Connected(port) if ports.contains(port)));
    (!ports.is_empty()).then_some(connected)
}

impl Endpoint {
    fn listening(self) -> Option<u16> {
        match self {
            Self::Listening(port) => Some(port),
            Self::Connected(_) => None,
        }
    }
}

/// The tables are those of the process' own network namespace; an entry is its own where it holds the socket.
fn endpoints(places: &Places, pid: u32) -> ProcResult<Vec<Endpoint>> {
    let process = Process::new_with_root(places.proc.join(pid.to_string()))?;
    let mut sockets = BTreeSet::new();
    for descriptor in process.fd()? {
        match descriptor.map(|descriptor| descriptor.target) {
            Ok(FDTarget::Socket(inode)) => {
                sockets.insert(inode);
            }
            // Something else, or closed meanwhile.
            Ok(_) | Err(ProcError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let mut entries = process.tcp()?;
    match process.tcp6() {
        Ok(more) => entries.extend(more),
        // A kernel without IPv6.
        Err(ProcError::NotFound(_)) => {}
        Err(error) => return Err(error),
    }
    let own = entries.into_iter().filter(|entry| sockets.contains(&entry.inode));
    Ok(own.filter_map(|entry| endpoint(&entry)).collect())
}

fn endpoint(entry: &procfs::net::TcpNetEntry) -> Option<Endpoint> {
    let port = entry.local_address.port();
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other states are those of connections that begin or end")]
    match entry.state {
        procfs::net::TcpState::Listen => Some(Endpoint::Listening(port)),
        procfs::net::TcpState::Established => Some(Endpoint::Connected(port)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn only_a_connection_to_a_port_of_its_own_counts() {
        use Endpoint::{Connected, Listening};
        assert_eq!(is_connected(&[]), None, "it serves nobody");
        assert_eq!(is_connected(&[Connected(8501)]), None, "it is somebody's client");
        assert_eq!(is_connected(&[Listening(8501), Connected(40_000)]), Some(false), "the same, and a server");
        assert_eq!(is_connected(&[Listening(8501), Listening(9000), Connected(8501)]), Some(true));
    }

    #[test]
    fn this_process_is_seen_to_listen_and_to_be_connected() {
        let here = Places::default();
        let listener = TcpListener::bind("[::1]:0").or_else(|_| TcpListener::bind("127.0.0.1:0")).expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let ends = || endpoints(&here, std::process::id()).expect("one's own sockets can be read");
        assert!(ends().contains(&Endpoint::Listening(port)));
        assert!(!ends().contains(&Endpoint::Connected(port)));
        let client = TcpStream::connect(listener.local_addr().expect("its address")).expect("it listens");
        let accepted = listener.accept().expect("it was connected");
        assert!(ends().contains(&Endpoint::Connected(port)));
        drop((client, accepted));
    }

    #[test]
    fn a_process_that_is_gone_says_nothing() {
        assert_eq!(has_connection(&Places::default(), u32::MAX), None);
    }
}
