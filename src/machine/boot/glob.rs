//! Matching of a glob in a sysctl key with a path: glob(3) as glibc does it, for one known path.
//!
//! Both readers hand the key to glibc: systemd with `GLOB_BRACE`, procps without. No crate speaks this dialect
//! (`[^a]`, `[[:alpha:]]`, backslash, nested braces), hence these lines; tests/it/boot.rs compares them with the real
//! readers.

/// Number of alternatives of braces that are tried. A pattern with more would keep the reader busy for hours at boot.
const MOST_ALTERNATIVES: usize = 10_000;

/// Tells whether a key is a glob: both readers look for these characters only, so braces alone are no glob.
pub(super) fn is_glob(key: &[u8]) -> bool {
    key.iter().any(|byte| b"*?[".contains(byte))
}

/// Tells whether the pattern matches the path. Neither `*` nor `[…]` matches a `/`.
pub(super) fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let mut parts = pattern.split(|&byte| byte == b'/');
    let matched =
        path.split(|&byte| byte == b'/').all(|name| parts.next().is_some_and(|part| matches_name(part, name)));
    matched && parts.next().is_none()
}

/// [`matches()`], with `{one,two}` tried as glibc's `GLOB_BRACE` does.
pub(super) fn matches_with_braces(pattern: &[u8], path: &[u8]) -> bool {
    let mut waiting = vec![pattern.to_vec()];
    let mut tried = 0;
    while let Some(pattern) = waiting.pop() {
        tried += 1;
        if tried > MOST_ALTERNATIVES {
            return false;
        }
        match alternatives(&pattern) {
            Some(alternatives) => waiting.extend(alternatives),
            None if matches(&pattern, path) => return true,
            None => {}
        }
    }
    false
}

/// The pattern once for each alternative of its first brace; `None` where it has no brace that is closed.
fn alternatives(pattern: &[u8]) -> Option<Vec<Vec<u8>>> {
    let open = unescaped(pattern, 0, b"{")?;
    let mut ends = vec![end_of_alternative(pattern, open + 1)?];
    while pattern[ends[ends.len() - 1]] == b',' {
        ends.push(end_of_alternative(pattern, ends[ends.len() - 1] + 1)?);
    }
    let close = ends[ends.len() - 1];
    let starts = std::iter::once(open).chain(ends.iter().copied());
    Some(
        starts
            .zip(&ends)
            .map(|(start, &end)| [&pattern[..open], &pattern[start + 1..end], &pattern[close + 1..]].concat())
            .collect(),
    )
}

