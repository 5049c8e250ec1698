//! Checking the embedded tables.

use super::{AdministrativeUnit, Catalogue, Level, catalogue};

/// What is wrong with the embedded tables, in English, one sentence each; empty when all is well. A test and the program's self-check ask it.
pub fn check() -> Vec<String> {
    let catalogue = catalogue();
    let mut findings = Vec::new();
    if catalogue.unusable_rows > 0 {
        findings.push(format!(
            "{} rows name a code, a date, a type or a unit that does not exist",
            catalogue.unusable_rows
        ));
    }
    findings.extend(overlaps(catalogue.units()));
    findings.extend(broken_parents(catalogue));
    findings.extend(broken_successions(catalogue));
    findings
}

/// Two units of one code that exist on the same day.
fn overlaps(units: &[AdministrativeUnit]) -> impl Iterator<Item = String> {
    units.windows(2).filter_map(|pair| match pair {
        [a, b] if a.id.code() == b.id.code() && a.overlaps(b) => {
            Some(format!("{} and {} exist on the same day", a.id, b.id))
        }
        _ => None,
    })
}

/// Units whose parent is missing on their first or last day.
fn broken_parents(catalogue: &Catalogue) -> impl Iterator<Item = String> {
    catalogue.units().iter().filter_map(|unit| {
        let days = [unit.id.valid_from(), unit.valid_to];
        let mut known_days = days.into_iter().flatten();
        let orphan = unit.level != Level::Province
            && !known_days.all(|day| catalogue.parent_on(&unit.id, day).is_some());
        orphan.then(|| format!("{} belongs to nothing on one of its days", unit.id))
    })
}

/// Old units without exactly one default, or whole although split.
fn broken_successions(catalogue: &Catalogue) -> impl Iterator<Item = String> {
    catalogue
        .successions()
        .chunk_by(|a, b| a.from == b.from)
        .filter_map(|group| {
            let from = group.first()?.from;
            let defaults = group.iter().filter(|succession| succession.is_default).count();
            let contradicts = group.len() > 1 && group.iter().any(|succession| succession.whole);
            (defaults != 1 || contradicts)
                .then(|| format!("{from} has {defaults} default successors of {}", group.len()))
        })
}
