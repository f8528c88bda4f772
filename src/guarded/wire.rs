//! Messages between this program and its helper processes: a length and JSON, or a sign of life between them.

use super::Refusal;
use super::look::{Answer, Question};
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

/// Functions for `#[serde(with = "…")]` on bytes of any kind: each byte as the character of its number, so that what is
/// text stays short.
pub(super) mod bytes_as_text {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::ffi::OsString;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::path::PathBuf;

    /// Bytes under one of their names.
    pub(in super::super) trait Bytes: Sized {
        fn as_bytes(&self) -> &[u8];
        fn from_bytes(bytes: Vec<u8>) -> Self;
    }

    impl Bytes for Vec<u8> {
        fn as_bytes(&self) -> &[u8] {
            self
        }

        fn from_bytes(bytes: Vec<u8>) -> Self {
            bytes
        }
    }

    impl Bytes for OsString {
        fn as_bytes(&self) -> &[u8] {
            self.as_os_str().as_bytes()
        }

        fn from_bytes(bytes: Vec<u8>) -> Self {
            Self::from_vec(bytes)
        }
    }

    impl Bytes for PathBuf {
        fn as_bytes(&self) -> &[u8] {
            self.as_os_str().as_bytes()
        }

        fn from_bytes(bytes: Vec<u8>) -> Self {
            OsString::from_vec(bytes).into()
        }
    }

    pub(in super::super) fn serialize<S: Serializer>(bytes: &impl Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        let text: String = bytes.as_bytes().iter().map(|byte| char::from(*byte)).collect();
        serializer.serialize_str(&text)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>, B: Bytes>(deserializer: D) -> Result<B, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = text.chars().map(u8::try_from).collect::<Result<Vec<u8>, _>>();
        bytes.map(B::from_bytes).map_err(serde::de::Error::custom)
    }
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
