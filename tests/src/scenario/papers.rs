//! Then, of papers that were issued: what they say, their number, and whether they still hold.

use serde_json::Value as Json;

use super::outcome::{Told, so};
use super::pattern::Holes;
use super::play::{Play, day};
use super::values::holds;

/// The page of a paper, as the office may read it that issued it.
fn page(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Json, String> {
    let event = play.labels.get(holes.the("label"))?.event.clone();
    let path = format!("/v1/extracts/{event}");
    let mut answer = None;
    for office in play.cast.values() {
        let read = office.api.get(&path);
        if read.status == 200 {
            answer = Some(read.json);
        }
    }
    let answer = answer.ok_or(format!("no office may read {path}"))?;
    play.last = format!("  GET {path}\n  {answer}");
    Ok(answer)
}

/// Some text of the page reads so.
pub(super) fn says(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let page = page(play, holes)?["page"].to_string();
    so(holds(&page, holes.the("words")), || "it does not".to_owned())
}

/// No text of the page reads so.
pub(super) fn does_not_say(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let page = page(play, holes)?["page"].to_string();
    so(!holds(&page, holes.the("words")), || "it does".to_owned())
}

/// The page carries that number.
pub(super) fn has_number(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = page(play, holes)?["page"]["number"].clone();
    so(number == holes.the("number"), || format!("it has {number}"))
}

/// What everybody is told who asks by its code.
fn status(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Json, String> {
    let code = page(play, holes)?["code"].as_str().unwrap_or_default().to_owned();
    play.get(&format!("/v1/extracts/{code}/status"))
}

/// It says what stands in the register.
pub(super) fn is_current(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let status = status(play, holes)?;
    so(status["state"] == "current", || status.to_string())
}

/// It is superseded or revoked, since a day.
pub(super) fn is_no_more(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let status = status(play, holes)?;
    let since = day(holes.the("day"))?.to_string();
    so(
        status["state"] == holes.the("state") && status["since"] == since.as_str(),
        || status.to_string(),
    )
}
