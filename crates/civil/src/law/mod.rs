//! The law as dated data: which rules hold for a file of this kind, received on this day, about an event of that day.
//!
//! What changes by decree stands in `schemas/law/*.csv`: each row with its validity (`from`, `to`, both included, empty = open), its `article`, and a
//! `confidence` (`high`, `medium`, `assumed`). Rules are chosen by (kind, day of reception, day of the event), never "latest": a file received before a
//! new law is finished under the law at reception (Law 60/2014, Art. 76(1)).
//!
//! | to know | ask |
//! |---|---|
//! | the rules for a file: who registers, by when, with which fields, at which fee | [`rules`] → [`RuleSet`] |
//! | a time that the law sets beside these: posting, verification, notices of courts | [`Limit::on`] |
//! | an age: consent, majority | [`Threshold::on`]; of marriage [`old_enough_to_marry`] |
//! | who may sign, and when a second person must | [`role_covers`], [`four_eyes`()] |
//! | how a paper is headed and numbered | [`paper`()] |
//! | when "at once" is | [`working_day`] |
//!
//! What is not known is not guessed: an accessor answers `None` where no row holds, as for most of Law 03/2026 from 2027-03-01 and for everything but the
//! time limits before 2016. `None` is no reason to refuse.
//!
//! **Invariant**: on every day exactly one rule set is in force, and no two rows of one rule hold on one day
//! (`exactly_one_rule_set_is_in_force_for_every_kind_on_every_day_from_1959_to_2030`,
//! `on_every_day_from_1959_to_2030_no_table_has_two_rows_for_one_case`), and no row can be broken unseen
//! (`a_row_of_any_table_that_is_broken_is_found`).

mod case;
mod check;
mod competence;
mod era;
mod fee;
mod four_eyes;
mod limit;
mod marriage_age;
mod paper;
mod period;
mod processing_time;
mod release;
mod required_field;
mod role;
mod rule_set;
mod table;
mod threshold;
mod time_limit;
mod words;
pub mod working_day;

pub use case::{Case, Occasion};
pub use check::check;
pub use competence::{CaseAge, Competence, Level};
pub use fee::FeeWaiver;
pub use four_eyes::{FourEyes, SecondPerson, four_eyes};
pub use limit::{Limit, LimitRow};
pub use marriage_age::{AgeRule, MarriageAge, Region, old_enough_to_marry};
pub use paper::{Paper, PaperForm, PaperTitle, form_in_force, paper};
pub use period::Period;
pub use processing_time::{ProcessingTime, Unit};
pub use release::{second_release, third_release};
pub use required_field::RequiredField;
pub use role::role_covers;
pub use rule_set::{KINDS, RuleSet, rules};
pub use table::Basis;
pub use threshold::{Threshold, ThresholdRow};
pub use time_limit::TimeLimit;

use words::words;

words! {
    /// How sure we are of a row.
    pub enum Confidence "confidence" {
        /// The text was read, or it is common knowledge of the trade.
        High = "high",
        /// From memory, or the text was read in part.
        Medium = "medium",
        /// Nothing was read; the row only keeps the program able to compute.
        Assumed = "assumed",
    }
}

#[cfg(test)]
mod broken_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk_tests;
