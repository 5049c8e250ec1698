//! `hotich demo --national`: a nation's registrations, by real events through the real append path.
//!
//! The ledger is filled so that its own statistics repeat a real table: 63 provinces, six kinds, 1,381,183
//! registrations at scale 1. The people do not exist; everything else does: each act is drafted and sealed by its
//! office, signed with the office's own key, and recorded as a stranger's bytes would be. Nothing is inserted past the
//! registry.
//!
//! - [`table`] the numbers, at a scale; [`plan`] which communes get an office and what falls to it.
//! - [`names`], [`people`], [`places`], [`acts`] what an officer fills in; [`dice`] from which chance.
//! - [`opening`] the administration opens the offices and grants their keys.
//! - [`office`] an office with the work before it; [`pen`] its machine, which signs; [`calendar`] its days.
//! - [`filling`] the offices at work, week by week; [`pace`] shows how far they are.
//! - [`comparison`] what the ledger counts beside the table.
//!
//! The same seed makes the same people, numbers, days, ids, salts and office keys. What differs from run to run is what
//! the ledger adds: its founding, and how the streams of offices that work at once interleave.

pub mod acts;
pub mod calendar;
pub mod comparison;
pub mod dice;
pub mod filling;
pub mod names;
mod number;
pub mod office;
pub mod opening;
pub mod pace;
pub mod pen;
pub mod people;
pub mod places;
pub mod plan;
pub mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use civil::id::OfficeId;
use registry::Registry;

use crate::args::Data;
use crate::data::ADMINISTRATOR_KEY;
use crate::keeper::Keeper;
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};
use crate::story::StoryClock;
use calendar::Calendar;
use comparison::Comparison;
use dice::Dice;
use filling::Nation;
use office::{Office, Planned};
use pace::Pace;
use table::{Province, table};

/// The day on which the offices are opened and their keys granted.
const OPENING_DAY: &str = "2023-01-01";

/// Fills a new ledger, prints what it counts beside the table, and closes it. Something is found when a cell differs.
pub async fn fill(
    registry: Registry,
    data: &Data,
    clock: &StoryClock,
    scale: f64,
    seed: u64,
) -> Result<Outcome> {
    let administrator = key_file::read(&data.key_folder().join(ADMINISTRATOR_KEY))?;
    let provinces = table(scale)?;
    let planned = plan(&provinces, scale, seed)?;
    let length = provinces.iter().map(Province::total).sum();
    clock.set(OPENING_DAY)?;
    opening::open(&registry, administrator, &planned, seed).await?;
    println!("{} offices are opened and have their keys.", planned.len());
    let founding = registry.with_directory(|directory| directory.founding());
    let founding = founding.ok_or_else(|| Error::using("the ledger is not founded"))?;
    let offices = planned
        .iter()
        .map(|office| Office::new(office, founding, seed))
        .collect::<Result<Vec<_>>>()?;
    let pace = Pace::new(length, "registrations");
    let nation = Arc::new(Nation {
        registry,
        calendar: Calendar::new()?,
        pace,
    });
    work(&nation, offices, clock).await?;
    let elapsed = nation.pace.elapsed();
    nation.pace.finish();
    let rate = length as f64 / elapsed.as_secs_f64().max(0.001);
    println!(
        "{length} registrations recorded in {:.1} s: {rate:.0} per second.",
        elapsed.as_secs_f64()
    );
    let comparison = Comparison::of(&nation.registry, provinces).await?;
    let folder = data.key_folder();
    let administrator = key_file::read(&folder.join(ADMINISTRATOR_KEY))?;
    let keeper = Keeper::appoint(&nation.registry, &administrator, &folder).await?;
    keeper.list_heads(&nation.registry).await?;
    nation.registry.ledger().close().await?;
    print!("{comparison}");
    Ok(if comparison.equal() {
        Outcome::Well
    } else {
        Outcome::Finding
    })
}

/// Week by week, so that the log grows as the year passes.
async fn work(nation: &Arc<Nation>, mut offices: Vec<Office>, clock: &StoryClock) -> Result<()> {
    for day in nation.calendar.week_ends() {
        let morning_after = day.add_days(1).unwrap_or(day);
        clock.set(&morning_after.to_string())?;
        offices = filling::work_until(nation, offices, day).await?;
    }
    Ok(())
}

/// Deals the table out to offices, numbered in the order of the table.
pub fn plan(provinces: &[Province], scale: f64, seed: u64) -> Result<Vec<Planned>> {
    let communes = places::communes_of_2024()?;
    let mut planned: Vec<Planned> = Vec::new();
    for (number, province) in (0..).zip(provinces) {
        let communes = communes.get(province.code);
        let communes =
            communes.ok_or_else(|| Error::using(format!("no province {} in 2024", province.code)))?;
        let offices = plan::offices(communes.all.len(), scale);
        let dealt = plan::deal(&province.cells, offices, &mut Dice::new(seed, "plan", number));
        for (home, work) in plan::spread(offices, communes.all.len()).zip(dealt) {
            let id = OfficeId(u32::try_from(planned.len() + 1).unwrap_or(u32::MAX));
            planned.push(Planned {
                id,
                communes: Arc::clone(communes),
                home,
                work,
            });
        }
    }
    Ok(planned)
}
