//! Foreign functions that reach out of the program: they open files, ask a network, call what they are handed.

use super::arguments::Arguments;
use super::made_files::is_to_write;
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use crate::guarded;
use std::rc::Rc;

impl Interpreter<'_> {
    /// A function of which nothing is known but its name.
    pub(super) fn call_other(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Value {
        if !name.starts_with("builtins.") {
            self.foreign_calls += 1;
            self.notes_paths(arguments);
        }
        // `executor.submit(f, …)`: done when the executor is left.
        if name.ends_with("Executor().submit") || name.ends_with("Executor().map") {
            let Some((function, rest)) = arguments.in_order.split_first() else { return Value::Opaque };
            if name.ends_with("map") {
                return self.map(frame, arguments);
            }
            let given = Arguments { in_order: rest.to_vec(), ..arguments.clone() };
            let (function, given) = (function.clone(), given);
            self.perhaps(frame.scope, |me| {
                me.call(frame, &function, given.clone());
                Flow::Next
            });
            return Value::Task(Rc::new((function, given)));
        }
        self.hand_over(frame, arguments);
        if imports_by_itself(name) || runs_python(name, arguments) {
            self.sweep.imports = true;
            self.may_raise();
        }
        // A database that is made anew has no tables to ask.
        let new_database = name == "sqlite3.connect"
            && arguments
                .get(0, "database")
                .and_then(Value::as_path)
                .is_none_or(|path| path.as_os_str() != ":memory:" && !guarded::exists(&self.at(&path)));
        if asks_elsewhere(name) || new_database {
            self.may_raise();
        }
        match name {
            "copy.copy" | "copy.deepcopy" => arguments.in_order.first().cloned().unwrap_or(Value::Opaque),
            // `inspect.getmembers(module)` and its like give back what they are handed.
            name if !name.starts_with("builtins.") && arguments.in_order.iter().any(Value::is_own) => Value::Unknown,
            name if name.starts_with("builtins.") => Value::Opaque,
            name => Value::foreign(&format!("{name}()")),
        }
    }

    /// Files that a function opens; `None` where it opens none.
    pub(super) fn reads_or_writes(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let path = arguments.get(0, "path").or_else(|| {
            ["filepath_or_buffer", "io", "file", "filename", "fname", "fp"]
                .iter()
                .find_map(|name| arguments.named(name))
        });
        let path = path.and_then(Value::as_path);
        match name {
            "builtins.open" | "io.open" | "codecs.open" => {
                let mode = arguments.text(1, "mode").unwrap_or_default();
                if is_to_write(&mode) {
                    self.wrote(path.as_deref());
                } else if let Some(path) = path {
                    self.opens(&path);
                }
                self.raised.is_some().then_some(Value::Opaque)
            }
            name if READERS.contains(&name) => {
                self.foreign_calls += 1;
                if let Some(path) = path {
                    self.opens(&path);
                }
                Some(Value::Opaque)
            }
            name if WRITERS.iter().any(|writer| name.starts_with(writer)) => {
                self.writes = true;
                None
            }
            _ => None,
        }
    }
}

/// Functions that open a file for reading.
const READERS: [&str; 22] = [
    "logging.config.fileConfig",
    "pandas.read_csv",
    "pandas.read_excel",
    "pandas.read_parquet",
    "pandas.read_json",
    "pandas.read_pickle",
    "pandas.read_feather",
    "pandas.read_table",
    "pandas.read_fwf",
    "pandas.read_hdf",
    "pandas.read_stata",
    "polars.read_csv",
    "polars.read_parquet",
    "polars.read_excel",
    "polars.read_json",
    "geopandas.read_file",
    "numpy.load",
    "numpy.loadtxt",
    "numpy.genfromtxt",
    "joblib.load",
    "PIL.Image.open",
    "toml.load",
];

/// Functions that may make files.
const WRITERS: [&str; 10] = [
    "os.rename",
    "os.replace",
    "shutil.",
    "subprocess.",
    "os.system",
    "urllib.request.urlretrieve",
    "gdown.",
    "huggingface_hub.",
    "nltk.download",
    "sqlite3.",
];

/// Packages whose calls ask a network, a database, another program: they may raise as well as answer.
const ELSEWHERE: [&str; 60] = [
    "requests",
    "httpx",
    "aiohttp",
    "urllib",
    "urllib3",
    "psycopg2",
    "psycopg",
    "pymysql",
    "mysql",
    "MySQLdb",
    "sqlalchemy",
    "pymongo",
    "redis",
    "openai",
    "anthropic",
    "googleapiclient",
    "gspread",
    "boto3",
    "botocore",
    "snowflake",
    "supabase",
    "firebase_admin",
    "pinecone",
    "chromadb",
    "weaviate",
    "qdrant_client",
    "elasticsearch",
    "neo4j",
    "langchain",
    "langchain_openai",
    "langchain_community",
    "langchain_core",
    "llama_index",
    "groq",
    "cohere",
    "mistralai",
    "huggingface_hub",
    "transformers",
    "sentence_transformers",
    "yfinance",
    "tweepy",
    "praw",
    "wikipedia",
    "socket",
    "smtplib",
    "paramiko",
    "ftplib",
    "subprocess",
    "kafka",
    "pika",
    "ldap3",
    "azure",
    "gdown",
    "pyodbc",
    "oracledb",
    "clickhouse_connect",
    "spacy",
    "nltk",
    "keyring",
    "ollama",
];

/// Functions that import or run what they are told in a way that is not followed.
fn imports_by_itself(name: &str) -> bool {
    const IMPORTERS: [&str; 12] = [
        "compileall.",
        "py_compile.",
        "importlib.resources.",
        "importlib_resources.",
        "importlib.machinery.SourceFileLoader().",
        "importlib.machinery.FileFinder().",
        "runpy.",
        "imp.",
        "zipimport.",
        "pydoc.locate",
        "pydoc.safeimport",
        "pkgutil.",
    ];
    IMPORTERS.iter().any(|start| name.starts_with(start))
        || ["load_module", "exec_module"].iter().any(|end| name.ends_with(end))
}

/// Tells whether another process is started that may run files of the project, and so compile them.
fn runs_python(name: &str, arguments: &Arguments) -> bool {
    const STARTERS: [&str; 4] = ["subprocess.", "os.system", "os.popen", "asyncio.create_subprocess_"];
    let lists = arguments.in_order.iter().flat_map(|value| super::value::items(value).unwrap_or_default());
    let speaks_of_it = |value: &Value| match value {
        Value::Text(text) => text.contains("python") || text.contains(".py") || text.contains("streamlit"),
        Value::Path(path) => path.extension().is_some_and(|end| end == "py"),
        Value::Foreign(name) => &**name == "sys.executable",
        _ => false,
    };
    STARTERS.iter().any(|start| name.starts_with(start))
        && arguments.in_order.iter().cloned().chain(lists).any(|value| speaks_of_it(&value))
}

fn asks_elsewhere(name: &str) -> bool {
    let top = name.split(['.', '(']).next().unwrap_or_default();
    let harmless = name.starts_with("urllib.parse") || name.starts_with("subprocess.list2cmdline");
    (ELSEWHERE.contains(&top) && !harmless)
        || name.starts_with("google.cloud")
        || name.starts_with("google.generativeai")
        || name.starts_with("google.oauth2")
        || name.starts_with("streamlit.connection")
}
