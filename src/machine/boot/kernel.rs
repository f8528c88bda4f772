//! Texts that the kernel takes for the three limits, and the numbers that it makes of them.
//!
//! Source: `proc_get_long` in kernel/sysctl.c, and `inotify_table` in `fs/notify/inotify/inotify_user.c`; measured on
//! Linux 6.18 with the same handlers inside a user namespace (tests/it/boot.rs does so again).

use super::Limit;

/// `INT_MAX`: the largest value of all three.
const LARGEST: u64 = 2_147_483_647;
/// One less than `TMPBUFLEN`, the buffer for one number: a number that fills it is refused.
const TOO_LONG: usize = 21;

/// The number that the kernel stores when `value` and a line end are written, or `None` where it refuses with EINVAL.
///
/// What stands behind the first blank is not looked at: `524288 # comment` and `100 200` are numbers, `524288#` is not.
/// `0x` and a leading `0` mean hexadecimal and octal.
pub(super) fn accepted(limit: Limit, value: &[u8]) -> Option<u64> {
    let start = value.iter().position(|&byte| !is_kernel_space(byte))?;
    let value = &value[start..];
    let (negative, unsigned) = value.strip_prefix(b"-").map_or((false, value), |rest| (true, rest));
    let (number, rest) = leading_number(unsigned)?;
    if rest.first().is_some_and(|byte| !b" \t\n".contains(byte)) || value.len() - rest.len() >= TOO_LONG {
        return None;
    }
    // The watches and instances are unsigned longs, whose handler refuses every sign; the queue is an int.
    let refused = negative && (limit != Limit::QueuedEvents || number != 0);
    (!refused && number <= LARGEST).then_some(number)
}

/// `isspace` of the kernel (lib/ctype.c): Latin-1's no-break space is one.
const fn is_kernel_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ' | 0xA0)
}

/// The number that the text starts with and what follows it; `None` where it starts with none or overflows.
fn leading_number(text: &[u8]) -> Option<(u64, &[u8])> {
    let (radix, digits) = match text {
        [b'0', b'x' | b'X', next, ..] if next.is_ascii_hexdigit() => (16, &text[2..]),
        [b'0', ..] => (8, text),
        _ => (10, text),
    };
    let end = digits.iter().position(|&byte| !char::from(byte).is_digit(radix)).unwrap_or(digits.len());
    let number = std::str::from_utf8(&digits[..end]).ok()?;
    Some((u64::from_str_radix(number, radix).ok()?, &digits[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_taken_as_the_kernel_takes_them() {
        let table: [(&str, Option<u64>); 22] = [
            ("100", Some(100)),
            ("0", Some(0)),
            ("0x100", Some(256)),
            ("010", Some(8)),
            ("100 200", Some(100)),
            ("5 # comment", Some(5)),
            ("\t7", Some(7)),
            ("2147483647", Some(2_147_483_647)),
            ("00000000000000000005", Some(5)),
            ("000000000000000000005", None),
            ("2147483648", None),
            ("18446744073709551616", None),
            ("-1", None),
            ("-0", None),
            ("09", None),
            ("0x", None),
            ("5# comment", None),
            ("", None),
            ("+5", None),
            ("5.0", None),
            ("1e3", None),
            ("'9'", None),
        ];
        for (value, expected) in table {
            assert_eq!(accepted(Limit::Watches, value.as_bytes()), expected, "for {value:?}");
        }
        assert_eq!(accepted(Limit::QueuedEvents, b"-0"), Some(0), "an int may be written as minus zero");
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged_and_a_number_is_in_bounds(value in proptest::collection::vec(any::<u8>(), 0..40)) {
            for limit in Limit::ALL {
                prop_assert!(accepted(limit, &value).is_none_or(|number| number <= LARGEST));
            }
        }

        #[test]
        fn a_plain_number_is_itself(number in 0..=LARGEST) {
            prop_assert_eq!(accepted(Limit::Watches, number.to_string().as_bytes()), Some(number));
        }
    }
}
