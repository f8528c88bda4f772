//! Coming to the front when the program is started a second time.

use super::WindowApp;
use crate::window::activation::{Activation, Call};
use crate::window::look::Action;
use eframe::egui::{Context, UserAttentionType, ViewportCommand};

impl WindowApp {
    /// Listens to those who are started after this one.
    pub fn listen_to(&mut self, activation: Activation) {
        activation.wake_with(&self.work.wake);
        self.activation = Some(activation);
    }

    /// Comes to the front where that was asked for, with the folder that was given.
    pub(super) fn heed_activation(&mut self, ctx: &Context) {
        let calls: Vec<Call> = self.activation.iter().flat_map(Activation::calls).collect();
        for Call { folder } in calls {
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
            if !ctx.input(|input| input.focused) {
                // On Wayland no window takes the focus by itself: the desktop is asked to point to it.
                ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            }
            let other = folder.filter(|folder| self.state.request.project.as_ref() != Some(folder));
            if let Some(folder) = other {
                self.act(ctx, Action::Choose(folder));
                self.state.step = crate::window::state::WizardStep::Project;
            }
        }
    }
}
