//! Which findings the facts give.

use super::{Budget, Finding};
use crate::survey::Survey;

/// Every finding, worst first.
pub(super) fn findings(_survey: &Survey, _budget: &Budget) -> Vec<Finding> {
    todo!()
}
