//! The HTML form read by an HTML parser: whole by itself, in order for a screen reader, and a hostile name stays text.

use super::{big, fixture, proof, rendered, report_on};
use inotify_doctor::report::{Format, Report};
use inotify_doctor::words::Language;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;

/// What would leave its place in a page that escapes nothing.
const HOSTILE: &str =
    "</td><script>alert(1)</script>\"'><img src=x onerror=alert(1)> --> ]]> </title></svg>&lt;b&gt; {{ 7*7 }}";

fn page(report: &Report) -> Html {
    let html = rendered(report, Format::Html, Language::English);
    let page = Html::parse_document(&html);
    assert!(page.errors.is_empty(), "the page is valid: {:?}", page.errors);
    page
}

fn fixture_page() -> Html {
    page(&proof::report(&fixture::survey(), Language::English, true))
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("the selector is one")).collect()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    all(page, selector).into_iter().map(|element| element.text().collect::<String>().trim().to_owned()).collect()
}

/// Every element with how often it is there, and every attribute's name.
fn shape(page: &Html) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let (mut elements, mut attributes) = (BTreeMap::new(), BTreeMap::new());
    for element in all(page, "*") {
        *elements.entry(element.value().name().to_owned()).or_default() += 1;
        element.value().attrs().for_each(|(name, _)| *attributes.entry(name.to_owned()).or_default() += 1);
    }
    (elements, attributes)
}

fn report_with(name: &str) -> Report {
    let mut survey = fixture::survey();
    let process = &mut survey.machine.holders.processes[1];
    (process.program, process.command) = (name.to_owned(), vec![OsString::from(name)]);
    let project = survey.project.as_mut().expect("the fixture has a project");
    project.logs[0].line = name.to_owned();
    project.tree.folders.children[0].name = OsString::from(name);
    survey.machine.environment.distribution = Some(name.to_owned());
    report_on(&survey, Language::English, false)
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let page = fixture_page();
    for forbidden in ["script", "link", "img", "iframe", "object", "embed", "base", "form", "a[href]", "use"] {
        assert!(all(&page, forbidden).is_empty(), "no <{forbidden}> is in the page");
    }
    let html = page.html();
    for forbidden in ["http://", "https://", "@import", "javascript:", "url(//", "url(h", " src=", " style="] {
        assert!(!html.contains(forbidden), "{forbidden} is nowhere in the page");
    }
    let policy = all(&page, "meta[http-equiv=Content-Security-Policy]")[0].value().attr("content");
    assert_eq!(policy, Some("default-src 'none'; style-src 'unsafe-inline'"), "and a browser is told so");
}

#[test]
fn the_page_tells_its_language_and_its_headings_are_in_order() {
    for language in Language::ALL {
        let html = rendered(&proof::report(&fixture::survey(), language, true), Format::Html, language);
        let page = Html::parse_document(&html);
        assert_eq!(page.root_element().value().attr("lang"), Some(language.tag()));
        let levels: Vec<u32> = all(&page, "h1, h2, h3, h4, h5, h6")
            .iter()
            .map(|heading| heading.value().name()[1..].parse().expect("a level"))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "there is one main heading");
        assert_eq!(levels[0], 1, "it comes first");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "no level is left out: {levels:?}");
    }
}

#[test]
fn every_table_has_a_caption_and_headers_for_its_columns() {
    let page = fixture_page();
    let tables = all(&page, "table");
    assert!(tables.len() >= 8, "the fixture fills every table: {}", tables.len());
    let one = |table: &ElementRef<'_>, selector: &str| {
        table.select(&Selector::parse(selector).expect("a selector")).map(|found| found.text().collect()).collect()
    };
    for table in tables {
        let captions: Vec<String> = one(&table, "caption");
        assert!(captions.len() == 1 && !captions[0].is_empty(), "a caption: {captions:?}");
        let headers: Vec<String> = one(&table, "thead th[scope=col]");
        assert!(!headers.is_empty() && headers.iter().all(|header| !header.is_empty()), "{headers:?}");
        let rows: Vec<String> = one(&table, "tbody tr");
        let cells: Vec<String> = one(&table, "tbody td");
        assert_eq!(cells.len(), rows.len() * headers.len(), "every row has a cell for each header");
    }
}

