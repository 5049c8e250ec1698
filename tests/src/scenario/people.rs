//! Then, of people: what the ledger knows of them over all their entries, and which entries may be about one.

use serde_json::Value as Json;

use super::outcome::{Told, so};
use super::pattern::Holes;
use super::play::{Play, day};

/// A person as they are now or were, over all their entries.
fn person(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Json, String> {
    let reference = play.labels.person(holes.the("person"))?;
    let as_of = holes
        .get("day")
        .map(|text| day(text).map(|day| format!("?as_of={day}")))
        .transpose()?;
    play.get(&format!("/v1/persons/{reference}{}", as_of.unwrap_or_default()))
}

/// The person is alive, dead, missing; married, divorced, widowed, never_married.
pub(super) fn is(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let person = person(play, holes)?;
    let wanted = holes.the("status");
    let (life, marital) = (&person["life"]["status"], &person["marital"]["status"]);
    let locked = wanted == "locked" && person["locked"] == true;
    let free = wanted == "not locked" && person["locked"] == false;
    so(*life == wanted || *marital == wanted || locked || free, || {
        format!("life {life}, marital {marital}, locked {}", person["locked"])
    })
}

/// The person's marital status in the words of the circular.
pub(super) fn marital_status_reads(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let person = person(play, holes)?;
    let found = person["marital"]["wording"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    so(super::values::holds(&found, holes.the("words")), || {
        format!("it reads {found}")
    })
}

/// The marital status rests on an entry.
pub(super) fn follows_from(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let person = person(play, holes)?;
    let entry = play.labels.entry(holes.the("label"))?;
    let because = person["marital"]["because"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    so(because.iter().any(|because| because["entry"] == entry), || {
        format!("because of {because:?}")
    })
}

/// The person's relatives of that kind.
fn relatives(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Vec<Json>, String> {
    let person = person(play, holes)?;
    let list = match holes.the("relation") {
        "parent" => "parents",
        "child" => "children",
        "spouse" => "spouses",
        "guardian" => "guardians",
        "ward" => "wards",
        other => return Err(format!("no such relation: {other}")),
    };
    Ok(person[list].as_array().cloned().unwrap_or_default())
}

/// A person by reference, or by name.
fn named(play: &Play<'_>, other: &str) -> Result<String, String> {
    match other.strip_prefix('@') {
        Some(reference) => play.labels.person(reference),
        None => Ok(other.trim_matches('"').to_owned()),
    }
}

/// The person has that parent, child, spouse, guardian or ward.
pub(super) fn has_relative(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let relatives = Json::Array(relatives(play, holes)?).to_string();
    let known = named(play, holes.the("other"))?;
    so(relatives.contains(&known), || relatives)
}

/// The tie to that relative is over, and by what.
pub(super) fn has_relative_no_more(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let relatives = relatives(play, holes)?;
    let known = named(play, holes.the("other"))?;
    let over = |relative: &Json| {
        relative.to_string().contains(&known)
            && relative["in_force"] == false
            && relative["ended"]["how"] == holes.the("how")
    };
    so(relatives.iter().any(over), || {
        Json::Array(relatives.clone()).to_string()
    })
}

/// Whoever reads an entry is shown the death of somebody whom it names.
pub(super) fn is_linked_to_death(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let death = play.labels.entry(holes.the("death"))?.to_owned();
    let path = format!("/v1/entries/{}", play.labels.entry(holes.the("label"))?);
    let linked = play.get(&path)?["linked"].clone();
    so(linked.to_string().contains(&format!("{death}.deceased")), || {
        linked.to_string()
    })
}

/// Two entries are candidates, for these reasons.
pub(super) fn are_candidates(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let other = play.labels.entry(holes.the("two"))?.to_owned();
    let path = format!("/v1/entries/{}/duplicates", play.labels.entry(holes.the("one"))?);
    let answer = play.get(&path)?;
    let candidates = answer["candidates"].as_array().cloned().unwrap_or_default();
    let found = candidates
        .iter()
        .find(|candidate| candidate["entry"] == other.as_str());
    let found = found.ok_or("they are not candidates")?;
    let has = |member: &str, hole: &str| {
        let listed = found[member].to_string();
        let wanted = holes.get(hole).into_iter().flat_map(|names| names.split(", "));
        wanted
            .into_iter()
            .all(|name| listed.contains(&format!("{name:?}")))
    };
    let explained = holes.get("why").is_none_or(|why| found["explained"] == why);
    let unexplained = holes.get("why").is_some() || found["explained"].is_null();
    so(
        has("agree", "agree") && has("differ", "differ") && explained && unexplained,
        || found.to_string(),
    )
}

/// An entry has no candidate.
pub(super) fn has_no_candidate(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let path = format!(
        "/v1/entries/{}/duplicates",
        play.labels.entry(holes.the("label"))?
    );
    let answer = play.get(&path)?;
    so(answer["candidates"].as_array().is_some_and(Vec::is_empty), || {
        answer.to_string()
    })
}
