//! The lines at the top left of a paper: who issues it, by the units of the day.

use crate::act::OfficeLevel;
use crate::directory::Office;
use crate::unit::catalogue;
use crate::value::{Date, upper_case};

/// The lines that stand at the top left of what an office issues on a day, and the place before the date.
///
/// A proposal: it asks the catalogue of units, which may learn better, so what was printed stands in the issuing act and is
/// never asked for again. Between 2016 and 2025-06-30 a commune writes its district and its province, since then its province (LAW: Decree
/// 120/2025); a mission and a ministry write their names.
pub fn header_of(office: &Office, on: Date) -> (Vec<String>, Option<String>) {
    let Some(unit) = office.unit.as_ref().filter(|_| is_a_committee(office.level)) else {
        return (vec![upper_case(&office.name)], None);
    };
    let Some(full) = catalogue().full_name_on(unit, on) else {
        return (vec![upper_case(&office.name)], None);
    };
    let place = catalogue().unit(unit).map(|unit| unit.short_name().to_owned());
    let mut lines = vec!["ỦY BAN NHÂN DÂN".to_owned()];
    lines.extend(full.split(", ").map(upper_case));
    (lines, place)
}

const fn is_a_committee(level: OfficeLevel) -> bool {
    matches!(level, OfficeLevel::Commune | OfficeLevel::District)
}
