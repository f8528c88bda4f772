//! Promises about redaction, for any text.

use super::{Identity, MARK, Redactor};
use std::path::PathBuf;

/// Stands in no text that chance makes.
const PLANTED: &str = "Zk3vQ9xW7pLm2";

/// What stands where something private stood.
const STAND_INS: [&str; 6] = [MARK, "[e-mail]", "[address]", "user", "host", "~"];

/// Ways to write a secret, each on a line of its own.
const PLACES: &[(&str, &str)] = &[
    ("password=", ""),
    ("PGPASSWORD='", "'"),
    ("api_key: ", ""),
    ("{\"client_secret\": \"", "\"}"),
    ("https://mia:", "@example.org/x"),
    ("postgresql+psycopg2://app:", "@db:5432/x?sslmode=require"),
    ("https://example.org/?access_token=", "&x=1"),
    ("Authorization: Bearer ", ""),
    ("curl -u mia:", " https://example.org"),
    ("app --token ", " --port 1"),
    ("app --password=", ""),
    ("密码：", ""),
    ("X-Api-Key: ", ""),
];

/// A planted secret does not survive, whatever stands around it. A second time nothing comes back: more may go, since a
/// quotation mark inside of a secret may have left a later one open.
pub(crate) fn check(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let rest = String::from_utf8_lossy(rest).replace(PLANTED, "");
    let (before, after) = rest.split_at(rest.floor_char_boundary(rest.len() / 2));
    let (open, close) = PLACES[usize::from(*first) % PLACES.len()];
    let once = redacted(&format!("{before}\n{open}{PLANTED}{close}\n{after}"));
    assert!(!once.contains(PLANTED), "it survives in {once:?}");
    let arguments = redacted_command(&[before, "--password", PLANTED, after]);
    assert!(!arguments.concat().contains(PLANTED), "it survives in {arguments:?}");
    let whole = redacted(&rest);
    let again = redacted(&whole);
    let bare = |text: &str| STAND_INS.iter().fold(text.to_owned(), |text, one| text.replace(one, ""));
    assert!(is_within(&bare(&again), &bare(&whole)), "a second time {whole:?} becomes {again:?}");
}

/// Whether `short` is `long` with some characters taken out.
fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|one| rest.any(|other| other == one))
}

fn identity() -> Identity {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Identity { homes: vec![PathBuf::from("/home/mia")], users: names(&["mia"]), hosts: names(&["mias-laptop"]) }
}

fn redacted(text: &str) -> String {
    let mut text = text.to_owned();
    Redactor::new(&identity()).text(&mut text);
    text
}

fn redacted_command(words: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    Redactor::new(&identity()).command(&mut words);
    words
}
