//! A bare window, for `tests/bench/window/run` to measure against: one sentence in one of the program's typefaces, the
//! same features of eframe, nothing else.

use eframe::egui::{CentralPanel, FontData, FontDefinitions, FontFamily, Ui, ViewportBuilder};
use std::sync::Arc;

const INTER: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");

struct Bare;

impl eframe::App for Bare {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        CentralPanel::default().show(ui, |ui| ui.label("A bare window"));
    }
}

fn main() -> eframe::Result {
    let viewport = ViewportBuilder::default().with_inner_size([1120.0, 760.0]).with_app_id("bare_window");
    let options = eframe::NativeOptions { viewport, centered: true, ..Default::default() };
    let create = |context: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let mut fonts = FontDefinitions::empty();
        fonts.font_data.insert("inter".to_owned(), Arc::new(FontData::from_static(INTER)));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.insert(family, vec!["inter".to_owned()]);
        }
        context.egui_ctx.set_fonts(fonts);
        Ok(Box::new(Bare))
    };
    eframe::run_native("Bare window", options, Box::new(create))
}
