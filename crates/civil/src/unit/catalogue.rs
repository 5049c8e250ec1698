//! The catalogue and its questions.

use super::id::Code;
use super::read::{self, SuccessionRow, UnitRow};
use super::search::Index;
use super::{Level, Succession, UnitId, UnitType};
use crate::value::Date;
use std::sync::{LazyLock, OnceLock};

/// One administrative unit during the time in which its name and type did not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdministrativeUnit {
    /// Code and first day.
    pub id: UnitId,
    /// The name with its type: "Phường Phúc Xá".
    pub name: &'static str,
    /// The level.
    pub level: Level,
    /// The type.
    pub unit_type: UnitType,
    /// The unit it belongs to on its first day, or on its last if the first is not known. On another day ask [`Catalogue::parent_on`].
    pub parent: Option<UnitId>,
    /// The last day; `None` while it exists.
    pub valid_to: Option<Date>,
    /// A second spelling (Hoà/Hòa) or an earlier name, for search.
    pub name_variant: Option<&'static str>,
    /// The code of the unit it belongs to during its whole time.
    parent_code: Option<Code>,
}

impl AdministrativeUnit {
    /// Does the unit exist on this day? A unit without a known start is taken to exist on every day up to its last: the catalogue cannot say better.
    pub fn exists_on(&self, date: Date) -> bool {
        self.id.valid_from().is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date <= to)
    }

    /// The name without its type: "Phúc Xá".
    pub fn short_name(&self) -> &'static str {
        self.name
            .strip_prefix(self.unit_type.word())
            .unwrap_or(self.name)
            .trim_start()
    }

    /// The day on which its parent is looked up when no day is given.
    fn own_day(&self) -> Option<Date> {
        self.id.valid_from().or(self.valid_to)
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let starts_in_time = |a: &Self, b: &Self| match (a.id.valid_from(), b.valid_to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }
}

/// All units, by code and day, with their successions.
#[derive(Debug)]
pub struct Catalogue {
    /// Sorted by id: provinces, districts, communes, each by code and first day.
    units: Vec<AdministrativeUnit>,
    /// The codes of the units, in the same order: a short list to look a code up in.
    codes: Vec<u32>,
    /// Sorted by `from`, then `to`.
    by_from: Vec<Succession>,
    /// Sorted by `to`, then `from`.
    by_to: Vec<Succession>,
    /// Code of the parent and index of the child; sorted.
    children: Vec<(Code, usize)>,
    /// Folded names, made on the first search.
    index: OnceLock<Index>,
    /// Rows that could not be used; the tests want none.
    pub(super) unusable_rows: usize,
}

/// The catalogue that comes with the program, read on first use.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::read);
    &CATALOGUE
}

impl Catalogue {
    /// Reads the embedded tables. [`catalogue`] does it once; the benchmark does it often.
    pub fn read() -> Self {
        let mut this = Self {
            units: Vec::with_capacity(14_336),
            codes: Vec::with_capacity(14_336),
            by_from: Vec::with_capacity(10_752),
            by_to: Vec::new(),
            children: Vec::new(),
            index: OnceLock::new(),
            unusable_rows: 0,
        };
        // Parents stand before children, so that a parent is found while its children are read.
        for table in [read::PROVINCES, read::DISTRICTS, read::COMMUNES] {
            for row in read::units(table) {
                match row.and_then(|row| this.unit_of(row)) {
                    Some(unit) => this.units.push(unit),
                    None => this.unusable_rows += 1,
                }
            }
            this.units.sort_unstable_by_key(|unit| unit.id);
            this.codes.clear();
            this.codes
                .extend(this.units.iter().map(|unit| unit.id.code_key().key()));
        }
        this.read_successions();
        this.children = this
            .units
            .iter()
            .enumerate()
            .filter_map(|(index, unit)| Some((unit.parent_code?, index)))
            .collect();
        this.children.sort_unstable();
        this
    }

    fn unit_of(&self, row: UnitRow) -> Option<AdministrativeUnit> {
        let id = UnitId::from_code(row.code, row.valid_from);
        let level = id.level();
        let mut unit = AdministrativeUnit {
            id,
            name: row.name,
            level,
            unit_type: UnitType::of_name(level, row.name)?,
            parent: None,
            valid_to: row.valid_to,
            name_variant: row.name_variant,
            parent_code: row.parent,
        };
        if let Some(code) = unit.parent_code {
            unit.parent = Some(self.find(code, unit.own_day()?)?.id);
        }
        Some(unit)
    }

    fn read_successions(&mut self) {
        for row in read::successions(read::SUCCESSIONS) {
            match row.and_then(|row| self.succession_of(&row)) {
                Some(succession) => self.by_from.push(succession),
                None => self.unusable_rows += 1,
            }
        }
        self.by_from
            .sort_unstable_by_key(|succession| (succession.from, succession.to));
        self.by_to = self.by_from.clone();
        self.by_to
            .sort_unstable_by_key(|succession| (succession.to, succession.from));
    }

    fn succession_of(&self, row: &SuccessionRow) -> Option<Succession> {
        let from = self.find(row.old, row.since.add_days(-1)?)?.id;
        let to = self.find(row.new, row.since)?.id;
        Some(Succession {
            from,
            to,
            whole: row.whole,
            is_default: row.is_default,
        })
    }

    /// All units: provinces, districts, communes, each by code and first day.
    pub fn units(&self) -> &[AdministrativeUnit] {
        &self.units
    }

    /// All successions, by old and new unit.
    pub fn successions(&self) -> &[Succession] {
        &self.by_from
    }