/// Finds where the alternative that starts at `from` ends: the place of its `,` or `}`.
fn end_of_alternative(pattern: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = from;
    loop {
        at = unescaped(pattern, at, b"{,}")?;
        match pattern[at] {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ if depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// The place of the first of these bytes that no backslash stands before.
fn unescaped(pattern: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let mut at = from;
    while at < pattern.len() {
        match pattern[at] {
            b'\\' => at += 1,
            byte if wanted.contains(&byte) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Matches one name: walks both, and where it fails lets the last `*` swallow one byte more.
fn matches_name(pattern: &[u8], name: &[u8]) -> bool {
    if name.starts_with(b".") && !pattern.starts_with(b".") && !pattern.starts_with(b"\\.") {
        return false; // A leading dot has to be spelled out.
    }
    let (mut pattern_at, mut name_at) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while name_at < name.len() {
        if pattern.get(pattern_at) == Some(&b'*') {
            star = Some((pattern_at + 1, name_at));
            pattern_at += 1;
        } else if let Some(length) = matches_byte(&pattern[pattern_at..], name[name_at]) {
            pattern_at += length;
            name_at += 1;
        } else if let Some((after_star, swallowed)) = star {
            star = Some((after_star, swallowed + 1));
            (pattern_at, name_at) = (after_star, swallowed + 1);
        } else {
            return false;
        }
    }
    pattern[pattern_at..].iter().all(|&byte| byte == b'*')
}

/// The length of the pattern's first element where it matches the byte.
fn matches_byte(pattern: &[u8], byte: u8) -> Option<usize> {
    match *pattern {
        [] => None,
        [b'?', ..] => Some(1),
        [b'[', ref set @ ..] => match bracket(set, byte) {
            Some((true, length)) => Some(length + 1),
            Some((false, _)) => None,
            None => (byte == b'[').then_some(1), // Never closed: an ordinary character.
        },
        [b'\\', literal, ..] => (literal == byte).then_some(2),
        [literal, ..] => (literal == byte).then_some(1),
    }
}

/// Tells whether the set behind a `[` contains the byte, and its length with the closing `]`; `None` where it is not
/// closed.
fn bracket(set: &[u8], byte: u8) -> Option<(bool, usize)> {
    let negated = matches!(set.first(), Some(b'!' | b'^'));
    let mut at = usize::from(negated);
    let first = at;
    let mut found = false;
    while set.get(at)? != &b']' || at == first {
        if let Some((class, length)) = character_class(&set[at..]) {
            found |= in_class(class, byte)?;
            at += length;
            continue;
        }
        let (low, after_low) = set_member(set, at)?;
        let ranged = set.get(after_low) == Some(&b'-') && *set.get(after_low + 1)? != b']';
        let (high, after) = if ranged { set_member(set, after_low + 1)? } else { (low, after_low) };
        found |= (low..=high).contains(&byte);
        at = after;
    }
    Some((found != negated, at + 1))
}

/// One character of a set and the place behind it, the backslash before it taken away.
fn set_member(set: &[u8], at: usize) -> Option<(u8, usize)> {
    match *set.get(at..)? {
        [b'\\', literal, ..] => Some((literal, at + 2)),
        [literal, ..] => Some((literal, at + 1)),
        [] => None,
    }
}

/// The name in `[:name:]` and the length of it all, where the set goes on with one.
fn character_class(set: &[u8]) -> Option<(&[u8], usize)> {
    let inner = set.strip_prefix(b"[:")?;
    let end = inner.windows(2).position(|pair| pair == b":]")?;
    inner[..end].iter().all(u8::is_ascii_lowercase).then_some((&inner[..end], end + 4))
}

/// Tells whether the byte is in the class of the C locale; `None` for a class that does not exist (which matches
/// nothing).
fn in_class(class: &[u8], byte: u8) -> Option<bool> {
    Some(match class {
        b"alpha" => byte.is_ascii_alphabetic(),
        b"lower" => byte.is_ascii_lowercase(),
        b"upper" => byte.is_ascii_uppercase(),
        b"digit" => byte.is_ascii_digit(),
        b"xdigit" => byte.is_ascii_hexdigit(),
        b"alnum" => byte.is_ascii_alphanumeric(),
        b"punct" => byte.is_ascii_punctuation(),
        b"graph" => byte.is_ascii_graphic(),
        b"print" => byte.is_ascii_graphic() || byte == b' ',
        b"blank" => matches!(byte, b' ' | b'\t'),
        b"space" => matches!(byte, b'\t'..=b'\r' | b' '),
        b"cntrl" => byte.is_ascii_control(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATH: &[u8] = b"fs/inotify/max_user_watches";

    #[test]
    fn common_globs_match_as_written() {
        for pattern in [
            "fs/inotify/*",
            "*/*/*",
            "fs/ino*y/max_user_w?tches",
            "fs/inotify/max_[a-z]*_[!i]*",
            "*/[[:lower:]]*/max\\_*",
        ] {
            assert!(matches(pattern.as_bytes(), PATH), "{pattern} matches");
        }
        for pattern in
            ["fs/*", "*", "fs/inotify/*/*", "fs/inotify/[^m]*", "fs/inotify/max_user_watches?", "fs[/]inotify/*"]
        {
            assert!(!matches(pattern.as_bytes(), PATH), "{pattern} does not match");
        }
    }

    #[test]
    fn braces_are_alternatives_for_systemd_only() {
        let pattern = b"{fs,user}/inotify/{max_{queued,user},min}_*";
        assert!(matches_with_braces(pattern, PATH), "one alternative matches");
        assert!(!matches(pattern, PATH), "procps takes braces literally");
        assert!(!matches_with_braces(b"fs/inotify/max_{user_*", PATH), "a brace that is not closed is literal");
        assert!(!matches_with_braces(&b"{a,b}*".repeat(60), PATH), "an explosion of alternatives comes to an end");
    }

    proptest! {
        #[test]
        fn any_pattern_comes_to_an_end(pattern in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = matches(&pattern, PATH);
            let _ = matches_with_braces(&pattern, PATH);
        }

        #[test]
        fn a_star_stands_for_any_stretch_of_a_name(from in 0..16_usize, length in 0..16_usize) {
            let name = b"max_user_watches";
            let (from, to) = (from, (from + length).min(name.len()));
            let pattern = [&name[..from], b"*", &name[to..]].concat();
            prop_assert!(matches(&pattern, name));
        }
    }
}
