//! The series of charts, as people see them who lack one of the three kinds of cones.

use super::*;

type Linear = [f64; 3];

/// Matrices of what each kind of sight makes of linear RGB: all cones, then without the red, green and blue ones
/// (Machado, Oliveira, Fernandes 2009, severity 1).
const SIGHTS: [(&str, [Linear; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

fn linear(colour: Color32) -> Linear {
    [colour.r(), colour.g(), colour.b()].map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn through(matrix: &[Linear; 3], colour: Linear) -> Linear {
    matrix.map(|row| row.iter().zip(colour).map(|(factor, value)| factor * value).sum::<f64>().clamp(0.0, 1.0))
}

/// `OKLab` (Ottosson 2020): distances in it are about as large as they look.
fn oklab([red, green, blue]: Linear) -> Linear {
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
    ]
}

fn distance(one: Linear, other: Linear) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn series_are_told_apart_whatever_cones_the_eyes_have() {
    // Two colours side by side look the same below about 0.02.
    const LEAST: f64 = 0.09;
    for tokens in [Tokens::LIGHT, Tokens::DARK] {
        for (sight, matrix) in &SIGHTS {
            let seen = tokens.series.map(|colour| oklab(through(matrix, linear(colour))));
            for (place, one) in seen.iter().enumerate() {
                for (other_place, other) in seen.iter().enumerate().skip(place + 1) {
                    let apart = distance(*one, *other);
                    let theme = if tokens.dark { "dark" } else { "light" };
                    assert!(apart >= LEAST, "{sight}, {theme}: series {place} and {other_place} are {apart:.3} apart");
                }
            }
        }
    }
}

#[test]
fn series_and_what_marks_the_limit_stand_out_from_the_card() {
    for tokens in [Tokens::LIGHT, Tokens::DARK] {
        for colour in tokens.series.into_iter().chain([tokens.text, tokens.accent, tokens.critical]) {
            let ratio = contrast(colour, tokens.surface);
            assert!(ratio >= 3.0, "{colour:?} has a contrast of {ratio:.2} with a card, WCAG asks for 3 of pictures");
        }
    }
}
