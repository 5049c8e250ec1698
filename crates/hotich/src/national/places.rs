//! Where the synthetic nation lives: the communes of 2024, province by province.

use std::collections::HashMap;
use std::sync::Arc;

use civil::act::Place;
use civil::stated::Stated;
use civil::unit::{Level, UnitId, catalogue};
use civil::value::Text;

use super::dice::Dice;
use crate::outcome::{Error, Result};

/// A commune of 2024.
#[derive(Debug, Clone)]
pub struct Commune {
    /// Its key.
    pub unit: UnitId,
    /// "Xã X, Huyện Y, Tỉnh Z".
    pub name: Text,
}

impl Commune {
    /// As a place in an act.
    pub fn place(&self, facility: Option<&str>) -> Result<Stated<Place>> {
        let facility = facility.map(Text::parse).transpose().map_err(Error::using)?;
        Ok(Stated::plain(Place {
            text: self.name.clone(),
            unit: Some(self.unit),
            facility,
        }))
    }
}

/// The communes of a province, by code.
#[derive(Debug)]
pub struct Communes {
    /// The code of the province in the list of 2024.
    pub province: String,
    /// At least one.
    pub all: Vec<Commune>,
}

impl Communes {
    /// One of them for somebody of `home`: mostly home itself.
    pub fn near<'a>(&'a self, home: &'a Commune, dice: &mut Dice) -> &'a Commune {
        if dice.percent(75) {
            home
        } else {
            dice.pick(&self.all).unwrap_or(home)
        }
    }
}

/// The 10,035 communes of 2024 by the code of their province.
///
/// # Errors
/// When the catalogue holds a name that is no text; its own tests say it does not.
pub fn communes_of_2024() -> Result<HashMap<String, Arc<Communes>>> {
    let catalogue = catalogue();
    let mut provinces: HashMap<String, Communes> = HashMap::new();
    // The lists of 2024 do not say since when their units exist; all later ones do.
    let of_2024 = |level, from: Option<_>| level == Level::Commune && from.is_none();
    for unit in catalogue
        .units()
        .iter()
        .filter(|unit| of_2024(unit.level, unit.id.valid_from()))
    {
        let Some(province) = catalogue.province_of(&unit.id) else {
            continue;
        };
        let name = Text::parse(&catalogue.full_name(&unit.id).unwrap_or_default()).map_err(Error::using)?;
        let code = province.id.code().to_owned();
        let communes = provinces.entry(code.clone());
        let communes = communes.or_insert_with(|| Communes {
            province: code,
            all: Vec::new(),
        });
        communes.all.push(Commune { unit: unit.id, name });
    }
    Ok(provinces
        .into_iter()
        .map(|(code, communes)| (code, Arc::new(communes)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_10035_communes_in_63_provinces() {
        let provinces = communes_of_2024().unwrap();
        assert_eq!(provinces.len(), 63);
        assert_eq!(
            provinces
                .values()
                .map(|communes| communes.all.len())
                .sum::<usize>(),
            10_035
        );
        for province in super::super::table::table(1.0).unwrap() {
            assert!(provinces.contains_key(province.code), "{}", province.name);
        }
    }
}
