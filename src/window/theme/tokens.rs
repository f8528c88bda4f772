//! The colours, in one place: light and dark.
#![allow(clippy::disallowed_methods, reason = "this is the place where colours are made")]

use eframe::egui::Color32;

/// The colours of the window by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Dark text on a light ground, or the reverse.
    pub dark: bool,
    /// The page.
    pub background: Color32,
    /// Cards and bars.
    pub surface: Color32,
    /// Buttons and menus.
    pub raised: Color32,
    /// A button under the pointer.
    pub hovered: Color32,
    /// Borders and rules.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Text of second rank.
    pub muted: Color32,
    /// Text of third rank: hints in empty fields. Too pale for anything that has to be read.
    pub faint: Color32,
    /// Accent of what can be pressed and what is chosen.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hovered: Color32,
    /// The ground of what is chosen.
    pub accent_soft: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// All is well.
    pub ok: Color32,
    /// Ground of `ok`.
    pub ok_soft: Color32,
    /// A warning.
    pub warning: Color32,
    /// Ground of `warning`.
    pub warning_soft: Color32,
    /// A critical state.
    pub critical: Color32,
    /// Ground of `critical`.
    pub critical_soft: Color32,
    /// Parts of a gauge, told apart; the last is "everyone else".
    pub parts: [Color32; 5],
    /// The empty part of a gauge.
    pub free: Color32,
    /// Ground of code.
    pub code: Color32,
    /// The veil behind a dialog.
    pub veil: Color32,
    /// Series of a chart, told apart by people who do not see all colours, too; the last is "everyone else".
    pub series: [Color32; 5],
}

impl Tokens {
    /// Dark text on light grounds.
    pub const LIGHT: Self = Self {
        dark: false,
        background: hex(0xf6_f7_f9),
        surface: hex(0xff_ff_ff),
        raised: hex(0xff_ff_ff),
        hovered: hex(0xf1_f3_f6),
        line: hex(0xe3_e6_eb),
        text: hex(0x1b_1f_27),
        muted: hex(0x5b_64_72),
        faint: hex(0x8a_93_a1),
        accent: hex(0x24_57_d6),
        accent_hovered: hex(0x1c_49_ba),
        accent_soft: hex(0xe8_ee_fc),
        on_accent: hex(0xff_ff_ff),
        ok: hex(0x17_74_44),
        ok_soft: hex(0xe4_f4_ea),
        warning: hex(0x8f_5a_00),
        warning_soft: hex(0xfd_f1_dc),
        critical: hex(0xb3_26_1e),
        critical_soft: hex(0xfb_e9_e7),
        parts: [hex(0x24_57_d6), hex(0x7a_5b_d0), hex(0x0f_8b_8d), hex(0xb5_6f_00), hex(0x6f_78_87)],
        free: hex(0xe9_ec_f1),
        code: hex(0xf1_f3_f6),
        veil: Color32::from_black_alpha(96),
        series: [hex(0x24_57_d6), hex(0xa0_24_6e), hex(0x0f_9b_8d), hex(0xc7_7d_0a), hex(0x2e_34_40)],
    };

    /// Light text on dark grounds.
    pub const DARK: Self = Self {
        dark: true,
        background: hex(0x15_18_1d),
        surface: hex(0x1c_20_26),
        raised: hex(0x23_28_30),
        hovered: hex(0x2d_33_3d),
        line: hex(0x32_38_43),
        text: hex(0xe7_ea_ef),
        muted: hex(0xa5_ad_ba),
        faint: hex(0x7d_86_94),
        accent: hex(0x7e_a2_ff),
        accent_hovered: hex(0x96_b3_ff),
        accent_soft: hex(0x22_30_4f),
        on_accent: hex(0x0d_11_17),
        ok: hex(0x5c_c9_8a),
        ok_soft: hex(0x17_34_26),
        warning: hex(0xf0_b4_54),
        warning_soft: hex(0x3a_2d_14),
        critical: hex(0xff_8a_80),
        critical_soft: hex(0x43_20_1e),
        parts: [hex(0x7e_a2_ff), hex(0xb3_9b_ff), hex(0x4f_c4_c4), hex(0xf0_b4_54), hex(0x7d_86_94)],
        free: hex(0x2a_30_3a),
        code: hex(0x17_1b_21),
        veil: Color32::from_black_alpha(140),
        series: [hex(0x7e_a2_ff), hex(0xe8_79_b9), hex(0x7b_e0_c8), hex(0xff_c9_6b), hex(0x6b_74_82)],
    };

