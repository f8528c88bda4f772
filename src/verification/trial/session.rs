//! One browser session without a browser: a WebSocket on which the app is told to run its script.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use tungstenite::client::{IntoClientRequest, client_with_config};
use tungstenite::http::HeaderValue;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message, WebSocket};

/// A `BackMsg` with an empty `rerun_script`: what a browser sends first.
const RUN_SCRIPT: &[u8] = &[0x5a, 0x00];

/// The field of a `ForwardMsg` that says a run of the script has ended (proto/ForwardMsg.proto).
const SCRIPT_FINISHED: u64 = 6;

/// Time that one answer may take.
const ANSWER: Duration = Duration::from_secs(2);

/// An open session.
pub(super) struct Session(WebSocket<TcpStream>);

/// Messages that came over the session.
pub(super) enum Heard {
    /// A message that does not matter here.
    Nothing,
    /// A run of the script has ended.
    ScriptFinished,
    /// The session is over.
    Closed(String),
}

impl Session {
    /// Connects to the app on this port of 127.0.0.1 and has it run its script; `None` where it does not answer yet.
    pub(super) fn open(port: u16) -> Option<Self> {
        let mut request = format!("ws://127.0.0.1:{port}/_stcore/stream").into_client_request().ok()?;
        request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("streamlit"));
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = TcpStream::connect_timeout(&address, ANSWER).ok()?;
        stream.set_read_timeout(Some(ANSWER)).ok()?;
        stream.set_write_timeout(Some(ANSWER)).ok()?;
        // Streamlit sends messages of up to 200 MB.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (mut socket, _) = client_with_config(request, stream, Some(config)).ok()?;
        socket.send(Message::binary(RUN_SCRIPT)).ok()?;
        Some(Self(socket))
    }

    /// Reads, and answers pings, for this long, or until a run of the script has ended.
    pub(super) fn listen(&mut self, time: Duration) -> Heard {
        let start = Instant::now();
        loop {
            let left = time.saturating_sub(start.elapsed());
            // Zero would mean to wait for ever.
            if left.is_zero() || self.0.get_ref().set_read_timeout(Some(left)).is_err() {
                return Heard::Nothing;
            }
            match self.0.read() {
                Ok(Message::Binary(bytes)) if has_field(&bytes, SCRIPT_FINISHED) => return Heard::ScriptFinished,
                Ok(_) => {}
                Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    return Heard::Nothing;
                }
                Err(error) => return Heard::Closed(error.to_string()),
            }
        }
    }
}

/// Tells whether a protocol buffer has this field at its top level.
fn has_field(mut bytes: &[u8], field: u64) -> bool {
    while let Some(tag) = varint(&mut bytes) {
        if tag >> 3 == field {
            return true;
        }
        let skip = match tag & 7 {
            0 => varint(&mut bytes).map(|_| 0),
            1 => Some(8),
            2 => varint(&mut bytes),
            5 => Some(4),
            _ => None,
        };
        let rest = skip.and_then(|skip| bytes.get(usize::try_from(skip).ok()?..));
        let Some(rest) = rest else { return false };
        bytes = rest;
    }
    false
}

/// Base 128, the lowest seven bits first.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for place in 0..10 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << (7 * place);
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_end_of_a_run_is_recognised_among_other_fields() {
        let hash = [0x0a, 0x02, b'6', 0x30];
        let finished = [0x30, 0x00];
        assert!(has_field(&[&hash[..], &finished].concat(), SCRIPT_FINISHED));
        assert!(!has_field(&hash, SCRIPT_FINISHED), "what a text holds is no field");
        assert!(!has_field(&[0x0a, 0x7f, 0x30, 0x00], SCRIPT_FINISHED), "a text longer than the message");
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = has_field(&bytes, SCRIPT_FINISHED);
        }
    }
}
