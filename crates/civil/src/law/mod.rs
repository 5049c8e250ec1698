//! The law as dated data: which rules hold for a file of this kind, received on this day, about an event of that day.
//!
//! What changes by decree stands in `schemas/law/*.csv`: each row with its validity (`from`, `to`, both included, empty = open), its `article`, and a
//! `confidence` (`high`, `medium`, `assumed`). Rules are chosen by (kind, day of reception, day of the event), never "latest": a file received before a
//! new law is finished under the law at reception (Law 60/2014, Art. 76(1)).
//!
//! What is not known is not guessed: an accessor answers `None` where no row holds, as for most of Law 03/2026 from 2027-03-01 and for everything but the
//! time limits before 2016. `None` is no reason to refuse.
//!
//! **Invariant**: on every day exactly one rule set is in force, and no two rows of one rule hold on one day
//! (`exactly_one_rule_set_is_in_force_for_every_kind_on_every_day_from_1959_to_2030`, [`check`]).

mod check;
mod competence;
mod era;
mod marriage_age;
mod paper;
mod period;
mod processing_time;
mod rule_set;
mod table;
mod time_limit;
pub mod working_day;

pub use check::check;
pub use competence::{Case, Competence, Level};
pub use marriage_age::{AgeRule, MarriageAge, Region, old_enough_to_marry};
pub use paper::{PaperForm, PaperTitle, paper};
pub use period::Period;
pub use processing_time::{ProcessingTime, Unit};
pub use rule_set::{KINDS, RuleSet, rules};
pub use time_limit::TimeLimit;

use std::str::FromStr;

/// How sure we are of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// The text was read, or it is common knowledge of the trade.
    High,
    /// From memory, or the text was read in part.
    Medium,
    /// Nothing was read; the row only keeps the program able to compute.
    Assumed,
}

impl FromStr for Confidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "high" => Ok(Self::High),
            "medium" => Ok(Self::Medium),
            "assumed" => Ok(Self::Assumed),
            _ => Err("unknown confidence".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;
