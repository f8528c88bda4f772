//! Secrets in command lines, told by the option before them.

use super::clients::{Client, client_of, takes_login};
use super::ranges::{Ranges, add_groups, compiled};
use super::secret_names::announces;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A word as a shell sees it: quotes hold spaces together.
static WORD: LazyLock<Regex> = LazyLock::new(|| compiled(r#"(?:"[^"]*"|'[^']*'|\S)+"#));

/// The same within one line: a quote that an earlier line leaves open must not hide the words of the next.
static WORD_OF_LINE: LazyLock<Regex> = LazyLock::new(|| compiled(r#"(?:"[^"\n]*"|'[^'\n]*'|\S)+"#));

/// An argument in a list of a program's: `["mysql", "-psecret"]`.
static LISTED: LazyLock<Regex> = LazyLock::new(|| compiled(r#"\\*"([^"\\]*)\\*"|'([^']*)'"#));

/// `/p:secret`, as xfreerdp and programs of Windows take it.
static SLASHED: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)\A/(?:p|pass|password|passwd|pwd|pw|gp)[:=](.+)\z"));

/// A property of a build by msbuild: `/p:Configuration=Release`.
static PROPERTY: LazyLock<Regex> = LazyLock::new(|| compiled(r"\A/p:[A-Z][A-Za-z]+="));

/// What is written to a program that reads a password, and the login of sqlplus.
static PIPED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"\b(?:echo|printf)\s+(?:-n\s+)?(\S+)\s*\|[^|]{0,80}?(?:sudo\s+-\S*S|--password-stdin|chpasswd|passwd|--passphrase-fd)|\b(?:sqlplus|expdp|impdp)\s+(?:-\w+\s+){0,3}[\w$#]+/(\S+)",
    )
});

/// Programs of `PIPED` that take their login as an argument.
const TAKE_LOGINS: [&str; 3] = ["sqlplus", "expdp", "impdp"];

/// Adds the secrets of commands inside a text: `sh -c "mysql -psecret"`, a log line, a sentence that quotes a command.
pub(super) fn find(text: &str, found: &mut Ranges) {
    if text.contains('|') || TAKE_LOGINS.iter().any(|program| text.contains(program)) {
        add_groups(text, &PIPED, found);
    }
    let words: Ranges = WORD.find_iter(text).map(|word| word.range()).collect();
    among(text, &words, found);
    if text.contains('\n') {
        let words: Ranges = WORD_OF_LINE.find_iter(text).map(|word| word.range()).collect();
        among(text, &words, found);
    }
    if text.contains(['"', '\'']) {
        let listed: Ranges = LISTED
            .captures_iter(text)
            .filter_map(|word| word.get(1).or_else(|| word.get(2)).map(|word| word.range()))
            .collect();
        among(text, &listed, found);
    }
}

fn among(text: &str, words: &[Range<usize>], found: &mut Ranges) {
    if words.len() < 2 {
        return;
    }
    let arguments: Vec<&str> = words.iter().map(|word| &text[word.clone()]).collect();
    found.extend(
        announced(&arguments)
            .into_iter()
            .map(|(place, range)| words[place].start + range.start..words[place].start + range.end),
    );
}

/// The places among `arguments` where an option or a name announces a secret, ascending.
pub(super) fn announced<A: AsRef<str>>(arguments: &[A]) -> Vec<(usize, Range<usize>)> {
    let mut secrets = Vec::new();
    let mut client: Option<&Client> = None;
    // A client that is one only after a certain word.
    let mut waiting: Option<&Client> = None;
    let mut builds = false;
    let mut place = 0;
    while let Some(argument) = arguments.get(place).map(AsRef::as_ref) {
        if let Some(known) = client_of(argument) {
            (client, waiting) = if known.after.is_some() { (None, Some(known)) } else { (Some(known), None) };
        } else if waiting.is_some_and(|waiting| waiting.after == Some(argument)) {
            client = waiting;
        } else if matches!(argument, "|" | "||" | "&&" | ";") {
            (client, waiting) = (None, None);
        }
        builds |= argument.to_ascii_lowercase().contains("msbuild") || argument.ends_with("dotnet");
        let next = arguments.get(place + 1).map(AsRef::as_ref);
        if let Some(start) = inside(argument, client, builds) {
            secrets.push((place, start..argument.len()));
        } else if next.is_some_and(|next| takes_next(argument, next, client, waiting)) {
            place += 1;
            secrets.push((place, 0..arguments[place].as_ref().len()));
        }
        place += 1;
    }
    secrets
}

/// Where the secret begins in `--api-key=…`, `API_KEY=…`, `-psecret` and `/p:secret`.
fn inside(argument: &str, client: Option<&Client>, builds: bool) -> Option<usize> {
    assigned(argument)
        .or_else(|| client.and_then(|client| client.attached(argument)))
        .or_else(|| slashed(argument).filter(|_| !(builds && PROPERTY.is_match(argument))))
}

fn assigned(argument: &str) -> Option<usize> {
    let (name, value) = argument.split_once(['=', '＝'])?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (is_name && announces(name, value)).then_some(argument.len() - value.len())
}

fn slashed(argument: &str) -> Option<usize> {
    SLASHED.captures(argument)?.get(1).map(|value| value.start())
}

/// Tells whether an option without `=` takes the next argument, and that is a secret.
fn takes_next(argument: &str, next: &str, client: Option<&Client>, waiting: Option<&Client>) -> bool {
    let groups = client.or(waiting).is_some_and(Client::groups);
    // `aws configure set aws_secret_access_key …`, `mc alias set …`
    let setting = argument.starts_with("aws_") && announces(argument, next);
    let option = argument.starts_with('-') && !argument.contains('=') && !argument.contains(char::is_whitespace);
    let short = client.is_some_and(|client| client.takes(argument, next));
    setting
        || option
            && !next.starts_with("--")
            && (short || announces(argument, next) || (!groups && takes_login(argument, next)))
}
