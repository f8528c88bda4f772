//! A treemap: areas in proportion to weights, as square as they can be (Bruls, Huizing, van Wijk 2000).

use eframe::egui::{Rect, pos2, vec2};

/// Cuts `area` into one rectangle for each weight, in the order given; weights should fall.
#[must_use]
pub fn squarify(weights: &[f64], area: Rect) -> Vec<Rect> {
    let total: f64 = weights.iter().sum();
    let mut cut = Vec::with_capacity(weights.len());
    if total <= 0.0 {
        return vec![Rect::from_min_size(area.min, vec2(0.0, 0.0)); weights.len()];
    }
    let scale = f64::from(area.width()) * f64::from(area.height()) / total;
    let (mut rest, mut left) = (weights, area);
    while !rest.is_empty() {
        let side = f64::from(left.width().min(left.height()));
        let count = row_length(rest, scale, side);
        let (row, later) = rest.split_at(count);
        left = lay_row(row, scale, left, &mut cut);
        rest = later;
    }
    cut
}

/// Counts the first weights that make the squarest row along a side.
fn row_length(weights: &[f64], scale: f64, side: f64) -> usize {
    let mut count = 1;
    while count < weights.len() && worst(&weights[..=count], scale, side) <= worst(&weights[..count], scale, side) {
        count += 1;
    }
    count
}

/// The worst ratio of the sides in a row.
fn worst(row: &[f64], scale: f64, side: f64) -> f64 {
    let sum = row.iter().sum::<f64>() * scale;
    let (least, most) =
        row.iter().fold((f64::MAX, 0.0_f64), |(low, high), weight| (low.min(*weight), high.max(*weight)));
    let square = side * side;
    (square * most * scale / (sum * sum)).max(sum * sum / (square * least * scale))
}

/// Lays one row along the shorter side; what is left of the area.
#[allow(clippy::cast_possible_truncation, reason = "positions on a screen")]
fn lay_row(row: &[f64], scale: f64, area: Rect, cut: &mut Vec<Rect>) -> Rect {
    let sum: f64 = row.iter().sum::<f64>() * scale;
    let upright = area.width() >= area.height();
    let side = f64::from(if upright { area.height() } else { area.width() });
    let depth = if side > 0.0 { (sum / side) as f32 } else { 0.0 };
    let mut at = area.min;
    for weight in row {
        let length = if depth > 0.0 { (weight * scale) as f32 / depth } else { 0.0 };
        let size = if upright { vec2(depth, length) } else { vec2(length, depth) };
        cut.push(Rect::from_min_size(at, size));
        at += if upright { vec2(0.0, length) } else { vec2(length, 0.0) };
    }
    let min = if upright { pos2(area.left() + depth, area.top()) } else { pos2(area.left(), area.top() + depth) };
    Rect::from_min_max(min.min(area.max), area.max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn areas_are_in_proportion_and_inside(mut weights in proptest::collection::vec(1.0..10_000.0_f64, 1..40)) {
            weights.sort_by(|one, other| other.total_cmp(one));
            let area = Rect::from_min_size(pos2(10.0, 20.0), vec2(640.0, 200.0));
            let cut = squarify(&weights, area);
            let total: f64 = weights.iter().sum();
            prop_assert_eq!(cut.len(), weights.len());
            for (rect, weight) in cut.iter().zip(&weights) {
                prop_assert!(area.expand(0.5).contains_rect(*rect), "{rect:?} sticks out");
                let wanted = weight / total * f64::from(area.area());
                prop_assert!((f64::from(rect.area()) - wanted).abs() < wanted * 0.02 + 2.0, "{rect:?} for {weight}");
            }
        }
    }
}
