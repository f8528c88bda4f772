//! The programs whose texts are known.

/// Which program talks like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// watchdog, which Streamlit and many Python tools use.
    Watchdog,
    /// watchfiles, which `uvicorn --reload` uses, and other programs that use the same Rust crate.
    Watchfiles,
    /// inotifywait and inotifywatch.
    InotifyTools,
    /// Node.js, and with it Vite, webpack, Jest …
    Node,
    /// Visual Studio Code.
    VsCode,
    /// .NET.
    DotNet,
    /// An IDE by `JetBrains`.
    JetBrains,
    /// A program in Java.
    Java,
    /// Gradle.
    Gradle,
    /// systemd.
    Systemd,
    /// journalctl.
    Journalctl,
    /// `tail -f`.
    Tail,
    /// Watchman.
    Watchman,
    /// watchexec.
    Watchexec,
    /// The `OneDrive` client for Linux.
    Onedrive,
    /// listen and rb-inotify, which Rails uses.
    RubyListen,
    /// Syncthing.
    Syncthing,
    /// Dropbox.
    Dropbox,
    /// Nextcloud and ownCloud.
    Nextcloud,
    /// KDE's file indexer.
    Baloo,
    /// Other programs of KDE.
    Kde,
    /// dnsmasq.
    Dnsmasq,
    /// promtail.
    Promtail,
    /// Fluent Bit.
    FluentBit,
    /// kubelet, and the cAdvisor in it.
    Kubelet,
    /// `kubectl logs -f`.
    Kubectl,
    /// pyinotify.
    Pyinotify,
    /// A program in Go.
    Go,
    /// The kernel's own text, which any program may print.
    Any,
}

/// Words of a line that tell whose it is, in lower case; the first that fits counts.
const CLUES: &[(&str, Tool)] = &[
    ("pyinotify", Tool::Pyinotify),
    ("tail: ", Tool::Tail),
    ("recommended watcher", Tool::Watchfiles),
    ("inotifywait", Tool::InotifyTools),
    ("fswatcher", Tool::Node),
    ("node:", Tool::Node),
    ("chokidar", Tool::Node),
    ("parcel", Tool::VsCode),
    ("vscode", Tool::VsCode),
    ("system.io.ioexception", Tool::DotNet),
    ("fsnotifier", Tool::JetBrains),
    ("java.", Tool::Java),
    ("gradle", Tool::Gradle),
    ("systemd", Tool::Systemd),
    ("journalctl", Tool::Journalctl),
    ("watchman", Tool::Watchman),
    ("watchexec", Tool::Watchexec),
    ("onedrive", Tool::Onedrive),
    ("rb-inotify", Tool::RubyListen),
    ("listen error", Tool::RubyListen),
    ("errno::", Tool::RubyListen),
    ("syncthing", Tool::Syncthing),
    ("filesystem watcher for folder", Tool::Syncthing),
    ("dropbox", Tool::Dropbox),
    ("nextcloud", Tool::Nextcloud),
    ("owncloud", Tool::Nextcloud),
    ("baloo", Tool::Baloo),
    ("kf.", Tool::Kde),
    ("kdirwatch", Tool::Kde),
    ("kded", Tool::Kde),
    ("dnsmasq", Tool::Dnsmasq),
    ("promtail", Tool::Promtail),
    ("filetarget", Tool::Promtail),
    ("in_tail", Tool::FluentBit),
    ("fluent-bit", Tool::FluentBit),
    ("kubelet", Tool::Kubelet),
    ("cadvisor", Tool::Kubelet),
    ("kubectl", Tool::Kubectl),
    ("fsnotify", Tool::Go),
];

impl Tool {
    /// Whose a line is where its error is one that any program may print.
    pub(super) fn of_line(line: &str) -> Self {
        let line = line.to_lowercase();
        CLUES.iter().find(|(clue, _)| line.contains(clue)).map_or(Self::Any, |(_, tool)| *tool)
    }

    /// The program's name, the same in every language; `None` where the text may be of any.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Watchdog => "watchdog",
            Self::Watchfiles => "watchfiles",
            Self::InotifyTools => "inotifywait",
            Self::Node => "Node.js",
            Self::VsCode => "VS Code",
            Self::DotNet => ".NET",
            Self::JetBrains => "JetBrains",
            Self::Java => "Java",
            Self::Gradle => "Gradle",
            Self::Systemd => "systemd",
            Self::Journalctl => "journalctl",
            Self::Tail => "tail",
            Self::Watchman => "Watchman",
            Self::Watchexec => "watchexec",
            Self::Onedrive => "onedrive",
            Self::RubyListen => "listen",
            Self::Syncthing => "Syncthing",
            Self::Dropbox => "Dropbox",
            Self::Nextcloud => "Nextcloud",
            Self::Baloo => "Baloo",
            Self::Kde => "KDE",
            Self::Dnsmasq => "dnsmasq",
            Self::Promtail => "promtail",
            Self::FluentBit => "Fluent Bit",
            Self::Kubelet => "kubelet",
            Self::Kubectl => "kubectl",
            Self::Pyinotify => "pyinotify",
            Self::Go | Self::Any => return None,
        })
    }
}
