//! Given: the offices, and what became of them.

use serde_json::{Value as Json, json};

use super::file::Scenario;
use super::pattern::{Holes, matches};
use super::play::{Play, day};
use super::stage::OPENED_ON;

/// The offices that a scenario asks for: the number that it knows each by, and its opening but for the number in the ledger.
///
/// # Panics
/// When its number is none.
pub(super) fn offices(scenario: &Scenario) -> Vec<(u32, Json)> {
    let given = scenario.steps.iter().filter(|step| step.word == "Given");
    given.flat_map(|step| opened(&step.text)).collect()
}

fn opened(said: &str) -> Vec<(u32, Json)> {
    if let Some(holes) = matches("office {one} and office {two}", said) {
        return ["one", "two"].map(|name| opening(holes.the(name), &Holes::default())).into();
    }
    let known = matches("office {one}[ in unit {unit}][ is a {level}][ opened on {day}]", said);
    known.filter(|holes| holes.the("one").parse::<u32>().is_ok()).map(|holes| opening(holes.the("one"), &holes)).into_iter().collect()
}

fn opening(number: &str, holes: &Holes<'_>) -> (u32, Json) {
    let level = holes.get("level").unwrap_or("commune");
    let name = match level {
        "commune" => format!("UBND xã số {number}"),
        "district" => format!("UBND huyện số {number}"),
        "mission" => format!("Đại sứ quán số {number}"),
        other => format!("{other} {number}"),
    };
    let mut act = json!({ "name": name, "level": level, "opened_on": holes.get("day").unwrap_or(OPENED_ON) });
    if let Some(unit) = holes.get("unit") {
        act["unit"] = json!(unit);
    }
    (number.parse().unwrap_or_else(|_| panic!("{number} is no office")), act)
}

/// The stage has opened it.
pub(super) fn already_open(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    for name in ["one", "two"] {
        holes.get(name).map(|number| play.office(number).map(drop)).transpose()?;
    }
    Ok(())
}

/// An office passes its books to another and closes.
pub(super) fn succession(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let number = |name| play.office(holes.the(name)).map(|office| office.number);
    let act = json!({ "office": number("old")?, "successor": number("new")?, "on": day(holes.the("day"))?.to_string() });
    play.stage.administer("office_succeeded", &act);
    Ok(())
}
