//! Books, offices and those who sign, judged again by the auditor.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use civil::act::{
    Act, ApplicationRefused, BookClosed, BookOpened, BooksEntrusted, Declarant, KeyGranted, OfficerAppointed,
    Person, Role, Signer,
};
use civil::cose;
use civil::id::{EventId, Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::value::{PersonName, PersonalNumber, Text};
use civil::wire::Octets;
use support::judging::{deep, of};
use support::{Twist, World, day, head, officer};
use verify::FindingKind;

const TODAY: &str = "2026-03-02";

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn name(name: &str) -> PersonName {
    PersonName::parse(name).unwrap()
}

fn signer() -> Stated<Signer> {
    Stated::plain(Signer {
        name: name("Lê Văn Ký"),
        title: text("Chủ tịch"),
    })
}

fn acts(office: u32) -> StreamId {
    StreamId {
        office: OfficeId(office),
        lane: Lane::Acts,
    }
}

fn file(world: &mut World, act: Act, twist: Twist<'_>) -> u64 {
    world.file(&officer(1), acts(1), act, None, &[], twist)
}

fn opened(ordinal: u16, continues_from: Option<u32>) -> Act {
    let opened = BookOpened::least(BookType::Births, 2026, text("01"), day(TODAY), ordinal, signer());
    Act::BookOpened(Box::new(BookOpened {
        continues_from,
        ..opened
    }))
}

fn closed(events: u32, closes_year: bool) -> Act {
    let closed = BookClosed::least(BookType::Births, 2026, day(TODAY), events, closes_year, signer());
    Act::BookClosed(Box::new(closed))
}

/// Office 1 with an officer and a head; two births.
fn two_births() -> World {
    let mut world = World::new(2);
    world.grant(1, &head(1), Role::Head);
    world.birth(1);
    world.birth(1);
    world
}

fn by_two(envelope: &mut civil::envelope::Envelope) {
    envelope.endorsements = vec![cose::endorse(&envelope.commitment, &head(1))];
}

/// What the deeper audit finds and the quicker one does not.
fn found(world: &World) -> Vec<(u64, FindingKind, String)> {
    assert_eq!(of(world), []);
    let found = deep(world).into_iter();
    found
        .map(|(position, kind, detail)| (position.unwrap(), kind, detail))
        .collect()
}

#[test]
fn books_that_are_opened_continued_and_closed_by_the_law_are_in_order() {
    let mut world = World::new(2);
    world.grant(1, &head(1), Role::Head);
    file(&mut world, opened(1, Some(57)), &|_| ());
    world.next_number_is(1, "births", 58);
    world.birth(1);
    file(&mut world, closed(1, false), &|_| ());
    file(&mut world, opened(2, Some(58)), &|_| ());
    world.birth(1);
    file(&mut world, closed(2, true), &by_two);
    assert_eq!(found(&world), []);
}

#[test]
fn totals_that_the_ledger_does_not_count_are_found() {
    let mut world = two_births();
    let position = file(&mut world, closed(3, true), &by_two);
    let refused = "book_totals_differ /events".to_owned();
    assert_eq!(found(&world), [(position, FindingKind::ActRefused, refused)]);
}

#[test]
fn a_year_that_one_alone_closed_is_found() {
    let mut world = two_births();
    let position = file(&mut world, closed(2, true), &|_| ());
    assert_eq!(
        found(&world),
        [(position, FindingKind::SecondPersonMissing, String::new())]
    );
}

#[test]
fn a_new_number_in_a_closed_book_is_found_and_one_in_another_book_is_not() {
    let mut world = two_births();
    file(&mut world, closed(2, true), &by_two);
    world.birth(2);
    assert_eq!(found(&world), []);
    let position = world.birth_at(1);
    let refused = "book_is_closed /book".to_owned();
    assert_eq!(found(&world), [(position, FindingKind::ActRefused, refused)]);
}

#[test]
fn a_number_that_takes_no_notice_of_the_paper_book_is_found() {
    let mut world = two_births();
    file(&mut world, opened(1, Some(57)), &|_| ());
    let position = world.birth_at(1);
    let refused = "number_taken /book/number".to_owned();
    assert_eq!(found(&world), [(position, FindingKind::ActRefused, refused)]);
}

/// From 2026-03-02 to the last day of the year, when it may be closed.
const LATER: u64 = 304 * 86_400;

/// A birth that an office takes over from the paper book of the year.
fn digitised(world: &mut World) -> u64 {
    let act = world.birth_act(1);
    let (_, book) = act.book().unwrap();
    let number = book.number_or_zero();
    world.next_number_is(1, "births", number);
    let stream = StreamId {
        office: OfficeId(1),
        lane: Lane::Digitised,
    };
    let entry = civil::id::EntryId::at(world.records.len() as u64, [7; 10]);
    world.file(&officer(1), stream, act, Some(entry), &[], &by_two)
}

/// Two births and one that was taken over; then somebody closes the year with that count.
fn closed_with(events: u32, taken_over_since: bool) -> Vec<(FindingKind, String)> {
    let mut world = two_births();
    digitised(&mut world);
    world.birth(1);
    if taken_over_since {
        digitised(&mut world);
    }
    world.later = LATER;
    let position = file(&mut world, closed(events, true), &by_two);
    let found = found(&world).into_iter();
    found
        .map(|(at, kind, detail)| {
            assert_eq!(at, position);
            (kind, detail)
        })
        .collect()
}

#[test]
fn a_closing_counts_the_entries_that_were_taken_over_from_paper() {
    for events in [4, 3] {
        assert_eq!(closed_with(events, false), [], "{events}");
    }
    for events in [5, 2] {
        let unseen = "warning_not_acknowledged /events".to_owned();
        assert_eq!(closed_with(events, false), [(FindingKind::ActRefused, unseen)]);
    }
}

#[test]
fn whoever_closes_a_book_need_not_have_seen_what_was_taken_over_since() {
    for events in [4, 5] {
        assert_eq!(closed_with(events, true), [], "{events}");
    }
    assert_eq!(closed_with(6, true).len(), 1);
}

#[test]
fn whoever_takes_over_an_entry_of_a_closed_book_acknowledges_that_it_is() {
    let mut world = two_births();
    world.later = LATER;
    digitised(&mut world);
    file(&mut world, closed(3, true), &by_two);
    // It may have been judged before the book was closed.
    digitised(&mut world);
    assert_eq!(found(&world), []);
    let position = digitised(&mut world);
    let unseen = "warning_not_acknowledged /book".to_owned();
    assert_eq!(found(&world), [(position, FindingKind::ActRefused, unseen)]);
}

#[test]
fn a_written_refusal_that_no_head_signed_is_found() {
    let refusal = || {
        let applicant = Declarant {
            name: Stated::plain(name("Trần Văn Hùng")),
            relation: None,
            identity_paper: None,
        };
        let refused = ApplicationRefused::least(
            day(TODAY),
            day(TODAY),
            Kind::Birth,
            applicant,
            text("Không có giấy tờ"),
            text("Luật Hộ tịch 60/2014/QH13, Điều 16(1)"),
            signer(),
        );
        Act::ApplicationRefused(Box::new(refused))
    };
    let mut world = two_births();
    world.file(&head(1), acts(1), refusal(), None, &[], &|_| ());
    assert_eq!(found(&world), []);
    let position = file(&mut world, refusal(), &|_| ());
    let refused = "only_the_head_refuses".to_owned();
    assert_eq!(found(&world), [(position, FindingKind::ActRefused, refused)]);
}

#[test]
fn whoever_registered_their_own_case_is_found() {
    let mut world = World::new(1);
    let number = PersonalNumber::parse("001095001234").unwrap();
    let appointed = OfficerAppointed::least(
        OfficeId(1),
        Person {
            personal_number: Some(Stated::plain(number)),
            ..Person::named(name("Trần Thị Mẹ"))
        },
        Role::Officer,
        text("Công chức tư pháp – hộ tịch"),
        day("2026-01-01"),
    );
    let appointed = world.administer(Act::OfficerAppointed(Box::new(appointed)));
    let appointment = EventId::from_bytes(
        world.records[usize::try_from(appointed).unwrap()]
            .claimed
            .as_ref()
            .unwrap()
            .event_id,
    );
    let key = head(1);
    world.administer(Act::KeyGranted(Box::new(KeyGranted {
        appointment: Some(appointment),
        ..KeyGranted::least(
            OfficeId(1),
            Octets(key.public().to_cose_key()),
            Role::Officer,
            day("2026-01-01"),
        )
    })));
    let birth = |of: &str, world: &mut World| {
        let Act::Birth(mut act) = world.birth_act(1) else {
            panic!("a birth")
        };
        act.mother.as_mut().unwrap().personal_number =
            Some(Stated::plain(PersonalNumber::parse(of).unwrap()));
        let entry = civil::id::EntryId::at(u64::from(act.book.number_or_zero()), [6; 10]);
        world.file(&key, acts(1), Act::Birth(act), Some(entry), &[], &|_| ())
    };
    birth("001195005678", &mut world);
    assert_eq!(found(&world), []);
    let position = birth("001095001234", &mut world);
    let found = found(&world);
    assert_eq!(
        (found.len(), found[0].0, found[0].1),
        (1, position, FindingKind::ActRefused)
    );
    assert!(found[0].2.contains("own_case /mother"), "{found:?}");
}

#[test]
fn a_note_is_written_by_whoever_the_books_were_entrusted_to() {
    for (keeper, in_order) in [(2, true), (1, false)] {
        let mut world = World::new(3);
        let entry = world.birth(1);
        world.correct(3, entry, "Nguyễn Thị Số 1", "Nguyễn Thị Sáu");
        world.administer(Act::BooksEntrusted(Box::new(BooksEntrusted::least(
            OfficeId(1),
            OfficeId(2),
            day(TODAY),
            text("Quyết định số 12/QĐ-UBND"),
        ))));
        world.note(keeper, entry);
        let found = found(&world);
        assert_eq!(found.is_empty(), in_order, "{keeper}: {found:?}");
        assert!(found.iter().all(|(_, _, detail)| detail == "not_keeper"));
    }
}
