//! Here-documents, taken out of a script before the grammar reads the rest.
//!
//! The grammar tells where the next one begins; what stands before it is parsed already, and right. Its last line is
//! found by the rule of POSIX (2.7.4): the first line that is the word after `<<` without its quotes, byte for byte;
//! after `<<-` without the tabs before it.

use super::syntax::Syntax;
use super::word;
use std::ops::Range;

/// More of them, or more bytes to parse again for them, are no launch script.
const MOST_DOCUMENTS: usize = 200;
const MOST_PARSED_BYTES: usize = 16 << 20;

/// Bytes taken out.
struct Cut {
    /// Place in what is left.
    at: usize,
    length: usize,
}

/// Parses `text`. Returns the syntax, its ranges those in `text`, and whether all of it was understood; `None` where it
/// costs too much.
pub(super) fn read(text: &[u8]) -> Option<(Syntax, bool)> {
    let mut rest = text.to_vec();
    let (mut cuts, mut parsed) = (Vec::new(), 0);
    loop {
        parsed += rest.len();
        let mut syntax = Syntax::of(&rest)?;
        let next = syntax.nodes.iter().find(|node| node.kind == "heredoc_start").map(|node| node.range.start);
        let left = cuts.len() < MOST_DOCUMENTS && parsed <= MOST_PARSED_BYTES;
        match next.filter(|_| left).and_then(|next| take_out(&mut rest, next)) {
            Some(cut) => cuts.push(cut),
            None => {
                let clear = next.is_none() && !syntax.has_error;
                put_back(&mut syntax, cuts);
                return Some((syntax, clear));
            }
        }
    }
}

/// Takes the lines of a here-document out of `text` and makes the redirection a plain one of the same length. `start`
/// is where the word after `<<` begins. `None` where its lines are not found.
fn take_out(text: &mut Vec<u8>, start: usize) -> Option<Cut> {
    let before = text[..start].trim_ascii_end().len();
    let (sign, tabs) = match text.get(..before)? {
        before if before.ends_with(b"<<-") => (before.len() - 3, true),
        before if before.ends_with(b"<<") => (before.len() - 2, false),
        _ => return None,
    };
    let end = start + word::length(&text[start..]);
    let last = word::plain(&text[start..end]);
    let body = end + rest_of_line(&text[end..])?;
    let length = length_of_document(&text[body..], &last, tabs)?;
    // `3<<-E` becomes `3<  E`: the word's place is kept, and a number before it stays the redirection's.
    text[sign + 1..start].fill(b' ');
    text.drain(body..body + length);
    Some(Cut { at: body, length })
}

/// The length of the rest of the line on which a here-document is announced, over line endings that a backslash takes
/// away. `None` where a quotation goes on over the line's end: the grammar cannot be asked before the lines are out.
fn rest_of_line(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut quote = None;
    while let Some(byte) = text.get(at) {
        match (quote, byte) {
            (Some(b'\''), b'\\') => {}
            (_, b'\\') => at += 1,
            (None, b'\n') => return Some(at + 1),
            (None, b'\'' | b'"' | b'`') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), b'\n') => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

fn length_of_document(text: &[u8], last: &[u8], tabs: bool) -> Option<usize> {
    let mut length = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        length += line.len();
        let mut bare = line.strip_suffix(b"\n").unwrap_or(line);
        while tabs && bare.first() == Some(&b'\t') {
            bare = &bare[1..];
        }
        if bare == last {
            return Some(length);
        }
    }
    None
}

/// Moves all ranges to where they are in the whole text.
fn put_back(syntax: &mut Syntax, cuts: Vec<Cut>) {
    for cut in cuts.into_iter().rev() {
        for node in &mut syntax.nodes {
            let Range { start, end } = &mut node.range;
            // What ends where the lines were taken out does not hold them; what begins there comes after them.
            let empty = start == end;
            *start += if *start >= cut.at { cut.length } else { 0 };
            *end += if *end > cut.at || (empty && *end >= cut.at) { cut.length } else { 0 };
        }
    }
}
