//! Following what restarted apps say, off the drawing thread: each look waits until there is more, and wakes the window
//! then and only then.

use super::WindowApp;
use crate::window::jobs::Job;
use crate::window::state::WizardStep;

impl WindowApp {
    /// Looks at the logs that are on screen, and at no other.
    pub(super) fn follow_logs(&mut self) {
        let fix = &mut self.state.fix;
        let looked_at = matches!(self.state.step, WizardStep::Fix | WizardStep::Verify);
        let wanted = if looked_at { fix.logs_wanted() } else { Vec::new() };
        self.work.logs.retain(|(log, _)| wanted.contains(log));
        fix.logs.retain(|(log, _)| wanted.contains(log));
        for log in wanted {
            let known = fix.logs.iter().find(|(of, _)| *of == log).map(|(_, end)| end.clone());
            let followed = self.work.logs.iter().any(|(of, _)| *of == log);
            // An app that has ended writes nothing more.
            if followed || known.as_ref().is_some_and(|end| end.ended) {
                continue;
            }
            let of = log.clone();
            let job = Job::start("log", &self.work.wake, move |progress| of.next(known.as_ref(), progress));
            self.work.logs.push((log, job));
        }
    }

    pub(super) fn collect_logs(&mut self) {
        let mut read = Vec::new();
        self.work.logs.retain(|(log, job)| match job.poll() {
            None => true,
            Some(Ok(end)) => {
                read.extend(end.ok().map(|end| (log.clone(), end)));
                false
            }
            Some(Err(crash)) => {
                log::error!("reading a log: {crash}");
                read.push((log.clone(), crate::remedy::restart::log::LogEnd::unreadable()));
                false
            }
        });
        for (log, end) in read {
            let logs = &mut self.state.fix.logs;
            logs.retain(|(of, _)| *of != log);
            logs.push((log, end));
        }
    }
}
