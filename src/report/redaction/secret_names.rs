//! Names that announce a secret: `API_KEY`, `--password`, `server.cookieSecret`.

/// Tells whether `name` says that `value` is a secret. A switch (`--password=true`) keeps none.
pub(super) fn announces(name: &str, value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']);
    let switch = ["", "true", "false", "yes", "no", "on", "off", "0", "1", "none", "null", "auto"];
    if switch.contains(&value.to_ascii_lowercase().as_str()) || value == super::MARK {
        return false;
    }
    let parts = parts(name);
    let Some(last) = parts.last().map(String::as_str) else { return false };
    match last {
        // `--max-tokens 4096` counts words of a language model.
        "tokens" => value.parse::<u64>().is_err(),
        _ if ABOUT_A_SECRET.contains(&last) => false,
        _ => is_secret(name, &parts, last),
    }
}

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
const SECRET: [&str; 10] =
    ["password", "passwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "jwt", "apikey"];

/// Parts that make a name secret when they stand last.
const SECRET_AT_THE_END: [&str; 8] = ["pass", "auth", "authorization", "cookie", "dsn", "pat", "bearer", "pwd"];

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
