//! The days from which a release of this program asks for more than the one before.

use crate::value::Date;

/// The day of the second release, which knows every act of the law. What it warns of and tells beyond the first holds for acts of this day
/// and later: those of the days before were signed when nobody could have acknowledged it.
pub fn second_release() -> Option<Date> {
    Date::new(2026, 11, 22).ok()
}

/// The day of the third release, which hands out papers: the same for what it asks of them.
pub fn third_release() -> Option<Date> {
    Date::new(2026, 11, 22).ok()
}