    /// The unit with this key.
    pub fn unit(&self, id: &UnitId) -> Option<&AdministrativeUnit> {
        self.with_code(id.code_key()).iter().find(|unit| unit.id == *id)
    }

    /// The unit that this code names on this day. For days before the lists of 2024 the answer is the unit of 2024 (its id has no start):
    /// codes changed meaning before then too, so treat it as a guess.
    pub fn on(&self, code: &str, date: Date) -> Option<&AdministrativeUnit> {
        self.find(Code::parse(code)?, date)
    }

    fn find(&self, code: Code, date: Date) -> Option<&AdministrativeUnit> {
        self.with_code(code).iter().find(|unit| unit.exists_on(date))
    }

    /// All units of this code, by first day.
    fn with_code(&self, code: Code) -> &[AdministrativeUnit] {
        let from = self.codes.partition_point(|key| *key < code.key());
        let count = self
            .codes
            .iter()
            .skip(from)
            .take_while(|key| **key == code.key())
            .count();
        self.units.get(from..from + count).unwrap_or_default()
    }

    /// The unit that this one belongs to on this day.
    pub fn parent_on(&self, id: &UnitId, date: Date) -> Option<&AdministrativeUnit> {
        self.find(self.unit(id)?.parent_code?, date)
    }

    /// The units that belonged to this one on some day of both their lives, by code and first day.
    pub fn children(&self, id: &UnitId) -> Vec<&AdministrativeUnit> {
        let Some(parent) = self.unit(id) else {
            return Vec::new();
        };
        self.with_parent_code(id.code_key())
            .filter(|child| child.overlaps(parent))
            .collect()
    }

    /// The units that belong to this one on this day, by code.
    pub fn children_on(&self, id: &UnitId, date: Date) -> Vec<&AdministrativeUnit> {
        let exists = self.unit(id).is_some_and(|parent| parent.exists_on(date));
        self.with_parent_code(id.code_key())
            .filter(|child| exists && child.exists_on(date))
            .collect()
    }

    fn with_parent_code(&self, code: Code) -> impl Iterator<Item = &AdministrativeUnit> {
        let from = self.children.partition_point(|(parent, _)| *parent < code);
        self.children
            .iter()
            .skip(from)
            .take_while(move |(parent, _)| *parent == code)
            .filter_map(|(_, index)| self.units.get(*index))
    }

    /// The province of the unit (itself, if it is one), as [`AdministrativeUnit::parent`] says it.
    pub fn province_of(&self, id: &UnitId) -> Option<&AdministrativeUnit> {
        let mut unit = self.unit(id)?;
        while let Some(parent) = unit.parent {
            unit = self.unit(&parent)?;
        }
        Some(unit)
    }

    /// The province of the unit on this day.
    pub fn province_on(&self, id: &UnitId, date: Date) -> Option<&AdministrativeUnit> {
        self.line_on(id, date).into_iter().next_back()
    }

    /// The unit and what it belongs to on this day, the unit first.
    pub(super) fn line_on(&self, id: &UnitId, date: Date) -> Vec<&AdministrativeUnit> {
        let mut line: Vec<&AdministrativeUnit> = self.unit(id).into_iter().collect();
        while let Some(parent) = line
            .last()
            .and_then(|unit| unit.parent_code)
            .and_then(|code| self.find(code, date))
        {
            line.push(parent);
        }
        line
    }

    /// The unit and what it belongs to on its own day, the unit first.
    pub(super) fn line(&self, id: &UnitId) -> Vec<&AdministrativeUnit> {
        let own_day = self.unit(id).and_then(AdministrativeUnit::own_day);
        own_day.map_or_else(Vec::new, |day| self.line_on(id, day))
    }

    /// "Xã X, Huyện Y, Tỉnh Z" as on the first day of the unit (the last, if the first is not known); `None` if the catalogue has no such unit.
    pub fn full_name(&self, id: &UnitId) -> Option<String> {
        join(&self.line(id))
    }

    /// "Xã X, Tỉnh Z" as on this day, on which a parent may bear another name (Đồng Nai from 2026-04-30).
    pub fn full_name_on(&self, id: &UnitId, date: Date) -> Option<String> {
        join(&self.line_on(id, date))
    }

    /// What became of the unit, by the new unit; empty for a unit that exists still. Districts have no successor: their communes have; only the five island
    /// districts without communes are themselves succeeded by a commune.
    pub fn successors(&self, id: &UnitId) -> &[Succession] {
        range(&self.by_from, |succession| succession.from.cmp(id))
    }

    /// What the unit was made of, by the old unit.
    pub fn predecessors(&self, id: &UnitId) -> &[Succession] {
        range(&self.by_to, |succession| succession.to.cmp(id))
    }

    /// Units whose name, spelled in any way, fits `name`, those that fit best first. "tan phu, dong nai" asks for a unit Tân Phú that belongs to a Đồng Nai.
    /// With a day, only units of that day.
    pub fn search(&self, name: &str, on: Option<Date>) -> Vec<&AdministrativeUnit> {
        self.index
            .get_or_init(|| Index::new(&self.units))
            .search(self, name, on)
    }
}

fn join(line: &[&AdministrativeUnit]) -> Option<String> {
    let names: Vec<&str> = line.iter().map(|unit| unit.name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The part of a sorted slice for which `compare` says equal.
fn range<T>(sorted: &[T], compare: impl Fn(&T) -> std::cmp::Ordering) -> &[T] {
    let from = sorted.partition_point(|item| compare(item).is_lt());
    let to = sorted.partition_point(|item| compare(item).is_le());
    sorted.get(from..to).unwrap_or_default()
}
