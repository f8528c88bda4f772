//! Promises about sysctl files, for any bytes.

use super::Reader;
use super::parse::lines;

/// Lines are numbered in order and fewer than those of the text; a setting written out plainly is read as the same.
pub(crate) fn check(text: &[u8]) {
    for reader in [Reader::Systemd, Reader::Procps] {
        let found = lines(reader, text);
        assert!(found.windows(2).all(|pair| pair[0].number < pair[1].number), "numbers ascend");
        assert!(found.last().is_none_or(|last| last.number <= text.len()), "a line has a byte at least");
        for line in found {
            let Some(value) = line.value else { continue };
            let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            let steps =
                |key: &[u8]| key.split(|byte| *byte == b'/').all(|step| !step.is_empty() && step.iter().all(word));
            if steps(&line.key) {
                let written = [line.key.as_slice(), b" = ", &value, b"\n"].concat();
                let again: Vec<_> = lines(reader, &written).into_iter().map(|line| (line.key, line.value)).collect();
                assert_eq!(again, [(line.key, Some(value))], "{reader:?} reads it back");
            }
        }
    }
}