#[test]
fn every_picture_is_told_in_words() {
    let page = fixture_page();
    let pictures = all(&page, "svg[role=img]");
    assert_eq!(pictures.len(), 4, "two gauges, before and after, and the heaviest folders");
    for picture in pictures {
        let ids = picture.value().attr("aria-labelledby").expect("a picture names its words");
        for id in ids.split(' ') {
            let words = texts(&page, &format!("#{id}"));
            assert!(words.len() == 1 && !words[0].is_empty(), "{id} is there once and says something");
        }
    }
    let others = all(&page, "svg:not([role=img])");
    let hidden = |svg: &ElementRef<'_>| svg.value().attr("aria-hidden") == Some("true");
    let inside =
        |svg: &ElementRef<'_>| svg.parent().and_then(ElementRef::wrap).is_some_and(|it| it.value().name() == "svg");
    assert!(others.iter().all(|svg| hidden(svg) || inside(svg)), "what only decorates is not read out");
    assert_eq!(
        texts(&page, "#gauge-1-words"),
        [
            "limit 8,192, python3 (24117) 6,102, code (3320) 1,888, your project will add 202, missing for your project 34,929"
        ]
    );
    assert_eq!(
        texts(&page, "[id^=bars-][id$=-words]"),
        [
            "Limit of watches, before 4,096, Limit of watches, now 8,192, Held by this account, before 3,990, \
             Held by this account, now 7,990, Needed by the project, before 41,233, Needed by the project, now 41,233, \
             Watches missing, before 39,127, Watches missing, now 34,929",
            "node_modules 20,100, .venv 12,411, 数据 6,002"
        ]
    );
}

/// The lengths drawn are the figures told.
#[test]
fn the_gauge_is_drawn_to_scale() {
    let page = fixture_page();
    let lengths: Vec<f64> = all(&page, "rect.piece")
        .iter()
        .take(4)
        .map(|piece| piece.value().attr("width").expect("a width").trim_end_matches('%').parse().expect("a number"))
        .collect();
    let whole = 7_990.0 + 35_131.0;
    for (length, watches) in lengths.iter().zip([6_102.0, 1_888.0, 202.0, 34_929.0]) {
        assert!((length - watches * 100.0 / whole).abs() < 0.01, "{watches} watches are {length} % of the gauge");
    }
    assert_eq!(all(&page, "rect.mark").len(), 1, "the limit of watches is marked where it is passed, and only there");
}

#[test]
fn before_and_now_are_drawn_on_one_scale() {
    let page = fixture_page();
    let percent = |bar: &ElementRef<'_>| -> f64 {
        bar.value().attr("width").expect("a width").trim_end_matches('%').parse().expect("a number")
    };
    let figure = texts(&page, "figure figcaption").iter().position(|title| title == "Watches before and now");
    let figure = all(&page, "figure")[figure.expect("the picture is there")];
    let bars: Vec<f64> =
        figure.select(&Selector::parse("rect.c5, rect.c1").expect("a selector")).map(|bar| percent(&bar)).collect();
    let watches = [4_096.0, 8_192.0, 3_990.0, 7_990.0, 41_233.0, 41_233.0, 39_127.0, 34_929.0];
    assert_eq!(bars.len(), watches.len());
    for (length, watches) in bars.iter().zip(watches) {
        assert!((length - watches * 100.0 / 41_233.0).abs() < 0.01, "{watches} watches are {length} % of the longest");
    }
}

