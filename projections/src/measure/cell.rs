//! [`Cell`]: one column of a form, and what is counted in it.

use std::fmt;

use super::tally::{Ages, Tally};

/// What stands in a cell that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Count(u64),
    /// A mean, in tenths.
    Tenths(u64),
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(out, "{count}"),
            Self::Tenths(tenths) => write!(out, "{}.{}", tenths / 10, tenths % 10),
        }
    }
}

/// A column of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) key: &'static str,
    pub(super) label: &'static str,
    pub(super) what: What,
}

/// What is counted in a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// The acts for which the answer is yes. Where every answer is `None`, because no such act was registered or because nothing is known of what is asked, the
    /// cell is blank, and blank is not zero.
    Count(fn(&Tally) -> Option<bool>),
    /// The mean age of these people.
    Mean(fn(&Tally) -> Option<Ages>),
}

impl Cell {
    pub(super) const fn count(
        key: &'static str,
        label: &'static str,
        counts: fn(&Tally) -> Option<bool>,
    ) -> Self {
        Self {
            key,
            label,
            what: What::Count(counts),
        }
    }

    pub(super) const fn mean(
        key: &'static str,
        label: &'static str,
        ages: fn(&Tally) -> Option<Ages>,
    ) -> Self {
        Self {
            key,
            label,
            what: What::Mean(ages),
        }
    }

    /// What stands in the cell, of these.
    pub(super) fn of(&self, tallies: &[Tally]) -> Option<Figure> {
        match self.what {
            What::Count(counts) => {
                let known = tallies
                    .iter()
                    .filter_map(|tally| counts(tally).map(|yes| if yes { tally.count } else { 0 }));
                known.reduce(|one, other| one + other).map(Figure::Count)
            }
            What::Mean(ages) => {
                let sum = tallies
                    .iter()
                    .filter_map(ages)
                    .fold(Ages::default(), |sum, ages| Ages {
                        years: sum.years + ages.years,
                        people: sum.people + ages.people,
                    });
                // To the nearest tenth of a year.
                (sum.people > 0).then(|| Figure::Tenths((sum.years * 20 + sum.people) / (2 * sum.people)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_told_to_the_nearest_tenth() {
        assert_eq!(Figure::Tenths(254).to_string(), "25.4");
        assert_eq!(Figure::Tenths(250).to_string(), "25.0");
        assert_eq!(Figure::Count(7).to_string(), "7");
    }
}
