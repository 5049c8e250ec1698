//! What an office does about a book, a file or a decision; and what the book says to whoever takes a number in it.

use super::{Findings, Refusal, RefusalCode, Situation, WarningCode};
use crate::act::{Act, ApplicationRefused, BookClosed, BookOpened, IdentityDecided, Role};
use crate::book::{BookFacts, BookTotals, lane_of};
use crate::directory::BookPlace;
use crate::id::{EntryId, Lane};
use crate::kind::{BookType, Group};
use crate::law::{self, Limit};
use crate::value::Date;

/// The field in which an act of an office says its day.
pub(super) const fn day_pointer(act: &Act) -> &'static str {
    match act {
        Act::BookOpened(_) => "/opened_on",
        Act::BookClosed(_) => "/closed_on",
        Act::ApplicationRefused(_) => "/refused_on",
        Act::ApplicationWithdrawn(_) => "/withdrawn_on",
        Act::IdentityDecided(_) => "/decided_on",
        Act::TaskSettled(_) => "/settled_on",
        Act::NoticeAcknowledged(_) => "/acknowledged_on",
        Act::ConfirmationRevoked(_) => "/revoked_on",
        _ => "/registered_on",
    }
}

pub(super) fn decide(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    match act {
        Act::BookOpened(act) => opened(situation, act, findings),
        Act::BookClosed(act) => closed(situation, act, findings),
        Act::ApplicationRefused(act) => refused(situation, act, findings),
        Act::IdentityDecided(act) => identity(situation, act, findings),
        Act::InformationConfirmation(act) => super::issued::confirmation(act, findings),
        // Nobody revokes what somebody else gave.
        Act::ConfirmationRevoked(_) if situation.open == Some(false) => {
            findings.refuse(RefusalCode::PaperNotIssued, "/confirmation");
        }
        // What nobody was told, or what was done already, is not done with a paper.
        Act::NoticeAcknowledged(_) if situation.open == Some(false) => {
            findings.refuse(RefusalCode::NotThereToEnd, "/event");
        }
        Act::TaskSettled(_) if situation.open == Some(false) => {
            findings.refuse(RefusalCode::NotThereToEnd, "/task");
        }
        _ => {}
    }
}

/// A book of another year or closed takes no new number (Law 60/2014, Art. 58(2)); notes take none and are never kept out.
pub(super) fn closed_book(situation: &Situation<'_>, findings: &mut Findings) {
    let closed = situation.book.and_then(|book| book.closed_on);
    // No day from which it holds: before there were closings nobody could have recorded an act behind one.
    match closed {
        None => {}
        Some(_) if situation.stream.lane == Lane::Digitised => {
            findings.warn(WarningCode::BookIsClosed, "/book");
        }
        Some(_) => findings.refuse(RefusalCode::BookIsClosed, "/book"),
    }
}

/// Whoever changes an entry of a split office, or notes something at it, is told that nobody decided yet who keeps its book.
pub(super) fn custody(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let reached: Vec<EntryId> = act.reaches().into_iter().map(|reached| reached.entry).collect();
    let own = situation
        .entry
        .filter(|entry| act.kind().group() == Group::Notation && !reached.contains(&entry.id));
    let own = own.map(|entry| (entry, String::new()));
    let reached = reached.iter().enumerate();
    let reached = reached.filter_map(|(index, id)| Some((situation.reached(*id)?, act.reach_at(index))));
    for (entry, pointer) in own.into_iter().chain(reached) {
        let place = BookPlace::of(&entry.original);
        if place.is_some_and(|place| situation.directory.custody_undecided(entry.office, place)) {
            findings.warn(WarningCode::CustodyUndecided, pointer);
        }
    }
}

fn opened(situation: &Situation<'_>, act: &BookOpened, findings: &mut Findings) {
    of_the_lane(situation, act.book_type, findings);
    let Some(book) = situation.book else { return };
    if book.closed_on.is_some() {
        findings.refuse(RefusalCode::BookIsClosed, "");
    }
    let ordinal = book.volumes.saturating_add(1);
    if act.ordinal != ordinal {
        findings.refuse_expecting(RefusalCode::BookOpenedAlready, "/ordinal", ordinal.into());
    }
    if act.continues_from.is_some_and(|last| last < book.last_number) {
        findings.refuse_expecting(
            RefusalCode::ContinuesBelow,
            "/continues_from",
            book.last_number.into(),
        );
    }
}

fn closed(situation: &Situation<'_>, act: &BookClosed, findings: &mut Findings) {
    of_the_lane(situation, act.book_type, findings);
    if act.closes_year && last_day_to_close(act.year).is_some_and(|last| last < act.closed_on) {
        findings.warn(WarningCode::ClosedLate, "/closed_on");
    }
    if act.closes_year {
        not_before_its_end(situation, act, findings);
    }
    let Some(book) = situation.book else { return };
    if book.closed_on.is_some() {
        findings.refuse(RefusalCode::BookIsClosed, "");
        return;
    }
    totals(book, act, findings);
}

