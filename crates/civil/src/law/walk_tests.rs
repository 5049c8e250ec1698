//! The walk: every day from 1959-01-01 to 2030-12-31, every table, every kind.

use super::check::SOURCES;
use super::competence::COMPETENCES;
use super::era::{ERAS, Era};
use super::processing_time::PROCESSING_TIMES;
use super::table::{Rule, Table};
use super::*;
use crate::value::Date;
use std::collections::{BTreeSet, HashSet};

fn first() -> Date {
    Date::new(1959, 1, 1).unwrap()
}

fn last() -> Date {
    Date::new(2030, 12, 31).unwrap()
}

fn days() -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first()), |day| day.add_days(1)).take_while(|day| *day <= last())
}

#[test]
fn exactly_one_rule_set_is_in_force_for_every_kind_on_every_day_from_1959_to_2030() {
    let mut walked = 0;
    for day in days() {
        let in_force = ERAS.rows().iter().filter(|era| era.basis.period.contains(day));
        let [era]: [&Era; 1] = in_force.collect::<Vec<_>>().try_into().unwrap();
        for kind in KINDS {
            let rules = rules(kind, day, None);
            assert_eq!((rules.name(), rules.kind()), (era.name.as_str(), kind), "{day}");
        }
        walked += 1;
    }
    assert_eq!(walked, 26_298);
}

/// Every key of a table, with its periods as days since the first one.
fn periods<T: Rule>() -> Vec<(String, Period)> {
    let table = Table::<T>::embedded();
    table
        .rows()
        .iter()
        .map(|row| (row.key(), row.basis().period))
        .collect()
}

#[test]
fn on_every_day_from_1959_to_2030_no_table_has_two_rows_for_one_case() {
    let tables = [
        periods::<time_limit::TimeLimit>(),
        periods::<processing_time::ProcessingTime>(),
        periods::<competence::Competence>(),
        periods::<limit::LimitRow>(),
        periods::<threshold::ThresholdRow>(),
        periods::<marriage_age::MarriageAge>(),
        periods::<required_field::RequiredField>(),
        periods::<fee::FeeWaiver>(),
        periods::<four_eyes::FourEyes>(),
        periods::<role::Covered>(),
        periods::<paper::PaperTitle>(),
        periods::<working_day::CalendarDay>(),
        periods::<working_day::FixedHoliday>(),
        periods::<working_day::CutOff>(),
    ];
    assert_eq!(tables.len() + 1, SOURCES.len(), "and the rule sets above");
    for day in days() {
        for table in &tables {
            let in_force = table.iter().filter(|(_, period)| period.contains(day));
            let mut keys = HashSet::new();
            for (key, _) in in_force {
                assert!(keys.insert(key), "{key} has two rows on {day}");
            }
        }
    }
}

/// The first day, and every day on which some row of competence or of a processing time begins or has just ended: between them nothing changes.
fn turns() -> BTreeSet<Date> {
    let competences = COMPETENCES.rows().iter().map(|row| row.basis.period);
    let times = PROCESSING_TIMES.rows().iter().map(|row| row.basis.period);
    let turns = competences
        .chain(times)
        .flat_map(|period| [period.from, period.to.and_then(|to| to.add_days(1))]);
    turns.flatten().chain([first(), last()]).collect()
}

#[test]
fn no_case_has_two_offices_or_two_times() {
    for day in turns() {
        for kind in KINDS {
            for occasion in Occasion::ALL.iter().copied() {
                for age in [None, Some(13), Some(14)] {
                    let case = Case { occasion, age };
                    let fitting =
                        COMPETENCES.all_on(day, |row: &Competence| row.kind == kind && row.fits(case));
                    assert!(fitting.count() <= 1, "{kind} {day} {case:?}");
                }
            }
        }
    }
}

/// What of a kind is not known while Law 60/2014 is in force: from which day it is.
fn known_from(kind: &str) -> &'static str {
    match kind {
        "personal_number" | "information_confirmation" => "2020-09-15",
        "guardianship_supervision" => "2025-01-09",
        _ => "2016-01-01",
    }
}

#[test]
fn while_law_60_2014_is_in_force_every_kind_has_a_competent_office_and_a_processing_time() {
    // How long these take was not read.
    const TIMELESS: [&str; 2] = ["adoption", "papers_revoked"];
    // By its nature a case from abroad; and Decree 07/2025 speaks of the commune alone.
    let never = |kind: &str, occasion| {
        (kind, occasion) == ("foreign_dissolution", Occasion::Domestic)
            || (kind, occasion) == ("guardianship_supervision", Occasion::Foreign)
    };
    let law = |day: &Date| (2016..2027).contains(&day.year()) || *day == Date::new(2027, 2, 28).unwrap();
    for day in turns().into_iter().filter(law) {
        for kind in KINDS {
            let rules = rules(kind, day, None);
            let known = known_from(kind) <= day.to_string().as_str();
            assert_eq!(rules.are_known(), known, "{kind} {day}");
            for occasion in [Occasion::Domestic, Occasion::Foreign] {
                let case = Case {
                    occasion,
                    age: Some(30),
                };
                let known = known && !never(kind, occasion);
                let level = rules.competent_level(case);
                assert!(level.is_some() == known || never(kind, occasion), "{kind} {day}");
                let timed = known && !TIMELESS.contains(&kind);
                assert_eq!(
                    rules.processing_time(occasion).is_some(),
                    timed,
                    "{kind} {day} {occasion:?}"
                );
            }
        }
    }
}
