//! Then, of the act at hand: what its draft says, and whether it is recorded or refused.

use serde_json::Value as Json;

use super::pattern::Holes;
use super::play::Play;
use super::values::{holds, value};

/// What a sentence answers: nothing, or why it is not so.
pub(super) type Told = Result<(), String>;

/// Fails with a reason unless it is so.
pub(super) fn so(it_is: bool, why: impl FnOnce() -> String) -> Told {
    if it_is { Ok(()) } else { Err(why()) }
}

/// The act at hand is in the ledger.
pub(super) fn recorded(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    let answer = play.send()?;
    so(answer.is_receipt(), || {
        format!("it was answered {} {}", answer.status, answer.code())
    })
}

/// What was sent again was recorded once.
pub(super) fn first_receipt(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    let answer = play.filing()?.answer.clone().ok_or("nothing was sent")?;
    let again = play.found.clone();
    so(
        again["status"] == 200 && again["receipt"]["position"] == answer.json["position"],
        || format!("first {}, then {again}", answer.text),
    )
}

/// The act at hand is refused with a code: in the draft, or once it is signed.
pub(super) fn refused(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let draft = play.filing()?.draft.clone();
    let answer = if draft.status == 200 { play.send()? } else { draft };
    so(answer.status != 200 && !answer.is_receipt(), || {
        "it was not refused".to_owned()
    })?;
    let code = holes.the("code");
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    let found = errors.iter().find(|error| {
        error["code"] == code
            && holes
                .get("pointer")
                .is_none_or(|pointer| points(&error["pointer"], pointer))
            && holes
                .get("number")
                .is_none_or(|number| error["expected"] == value(number))
    });
    let alone = answer.code() == code && holes.get("pointer").is_none();
    so(found.is_some() || alone, || {
        format!("it was refused {}: {}", answer.code(), answer.json["errors"])
    })
}

/// A pointer of an answer leads into the request; one of a scenario into the act.
fn points(found: &Json, pointer: &str) -> bool {
    let found = found.as_str().unwrap_or_default();
    found == pointer || found.strip_prefix("/act") == Some(pointer)
}

fn warnings(play: &Play<'_>) -> Result<Vec<Json>, String> {
    let draft = &play.filing()?.draft;
    let list = draft.json["warnings"].as_array().cloned();
    list.ok_or(format!("there is no draft: {} {}", draft.status, draft.code()))
}

fn codes(warnings: &[Json]) -> String {
    let told = warnings
        .iter()
        .map(|warning| format!("{} at {}", warning["code"], warning["pointer"]));
    format!("it warns [{}]", told.collect::<Vec<_>>().join(", "))
}

/// The draft warns of that.
pub(super) fn warns(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    let found = warnings.iter().any(|warning| {
        warning["code"] == holes.the("code")
            && holes
                .get("pointer")
                .is_none_or(|pointer| points(&warning["pointer"], pointer))
    });
    so(found, || codes(&warnings))
}

/// The draft names the relation in which the law forbids the marriage.
pub(super) fn finds_relation(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    let found = warnings
        .iter()
        .find(|warning| warning["code"] == "prohibited_relation");
    let relation = found.map_or(&Json::Null, |warning| &warning["relation"]["code"]);
    so(*relation == holes.the("relation"), || {
        format!("it finds {relation}; {}", codes(&warnings))
    })
}

/// The draft does not warn of that.
pub(super) fn does_not_warn(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    so(
        warnings
            .iter()
            .all(|warning| warning["code"] != holes.the("code")),
        || codes(&warnings),
    )
}

/// The draft warns of nothing.
pub(super) fn warns_nothing(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    so(warnings.is_empty(), || codes(&warnings))
}

/// Whom the draft offers as known for a person of the act.
fn offered(play: &Play<'_>, person: &str) -> Result<Vec<Json>, String> {
    let draft = &play.filing()?.draft;
    let list = draft.json["known_as"].as_array().cloned();
    let mut list = list.ok_or(format!("there is no draft: {} {}", draft.status, draft.code()))?;
    list.retain(|likely| points(&likely["pointer"], person));
    Ok(list)
}

/// The draft offers that place as known for a person.
pub(super) fn offers_person(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let place = play.labels.person(holes.the("place"))?;
    let offered = offered(play, holes.the("person"))?;
    let agrees = |likely: &Json| {
        let agree = likely["agree"].to_string();
        let wanted = holes.get("agree").into_iter().flat_map(|names| names.split(", "));
        wanted
            .into_iter()
            .all(|name| agree.contains(&format!("{name:?}")))
    };
    let found = offered.iter().find(|likely| likely["ref"] == place.as_str());
    so(found.is_some_and(agrees), || {
        Json::Array(offered.clone()).to_string()
    })
}

/// The draft offers nobody for a person.
pub(super) fn offers_nobody(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let offered = offered(play, holes.the("person"))?;
    so(offered.is_empty(), || Json::Array(offered.clone()).to_string())
}

/// The draft sums the act up in these words.
pub(super) fn sums_up(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let summary = play.filing()?.draft.json["summary"].clone();
    let said = summary.as_str().unwrap_or_default();
    so(holds(said, holes.the("words")), || format!("it says {said}"))
}

/// The draft proposes to reach an entry, and what a field becomes there by its name.
pub(super) fn proposes(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let entry = play.labels.entry(holes.the("label"))?.to_owned();
    let proposed = play.filing()?.draft.json["proposed"].clone();
    let reached = proposed
        .as_array()
        .into_iter()
        .flatten()
        .map(|proposal| &proposal["reached"]);
    let here = reached.filter(|reached| reached["entry"] == entry.as_str());
    let mut changes = here.flat_map(|reached| reached["changes"].as_array().into_iter().flatten());
    let found = changes.any(|change| {
        change["field"] == holes.the("field") && change["to"]["name"] == value(holes.the("value"))
    });
    so(found, || proposed.to_string())
}

fn second_person(play: &Play<'_>, needed: bool) -> Told {
    let draft = &play.filing()?.draft;
    so(draft.json["needs_second_person"] == needed, || {
        codes(draft.json["warnings"].as_array().map_or(&[], Vec::as_slice))
    })
}

/// The draft asks for a second person.
pub(super) fn needs_second_person(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    second_person(play, true)
}

/// The draft asks for nobody else.
pub(super) fn needs_no_second_person(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    second_person(play, false)
}

/// The draft offers that text for a field which looks spoilt.
pub(super) fn offers(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    let here = warnings
        .iter()
        .filter(|warning| points(&warning["pointer"], holes.the("pointer")));
    let found = here
        .into_iter()
        .any(|warning| warning["offer"]["text"] == holes.the("text"));
    so(found, || Json::Array(warnings.clone()).to_string())
}
