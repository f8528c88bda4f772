//! Functions for `#[serde(with = "…")]` on bytes of any kind: each byte as the character of its number, so that what is
//! text stays short.

use serde::{Deserialize, Deserializer, Serializer};
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

/// Bytes under one of their names.
pub(super) trait Bytes: Sized {
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

pub(super) fn serialize<S: Serializer>(bytes: &impl Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    let text: String = bytes.as_bytes().iter().map(|byte| char::from(*byte)).collect();
    serializer.serialize_str(&text)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>, B: Bytes>(deserializer: D) -> Result<B, D::Error> {
    let text = String::deserialize(deserializer)?;
    let bytes = text.chars().map(u8::try_from).collect::<Result<Vec<u8>, _>>();
    bytes.map(B::from_bytes).map_err(serde::de::Error::custom)
}
