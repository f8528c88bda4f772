//! Secrets told by where they stand (after `--password`, in a URL, in a header) or by their known shape.

use super::MARK;
use super::secret_names::announces;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A function that is told of each secret that is removed.
pub(super) type Note<'a> = dyn FnMut(&str) + 'a;

/// Removes secrets from a command line, argument by argument. What stands inside an argument is left to [`in_text`].
pub(super) fn in_arguments(arguments: &mut [String], note: &mut Note<'_>) {
    for (place, range) in announced(arguments) {
        note(&arguments[place][range.clone()]);
        arguments[place].replace_range(range, MARK);
    }
}

/// Removes secrets from any text.
pub(super) fn in_text(text: &mut String, note: &mut Note<'_>) {
    for rule in RULES.iter() {
        remove_group(text, rule, note);
    }
    in_words(text, note);
    in_assignments(text, note);
}

/// Patterns whose first group is the secret.
static RULES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // scheme://user:password@host, scheme://token@host
        r#"://([^\s/?#"'<>@]+(?:@[^\s/?#"'<>@]+)*)@"#,
        // Headers, to the end of the line or the quotes they stand in.
        r#"(?i)\b(?:(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]*(?:key|token|secret|auth)[a-z-]*)\s*[:：]\s*([^"'\r\n]+)"#,
        r"(?i)\bbearer\s+([A-Za-z0-9._~+/=-]{6,})",
        // Query parameters with short names; the long ones are assignments.
        r#"(?i)[?&;](?:key|sig|signature|auth|code|sid|session|sessionid|pass|pw|pwd)=([^\s&#"']+)"#,
        // Shapes that issuers publish so that their keys can be recognised.
        r"\b((?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,})",
        r"\b(gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|glpat-[A-Za-z0-9_-]{16,})",
        r"\b(xox[abeoprs]-[A-Za-z0-9-]{10,}|hf_[A-Za-z0-9]{16,}|npm_[A-Za-z0-9]{16,}|pypi-[A-Za-z0-9_-]{16,})",
        r"\b((?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,})",
        r"\b(eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)",
        r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)(?:-----END|$)",
    ]
    .iter()
    .map(|pattern| compiled(pattern))
    .collect()
});

/// `name = value`, `"name": "value"`, `name=value`.
static ASSIGNMENT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r#"([A-Za-z_][A-Za-z0-9_.-]*)["']?\s{0,3}[=:：]\s{0,3}("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'&;]+)"#)
});

