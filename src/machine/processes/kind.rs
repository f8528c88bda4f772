//! Kinds of processes, for people.

/// Kinds of processes, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Streamlit,
    Uvicorn,
    Jupyter,
    Django,
    Flask,
    Vscode,
    Jetbrains,
    Vite,
    Webpack,
    Next,
    Nodemon,
    Jest,
    Watchman,
    AiAgent,
    Node,
    Dotnet,
    Gradle,
    Java,
    Watchmedo,
    Watchfiles,
    Python,
    Tail,
    Inotifywait,
    Kubelet,
    LogCollector,
    FileIndexer,
    FileSync,
    FileManager,
    Desktop,
    Systemd,
    Docker,
    Other,
}

/// Families of programs, which are described in the user's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Family {
    AiAgent,
    LogCollector,
    FileIndexer,
    FileSync,
    FileManager,
    Desktop,
    Other,
}

/// Tools that are known by their name alone, behind an interpreter or on their own: a package, a module or a script.
const TOOLS: [(&str, Kind); 21] = [
    ("uvicorn", Kind::Uvicorn),
    ("vite", Kind::Vite),
    ("webpack", Kind::Webpack),
    ("webpack-cli", Kind::Webpack),
    ("webpack-dev-server", Kind::Webpack),
    ("react-scripts", Kind::Webpack),
    ("@vue/cli-service", Kind::Webpack),
    ("nodemon", Kind::Nodemon),
    ("jest", Kind::Jest),
    ("jest-cli", Kind::Jest),
    ("jest-worker", Kind::Jest),
    ("watchmedo", Kind::Watchmedo),
    ("watchdog", Kind::Watchmedo),
    ("watchfiles", Kind::Watchfiles),
    ("maestral", Kind::FileSync),
    ("next", Kind::Next),
    ("next-server", Kind::Next),
    ("vscode", Kind::Vscode),
    ("ipykernel_launcher", Kind::Jupyter),
    ("ipykernel", Kind::Jupyter),
    ("notebook", Kind::Jupyter),
];

/// Recognises such a tool.
pub(super) fn tool(name: &str) -> Option<Kind> {
    TOOLS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

impl Kind {
    /// Its name where it is one product, else the family.
    ///
    /// # Errors
    /// [`Family`]: has no name of its own.
    pub const fn product(self) -> Result<&'static str, Family> {
        Ok(match self {
            Self::Streamlit => "Streamlit",
            Self::Uvicorn => "uvicorn",
            Self::Jupyter => "Jupyter",
            Self::Django => "Django",
            Self::Flask => "Flask",
            Self::Vscode => "VS Code",
            Self::Jetbrains => "JetBrains",
            Self::Vite => "Vite",
            Self::Webpack => "webpack",
            Self::Next => "Next.js",
            Self::Nodemon => "nodemon",
            Self::Jest => "Jest",
            Self::Watchman => "Watchman",
            Self::Node => "Node.js",
            Self::Dotnet => ".NET",
            Self::Gradle => "Gradle",
            Self::Java => "Java",
            Self::Watchmedo => "watchmedo",
            Self::Watchfiles => "watchfiles",
            Self::Python => "Python",
            Self::Tail => "tail",
            Self::Inotifywait => "inotifywait",
            Self::Kubelet => "kubelet",
            Self::Systemd => "systemd",
            Self::Docker => "Docker",
            Self::AiAgent => return Err(Family::AiAgent),
            Self::LogCollector => return Err(Family::LogCollector),
            Self::FileIndexer => return Err(Family::FileIndexer),
            Self::FileSync => return Err(Family::FileSync),
            Self::FileManager => return Err(Family::FileManager),
            Self::Desktop => return Err(Family::Desktop),
            Self::Other => return Err(Family::Other),
        })
    }

    /// Tells whether it serves an app of a project, which can be restarted whether it watches anything or not.
    #[must_use]
    pub const fn is_app(self) -> bool {
        matches!(self, Self::Streamlit | Self::Uvicorn)
    }
}

/// Recognises what runs under a command line whose arguments hold no spaces.
#[cfg(test)]
pub(super) fn of_line(line: &str) -> Kind {
    let argv: Vec<std::ffi::OsString> = line.split(' ').map(Into::into).collect();
    Kind::of(base_name(line.split(' ').next().unwrap_or_default()), &argv)
}

/// Returns the name behind the last slash that something stands behind.
pub(crate) fn base_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// Interpreters and runtimes, which are the answer only where nothing tells what they run.
pub(super) fn runtime(name: &str) -> Option<Kind> {
    let is_python = || {
        let version = name.strip_prefix("python").or_else(|| name.strip_prefix("pypy"));
        version.is_some_and(|version| {
            version.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b't' | b'd'))
        })
    };
    match name {
        "node" | "nodejs" | "npm" | "npx" | "pnpm" | "yarn" => Some(Kind::Node),
        "dotnet" => Some(Kind::Dotnet),
        "java" => Some(Kind::Java),
        _ => is_python().then_some(Kind::Python),
    }
}
