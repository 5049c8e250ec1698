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
        return ["one", "two"]
            .map(|name| opening(holes.the(name), &Holes::default()))
            .into();
    }
    let known = matches(
        "office {one}[ in unit {unit}][ is a {level}][ opened on {day}]",
        said,
    );
    known
        .filter(|holes| holes.the("one").parse::<u32>().is_ok())
        .map(|holes| opening(holes.the("one"), &holes))
        .into_iter()
        .collect()
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
    (
        number.parse().unwrap_or_else(|_| panic!("{number} is no office")),
        act,
    )
}

/// The stage has opened it.
pub(super) fn already_open(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    for name in ["one", "two"] {
        holes
            .get(name)
            .map(|number| play.office(number).map(drop))
            .transpose()?;
    }
    Ok(())
}

/// An office passes its books to another and closes.
pub(super) fn succession(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let number = |name| play.office(name).map(|office| office.number);
    let (old, new) = (number(holes.the("old"))?, number(holes.the("new"))?);
    let mut act = json!({ "office": old, "successor": new, "on": day(holes.the("day"))?.to_string() });
    if let Some(also) = holes.get("also") {
        act["also"] = json!([number(also)?]);
    }
    play.stage.administer("office_succeeded", &act).map(drop)
}

/// Some books of an office are kept by another.
pub(super) fn custody(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let number = |name| play.office(holes.the(name)).map(|office| office.number);
    let mut act = json!({
        "from": number("from")?, "to": number("to")?, "on": day(holes.the("day"))?.to_string(),
        "book_type": holes.the("books"), "decision": "Quyết định 12/QĐ-UBND",
    });
    for (hole, member) in [("first", "first_year"), ("last", "last_year")] {
        if let Some(year) = holes.get(hole) {
            act[member] = json!(year.parse::<u16>().map_err(|_| format!("{year} is no year"))?);
        }
    }
    play.stage.administer("books_entrusted", &act).map(drop)
}

/// Somebody of whom the ledger knows is appointed, and holds a key as such.
pub(super) fn appointment(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let known_as = play.labels.person_ref(holes.the("reference"))?;
    appointed(
        play,
        holes,
        &json!({ "name": "Người được bổ nhiệm", "known_as": known_as }),
    )
}

/// Somebody is appointed of whom no more is known than who they are.
pub(super) fn appointment_by_name(
    play: &mut Play<'_>,
    holes: &Holes<'_>,
    _: &[String],
) -> Result<(), String> {
    let person = json!({ "name": holes.the("name"), "born_on": holes.the("born") });
    appointed(play, holes, &person)
}

fn appointed(play: &mut Play<'_>, holes: &Holes<'_>, who: &Json) -> Result<(), String> {
    let office = play.office(holes.the("office"))?.clone();
    let act = json!({
        "office": office.number, "role": "officer", "title": "Công chức tư pháp - hộ tịch", "from": OPENED_ON,
        "person": who,
    });
    let appointed = play.stage.administer("officer_appointed", &act)?;
    let person = holes.the("person");
    let key = hex::encode(office.key(person).public().to_cose_key());
    let grant = json!({
        "office": office.number, "key": key, "role": "officer", "valid_from": OPENED_ON, "appointment": appointed,
    });
    play.stage.administer("key_granted", &grant)?;
    play.appointed
        .insert((office.number, person.to_owned()), appointed);
    Ok(())
}

/// Who was appointed is so no longer.
pub(super) fn relief(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let office = play.office(holes.the("office"))?.number;
    let appointed = play.appointed.get(&(office, holes.the("person").to_owned()));
    let appointed = appointed.ok_or(format!("{} was never appointed", holes.the("person")))?;
    let act = json!({ "appointment": appointed, "on": day(holes.the("day"))?.to_string(), "reason": "Thôi nhiệm vụ" });
    play.stage.administer("officer_relieved", &act).map(drop)
}
