//! The texts of /proc/PID that tell a process' state: `stat` and `status`.

use procfs::FromRead;
use procfs::process::Stat;

/// Reads a `stat`, shielding `Stat::from_read`, which panics on text without a name in brackets.
pub(super) fn stat(text: &[u8]) -> Option<Stat> {
    let text = String::from_utf8_lossy(text);
    let text = text.trim();
    let (open, close) = (text.find('(')?, text.rfind(')')?);
    text.get(..open.checked_sub(1)?)?;
    text.get(open + 1..close)?;
    text.get(close + 2..)?;
    Stat::from_read(text.as_bytes()).ok()
}

/// The value behind `name` in `/proc/PID/status`. The process' own name there may hold any byte but a line end.
pub(super) fn line<'a>(status: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let value = status.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(name))?;
    std::str::from_utf8(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_with_brackets_and_spaces_does_not_shift_the_fields() {
        let zeros = "0 ".repeat(45);
        let read = stat(format!("42 (a) R (b) S 7 {zeros}").as_bytes()).expect("as the kernel writes it");
        assert_eq!((read.comm.as_str(), read.state, read.ppid), ("a) R (b", 'S', 7));
    }

    #[test]
    fn a_line_of_status_is_found_by_its_beginning() {
        let status = b"Name:\t\xffUid:\t9\nUid:\t1000\t1001\t1002\t1003\nCapEff:\t0000000000080000\n";
        assert_eq!(line(status, b"Uid:"), Some("\t1000\t1001\t1002\t1003"));
        assert_eq!(line(status, b"CapEff:"), Some("\t0000000000080000"));
        assert_eq!(line(status, b"Gid:"), None);
    }

    proptest! {
        #[test]
        fn any_stat_is_read_without_panic(text: Vec<u8>) {
            stat(&text);
        }

        #[test]
        fn anything_like_a_stat_is_read_without_panic(text in "[0-9]{0,2} ?[(]?[a-zé)( ]{0,4}[)]?[é ]{0,2}[SZ]? ?([0-9-]{1,3} ){0,52}") {
            stat(text.as_bytes());
        }
    }
}
