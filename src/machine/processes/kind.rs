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

impl Kind {
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
pub(super) fn base_name(path: &str) -> &str {
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