#[test]
fn a_hostile_name_is_shown_and_does_nothing() {
    let (tame, hostile) = (page(&report_with("tame")), page(&report_with(HOSTILE)));
    assert_eq!(shape(&hostile), shape(&tame), "no element and no attribute comes of a name");
    let cells = texts(&hostile, "td");
    assert_eq!(cells.iter().filter(|cell| *cell == HOSTILE).count(), 4, "program, command, folder and log line");
    assert!(texts(&hostile, "dd").contains(&HOSTILE.to_owned()), "and the system's name, as they are");
}

#[test]
fn control_characters_are_written_out() {
    let page = page(&report_with("a\x1b[2J\u{202e}b\n\u{0}c"));
    let written = "a\\u{1b}[2J\\u{202e}b\\n\\u{0}c".to_owned();
    assert!(texts(&page, "td").contains(&written), "{:?}", texts(&page, "td"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn whatever_a_name_is_made_of_a_reader_sees_the_name(name in "[-!-~]{1,4}[ -~中é]{0,60}[!-~]") {
        let (tame, seen) = (page(&report_with("tame")), page(&report_with(&name)));
        prop_assert_eq!(shape(&seen), shape(&tame));
        prop_assert_eq!(texts(&seen, "td").iter().filter(|cell| **cell == name).count(), 4);
    }
}

type Palette = BTreeMap<String, [f64; 3]>;

/// The colours of both schemes, from the page itself.
fn palettes(page: &Html) -> [Palette; 2] {
    let style = texts(page, "style").concat();
    let mut blocks = style.split(":root {").skip(1).map(|block| palette(block.split('}').next().unwrap_or_default()));
    let (light, dark) = (blocks.next().expect("light colours"), blocks.next().expect("dark colours"));
    assert!(style.contains("@media screen and (prefers-color-scheme: dark)"), "the reader's scheme decides");
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>(), "both schemes have every colour");
    [light, dark]
}

fn palette(block: &str) -> Palette {
    let colours = block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    colours.map(|(name, value)| (name.to_owned(), [0, 2, 4].map(|at| linear(&value[at..at + 2])))).collect()
}

fn linear(hexadecimal: &str) -> f64 {
    let value = f64::from(u8::from_str_radix(hexadecimal, 16).expect("a colour")) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// The ratio of WCAG 2.2.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |[red, green, blue]: [f64; 3]| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

#[test]
fn every_text_and_every_bar_can_be_made_out_in_both_schemes() {
    let pairs = [
        ("text", "bg", 4.5),
        ("text", "surface", 4.5),
        ("text", "code", 4.5),
        ("muted", "bg", 4.5),
        ("muted", "surface", 4.5),
        ("accent", "bg", 4.5),
        ("crit", "crit-soft", 4.5),
        ("warn", "warn-soft", 4.5),
        ("accent", "accent-soft", 4.5),
        ("ok", "ok-soft", 4.5),
        ("c1", "surface", 3.0),
        ("c2", "surface", 3.0),
        ("c3", "surface", 3.0),
        ("c4", "surface", 3.0),
        ("c5", "surface", 3.0),
        ("crit", "surface", 3.0),
    ];
    for (scheme, palette) in ["light", "dark"].into_iter().zip(palettes(&fixture_page())) {
        for (front, back, least) in pairs {
            let ratio = contrast(palette[front], palette[back]);
            assert!(ratio >= least, "{scheme}: {front} on {back} is {ratio:.2}, not {least}");
        }
    }
}

/// Writes the page of a big report to `$REPORT_PAGES`, one file a language, to be looked at in a browser.
#[test]
#[ignore = "run by hand, to look at the page"]
fn pages_to_look_at() {
    let folder = std::env::var("REPORT_PAGES").expect("REPORT_PAGES names a folder");
    for language in Language::ALL {
        let report = proof::report(&big::survey(), language, true);
        for format in Format::ALL {
            let file = format!("{folder}/{}.{}", language.tag(), format.file_ending());
            fs::write(&file, rendered(&report, format, language)).expect("the page can be written");
        }
    }
}
