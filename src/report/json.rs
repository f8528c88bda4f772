//! The report for programs.

use super::Report;
use super::printable::is_harmful;

pub(super) fn render(report: &Report) -> String {
    let json = serde_json::to_string_pretty(report).expect("the model has string keys only and nothing that can fail");
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        // serde_json escapes C0 only. What else could steer a terminal can stand nowhere but inside a string, where
        // the escaped form means the same. All of these are in the basic plane: four digits suffice.
        if character != '\n' && is_harmful(character) {
            text.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text.push('\n');
    text
}
