//! Messages between this program and its helper processes: a length and JSON, or a sign of life between them.

use super::look::{Answer, Question};
use super::{Refusal, bytes_as_text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// A question and the path that it is about.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) question: Question,
    #[serde(with = "bytes_as_text")]
    pub(super) path: PathBuf,
}

/// Messages of a helper.
#[derive(Serialize, Deserialize)]
pub(super) enum Message {
    /// The helper is ready for its first question.
    Ready,
    /// A piece of a long answer was read.
    Alive,
    Done(Result<Answer, Refusal>),
}

/// More than any message: the other end is not what it should be.
const LONGEST_BYTES: u32 = 1 << 30;

pub(super) fn send(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec(message)?;
    let length = u32::try_from(json.len()).ok().filter(|length| *length < LONGEST_BYTES);
    let length = length.ok_or(io::ErrorKind::FileTooLarge)?;
    to.write_all(&length.to_ne_bytes())?;
    to.write_all(&json)
}

pub(super) fn receive<M: DeserializeOwned>(from: &mut impl Read) -> io::Result<M> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_ne_bytes(length);
    if length >= LONGEST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut json = Vec::new();
    if from.take(u64::from(length)).read_to_end(&mut json)? < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&json)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    proptest! {
        #[test]
        fn a_path_of_any_bytes_arrives_as_it_was(path: Vec<u8>) {
            let sent = Request { question: Question::RealPath, path: std::ffi::OsString::from_vec(path.clone()).into() };
            let mut wire = Vec::new();
            send(&mut wire, &sent).unwrap();
            let received: Request = receive(&mut wire.as_slice()).unwrap();
            prop_assert_eq!(received.path.as_os_str().as_bytes(), path);
        }

        #[test]
        fn any_bytes_are_a_message_or_an_error(bytes: Vec<u8>) {
            let _ = receive::<Message>(&mut bytes.as_slice());
        }
    }
}