    /// The light theme for those who need more contrast: text, signs and borders at 7:1 and more.
    pub const LIGHT_HIGH: Self = Self {
        background: hex(0xff_ff_ff),
        hovered: hex(0xe3_e6_eb),
        line: hex(0x4a_52_5e),
        text: hex(0x00_00_00),
        muted: hex(0x2b_31_3b),
        faint: hex(0x4a_52_5e),
        accent: hex(0x12_39_99),
        accent_hovered: hex(0x0c_2a_75),
        ok: hex(0x0b_4a_2a),
        warning: hex(0x5c_39_00),
        critical: hex(0x85_17_12),
        ..Self::LIGHT
    };

    /// The dark theme for those who need more contrast.
    pub const DARK_HIGH: Self = Self {
        background: hex(0x00_00_00),
        surface: hex(0x0b_0d_10),
        raised: hex(0x12_15_1a),
        line: hex(0xa5_ad_ba),
        text: hex(0xff_ff_ff),
        muted: hex(0xd9_de_e5),
        faint: hex(0xb7_be_c9),
        accent: hex(0xb0_c7_ff),
        accent_hovered: hex(0xcf_dd_ff),
        ok: hex(0x9a_ea_bd),
        warning: hex(0xff_d3_8f),
        critical: hex(0xff_c0_ba),
        code: hex(0x00_00_00),
        ..Self::DARK
    };

    /// The veil over everything while something is dragged over the window.
    #[must_use]
    pub fn drop_veil(&self) -> Color32 {
        self.surface.gamma_multiply(0.92)
    }

    /// The tokens of egui's theme in `high` or ordinary contrast.
    #[must_use]
    pub const fn with_contrast(theme: eframe::egui::Theme, high: bool) -> &'static Self {
        match (theme, high) {
            (eframe::egui::Theme::Light, false) => &Self::LIGHT,
            (eframe::egui::Theme::Dark, false) => &Self::DARK,
            (eframe::egui::Theme::Light, true) => &Self::LIGHT_HIGH,
            (eframe::egui::Theme::Dark, true) => &Self::DARK_HIGH,
        }
    }
}

/// `0xRRGGBB`, as designers write it.
const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    mod sight;

    /// Contrast of two opaque colours as WCAG 2 defines it.
    fn contrast(one: Color32, other: Color32) -> f64 {
        let luminance = |colour: Color32| {
            let channel = |value: u8| {
                let value = f64::from(value) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_colour_can_be_read_on_every_ground_it_stands_on() {
        let themes = [(Tokens::LIGHT, 4.5), (Tokens::DARK, 4.5), (Tokens::LIGHT_HIGH, 7.0), (Tokens::DARK_HIGH, 7.0)];
        for (tokens, least) in themes {
            for (text, ground) in [
                (tokens.text, tokens.surface),
                (tokens.text, tokens.background),
                (tokens.text, tokens.accent_soft),
                (tokens.muted, tokens.surface),
                (tokens.muted, tokens.background),
                (tokens.muted, tokens.accent_soft),
                (tokens.muted, tokens.free),
                (tokens.accent, tokens.accent_soft),
                (tokens.on_accent, tokens.accent),
                (tokens.ok, tokens.ok_soft),
                (tokens.warning, tokens.warning_soft),
                (tokens.critical, tokens.critical_soft),
                (tokens.text, tokens.code),
            ] {
                let ratio = contrast(text, ground);
                assert!(ratio >= least, "{text:?} on {ground:?} has a contrast of {ratio:.2}, WCAG asks for {least}");
            }
        }
    }

    #[test]
    fn every_part_of_a_gauge_is_seen_on_its_bar_and_on_its_card() {
        for tokens in [Tokens::LIGHT, Tokens::DARK] {
            let signs = [tokens.text, tokens.accent, tokens.critical, tokens.warning, tokens.ok];
            for part in tokens.parts.into_iter().chain(signs) {
                for ground in [tokens.free, tokens.surface] {
                    let ratio = contrast(part, ground);
                    assert!(ratio >= 3.0, "{part:?} on {ground:?} has a contrast of {ratio:.2}, WCAG AA asks for 3");
                }
            }
        }
    }
}
