//! Then, of offices: the notices that they are owed, their books, what they still have to look into, their figures.

use serde_json::Value as Json;

use super::outcome::{Told, so};
use super::pattern::Holes;
use super::play::{Play, day};
use super::values::value;

/// The open notices of a query, those about an entry.
fn notices(play: &mut Play<'_>, query: &str, label: &str) -> Result<Vec<Json>, String> {
    let entry = play.labels.entry(label)?.to_owned();
    let mut answer = play.get(&format!("/v1/notices?{query}"))?;
    let notices: Vec<Json> =
        serde_json::from_value(answer["notices"].take()).map_err(|error| error.to_string())?;
    Ok(notices
        .into_iter()
        .filter(|notice| notice["entry"] == entry.as_str())
        .collect())
}

fn due(notices: &[Json], holes: &Holes<'_>) -> Told {
    let found = notices
        .iter()
        .any(|notice| holes.get("day").is_none_or(|day| notice["due_on"] == day));
    so(found, || format!("the notices: {notices:?}"))
}

/// An office is owed a notice.
pub(super) fn is_owed(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let mut notices = notices(play, &format!("office={number}"), holes.the("label"))?;
    let reason = holes.get("reason");
    notices.retain(|notice| reason.is_none_or(|reason| notice["reason"] == reason));
    due(&notices, holes)
}

/// An office owes a notice.
pub(super) fn owes(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let entry = play.labels.entry(holes.the("label"))?.to_owned();
    let mut notices = notices(play, &format!("entry={entry}"), holes.the("label"))?;
    notices.retain(|notice| notice["from"] == number && notice["state"] != "closed");
    due(&notices, holes)
}

/// An office is owed nothing.
pub(super) fn owes_nothing(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let answer = play.get(&format!("/v1/notices?office={number}"))?;
    so(answer["notices"].as_array().is_some_and(Vec::is_empty), || {
        answer.to_string()
    })
}

/// A year's book says that of itself.
pub(super) fn book_has(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let (book, year) = (holes.the("book"), holes.the("year"));
    let answer = play.get(&format!("/v1/books/{number}/{book}/{year}"))?;
    let found = &answer[holes.the("member")];
    so(*found == value(holes.the("value")), || format!("it has {found}"))
}

/// An office has notices that are overdue on a day.
pub(super) fn is_overdue(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let on = day(holes.the("day"))?;
    let answer = play.get(&format!("/v1/notices?office={number}"))?;
    let due = |notice: &Json| {
        notice["due_on"]
            .as_str()
            .is_some_and(|due| due < on.to_string().as_str())
    };
    so(
        answer["notices"]
            .as_array()
            .is_some_and(|notices| notices.iter().any(due)),
        || answer.to_string(),
    )
}

/// The open tasks of an office.
fn tasks(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Vec<Json>, String> {
    let number = play.office(holes.the("office"))?.number;
    let entry = holes
        .get("label")
        .map(|label| play.labels.entry(label).map(str::to_owned))
        .transpose()?;
    let mut answer = play.get(&format!("/v1/tasks?office={number}&limit=1000"))?;
    let tasks: Vec<Json> =
        serde_json::from_value(answer["tasks"].take()).map_err(|error| error.to_string())?;
    let wanted = |task: &Json| {
        holes.get("kind").is_none_or(|kind| task["kind"] == kind)
            && holes.get("code").is_none_or(|code| task["code"] == code)
            && entry.as_deref().is_none_or(|entry| task["entry"] == entry)
    };
    Ok(tasks.into_iter().filter(wanted).collect())
}

/// An office has such a task.
pub(super) fn has_task(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let found = tasks(play, holes)?;
    so(!found.is_empty(), || "it has none".to_owned())
}

/// An office has no such task.
pub(super) fn has_no_task(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let found = tasks(play, holes)?;
    so(found.is_empty(), || format!("it has {found:?}"))
}

/// So many tasks of a kind are counted at an office.
pub(super) fn counts_tasks(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let answer = play.get(&format!("/v1/quality?office={number}"))?;
    let counts = answer["counts"].as_array().cloned().unwrap_or_default();
    let of_kind = counts.iter().filter(|count| count["kind"] == holes.the("kind"));
    let open: u64 = of_kind.filter_map(|count| count["open"].as_u64()).sum();
    so(open.to_string() == holes.the("number"), || {
        format!("it counts {open}")
    })
}

/// A figure of a statistical form of an office.
pub(super) fn statistics(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let (form, from, to) = (holes.the("form"), day(holes.the("from"))?, day(holes.the("to"))?);
    let basis = holes.get("basis").unwrap_or("registered");
    let path = format!("/v1/statistics/{form}?office={number}&from={from}&to={to}&basis={basis}");
    let answer = play.get(&path)?;
    let found = answer
        .pointer(&format!("/lines/0/cells/{}", holes.the("cell")))
        .cloned()
        .unwrap_or_default();
    so(found == value(holes.the("value")), || format!("it says {found}"))
}
