//! What became of a unit.

use super::UnitId;

/// One step of succession: (a part of) `from` went to `to` on the day on which `to` began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Succession {
    /// The old unit.
    pub from: UnitId,
    /// The new unit.
    pub to: UnitId,
    /// The whole of the old unit went to this new one; otherwise the old unit was split.
    pub whole: bool,
    /// The one to show or to fill in beforehand. For a split unit it is the nearest by location, **a guess**: never a legal answer.
    pub is_default: bool,
}