/// Nothing opens a closed year again, so nobody closes one before its last day (Law 60/2014, Art. 58(2)); an office that ceases closes
/// its books with its own. What the paper book was closed on is another matter once the year is over.
fn not_before_its_end(situation: &Situation<'_>, act: &BookClosed, findings: &mut Findings) {
    let office = situation.directory.office(situation.stream.office);
    let ceased = office.is_some_and(|office| office.succeeded.is_some());
    let (month, day) = if ceased { (1, 1) } else { (12, 31) };
    let Ok(first) = Date::new(act.year, month, day) else {
        return;
    };
    let asked = law::second_release().is_some_and(|since| since <= situation.today);
    if asked && situation.today < first {
        findings.refuse(RefusalCode::YearNotEnded, "/year");
    } else if act.closed_on < first {
        findings.warn(WarningCode::ClosedEarly, "/closed_on");
    }
}

/// The totals are those of the ledger, with or without what the paper book holds that the ledger went on from. Where entries of the paper book were taken over, the ledger cannot know which of them the
/// officer counted: then a difference is shown.
fn totals(book: BookFacts, act: &BookClosed, findings: &mut Findings) {
    let readings = book.readings(act);
    if readings
        .iter()
        .any(|found| differing(act, *found).next().is_none())
    {
        return;
    }
    let found = readings[0];
    let with_paper = |found: &BookTotals| found.events.saturating_add(book.digitised);
    for (pointer, found) in differing(act, found) {
        if book.digitised == 0 {
            let expected = u64::from(found.unwrap_or_default());
            findings.refuse_expecting(RefusalCode::BookTotalsDiffer, pointer, expected);
        } else if readings.iter().all(|found| act.events != with_paper(found)) {
            findings.warn(WarningCode::TotalsByHand, pointer);
        }
    }
}

/// The totals that the closing gives and that were counted otherwise, with what was counted.
fn differing(act: &BookClosed, found: BookTotals) -> impl Iterator<Item = (&'static str, Option<u32>)> {
    let first = found.first_number.filter(|_| act.first_number.is_some());
    let last = found.last_number.or((act.last_number == Some(0)).then_some(0));
    let totals = [
        ("/events", Some(act.events), Some(found.events)),
        ("/first_number", act.first_number, first),
        ("/last_number", act.last_number, act.last_number.and(last)),
    ];
    let differing = totals.into_iter().filter(|(_, said, found)| said != found);
    differing.map(|(pointer, _, found)| (pointer, found))
}

/// The last day to close a year's books, by the rule of the New Year after it; none where that rule is not known.
fn last_day_to_close(year: u16) -> Option<Date> {
    let last = Date::new(year, 12, 31).ok()?;
    Limit::BookClose.on(last.add_days(1)?)?.last_day_after(last)
}

fn of_the_lane(situation: &Situation<'_>, book: BookType, findings: &mut Findings) {
    if situation.stream.lane != lane_of(book) {
        findings.refuse(RefusalCode::BookOfAnotherLane, "/book_type");
    }
}

/// Nobody is sent away but by the head of the office, in writing and with a reason (Law 60/2014, Art. 5(2)).
fn refused(situation: &Situation<'_>, act: &ApplicationRefused, findings: &mut Findings) {
    if situation.role.is_some_and(|role| role != Role::Head) {
        findings.refuse(RefusalCode::OnlyTheHeadRefuses, "");
    }
    if act.kind.group() == Group::Administration {
        findings.refuse(RefusalCode::EntryOfAnotherKind, "/kind");
    }
}

fn identity(situation: &Situation<'_>, act: &IdentityDecided, findings: &mut Findings) {
    if act.first == act.second {
        findings.refuse(RefusalCode::EntryTwice, "/second");
    }
    for pointer in ["/first", "/second"] {
        // Who was looked up and stands nowhere is no person of the ledger.
        let nobody = situation
            .people
            .get(pointer)
            .is_some_and(|view| view.places.is_empty());
        if nobody {
            findings.refuse(RefusalCode::NoSuchPerson, pointer);
        }
    }
}

impl Findings {
    fn refuse_expecting(&mut self, code: RefusalCode, pointer: &str, expected: u64) {
        self.refusals.push(Refusal::at(code, pointer).expecting(expected));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_books_of_a_year_are_closed_by_the_rule_of_the_new_year_where_it_is_known() {
        let day = |year| Date::new(year, 1, 5).ok();
        assert_eq!(last_day_to_close(2014), None);
        assert_eq!(last_day_to_close(2015), day(2016));
        assert_eq!(last_day_to_close(2026), day(2027));
        assert_eq!(last_day_to_close(2027), None);
        assert_eq!(last_day_to_close(9999), None);
    }
}