/// A word as a shell sees it: quotes hold spaces together.
static WORD: LazyLock<Regex> = LazyLock::new(|| compiled(r#"(?:"[^"]*"|'[^']*'|\S)+"#));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns are constants, and the tests use each of them")
}

fn remove_group(text: &mut String, rule: &Regex, note: &mut Note<'_>) {
    let secrets: Vec<Range<usize>> = rule.captures_iter(text).filter_map(|found| group(&found, 1)).collect();
    remove(text, &secrets, note);
}

fn group(found: &Captures<'_>, number: usize) -> Option<Range<usize>> {
    found.get(number).map(|group| group.range())
}

/// Removes ascending ranges that do not overlap.
fn remove(text: &mut String, secrets: &[Range<usize>], note: &mut Note<'_>) {
    for range in secrets.iter().rev() {
        // The remote account that everyone shares says nothing, and a mark has been counted already.
        if !matches!(&text[range.clone()], "git" | MARK) {
            note(&text[range.clone()]);
            text.replace_range(range.clone(), MARK);
        }
    }
}

/// Commands inside a text: `sh -c "mysql -psecret"`, a log line, a sentence that quotes a command.
fn in_words(text: &mut String, note: &mut Note<'_>) {
    let words: Vec<Range<usize>> = WORD.find_iter(text).map(|word| word.range()).collect();
    if words.len() < 2 {
        return;
    }
    let arguments: Vec<&str> = words.iter().map(|word| &text[word.clone()]).collect();
    let secrets: Vec<Range<usize>> = announced(&arguments)
        .into_iter()
        .map(|(place, range)| words[place].start + range.start..words[place].start + range.end)
        .collect();
    remove(text, &secrets, note);
}

fn in_assignments(text: &mut String, note: &mut Note<'_>) {
    let mut secrets = Vec::new();
    let mut from = 0;
    while let Some(found) = ASSIGNMENT.captures_at(text, from) {
        let (Some(name), Some(value)) = (group(&found, 1), group(&found, 2)) else { break };
        // What looks like a value may hold an assignment of its own: https://host/?token=…
        from = value.start;
        if announces(&text[name], &text[value.clone()]) {
            from = value.end;
            secrets.push(value);
        }
    }
    remove(text, &secrets, note);
}

/// Finds where among `arguments` an option or a name announces a secret, ascending.
fn announced<A: AsRef<str>>(arguments: &[A]) -> Vec<(usize, Range<usize>)> {
    let mut secrets = Vec::new();
    let mut client: Option<&Client> = None;
    let mut place = 0;
    while let Some(argument) = arguments.get(place).map(AsRef::as_ref) {
        client = client_of(argument, arguments).or(client);
        let next = arguments.get(place + 1).map(AsRef::as_ref);
        if let Some(start) = assigned(argument).or_else(|| client.and_then(|client| client.attached(argument))) {
            secrets.push((place, start..argument.len()));
        } else if let Some(next) = next.filter(|next| takes_next(argument, next, client)) {
            secrets.push((place + 1, 0..next.len()));
            place += 1;
        }
        place += 1;
    }
    secrets
}

/// Finds where the secret begins in `--api-key=…` or `API_KEY=…`.
fn assigned(argument: &str) -> Option<usize> {
    let (name, value) = argument.split_once('=')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (is_name && announces(name, value)).then_some(name.len() + 1)
}

/// Tells whether an option without `=` takes the next argument, and that is a secret.
fn takes_next(argument: &str, next: &str, client: Option<&Client>) -> bool {
    let option = argument.starts_with('-') && !argument.contains('=') && !argument.contains(char::is_whitespace);
    let announced = announces(argument, next) || client.is_some_and(|client| client.options.contains(&argument));
    option && !next.starts_with("--") && next != MARK && announced
}

/// Programs whose short options take passwords.
struct Client {
    programs: &'static [&'static str],
    options: &'static [&'static str],
    /// The option may have its value attached: `-psecret`.
    attached: bool,
    /// The word that must be among the arguments: `docker login -p`, but `docker run -p 8501:8501`.
    with: Option<&'static str>,
}

static CLIENTS: [Client; 6] = [
    Client {
        programs: &[
            "mysql",
            "mariadb",
            "mysqldump",
            "mariadb-dump",
            "mysqladmin",
            "mysqlimport",
            "sshpass",
            "7z",
            "7za",
        ],
        options: &["-p"],
        attached: true,
        with: None,
    },
    Client {
        programs: &["mongo", "mongosh", "mongodump", "mongorestore", "rdesktop"],
        options: &["-p"],
        attached: false,
        with: None,
    },
    Client {
        programs: &["docker", "podman", "helm", "az", "oc"],
        options: &["-p"],
        attached: false,
        with: Some("login"),
    },
    Client { programs: &["curl", "smbclient", "lftp"], options: &["-u", "-U"], attached: false, with: None },
    Client {
        programs: &["redis-cli", "ldapsearch", "ldapmodify"],
        options: &["-a", "-w"],
        attached: false,
        with: None,
    },
    Client { programs: &["zip", "unzip", "sqlcmd", "bcp", "tsql"], options: &["-P"], attached: false, with: None },
];

fn client_of<A: AsRef<str>>(argument: &str, arguments: &[A]) -> Option<&'static Client> {
    let program = argument.rsplit('/').next()?;
    let has = |word: &str| arguments.iter().any(|argument| argument.as_ref() == word);
    CLIENTS.iter().find(|client| client.programs.contains(&program) && client.with.is_none_or(has))
}

impl Client {
    fn attached(&self, argument: &str) -> Option<usize> {
        let option = self.options.iter().find(|option| argument.starts_with(**option))?;
        (self.attached && argument.len() > option.len() && !argument[option.len()..].starts_with(MARK))
            .then_some(option.len())
    }
}
