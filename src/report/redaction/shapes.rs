//! Tokens known by their shape: issuers publish prefix, length and alphabet so that their keys can be recognised.

use super::ranges::{Ranges, add_groups, compiled};
use regex::Regex;
use std::sync::LazyLock;

/// Shapes whose beginning is odd enough to be known in the middle of a word.
const ANYWHERE: [&str; 29] = [
    r"gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}",
    r"gl(?:pat|dt|rt|ptt|soat|ft|cbt|agent|imt|oas|ffct|wt)-[\w.-]{16,}",
    r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{10,}|xwfp-[A-Za-z0-9-]{10,}",
    r"npm_[A-Za-z0-9]{16,}|pypi-[\w-]{16,}|rubygems_[0-9a-f]{16,}",
    r"sk-(?:proj|ant|svcacct|admin|or)-[\w-]{16,}|T3BlbkFJ[\w-]{10,}",
    r"(?:sk|rk|pk)_(?:test|live|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,}",
    r"AIza[\w-]{30,}|ya29\.[\w.-]{20,}|GOCSPX-[\w-]{16,}",
    r"SG\.[\w-]{16,}\.[\w-]{16,}",
    r"eyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)*",
    r"do[opr]_v1_[0-9a-f]{16,}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{16,}",
    r"AT[AC]TT3[\w=-]{30,}|ATBB[A-Za-z0-9]{20,}",
    r"dapi[0-9a-f]{32}|dckr_(?:pat|oat)_[\w-]{16,}",
    r"hv[sbr]\.[\w-]{20,}|[A-Za-z0-9]{14}\.atlasv1\.[\w-]{30,}",
    r"lin_(?:api|oauth)_[A-Za-z0-9]{16,}|ntn_[A-Za-z0-9]{30,}|secret_[A-Za-z0-9]{30,}",
    r"NR(?:AK|II|JS|RA|BR)-[\w-]{16,}",
    r"gl(?:c|sa)_[\w+/=]{30,}|sntry[su]_[\w+/=]{30,}",
    r"PMAK-[0-9a-f]{24}-[0-9a-f]{30,}|sq0[a-z]{3}-[\w-]{20,}|EAAA[\w-]{50,}",
    r"figd_[\w-]{20,}|pul-[0-9a-f]{40}|fo1_[\w-]{30,}|fm[12][ar]?_[A-Za-z0-9+/=]{30,}",
    r"gsk_[A-Za-z0-9]{30,}|xai-[A-Za-z0-9]{30,}|pplx-[A-Za-z0-9]{30,}",
    r"AGE-SECRET-KEY-1[A-Z0-9]{50,}",
    r"[0-9a-f]{32}-us[0-9]{1,2}\b",
    r"[0-9]{8,10}:AA[\w-]{32,33}",
    r"PuTTY-User-Key-File-[0-9](?su:.*)",
    r"dop_[\w-]{30,}|dp\.(?:pt|st|ct|sa)\.[\w.-]{30,}|tskey-[\w-]{16,}",
    r"nfp_[\w-]{30,}|vercel_[\w-]{20,}|sbp_[0-9a-f]{30,}|sb_secret_[\w-]{16,}|re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}",
    r"CLOJARS_[0-9a-f]{40,}|AKCp[A-Za-z0-9]{40,}|oy2[a-z0-9]{43}|phc_[A-Za-z0-9]{30,}|phx_[A-Za-z0-9]{30,}",
    r"ops_eyJ[\w+/=-]{50,}|A3-[A-Z0-9]{6}-[A-Z0-9-]{20,}|sha256~[\w-]{43}",
    r"EZ[AT]K[A-Za-z0-9]{40,}|shippo_(?:live|test)_[0-9a-f]{30,}|duffel_(?:live|test)_[\w-]{30,}",
    r"[A-Za-z0-9+/]{86}==",
];

/// Shapes that begin like an ordinary word may go on: only at its beginning.
const AT_A_WORD: [&str; 13] = [
    r"(?:sk|pk|rk)[-_][\w-]{16,}",
    r"hf_[A-Za-z0-9]{16,}|api_org_[A-Za-z]{30,}",
    r"(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9]|AROA|AIDA)[A-Z0-9]{16}",
    r"key-[0-9a-f]{32}",
    r"(?:SK|AC)[0-9a-f]{32}",
    r"[MNO][A-Za-z\d_-]{22,27}\.[\w-]{6}\.[\w-]{26,}",
    r"LTAI[A-Za-z0-9]{12,}|AKID[A-Za-z0-9]{13,}",
    r"cio[A-Za-z0-9]{32}",
    r"EAA[A-Za-z0-9]{80,}",
    r"sl\.(?:u\.)?[\w-]{100,}",
    r"r8_[A-Za-z0-9]{30,}",
    r"v1\.0-[0-9a-f]{24}-[0-9a-f]{100,}",
    r"AQ[A-Za-z0-9_-]{60,}",
];

static SHAPES: LazyLock<Regex> = LazyLock::new(|| {
    let (anywhere, at_a_word) = (ANYWHERE.join("|"), AT_A_WORD.join("|"));
    // An escaped character of a URL (`%3D`) ends in letters, and begins a word all the same.
    compiled(&format!(r"(?-u)({anywhere})|(?:\b|_|%[0-9A-Fa-f]{{2}})({at_a_word})"))
});

/// A private key in its armour, to the end of the text where it was cut.
static PRIVATE_KEY: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(.*?)(?:-----END|\z)"));

/// Forty characters of Base64, which may be the secret half of an AWS key.
static FORTY: LazyLock<Regex> = LazyLock::new(|| compiled(r"[A-Za-z0-9/+]{40,}"));

/// Adds the tokens and keys of `text`.
pub(super) fn find(text: &str, found: &mut Ranges) {
    add_groups(text, &SHAPES, found);
    add_groups(text, &PRIVATE_KEY, found);
    found.extend(FORTY.find_iter(text).map(|word| word.range()).filter_map(|word| {
        let start = word.start + usize::from(text[word.clone()].starts_with('/') && word.len() == 41);
        is_secret_key(&text[start..word.end]).then_some(start..word.end)
    }));
}

/// As mixed as a random key: a hash has no capitals, and a path few digits and one case after each slash.
fn is_secret_key(word: &str) -> bool {
    let count = |class: fn(&u8) -> bool| word.bytes().filter(class).count();
    let (capitals, small, digits) =
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    let slashes = word.bytes().filter(|byte| *byte == b'/').count();
    word.len() == 40 && !word.starts_with('/') && slashes <= 3 && capitals >= 3 && small >= 3 && digits >= 3
}
