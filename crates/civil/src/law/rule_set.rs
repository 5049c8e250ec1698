//! The rules for one file.

use super::competence::COMPETENCES;
use super::era::{ERAS, Era};
use super::processing_time::PROCESSING_TIMES;
use super::time_limit::TIME_LIMITS;
use super::{
    Case, Competence, Confidence, FeeWaiver, Level, MarriageAge, Occasion, ProcessingTime, Region,
    RequiredField, TimeLimit, fee, marriage_age, required_field,
};
use crate::act::Act;
use crate::value::{Certainty, Date, PartialDate, Sex};

/// The kinds of files that rules are about: every kind but those of the administration and of an office's own books, and with them the confirmation of
/// information, which somebody asks for.
pub const KINDS: [&str; 21] = [
    "birth",
    "marriage",
    "death",
    "marital_status_confirmation",
    "parent_child_recognition",
    "guardianship",
    "guardianship_end",
    "guardianship_supervision",
    "adoption",
    "foreign_dissolution",
    "change",
    "correction",
    "supplement",
    "ethnicity_redetermination",
    "divorce",
    "judgment",
    "personal_number",
    "papers_revoked",
    "extract",
    "marginal_note",
    "information_confirmation",
];

/// The rules for one file, made by [`rules`].
#[derive(Debug, Clone, Copy)]
pub struct RuleSet {
    era: Option<&'static Era>,
    kind: &'static str,
    received_on: Date,
    occurred_on: Option<PartialDate>,
}

/// The rules for a file of this kind (one of [`KINDS`]) that was received on this day, about an event of that day.
///
/// A kind that is not in [`KINDS`] has the texts of the day and no rule.
pub fn rules(kind: &str, received_on: Date, occurred_on: Option<&PartialDate>) -> RuleSet {
    RuleSet {
        era: ERAS.on(received_on, |_| true),
        kind: KINDS.into_iter().find(|known| *known == kind).unwrap_or_default(),
        received_on,
        occurred_on: occurred_on.copied(),
    }
}

impl RuleSet {
    /// The name of the rule set, for example `decree_120_2025`; stable, so that it may be kept with a decision.
    pub fn name(&self) -> &'static str {
        self.era.map_or("", |era| &era.name)
    }

    /// The texts in force, in Vietnamese.
    pub fn title_vi(&self) -> &'static str {
        self.era.map_or("", |era| &era.title_vi)
    }

    /// The texts in force, in English.
    pub fn title_en(&self) -> &'static str {
        self.era.map_or("", |era| &era.title_en)
    }

    /// The texts and articles that say so, with what was not read.
    pub fn article(&self) -> &'static str {
        self.era.map_or("", |era| &era.basis.article)
    }

    /// Were these texts read only in part, so that a missing rule says nothing? True before 2016 and from 2027-03-01.
    pub fn known_in_part(&self) -> bool {
        self.era.is_none_or(|era| era.known_in_part)
    }

    /// Is there a rule for this kind on the day of reception? False where the texts were read only in part, and where no text of that day knows such a file.
    /// Then nothing is guessed, and the officer is told.
    pub fn are_known(&self) -> bool {
        !self.known_in_part() && self.competences().next().is_some()
    }

    /// How sure we are of the days of this rule set.
    pub fn confidence(&self) -> Confidence {
        self.era.map_or(Confidence::Assumed, |era| era.basis.confidence)
    }

    /// The kind, one of [`KINDS`]; empty if it was none of them.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The day of reception.
    pub fn received_on(&self) -> Date {
        self.received_on
    }

    /// The day of the event, if given.
    pub fn occurred_on(&self) -> Option<&PartialDate> {
        self.occurred_on.as_ref()
    }

    /// Days in which the event has to be declared: birth 60, death 15; `None` where the law sets no limit or it is not known.
    pub fn time_limit_days(&self) -> Option<u16> {
        self.time_limit().map(|limit| limit.days)
    }

    /// The time limit with its article.
    pub fn time_limit(&self) -> Option<&'static TimeLimit> {
        TIME_LIMITS.on(self.received_on, |row| row.kind == self.kind)
    }

    /// Was the file received after the time limit (quá hạn)? `None` where there is no limit or no day of the event. The day of the event is not counted.
    pub fn is_late(&self) -> Option<Certainty> {
        let limit = i64::from(self.time_limit_days()?);
        let occurred_on = self.occurred_on?;
        let late = |from: Date| from.days_between(self.received_on) > limit;
        match (occurred_on.earliest(), occurred_on.latest()) {
            (Some(earliest), Some(latest)) => Some(Certainty::from_bounds(late(earliest), late(latest))),
            _ => Some(Certainty::Possibly),
        }
    }

    /// The minimum age for a marriage on the day of the event: on the last day it can be if only a part of it is known, on the day of reception if none is
    /// given. Without a region the rule that asks less. `None` for another kind or an undetermined sex; to judge two people use
    /// [`super::old_enough_to_marry`], which also weighs partial dates.
    pub fn marriage_age(&self, sex: Sex, region: Option<Region>) -> Option<&'static MarriageAge> {
        let day = self
            .occurred_on
            .and_then(|date| date.latest())
            .unwrap_or(self.received_on);
        if self.kind == "marriage" {
            marriage_age::on(day, sex, region)
        } else {
            None
        }
    }

    /// Was a spouse certainly under age on the day of the marriage, under the law of that day, wherever it was? With parts of dates alone only the impossible
    /// counts; see [`super::old_enough_to_marry`].
    pub fn under_age(&self, sex: Sex, born: &PartialDate, married: &PartialDate) -> bool {
        self.kind == "marriage"
            && super::old_enough_to_marry(sex, born, married, None) == Certainty::Impossible
    }

    /// Who registers, for every case that the law knows.
    pub fn competences(&self) -> impl Iterator<Item = &'static Competence> {
        let kind = self.kind;
        COMPETENCES.all_on(self.received_on, move |row| row.kind == kind)
    }

    /// The level that has to act; `None` where it is not known (before 2016) or depends on an age that is not given.
    pub fn competent_level(&self, case: Case) -> Option<Level> {
        self.competence(case).map(|row| row.level)
    }

    /// The competence with its article.
    pub fn competence(&self, case: Case) -> Option<&'static Competence> {
        self.competences().find(|row| row.fits(case))
    }

    /// The time in which the office has to answer.
    pub fn processing_time(&self, occasion: Occasion) -> Option<&'static ProcessingTime> {
        self.processing_times().find(|row| row.occasion == occasion)
    }

    /// The times in which the office has to answer, for every case that the law knows.
    pub fn processing_times(&self) -> impl Iterator<Item = &'static ProcessingTime> {
        let kind = self.kind;
        PROCESSING_TIMES.all_on(self.received_on, move |row| row.kind == kind)
    }

    /// The fields that a new registration with this tick (`on_time`, `again`, …) has.
    pub fn required_fields(&self, entry: &str) -> impl Iterator<Item = &'static RequiredField> {
        required_field::required_fields(self.kind, entry, self.received_on)
    }

    /// Of the fields that an act of this kind with this tick should have, those that it leaves out: JSON pointers, in the order of the table.
    pub fn left_out(&self, act: &Act, entry: &str) -> Vec<String> {
        required_field::left_out(act, entry, self.received_on)
    }

    /// The grounds on which no fee is taken.
    pub fn waivers(&self) -> impl Iterator<Item = &'static FeeWaiver> {
        fee::waivers(self.kind, self.received_on)
    }
}
