//! The dated catalogue of administrative units (đơn vị hành chính): provinces, districts and communes of Viet Nam.
//!
//! A place in a record stays the unit of its day (Circular 04/2020, Art. 30). The statistical codes are re-used with another meaning (seven province
//! codes and 1,842 commune codes on 2025-07-01), so the key of a unit is its code **and** the day it began ([`UnitId`]).
//!
//! The data is `schemas/units/*.csv`, embedded, read once on first use. It begins with the lists of 2024, whose units have no known start, and knows no
//! succession before 2025-07-01: a name that the catalogue does not have is kept as text in the record.
//!
//! **Invariant**: on one day a code names at most one unit (`every_code_names_at_most_one_unit_on_any_day`).

mod catalogue;
mod check;
mod id;
mod kind;
mod read;
mod search;
mod succession;

pub use catalogue::{AdministrativeUnit, Catalogue, catalogue};
pub use check::check;
pub use id::UnitId;
pub use kind::{Level, UnitType};
pub use succession::Succession;

#[cfg(test)]
mod tests;
