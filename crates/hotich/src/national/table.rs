//! The table that the synthetic nation repeats: registrations by province and kind, 2023 until 2023-10-19.

use civil::kind::Kind;

use crate::outcome::{Error, Result};

/// The kinds that the table counts, in the order of its columns.
pub const KINDS: [Kind; 6] = [
    Kind::Birth,
    Kind::Marriage,
    Kind::Death,
    Kind::MaritalStatusConfirmation,
    Kind::ParentChildRecognition,
    Kind::Guardianship,
];

const TEXT: &str = include_str!("../../../../schemas/statistics/registrations_by_province_2023-10-19.csv");

/// One number for each of [`KINDS`]; `None` where nothing was reported, which is not zero.
pub type Cells = [Option<u32>; KINDS.len()];

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Its code in the list of 2024.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How many registrations.
    pub cells: Cells,
}

impl Province {
    /// How many registrations in all.
    pub fn total(&self) -> u64 {
        self.cells.iter().flatten().copied().map(u64::from).sum()
    }
}

/// The table at a scale: each cell multiplied and rounded by itself, so that scale 1 is the table to the last digit.
///
/// # Errors
/// When the scale is not above 0, or the embedded file is not the table.
pub fn table(scale: f64) -> Result<Vec<Province>> {
    if !(scale > 0.0 && scale <= 100.0) {
        return Err(Error::using("--scale must be above 0 and at most 100"));
    }
    let rows = TEXT.lines().skip(1).map(|line| row(line, scale));
    rows.collect::<Option<_>>()
        .ok_or_else(|| Error::using("the embedded table cannot be read"))
}

fn row(line: &'static str, scale: f64) -> Option<Province> {
    let mut fields = line.split(',');
    let (code, name) = (fields.next()?, fields.next()?);
    let mut cells = Cells::default();
    for cell in &mut cells {
        *cell = match fields.next()? {
            "" => None,
            number => Some(scaled(number.parse().ok()?, scale)),
        };
    }
    fields.next().is_none().then_some(Province { code, name, cells })
}

fn scaled(number: u32, scale: f64) -> u32 {
    // Bounded by the largest cell times the largest scale, far below the end of u32.
    (f64::from(number) * scale).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_scale_one_the_table_counts_1381183_registrations_in_63_provinces() {
        let table = table(1.0).unwrap();
        assert_eq!(table.len(), 63);
        assert_eq!(table.iter().map(Province::total).sum::<u64>(), 1_381_183);
    }

    #[test]
    fn an_empty_cell_stays_empty_at_every_scale() {
        let an_giang = |scale| table(scale).unwrap()[0].cells;
        assert_eq!(
            an_giang(1.0),
            [Some(18_001), Some(6_130), Some(7_518), None, None, None]
        );
        assert_eq!(an_giang(0.01), [Some(180), Some(61), Some(75), None, None, None]);
        assert_eq!(an_giang(0.000_01), [Some(0), Some(0), Some(0), None, None, None]);
    }

    #[test]
    fn a_scale_that_means_nothing_is_refused() {
        for scale in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(table(scale).is_err(), "{scale}");
        }
    }
}
