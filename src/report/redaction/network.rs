//! What names a computer on a network: IP addresses, addresses of network cards, and host names made of them.

use super::Sort;
use super::matches::{after, before, replace};
use super::ranges::{self, compiled};
use regex::{Match, Regex};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

/// An account at an address; the account is the first group.
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"([A-Za-z_][\w.+-]*)@\[?(?:[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]+)",
    )
});
static IPV4: LazyLock<Regex> = LazyLock::new(|| compiled(r"[0-9A-Za-z._-]*[0-9A-Za-z_-]"));
static IPV6: LazyLock<Regex> = LazyLock::new(|| compiled(r"[0-9A-Za-z_]*:[0-9A-Za-z_:]*:[0-9A-Za-z_:]*(?:\.[0-9]+)*"));
/// Six bytes with colons or dashes, three pairs with dots, and names of interfaces made of them.
static CARD: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|(?:en|wl|ww)x[0-9a-f]{12}",
    )
});
/// Host names that clouds, routers and clusters make of an address.
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    let net = "(?:10-[0-9]{1,3}|192-168|172-(?:1[6-9]|2[0-9]|3[01])|169-254)-[0-9]{1,3}-[0-9]{1,3}";
    compiled(&format!(
        r"(?i)(?:ip|ec2)-[0-9]{{1,3}}(?:-[0-9]{{1,3}}){{3}}(?:\.[a-z][a-z0-9-]*)*|(?:[a-z][a-z0-9]*-)?{net}(?:\.[a-z][a-z0-9-]*)*"
    ))
});
const WILDCARD_DOMAINS: [&str; 3] = [".nip.io", ".sslip.io", ".xip.io"];

/// Removes them from `text`, and tells the sort of each.
pub(super) fn remove(text: &mut String, mut note: impl FnMut(Sort)) {
    let at_hosts = text.contains('@').then(|| ACCOUNT.captures_iter(text));
    let accounts: Vec<_> = at_hosts
        .into_iter()
        .flatten()
        .filter_map(|found| found.get(1))
        .filter(|name| !matches!(name.as_str(), "git" | "root" | "user"))
        .map(|name| name.range())
        .collect();
    accounts.iter().for_each(|_| note(Sort::UserName));
    ranges::replace(text, &accounts, "user");
    replace(text, &CARD, "[address]", stands_alone, || note(Sort::Address));
    replace(text, &MADE, "host", stands_alone, || note(Sort::HostName));
    replace(text, &IPV6, "[address]", is_ipv6, || note(Sort::Address));
    replace(text, &IPV4, "[address]", is_ipv4, || note(Sort::Address));
}

/// No part of a longer word: of a hash, of a UUID, of a date with more parts.
fn stands_alone(text: &str, found: &Match<'_>) -> bool {
    let in_word = |letter: char| letter.is_ascii_alphanumeric() || "-:.".contains(letter);
    let rest = after(text, found);
    let goes_on = rest.starts_with(|letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter))
        || (rest.starts_with(':')
            && rest[1..].starts_with(|letter: char| letter.is_ascii_hexdigit())
            && found.as_str().contains(':'));
    !before(text, found).ends_with(in_word) && !goes_on
}

/// A bare address, or two with a dash between; a port may follow. Nothing is given away by this computer's own.
fn is_ipv4(text: &str, found: &Match<'_>) -> bool {
    let word = found.as_str();
    let plain = WILDCARD_DOMAINS.iter().find_map(|domain| word.strip_suffix(domain)).unwrap_or(word);
    let addresses = plain.split('-').map(str::parse::<Ipv4Addr>);
    !before(text, found).ends_with('+')
        && addresses.clone().all(|address| address.is_ok())
        && addresses.flatten().any(|address| is_telling(IpAddr::V4(address)))
}

/// At least one digit: `a::b` is a path in some languages, and an address nobody has.
fn is_ipv6(_text: &str, found: &Match<'_>) -> bool {
    let address = found.as_str();
    let digit = address.contains(|character: char| character.is_ascii_digit());
    digit && address.parse::<Ipv6Addr>().is_ok_and(|address| is_telling(IpAddr::V6(address)))
}

fn is_telling(address: IpAddr) -> bool {
    !address.is_loopback() && !address.is_unspecified() && address != IpAddr::V4(Ipv4Addr::BROADCAST)
}
