//! `streamlit run X` in files of any kind: shell scripts, Dockerfiles, JSON, YAML, TOML, prose.
//!
//! Instead of one parser for each format there is one for what they share: the words stand in this order, with only
//! quotes, brackets and commas between them.

/// Words looked at after `run` before giving up: some scripts have long lists of options.
const MOST_WORDS: usize = 60;

/// Stands among the words where a command ends.
const LINE_END: &[u8] = b"\n";

/// A script named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The script as it stands there.
    pub(super) script: Vec<u8>,
    /// The folder of a `cd` before it, in the same text, as it stands there.
    pub(super) after_cd: Option<Vec<u8>>,
}

/// Lists the scripts that a text names. Lines that begin with `#` are left out where `comments` says so.
pub(super) fn scripts(text: &[u8], comments: bool) -> Vec<Named> {
    let mut words = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        if !(comments && line.trim_ascii_start().starts_with(b"#")) {
            split(line, &mut words);
            if !goes_on(line.trim_ascii()) {
                words.push(LINE_END);
            }
        }
    }
    let starts = (0..words.len()).filter(|place| is_streamlit(words[*place]));
    starts
        .filter_map(|place| {
            Some(Named { script: script_after(&words[place + 1..])?, after_cd: cd_before(&words[..place]) })
        })
        .collect()
}

/// Tells whether the next line may belong to the same command: a continuation, a list in JSON, a list in YAML.
fn goes_on(line: &[u8]) -> bool {
    line.starts_with(b"- ") || matches!(line.last(), Some(b'\\' | b',' | b'['))
}

/// Splits a line at everything that is only there for its format. What stands in quotes is one word, unless it holds
/// the whole command.
fn split<'t>(line: &'t [u8], words: &mut Vec<&'t [u8]>) {
    let mut rest = line;
    while let Some(start) = rest.iter().position(|byte| !is_between(*byte)) {
        rest = &rest[start..];
        let quote = rest[0];
        let closing =
            matches!(quote, b'"' | b'\'' | b'`').then(|| rest[1..].iter().position(|byte| *byte == quote)).flatten();
        if let Some(length) = closing {
            let inner = &rest[1..=length];
            if holds_command(inner) {
                split(inner, words);
            } else {
                words.extend(word(inner));
            }
            rest = &rest[length + 2..];
        } else {
            let skipped = usize::from(matches!(quote, b'"' | b'\'' | b'`'));
            let end = rest[skipped..].iter().position(|byte| is_between(*byte) || matches!(byte, b'"' | b'\'' | b'`'));
            let end = end.map_or(rest.len(), |end| end + skipped);
            words.extend(word(&rest[skipped..end]));
            rest = &rest[end..];
        }
    }
}

fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b",[](){};&|<>".contains(&byte)
}

/// A quoted text with blanks is a command line in JSON, TOML, YAML or prose, or else a path with blanks.
fn holds_command(quoted: &[u8]) -> bool {
    quoted.windows(b"streamlit ".len()).any(|part| part == b"streamlit ")
        || quoted.windows(3).any(|part| part == b" -m")
}

/// Drops list dashes, prompts and line continuations.
fn word(text: &[u8]) -> Option<&[u8]> {
    let text = text.trim_ascii();
    (!matches!(text, b"" | b"-" | b"\\" | b"$" | b"%" | b":" | b"args" | b"args:" | b"*")).then_some(text)
}

/// `streamlit`, `/venv/bin/streamlit`, `ExecStart=/venv/bin/streamlit`.
fn is_streamlit(word: &[u8]) -> bool {
    word.strip_suffix(b"streamlit").is_some_and(|before| matches!(before.last(), None | Some(b'/' | b'=' | b'@')))
}

fn script_after(words: &[&[u8]]) -> Option<Vec<u8>> {
    let mut words = words.iter().take(MOST_WORDS);
    if **words.next()? != *b"run" {
        return None;
    }
    while let Some(word) = words.next() {
        match word.strip_prefix(b"--") {
            Some(b"") => {}
            Some(option) if option.contains(&b'=') => {}
            Some(_) => drop(words.next()),
            None => return is_script(word).then(|| word.to_vec()),
        }
    }
    None
}

/// Prose such as "streamlit run the app" names none.
fn is_script(word: &[u8]) -> bool {
    word.ends_with(b".py") && !word.starts_with(b"http")
}

fn cd_before(words: &[&[u8]]) -> Option<Vec<u8>> {
    let near = words.len().saturating_sub(12);
    let place = words[near..].iter().rposition(|word| *word == b"cd")?;
    words.get(near + place + 1).map(|folder| folder.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<String> {
        let scripts = scripts(text.as_bytes(), true);
        scripts.into_iter().map(|named| String::from_utf8_lossy(&named.script).into_owned()).collect()
    }

    #[test]
    fn every_usual_format_is_read() {
        for text in [
            "web: streamlit run app.py --server.port=$PORT",
            "CMD [\"streamlit\", \"run\", \"app.py\", \"--server.port=8501\"]",
            "ENTRYPOINT [\"streamlit\", \"run\", \"--server.headless\", \"true\", \"app.py\"]",
            "exec /opt/venv/bin/streamlit run \\\n    --server.port 8501 \\\n    app.py \"$@\"",
            "ExecStart=/opt/venv/bin/streamlit run app.py",
            "Run `streamlit run app.py`, don't forget the port.",
            "don't forget: `streamlit run app.py` isn't hard",
            "    $ streamlit run app.py",
            "  \"scripts\": { \"start\": \"streamlit run app.py\" }",
            "start = \"python -m streamlit run app.py\"",
            "command: streamlit run app.py --server.port 8501",
            "command:\n  - streamlit\n  - run\n  - app.py\n",
            "\"module\": \"streamlit\",\n\"args\": [\n  \"run\",\n  \"app.py\"\n]",
            "run:\n\tpoetry run streamlit run app.py",
            "streamlit run 'app.py'",
        ] {
            assert_eq!(names(text), ["app.py"], "the script in:\n{text}");
        }
    }

    #[test]
    fn prose_comments_and_other_commands_name_none() {
        for text in [
            "With streamlit run the following: python app.py",
            "# streamlit run old.py",
            "streamlit run https://example.org/app.py",
            "pip install streamlit\nrun app.py --x",
            "streamlit hello app.py",
            "my-streamlit run app.py",
        ] {
            assert_eq!(names(text), Vec::<String>::new(), "no script in:\n{text}");
        }
    }

    #[test]
    fn blanks_and_folders_are_kept() {
        let found = scripts(b"cd 'my ui' && streamlit run \"my app.py\"", true);
        assert_eq!(found, [Named { script: b"my app.py".to_vec(), after_cd: Some(b"my ui".to_vec()) }]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(text in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = scripts(&text, true);
        }

        #[test]
        fn any_words_are_survived(text in "(streamlit|run|\"|'|`|\\[|--|=|cd| |\n|a.py){0,20}") {
            let _ = scripts(text.as_bytes(), false);
        }
    }
}
