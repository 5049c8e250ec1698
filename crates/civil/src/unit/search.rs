//! Finding a unit by name.

use super::{AdministrativeUnit, Catalogue};
use crate::value::{Date, fold_for_search};

/// Folded names of all units, in the order of the catalogue.
#[derive(Debug)]
pub(super) struct Index {
    names: Vec<Names>,
}

#[derive(Debug)]
struct Names {
    /// "phuong phuc xa".
    full: String,
    /// Bytes of `full` before the name proper, blank included.
    proper_from: usize,
    /// The second spelling, if it folds to something else.
    variant: Option<String>,
}

/// How well a name fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Equal,
    Begins,
    Holds,
}

impl Index {
    pub(super) fn new(units: &[AdministrativeUnit]) -> Self {
        Self {
            names: units.iter().map(Names::of).collect(),
        }
    }

    pub(super) fn search<'a>(
        &self,
        catalogue: &'a Catalogue,
        name: &str,
        on: Option<Date>,
    ) -> Vec<&'a AdministrativeUnit> {
        let mut parts = name.split(',').map(fold_for_search);
        let wanted = parts.next().unwrap_or_default();
        let above: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let candidates = catalogue
            .units()
            .iter()
            .zip(&self.names)
            .filter(|(unit, _)| on.is_none_or(|date| unit.exists_on(date)));
        let mut found: Vec<(Fit, &AdministrativeUnit)> = candidates
            .filter_map(|(unit, names)| Some((names.fit(&wanted)?, unit)))
            .filter(|(_, unit)| above.is_empty() || self.belongs_to(catalogue, unit, &above, on))
            .collect();
        found.sort_by_key(|(fit, unit)| (*fit, unit.id));
        found.into_iter().map(|(_, unit)| unit).collect()
    }

    /// Does each of the names fit a unit that this one belongs to, nearer units first?
    fn belongs_to(
        &self,
        catalogue: &Catalogue,
        unit: &AdministrativeUnit,
        above: &[String],
        on: Option<Date>,
    ) -> bool {
        let line = on.map_or_else(
            || catalogue.line(&unit.id),
            |date| catalogue.line_on(&unit.id, date),
        );
        let mut parents = line.iter().skip(1);
        above
            .iter()
            .all(|name| parents.any(|parent| Names::of(parent).fit(name).is_some()))
    }
}

impl Names {
    fn of(unit: &AdministrativeUnit) -> Self {
        let full = fold_for_search(unit.name);
        let proper_from = fold_for_search(unit.unit_type.word()).len() + 1;
        let variant = unit
            .name_variant
            .map(fold_for_search)
            .filter(|variant| *variant != full);
        Self {
            full,
            proper_from,
            variant,
        }
    }

    fn fit(&self, wanted: &str) -> Option<Fit> {
        let proper = self.full.get(self.proper_from..).unwrap_or_default();
        [Some(proper), Some(&*self.full), self.variant.as_deref()]
            .into_iter()
            .flatten()
            .filter_map(|name| fit(name, wanted))
            .min()
    }
}

fn fit(name: &str, wanted: &str) -> Option<Fit> {
    if name == wanted {
        Some(Fit::Equal)
    } else if name.starts_with(wanted) {
        Some(Fit::Begins)
    } else if name.contains(wanted) {
        Some(Fit::Holds)
    } else {
        None
    }
}
