//! Secrets in addresses: the password before the host, and the path of a webhook.

use super::ranges::{Ranges, add_groups, compiled, words};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Addresses whose path is what only their owner knows.
static HOOKS: LazyLock<Regex> = LazyLock::new(|| {
    let hooks = [
        r#"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/([^\s"'<>]+)"#,
        r#"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/([^\s"'<>?]+)"#,
        r#"api\.telegram\.org/(?:file/)?bot([^\s"'<>/]+)"#,
        r#"[\w.-]+\.webhook\.office\.com/([^\s"'<>]+)"#,
        r#"outlook\.office(?:365)?\.com/webhook/([^\s"'<>]+)"#,
        r#"open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/(?:v\d+/)?hook/([^\s"'<>?]+)"#,
        r#"hooks\.zapier\.com/hooks/catch/([^\s"'<>?]+)"#,
        r#"maker\.ifttt\.com/trigger/[^\s"'<>/]+/(?:json/)?with/key/([^\s"'<>?]+)"#,
        r#"(?:sctapi\.ftqq\.com|api2?\.pushdeer\.com|hc-ping\.com|api\.day\.app|pushplus\.plus/send)/([^\s"'<>?]+)"#,
        r#"/(?:webhooks?|hooks)/([^\s"'<>?/]*[0-9][^\s"'<>?]*)"#,
    ];
    compiled(&format!("(?i){}", hooks.join("|")))
});

/// What every address of `HOOKS` has one of.
static HOOKED: LazyLock<AhoCorasick> =
    LazyLock::new(|| words(&["hoo", "telegram", "ifttt", "ftqq", "hdeer", "hc-ping", "day.app", "hplu"]));

/// `name:password@host` without a scheme, as Go and curl write it.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"[\w.+-]+:([^\s"'<>]+)@(?:tcp|unix)\(|(?:^|[\s"'=,(])[\w.+-]+:([^\s@/:"'<>]{3,})@[A-Za-z][\w.-]*(?:[:/\s"'),]|$)"#,
    )
});

/// Adds the secrets in the addresses of `text`.
pub(super) fn find(text: &str, found: &mut Ranges) {
    if HOOKED.is_match(text) {
        add_groups(text, &HOOKS, found);
    }
    if text.contains('@') {
        add_groups(text, &BARE, found);
    }
    let mut starts = text.match_indices("://").map(|(place, mark)| place + mark.len()).peekable();
    while let Some(start) = starts.next() {
        // The next address ends this one, so that each byte is looked at once.
        let limit = starts.peek().map_or(text.len(), |next| next - "://".len());
        let rest = &text[start..limit];
        let end = rest.find(|end: char| end.is_whitespace() || "\"'<>".contains(end)).unwrap_or(rest.len());
        if let Some(user) = user_information(&rest[..end]) {
            found.push(start + user.start..start + user.end);
        }
    }
}

/// What stands before the host. A password may hold every mark that should have been escaped in it, so it reaches to
/// the last at sign; without one, a slash ends the host.
fn user_information(address: &str) -> Option<Range<usize>> {
    let first_mark = address.find(['/', '?', '#']).unwrap_or(address.len());
    let colon = address[..first_mark].find(':');
    let end = match colon {
        Some(colon) => address.rfind('@').filter(|at| *at > colon)?,
        None => address[..first_mark].rfind('@')?,
    };
    // `http://localhost:8501/@vite/client`: what looks like a port before a path is one.
    let port = colon.is_some_and(|colon| {
        let number = &address[colon + 1..first_mark];
        (1..=5).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_path = port && end > first_mark;
    // The remote account that everyone shares says nothing.
    (!is_path && &address[..end] != "git").then_some(0..end)
}
