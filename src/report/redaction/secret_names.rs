//! Names that announce a secret: `API_KEY`, `--password`, `server.cookieSecret`.

/// Tells whether `name` says that `value` is a secret. A switch (`--password=true`) keeps none.
pub(super) fn announces(name: &str, value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']);
    let switch = ["", "true", "false", "yes", "no", "on", "off", "0", "1", "none", "null", "auto"];
    if value.len() <= LONGEST_SWITCH && switch.contains(&value.to_ascii_lowercase().as_str()) {
        return false;
    }
    match name.trim_start_matches('-') {
        // `--max-tokens 4096` counts words of a language model.
        plain if plain.to_ascii_lowercase().ends_with("tokens") && value.parse::<u64>().is_ok() => false,
        "key" if name.starts_with('-') => is_key(value),
        _ => is_secret_name(name),
    }
}

const LONGEST_SWITCH: usize = 5;

/// Tells whether the value of `--key` opens something: it is no file, no column to sort by and no plain word.
fn is_key(value: &str) -> bool {
    let file = value.starts_with(['/', '.', '~']) || [".pem", ".key", ".crt"].iter().any(|end| value.ends_with(end));
    let column = value.len() <= 8 && value.starts_with(|first: char| first.is_ascii_digit());
    let word = value.len() <= 24 && value.bytes().all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte));
    !(file || column || word)
}

/// Tells whether `name` is one of a secret, unless its value says otherwise.
pub(super) fn is_secret_name(name: &str) -> bool {
    // No name is that long, and a text without an end must not be taken apart again and again.
    if name.len() > LONGEST_NAME {
        return name
            .rsplit(['.', '-', '_'])
            .next()
            .is_some_and(|last| last.len() <= LONGEST_NAME && is_secret_name(last));
    }
    let parts = parts(name);
    let Some(last) = parts.last().map(String::as_str) else { return false };
    match last {
        "key" if name.starts_with('-') && parts.len() == 1 => true,
        _ if ABOUT_A_SECRET.contains(&last) => false,
        _ => is_secret(name, &parts, last),
    }
}

const LONGEST_NAME: usize = 200;

/// Last parts of names that tell something about a secret, and not the secret.
const ABOUT_A_SECRET: [&str; 27] = [
    "file",
    "files",
    "path",
    "paths",
    "dir",
    "folder",
    "type",
    "name",
    "length",
    "ttl",
    "timeout",
    "expiry",
    "expires",
    "enabled",
    "count",
    "limit",
    "parallelism",
    "env",
    "prompt",
    "policy",
    "provider",
    "url",
    "uri",
    "endpoint",
    "size",
    "mode",
    "version",
];

/// Parts that make a name secret wherever they stand in it.
const SECRET: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "secrets",
    "token",
    "tokens",
    "credential",
    "credentials",
    "creds",
    "jwt",
    "apikey",
    "userpass",
    "userpw",
    "pgpassword",
];

/// Parts that make a name secret when they stand last.
const SECRET_AT_THE_END: [&str; 13] = [
    "pass",
    "auth",
    "authorization",
    "cookie",
    "cookies",
    "dsn",
    "pat",
    "bearer",
    "pwd",
    "pw",
    "pin",
    "otp",
    "mnemonic",
];

/// Things that a `key` unlocks, when it is no key of a table.
const KEYS: [&str; 18] = [
    "api",
    "access",
    "private",
    "secret",
    "encryption",
    "signing",
    "session",
    "master",
    "license",
    "account",
    "auth",
    "client",
    "service",
    "storage",
    "deploy",
    "subscription",
    "app",
    "shared",
];

fn is_secret(name: &str, parts: &[String], last: &str) -> bool {
    if matches!(name, "PWD" | "OLDPWD") {
        return false;
    }
    let joined: String = parts.concat();
    let variable = !name.contains(|letter: char| letter.is_ascii_lowercase());
    parts.iter().any(|part| SECRET.contains(&part.as_str()))
        || SECRET_AT_THE_END.contains(&last)
        || parts.windows(2).any(|pair| pair[1] == "key" && KEYS.contains(&pair[0].as_str()))
        || (variable && last == "key" && parts.len() > 1)
        || ["password", "passwd", "passphrase", "secret", "apikey", "accesstoken", "authtoken"]
            .iter()
            .any(|word| joined.contains(word))
}

/// The words a name is made of, in small letters: `server.cookieSecret` is `server`, `cookie`, `secret`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before_small = false;
    for letter in name.chars() {
        let separates = !letter.is_ascii_alphanumeric();
        if separates || (letter.is_ascii_uppercase() && before_small) {
            parts.push(String::new());
        }
        before_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        if let Some(part) = parts.last_mut().filter(|_| !separates) {
            part.push(letter.to_ascii_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_in_every_spelling() {
        for name in [
            "--password",
            "PGPASSWORD",
            "MYSQL_PWD",
            "API_KEY",
            "OPENAI_API_KEY",
            "apiKey",
            "server.cookieSecret",
            "AWS_SECRET_ACCESS_KEY",
            "mapbox.token",
            "access_token",
            "GITHUB_TOKEN",
            "dbpassword",
            "STRIPE_KEY",
            "--client-secret",
            "DATABASE_DSN",
            "x-api-key",
            "SECRET_KEY_BASE",
            "--pin",
            "--creds",
            "--userpass",
            "passwords",
        ] {
            assert!(announces(name, "hunter2"), "{name} names a secret");
        }
    }

    #[test]
    fn ordinary_names_are_left_alone() {
        for (name, value) in [
            ("--server.port", "8501"),
            ("PWD", "/srv/app"),
            ("--server.sslKeyFile", "/etc/key.pem"),
            ("author", "x"),
            ("TOKENIZERS_PARALLELISM", "8"),
            ("--max-tokens", "4096"),
            ("--sort-key", "name"),
            ("--key", "name"),
            ("--key", "2,2n"),
            ("--key", "/etc/key.pem"),
            ("--cpu-pinning", "0-3"),
            ("secrets.files", "secrets.toml"),
            ("SSH_AUTH_SOCK", "/run/agent"),
            ("--password", "true"),
            ("server.fileWatcherType", "poll"),
            ("compass", "north"),
            ("monkey", "x"),
            ("", "x"),
        ] {
            assert!(!announces(name, value), "{name}={value} is no secret");
        }
    }
}
