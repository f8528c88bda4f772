//! The judgement in words, the figures it rests on, and what else matters: the order in which a tired person reads.

use crate::diagnosis::budget::InstanceHolder;
use crate::diagnosis::finding::LimitedResource::{Instances, Watches};
use crate::diagnosis::{Diagnosis, Finding, Remedy, Verdict};
use crate::say;
use crate::words::{Words, visible};

impl Diagnosis {
    /// The judgement in one sentence: what is wrong and why, or that nothing is.
    #[must_use]
    pub fn headline(&self, words: &Words) -> String {
        match self.verdict {
            Verdict::LimitUnknown => say!(words, "verdict-limit-unknown"),
            Verdict::RunningWithGap { unwatched, .. } => self.gap_headline(words, unwatched),
            Verdict::GapOfInstances { unwatched, .. } => say!(words, "headline-gap-instances", unwatched = unwatched),
            Verdict::AppLoops { .. } => say!(words, "headline-app-loops"),
            Verdict::QueueTooShort { loops: true, .. } => say!(words, "headline-queue-loops"),
            Verdict::QueueTooShort { loops: false, .. } => say!(words, "headline-queue-until"),
            Verdict::DoesNotFit { missing, .. } => say!(words, "headline-does-not-fit", missing = missing),
            Verdict::InstancesDoNotFit { .. } => say!(words, "headline-instances"),
            Verdict::AccountOnly { .. }
            | Verdict::NothingNeeded { .. }
            | Verdict::Running { .. }
            | Verdict::Fits { .. } => match self.findings.iter().find(|finding| finding.is_to_fix()) {
                Some(worst) => say!(words, "headline-finding", title = worst.title(words)),
                None if self.recommendation.remedy != Remedy::None => say!(words, "headline-little-reserve"),
                None => say!(words, "headline-fine"),
            },
        }
    }

    /// Names the cause of a gap by what would close it.
    fn gap_headline(&self, words: &Words, unwatched: u64) -> String {
        let advice = &self.recommendation;
        let watches = &self.budget.watches;
        if watches.missing() > 0 || advice.watches.or(advice.namespace_watches.map(|low| low.wanted)).is_some() {
            say!(words, "headline-gap-limit", unwatched = unwatched)
        } else {
            say!(words, "headline-gap-restart", unwatched = unwatched)
        }
    }

    /// The figures behind the headline, none of which it says itself.
    #[must_use]
    pub fn figures(&self, words: &Words) -> Option<String> {
        let first = match self.verdict {
            Verdict::LimitUnknown => return None,
            Verdict::RunningWithGap { expected, limit, held, .. } => {
                say!(words, "figures-gap", need = expected, limit = limit, held = held)
            }
            Verdict::GapOfInstances { need, limit, held, .. } => {
                let first = say!(words, "figures-instances", need = need, limit = limit, held = held);
                words.sentences(&std::iter::once(first).chain(self.most_instances(words)).collect::<Vec<_>>())
            }
            Verdict::AppLoops { events, queue, .. } => say!(words, "figures-app-loops", events = events, queue = queue),
            Verdict::QueueTooShort { directories, events, queue, .. } => {
                say!(words, "figures-queue", directories = directories, events = events, queue = queue)
            }
            Verdict::DoesNotFit { need, limit, held, .. } => {
                say!(words, "figures-does-not-fit", need = need, limit = limit, held = held)
            }
            Verdict::InstancesDoNotFit { need, limit, held, .. } => {
                let first = say!(words, "figures-instances", need = need, limit = limit, held = held);
                words.sentences(&std::iter::once(first).chain(self.most_instances(words)).collect::<Vec<_>>())
            }
            Verdict::AccountOnly { .. }
            | Verdict::NothingNeeded { .. }
            | Verdict::Running { .. }
            | Verdict::Fits { .. } => return Some(self.verdict.sentence(words)),
        };
        Some(words.sentences(&[vec![first], self.verdict.of_namespace(words)].concat()))
    }

    /// Names the program that holds most of the instances: closing it helps at once.
    fn most_instances(&self, words: &Words) -> Option<String> {
        let InstanceHolder { pid, program, instances } = self.budget.instance_holder.as_ref()?;
        let (pid, program) = (pid.to_string(), visible(program));
        Some(say!(words, "figures-instances-holder", program = program, pid = pid, instances = *instances))
    }

    /// Findings that ask for something and that neither the headline nor the recommended limits speak of, worst first.
    pub fn beside_headline(&self) -> impl Iterator<Item = &Finding> {
        let worst = self.findings.iter().find(|finding| finding.is_to_fix());
        let said = move |finding: &Finding| match self.verdict {
            Verdict::RunningWithGap { .. } | Verdict::DoesNotFit { .. } => {
                matches!(finding, Finding::SilentGap { .. }) || is_shortage_of(finding, Watches)
            }
            Verdict::AppLoops { .. } | Verdict::QueueTooShort { .. } => {
                matches!(finding, Finding::AppLoops { .. } | Finding::QueueTooShort(_))
            }
            Verdict::InstancesDoNotFit { .. } => is_shortage_of(finding, Instances),
            Verdict::GapOfInstances { .. } => {
                matches!(finding, Finding::SilentGap { .. }) || is_shortage_of(finding, Instances)
            }
            Verdict::LimitUnknown => false,
            Verdict::AccountOnly { .. }
            | Verdict::NothingNeeded { .. }
            | Verdict::Running { .. }
            | Verdict::Fits { .. } => worst == Some(finding),
        };
        let raised = |finding: &Finding| self.recommendation.raises_against(finding);
        self.findings.iter().filter(move |finding| finding.is_to_fix() && !said(finding) && !raised(finding))
    }
}

fn is_shortage_of(finding: &Finding, of: crate::diagnosis::finding::LimitedResource) -> bool {
    #[expect(clippy::wildcard_enum_match_arm, reason = "three of many findings are about what is short")]
    match finding {
        Finding::Exhausted { resource, .. }
        | Finding::NearlyExhausted { resource, .. }
        | Finding::NeedExceedsFree { resource, .. } => *resource == of,
        _ => false,
    }
}
