//! The wizard. The only place that knows egui.
