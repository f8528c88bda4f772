//! The frame around the steps: the bar at the top, the list of steps, the bar at the bottom.

pub mod about;
pub mod bottom_bar;
pub mod drop_hint;
pub mod stepper;
pub mod top_bar;
