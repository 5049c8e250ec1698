//! What the law says of the file of any act: its fields, its handling, the judgment, foreign or earlier registration on which
//! it rests, and the source of what is taken over from an old book.

use super::{Findings, RefusalCode, Situation, WarningCode, rules};
use crate::act::{Act, EarlierRegistration, Source, SourceSystem};
use crate::id::Lane;
use crate::kind::Group;
use crate::law::Limit;
use crate::value::{Date, PartialDate};

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    for pointer in rules(situation, act).left_out(act, act.tick()) {
        findings.warn(WarningCode::FieldLeftOut, pointer);
    }
    foreign(situation, act, findings);
    if act.tick() == "again" {
        earlier(act, act.ruled_on(situation.today), findings);
    }
    undertaking(situation, act, findings);
    if act.kind().group() == Group::Notation {
        judgment(situation, act, findings);
    }
    if let Some(source) = act.source() {
        self::source(source, findings);
    }
    if situation.stream.lane == Lane::Digitised {
        volume(act, findings);
        if situation.book.is_some_and(|book| book.has_number) {
            findings.warn(WarningCode::NumberRepeats, "/book/number");
        }
    }
}

/// What a foreign authority settled is noted with who, where and how it was legalised (Law 60/2014, Art. 10, 48–50).
fn foreign(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    match act.foreign() {
        None if act.tick() == "noted_from_abroad" => {
            findings.refuse_new(situation, RefusalCode::ForeignBlockMissing, "/foreign");
        }
        Some(foreign) if foreign.legalisation.is_none() => {
            findings.warn(WarningCode::LegalisationMissing, "/foreign/legalisation");
        }
        _ => {}
    }
}

/// Registered again is what was registered before 2016 and of which no book is left (Decree 123/2015, Art. 24).
fn earlier(act: &Act, ruled_on: Date, findings: &mut Findings) {
    let before = Limit::RegisteredBefore.on(ruled_on).map(|limit| limit.value);
    let too_late = |earlier: &EarlierRegistration| {
        let year = earlier.registered_on.as_ref().and_then(PartialDate::year);
        year.zip(before).is_some_and(|(year, before)| year >= before)
    };
    match act.earlier() {
        None => findings.warn(WarningCode::AgainWithoutEarlier, "/earlier"),
        // A book that this ledger has is not lost: a copy is asked for, not another registration.
        Some(earlier) if earlier.entry.is_some() => {
            findings.warn(WarningCode::EarlierInLedger, "/earlier/entry");
        }
        Some(earlier) if too_late(earlier) => {
            findings.warn(WarningCode::AgainWithoutEarlier, "/earlier/registered_on");
        }
        Some(_) => {}
    }
}

/// The declarant's undertaking does when the other office did not answer in time (Circular 04/2020, Art. 4).
fn undertaking(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let verified = act.handling().and_then(|handling| handling.verified.as_ref());
    let Some(verified) = verified.filter(|verified| verified.undertaking == Some(true)) else {
        return;
    };
    let limit = Limit::Verification.on(act.ruled_on(situation.today));
    let last_day = limit.and_then(|limit| limit.last_day_after(verified.asked_on));
    if last_day.is_some_and(|last| act.counted_on(situation.today) < last) {
        findings.warn(WarningCode::UndertakingEarly, "/handling/verified");
    }
}

/// A court sends its judgment within five working days of its effect; a citizen may bring it at any time (Art. 30).
fn judgment(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let brought = match act {
        Act::DivorceNoted(act) => act.brought_by.is_some(),
        Act::JudgmentNoted(act) => act.brought_by.is_some(),
        _ => return,
    };
    let effective_on = act.judgment().and_then(|judgment| judgment.effective_on);
    let limit = Limit::JudgmentNotice.on(act.ruled_on(situation.today));
    let last_day = effective_on
        .zip(limit)
        .and_then(|(day, limit)| limit.last_day_after(day));
    if !brought && last_day.is_some_and(|last| last < act.counted_on(situation.today)) {
        findings.warn(WarningCode::JudgmentLate, "/judgment/effective_on");
    }
}

fn source(source: &Source, findings: &mut Findings) {
    let explained = source.image.is_some() || source.no_image.is_some() || source.damage.is_some();
    if source.system == SourceSystem::Book && !explained {
        findings.warn(WarningCode::ImageMissing, "/source/image");
    }
    if !source.readings.is_empty() {
        findings.warn(WarningCode::ReadingDiffers, "/source/readings");
    }
}

/// The year that a volume has on its cover: `02/2018`.
fn volume(act: &Act, findings: &mut Findings) {
    let Some((_, book)) = act.book() else { return };
    let cover = book.volume.as_ref().and_then(|volume| year_in(volume.as_str()));
    if cover.zip(book.year).is_some_and(|(cover, year)| cover != year) {
        findings.warn(WarningCode::NumberOfAnotherVolume, "/book/year");
    }
}

/// The last four digits that stand together, when they can be a year of a book.
fn year_in(text: &str) -> Option<u16> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    let mut years = runs
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok());
    years.rfind(|year| (1900..=2100).contains(year))
}
