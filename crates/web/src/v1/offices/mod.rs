//! Offices, as the administration's own stream tells them.

pub(super) mod custody;
pub(super) mod list;
pub(super) mod office;
pub(super) mod officers;

use civil::directory::{Directory, Office};
use civil::unit::catalogue;
use serde::Serialize;
use utoipa::ToSchema;

/// An office (cơ quan đăng ký hộ tịch).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficeAnswer {
    /// Its number, for ever.
    office: u32,
    /// Its name.
    name: String,
    /// Its level.
    level: &'static str,
    /// The administrative unit that it serves: code and, where a code was used again, its first day.
    unit: Option<String>,
    /// The name of that unit with those above it, as of the office's first day.
    unit_name: Option<String>,
    /// The country in which a mission works.
    country: Option<String>,
    /// The office above it.
    superior: Option<u32>,
    /// First day.
    #[schema(format = "date")]
    opened_on: String,
    /// The first day on which it is no longer.
    #[schema(format = "date")]
    closed_on: Option<String>,
    /// The office that took over its books on that day.
    successor: Option<u32>,
    /// The office that keeps its books now: itself, or the last of its successors.
    keeper: u32,
    /// The name of that office.
    keeper_name: String,
}

impl OfficeAnswer {
    fn of(office: &Office, directory: &Directory) -> Self {
        let keeper = directory.keeper(office.id);
        Self {
            office: office.id.0,
            name: office.name.clone(),
            level: office.level.name(),
            unit: office.unit.as_ref().map(ToString::to_string),
            unit_name: office
                .unit
                .as_ref()
                .and_then(|unit| catalogue().full_name_on(unit, office.opened_on)),
            country: office.country.as_ref().map(|country| country.name().to_owned()),
            superior: office.superior.map(|superior| superior.0),
            opened_on: office.opened_on.to_string(),
            closed_on: office.succeeded.map(|(day, _)| day.to_string()),
            successor: office.succeeded.map(|(_, successor)| successor.0),
            keeper: keeper.0,
            keeper_name: directory.name(keeper),
        }
    }
}
