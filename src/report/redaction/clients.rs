//! Programs whose short options take secrets.

/// What an option's value must look like to hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Any value.
    Any,
    /// A name and a password, or a name and a value: `bob:x`, `bob%x`, `sid=x`. A file's name is none.
    Pair,
}

/// Programs that are alike in their options.
#[derive(Debug)]
pub(super) struct Client {
    programs: &'static [&'static str],
    /// Short options that take a secret.
    pub(super) options: &'static [(&'static str, Value)],
    /// The option may have its value attached: `-psecret`.
    pub(super) attached: bool,
    /// Only after this word: `docker login -p`, but `docker run -p 8501:8501`.
    pub(super) after: Option<&'static str>,
}

const fn client(
    programs: &'static [&'static str],
    options: &'static [(&'static str, Value)],
    attached: bool,
    after: Option<&'static str>,
) -> Client {
    Client { programs, options, attached, after }
}

use Value::{Any, Pair};

static CLIENTS: [Client; 15] = [
    client(
        &[
            "mysql",
            "mariadb",
            "mysqldump",
            "mariadb-dump",
            "mysqladmin",
            "mysqlimport",
            "mysqlsh",
            "sshpass",
            "7z",
            "7za",
            "7zz",
            "rar",
            "unrar",
        ],
        &[("-p", Any)],
        true,
        None,
    ),
    client(&["mongo", "mongosh", "mongodump", "mongorestore", "rdesktop", "vncviewer"], &[("-p", Any)], false, None),
    client(&["docker", "podman", "helm", "az", "oc", "buildah", "skopeo"], &[("-p", Any)], false, Some("login")),
    client(&["curl", "wget"], &[("-u", Pair), ("-U", Pair), ("-b", Pair), ("-E", Pair)], true, None),
    client(&["http", "https", "xh", "httpie"], &[("-a", Any)], false, None),
    client(&["smbclient", "lftp", "rpcclient"], &[("-u", Any), ("-U", Any)], true, None),
    client(&["redis-cli", "valkey-cli"], &[("-a", Any)], false, None),
    client(&["ldapsearch", "ldapmodify", "ldapadd", "ldappasswd", "ldapwhoami"], &[("-w", Any)], true, None),
    client(
        &["zip", "unzip", "sqlcmd", "bcp", "tsql", "isql", "mosquitto_pub", "mosquitto_sub"],
        &[("-P", Any)],
        true,
        None,
    ),
    client(&["ipmitool"], &[("-P", Any), ("-k", Any)], false, None),
    client(&["snmpget", "snmpwalk", "snmpset", "snmpbulkwalk"], &[("-c", Any), ("-A", Any), ("-X", Any)], true, None),
    client(
        &["openssl"],
        &[("-k", Any), ("-K", Any), ("-pass", Any), ("-passin", Any), ("-passout", Any), ("-psk", Any)],
        false,
        None,
    ),
    client(&["gh"], &[("-b", Any), ("--body", Any)], false, Some("secret")),
    client(&["htpasswd", "expect", "x11vnc"], &[("-passwd", Any)], false, None),
    // Programs that others start, and whose own short options are no secrets.
    client(
        &["ssh", "scp", "sftp", "rsync", "sudo", "mkdir", "systemd-run", "kubectl", "nerdctl", "docker-compose"],
        &[],
        false,
        None,
    ),
];

/// The clients that a word of a command line is the program of.
pub(super) fn client_of(word: &str) -> Option<&'static Client> {
    let program = word.rsplit('/').next()?;
    CLIENTS.iter().find(|client| client.programs.contains(&program))
}

/// Options of many programs whose value is `name:password`.
const LOGINS: [&str; 8] = ["-u", "-U", "--user", "-user", "--login", "--proxy-user", "--proxy-login", "--http-user"];

/// Programs whose `--user` is an account and a group.
const GROUPED: [&str; 4] = ["docker", "podman", "nerdctl", "docker-compose"];

impl Client {
    /// Tells whether users of these programs mean an account and a group by `name:name`.
    pub(super) fn groups(&self) -> bool {
        self.programs.iter().any(|program| GROUPED.contains(program))
    }

    /// Where the secret begins in an option with its value attached.
    pub(super) fn attached(&self, argument: &str) -> Option<usize> {
        let (option, value) = self.options.iter().find(|(option, _)| argument.starts_with(option))?;
        let rest = &argument[option.len()..];
        (self.attached && !rest.is_empty() && value.fits(rest)).then_some(option.len())
    }

    /// Tells whether `option` of these programs takes the secret `next`.
    pub(super) fn takes(&self, option: &str, next: &str) -> bool {
        self.options.iter().any(|(known, value)| *known == option && value.fits(next))
    }
}

impl Value {
    fn fits(self, value: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Pair => value.contains([':', '%', '=']) && !value.starts_with("--"),
        }
    }
}

/// Tells whether `option` of an unknown program takes a name and a password.
pub(super) fn takes_login(option: &str, next: &str) -> bool {
    LOGINS.contains(&option) && is_login(next)
}

/// Tells whether `value` is a name and a password; two numbers are an account and its group.
fn is_login(value: &str) -> bool {
    value.split_once(':').is_some_and(|(name, password)| {
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let numbers = number(name) && number(password);
        !name.is_empty() && !password.is_empty() && !name.contains('/') && !numbers
    })
}
