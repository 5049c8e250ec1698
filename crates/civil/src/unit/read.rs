//! Reading the embedded tables.
//!
//! The tables have no quotes and a fixed number of columns (a test holds them to it), so that a field is a slice of the embedded text and nothing is copied.

use super::id::Code;
use crate::value::Date;

pub(super) const PROVINCES: &str = include_str!("../../../../schemas/units/provinces.csv");
pub(super) const DISTRICTS: &str = include_str!("../../../../schemas/units/districts.csv");
pub(super) const COMMUNES: &str = include_str!("../../../../schemas/units/communes.csv");
pub(super) const SUCCESSIONS: &str = include_str!("../../../../schemas/units/successions.csv");

/// One row of `provinces.csv`, `districts.csv` or `communes.csv`: `code,valid_from,valid_to,parent,name,name_variant`.
pub(super) struct UnitRow {
    pub code: Code,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub parent: Option<Code>,
    pub name: &'static str,
    pub name_variant: Option<&'static str>,
}

/// One row of `successions.csv`: `old,new,since,whole,default`.
pub(super) struct SuccessionRow {
    pub old: Code,
    pub new: Code,
    pub since: Date,
    pub whole: bool,
    pub is_default: bool,
}

/// The rows of a table of units; `None` for a row that cannot be read.
pub(super) fn units(table: &'static str) -> impl Iterator<Item = Option<UnitRow>> {
    let mut dates = Dates::default();
    lines(table).map(move |line| {
        let [code, from, to, parent, name, variant] = fields(line)?;
        Some(UnitRow {
            code: Code::parse(code)?,
            valid_from: dates.optional(from)?,
            valid_to: dates.optional(to)?,
            parent: if parent.is_empty() {
                None
            } else {
                Some(Code::parse(parent)?)
            },
            name,
            name_variant: (!variant.is_empty()).then_some(variant),
        })
    })
}

/// The rows of the table of successions; `None` for a row that cannot be read.
pub(super) fn successions(table: &'static str) -> impl Iterator<Item = Option<SuccessionRow>> {
    let mut dates = Dates::default();
    lines(table).map(move |line| {
        let [old, new, since, whole, default] = fields(line)?;
        Some(SuccessionRow {
            old: Code::parse(old)?,
            new: Code::parse(new)?,
            since: dates.optional(since)??,
            whole: whole == "1",
            is_default: default == "1",
        })
    })
}

/// The lines after the header.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1)
}

fn fields<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut parts = line.split(',');
    let mut fields = [""; N];
    for field in &mut fields {
        *field = parts.next()?;
    }
    parts.next().is_none().then_some(fields)
}

/// Remembers the last date: neighbouring rows mostly have the same two or three.
#[derive(Default)]
struct Dates {
    last: Vec<(&'static str, Date)>,
}

impl Dates {
    /// `None`: not a date. `Some(None)`: empty.
    fn optional(&mut self, text: &'static str) -> Option<Option<Date>> {
        if text.is_empty() {
            return Some(None);
        }
        if let Some((_, date)) = self.last.iter().find(|(known, _)| *known == text) {
            return Some(Some(*date));
        }
        let date = Date::parse(text).ok()?;
        self.last.push((text, date));
        Some(Some(date))
    }
}
