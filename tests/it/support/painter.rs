//! Draws the window's output with the processor alone: the same pixels on every machine, whatever its graphics
//! drivers are. Colours are mixed as `egui_glow` does it: premultiplied, in gamma space.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of a picture that fits a screen"
)]

use eframe::egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex};
use eframe::egui::{ColorImage, Context, FullOutput, ImageData, Pos2, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};
use std::collections::HashMap;

/// Parts of a pixel that corners are rounded to, as graphics cards do: then neighbours share each pixel once.
const SUBPIXELS: f32 = 256.0;

/// Red, green, blue, alpha from 0 to 1, premultiplied.
type Colour = [f32; 4];

/// The textures and nothing else.
#[derive(Default)]
pub(crate) struct Painter {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                self.update(id, &image);
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut picture = RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, Rgba([0, 0, 0, 255]));
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            if let Primitive::Mesh(mesh) = primitive {
                self.mesh(&mut picture, clip_rect, &mesh, scale)?;
            }
        }
        Ok(picture)
    }
}

impl Painter {
    fn update(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(new) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.textures.insert(id, ColorImage::clone(new));
            return;
        };
        let texture = self.textures.get_mut(&id).expect("a patch belongs to a texture that is there");
        for (row, pixels) in new.pixels.chunks_exact(new.size[0]).enumerate() {
            let at = (top + row) * texture.size[0] + left;
            texture.pixels[at..at + pixels.len()].copy_from_slice(pixels);
        }
    }

    fn mesh(&self, picture: &mut RgbaImage, clip: Rect, mesh: &Mesh, scale: f32) -> Result<(), String> {
        let texture = self.textures.get(&mesh.texture_id).ok_or("a mesh without its texture")?;
        let area = Area::of(clip, scale, picture);
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |place: usize| mesh.vertices[corners[place] as usize];
            triangle(picture, area, texture, [corner(0), corner(1), corner(2)], scale);
        }
        Ok(())
    }
}

/// The pixels that may be touched: from the first to before the second.
#[derive(Clone, Copy)]
struct Area {
    from: [i64; 2],
    to: [i64; 2],
}

impl Area {
    fn of(clip: Rect, scale: f32, picture: &RgbaImage) -> Self {
        let [width, height] = [picture.width(), picture.height()].map(i64::from);
        let round = |value: f32, most: i64| ((value * scale).round() as i64).clamp(0, most);
        Self {
            from: [round(clip.min.x, width), round(clip.min.y, height)],
            to: [round(clip.max.x, width), round(clip.max.y, height)],
        }
    }
}

fn triangle(picture: &mut RgbaImage, area: Area, texture: &ColorImage, mut corners: [Vertex; 3], scale: f32) {
    let fixed = |at: Pos2| [at.x, at.y].map(|value| (value * scale * SUBPIXELS).round() as i64);
    let turned = |p: [[i64; 2]; 3]| edge(p[0], p[1], p[2]);
    let mut at = corners.map(|corner| fixed(corner.pos));
    if turned(at) < 0 {
        corners.swap(1, 2);
        at.swap(1, 2);
    }
    let whole = turned(at);
    if whole == 0 {
        return;
    }
    // Most of a window is of one colour: that is worked out once.
    let flat = corners.iter().all(|corner| corner.uv == corners[0].uv && corner.color == corners[0].color);
    let flat = flat.then(|| shade(texture, &corners, [1.0, 0.0, 0.0]));
    let unit = SUBPIXELS as i64;
    let least = |axis: usize| at.iter().map(|p| p[axis]).min().unwrap_or(0).div_euclid(unit).max(area.from[axis]);
    let most = |axis: usize| (at.iter().map(|p| p[axis]).max().unwrap_or(0).div_euclid(unit) + 1).min(area.to[axis]);
    for y in least(1)..most(1) {
        for x in least(0)..most(0) {
            let centre = [x * unit + unit / 2, y * unit + unit / 2];
            let sides = [(1, 2), (2, 0), (0, 1)].map(|(from, to)| covered(at[from], at[to], centre));
            if let [Some(a), Some(b), Some(c)] = sides {
                let weights = || [a, b, c].map(|part| part as f32 / whole as f32);
                let colour = flat.unwrap_or_else(|| shade(texture, &corners, weights()));
                blend(picture.get_pixel_mut(x as u32, y as u32), colour);
            }
        }
    }
}

/// Twice the area of a triangle, positive when its corners go clockwise on the screen.
const fn edge(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// How far a point is inside of an edge; a point on it belongs to the triangle whose left or top edge it is.
fn covered(from: [i64; 2], to: [i64; 2], point: [i64; 2]) -> Option<i64> {
    let inside = edge(from, to, point);
    let top_left = to[1] < from[1] || (to[1] == from[1] && to[0] > from[0]);
    (inside > 0 || (inside == 0 && top_left)).then_some(inside)
}

/// The colour at a point of a triangle.
fn shade(texture: &ColorImage, corners: &[Vertex; 3], weights: [f32; 3]) -> Colour {
    let mixed = |of: fn(&Vertex) -> f32| corners.iter().zip(weights).map(|(corner, weight)| of(corner) * weight).sum();
    let (u, v): (f32, f32) = (mixed(|corner| corner.uv.x), mixed(|corner| corner.uv.y));
    let channels: [fn(&Vertex) -> f32; 4] = [
        |corner| f32::from(corner.color.r()),
        |corner| f32::from(corner.color.g()),
        |corner| f32::from(corner.color.b()),
        |corner| f32::from(corner.color.a()),
    ];
    let texel = sample(texture, u, v);
    std::array::from_fn(|channel| mixed(channels[channel]) / 255.0 * texel[channel])
}

/// The texture between its four nearest texels; beyond its edges the outermost ones go on.
fn sample(texture: &ColorImage, u: f32, v: f32) -> Colour {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let texel = |dx: f32, dy: f32| {
        let column = (left + dx).clamp(0.0, width as f32 - 1.0) as usize;
        let row = (top + dy).clamp(0.0, height as f32 - 1.0) as usize;
        texture.pixels[row * width + column].to_array().map(|value| f32::from(value) / 255.0)
    };
    let between = |one: Colour, other: Colour, share: f32| {
        std::array::from_fn(|channel| one[channel] + (other[channel] - one[channel]) * share)
    };
    let (right, below) = (x - left, y - top);
    between(between(texel(0.0, 0.0), texel(1.0, 0.0), right), between(texel(0.0, 1.0), texel(1.0, 1.0), right), below)
}

fn blend(pixel: &mut Rgba<u8>, colour: Colour) {
    for (below, above) in pixel.0.iter_mut().zip(colour) {
        let mixed = above * 255.0 + f32::from(*below) * (1.0 - colour[3]);
        *below = mixed.round().clamp(0.0, 255.0) as u8;
    }
}
