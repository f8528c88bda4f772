//! Secrets that a name announces: `name = value`, `"name": "value"`, `名称：值`, `<name>value</name>`.

use super::ranges::{Ranges, add_groups, compiled, words};
use super::secret_names::{announces, is_secret_name};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A name and what separates it from its value. An argument in a list is separated by its quotes and a comma.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?x)(?:
            (-{0,2}[A-Za-z_][A-Za-z0-9_.-]*)
          | ((?:密码|密碼|口令|令牌|密钥|密鑰|金鑰|密匙|私钥|私鑰|凭证|凭据|憑證|暗号|验证码|授权码|通行码|访问码)
              (?:\s?[（(][^（()）\n]{0,20}[）)])?)
        )
        ((?:\\*["'`”」】\]]|%22){0,3}\s{0,3}(?:%3[AaDd]|:=|=>|[=:：＝]|是\s?|为\s?)\s{0,3}|\\*["'],\s{0,3})"#,
    )
});

/// What opens a quoted value.
static OPENED: LazyLock<Regex> = LazyLock::new(|| compiled(r#"\A(?:\\*["'`]|%22|“|‘|「)"#));

/// A value without quotes. A quote that a letter follows is part of it; after some words the value comes yet.
static UNQUOTED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"\A(?:(?i:bearer|basic|token|digest|apikey)[ \t]+)?(?:[^\s"']|["'][A-Za-z0-9])+"#));

/// A value in the query of an address.
static IN_QUERY: LazyLock<Regex> = LazyLock::new(|| compiled(r#"\A(?:[^\s"'&#]|["'][A-Za-z0-9])+"#));

/// Headers, to the end of the line or of the quotes they stand in, and what follows `bearer`.
static HEADERS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?i)\b(?:(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]*(?:key|token|secret|auth)[a-z-]*)\s*[:：]\s*([^"'\r\n]+)|\bbearer\s+([A-Za-z0-9._~+/=-]{6,})"#,
    )
});

/// What every header of `HEADERS` has one of.
static HEADED: LazyLock<AhoCorasick> = LazyLock::new(|| words(&["authorization", "coo", "bearer", "x-"]));

static XML: LazyLock<Regex> = LazyLock::new(|| compiled(r"<([A-Za-z_][\w.:-]*)>([^<]+)</"));

/// Characters of a value that are looked at where it may be the name of another.
const LONGEST_NAME: usize = 64;

/// Short names that mean a secret only in the query of an address.
const QUERY_NAMES: [&str; 12] =
    ["key", "sig", "signature", "auth", "code", "sid", "session", "sessionid", "pass", "pw", "pwd", "credential"];

/// Adds what names announce in `text`.
pub(super) fn find(text: &str, found: &mut Ranges) {
    if HEADED.is_match(text) {
        add_groups(text, &HEADERS, found);
    }
    let tags = text.contains("</").then(|| XML.captures_iter(text));
    for tag in tags.into_iter().flatten() {
        found.extend(tag.get(2).filter(|value| announces(&tag[1], value.as_str())).map(|value| value.range()));
    }
    // The value of the pair `"name": "API_KEY", "value": "…"` is named by the other half.
    let mut named_by_pair = false;
    let mut from = 0;
    while let Some(captures) = NAME.captures_at(text, from) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.iter().skip(1).flatten().next()) else { break };
        let listed = captures.get(3).is_some_and(|separator| separator.as_str().contains(','));
        // What looks like a value may hold an assignment of its own: https://host/?token=…
        from = whole.end();
        let query = text[..name.start()].ends_with(['?', '&', '#']) && !listed;
        let chinese = captures.get(2).is_some();
        let by_pair = named_by_pair && name.as_str().eq_ignore_ascii_case("value");
        let wanted = chinese || by_pair || query && is_query_name(name.as_str()) || is_secret_name(name.as_str());
        if wanted && (!listed || name.as_str().starts_with('-')) {
            let value = value_at(text, whole.end(), query);
            let certain = chinese || by_pair || query && is_query_name(name.as_str());
            if announces(if certain { "password" } else { name.as_str() }, &text[value.clone()]) {
                // A name on the next line may be taken for the value, and announces another.
                if !whole.as_str().contains('\n') {
                    from = value.end.max(from);
                }
                found.push(value);
            }
        } else if ["name", "key", "variable"].contains(&name.as_str()) {
            let value: String = text[from..].chars().take(LONGEST_NAME).collect();
            named_by_pair = value.split(['"', '\'', '\\']).find(|part| !part.is_empty()).is_some_and(is_secret_name);
        }
    }
}

fn is_query_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let short = name.strip_prefix("x-amz-").or_else(|| name.strip_prefix("x-goog-")).unwrap_or(&name);
    QUERY_NAMES.contains(&short) || short == "awsaccesskeyid" || short == "security-token"
}

/// Where the value that begins at `start` stands, without its quotes. One that is not closed ends with the text.
fn value_at(text: &str, start: usize, query: bool) -> Range<usize> {
    let rest = &text[start..];
    if let Some(opened) = OPENED.find(rest) {
        let closing = match opened.as_str() {
            "“" => "”",
            "‘" => "’",
            "「" => "」",
            same => same,
        };
        let inside = start + opened.end();
        return inside..closed(&text[inside..], closing).map_or(text.len(), |end| inside + end);
    }
    for (open, close) in [('[', ']'), ('{', '}')] {
        if rest.starts_with(open) {
            return start..rest.find(close).map_or(text.len(), |end| start + end + 1);
        }
    }
    let pattern = if query { &IN_QUERY } else { &UNQUOTED };
    start..pattern.find(rest).map_or(start, |value| start + value.end())
}

/// Where the quote `closing` stands that no backslash escapes.
fn closed(text: &str, closing: &str) -> Option<usize> {
    text.match_indices(closing).map(|(place, _)| place).find(|place| !text[..*place].ends_with('\\'))
}
