//! [`Area`]: an office, a unit of any level, or the country; and where a unit lies on a day.

use civil::id::OfficeId;
use civil::unit::{AdministrativeUnit, Level, UnitId, catalogue};
use civil::value::Date;
use ledger::{Fault, Reader};

use crate::office;

/// Where something was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Everywhere.
    Country,
    /// At the offices whose unit is this one or lies in it.
    Unit(UnitId),
    /// At one office.
    Office(OfficeId),
}

impl Area {
    /// The offices of the area, each counting for the place of its unit on a day; `None`: every one.
    pub(super) async fn offices(
        &self,
        reader: &Reader<'_>,
        units_on: Date,
    ) -> Result<Option<Vec<OfficeId>>, Fault> {
        let area = match self {
            Self::Country => return Ok(None),
            Self::Office(office) => return Ok(Some(vec![*office])),
            Self::Unit(unit) => *unit,
        };
        let all = office::all(reader).await?.into_iter();
        let inside = all.filter(|office| office.unit.is_some_and(|unit| lies_in(&unit, &area, units_on)));
        Ok(Some(inside.map(|office| office.office).collect()))
    }

    /// Its stable name and what it is called.
    pub(super) async fn named(&self, reader: &Reader<'_>) -> Result<(String, String), Fault> {
        Ok(match self {
            Self::Country => ("country".to_owned(), "Cả nước".to_owned()),
            Self::Unit(unit) => {
                let name = catalogue().full_name(unit).unwrap_or_default();
                (unit.to_string(), name)
            }
            Self::Office(office) => {
                let known = office::by_id(reader, *office).await?;
                let name = known.map(|office| office.name).unwrap_or_default();
                (office.to_string(), name)
            }
        })
    }
}

/// The province in which the land of a unit lies on a day; none when the lists do not say.
pub fn province_of(unit: &UnitId, on: Date) -> Option<UnitId> {
    let province = line(unit, on).last()?;
    (province.level == Level::Province).then_some(province.id)
}

/// Is the unit the area on that day, or a part of it?
fn lies_in(unit: &UnitId, area: &UnitId, on: Date) -> bool {
    line(unit, on).any(|unit| unit.id == *area)
}

/// The unit in which the land lies on that day, and what that belongs to. A unit that is no more lies in what became of it; one that is not yet, where it will.
fn line(unit: &UnitId, on: Date) -> impl Iterator<Item = &'static AdministrativeUnit> {
    let units = catalogue();
    std::iter::successors(units.unit(&heir(unit, on)), move |unit| {
        let then = units.parent_on(&unit.id, on);
        then.or_else(|| unit.parent.and_then(|parent| units.unit(&parent)))
    })
}

/// The unit on that day to which the land of this one went; for the most of it, where it was divided.
fn heir(unit: &UnitId, on: Date) -> UnitId {
    let units = catalogue();
    let mut heir = *unit;
    // Each step is a later unit, so there is no circle; no unit of the lists has had more successors than this.
    for _ in 0..16 {
        let gone = units
            .unit(&heir)
            .and_then(|unit| unit.valid_to)
            .is_some_and(|last| last < on);
        let successors = units.successors(&heir);
        let next = successors
            .iter()
            .find(|next| next.is_default)
            .or(successors.first());
        match next {
            Some(next) if gone => heir = next.to,
            _ => break,
        }
    }
    heir
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn unit(text: &str) -> UnitId {
        UnitId::parse(text).unwrap()
    }

    #[test]
    fn a_unit_that_is_no_more_counts_where_its_land_lies() {
        let commune_of_ha_giang = unit("00688@..");
        let code = |on| province_of(&commune_of_ha_giang, on).map(|id| id.code().to_owned());
        assert_eq!(code(day(2023, 10, 19)).as_deref(), Some("02"));
        assert_eq!(code(day(2025, 6, 30)).as_deref(), Some("02"));
        let tuyen_quang = code(day(2025, 7, 1)).unwrap();
        assert_eq!(
            catalogue().on(&tuyen_quang, day(2025, 7, 1)).unwrap().name,
            "Tỉnh Tuyên Quang"
        );
    }

    #[test]
    fn a_commune_lies_in_itself_its_district_and_its_province_while_they_are() {
        let commune = unit("00004@..");
        let of = |code: &str, on| catalogue().on(code, on).unwrap().id;
        let before = day(2025, 6, 30);
        assert!(lies_in(&commune, &commune, before));
        assert!(lies_in(&commune, &of("001", before), before));
        assert!(lies_in(&commune, &of("01", before), before));
        assert!(!lies_in(&commune, &of("02", before), before));
        let after = day(2025, 7, 1);
        assert!(!lies_in(&commune, &commune, after), "it is another unit now");
        assert!(lies_in(&commune, &of("01", after), after));
    }
}
