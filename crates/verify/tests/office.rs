//! How far every stream had come, and whether all is here of one office.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::ops::ControlFlow;

use civil::act::{Act, BookClosed, Role, Signer};
use civil::id::{Digest, Lane, OfficeId, StreamId};
use civil::kind::BookType;
use civil::stated::Stated;
use civil::value::{PersonName, Text};
use serde_json::Value as Json;
use support::judging::{audited, deep, of};
use support::{DAY, World, day, head, officer};
use verify::{Asked, Erased, FindingKind, InMemory, Language, Options, Record, Report, audit, export};

const OF_ONE: Asked = Asked {
    office: OfficeId(1),
    year: Some(2026),
};

/// Two offices; the second corrects what the first registered; the ledger lists how far they have come.
fn world() -> World {
    let mut world = World::new(2);
    world.appoint_keeper();
    let first = world.birth(1);
    world.birth(2);
    world.birth(1);
    world.correct(2, first, "Nguyễn Thị Số 1", "Nguyễn Thị Sáu");
    world.list(|_| ());
    world
}

fn closed(world: &mut World, events: u32) -> u64 {
    world.grant(1, &head(1), Role::Head);
    let signer = Stated::plain(Signer {
        name: PersonName::parse("Lê Văn Ký").unwrap(),
        title: Text::parse("Chủ tịch").unwrap(),
    });
    let act = BookClosed::least(BookType::Births, 2026, day(DAY), events, true, signer);
    let stream = StreamId {
        office: OfficeId(1),
        lane: Lane::Acts,
    };
    let two = |envelope: &mut civil::envelope::Envelope| {
        envelope.endorsements = vec![civil::cose::endorse(&envelope.commitment, &head(1))];
    };
    world.file(
        &officer(1),
        stream,
        Act::BookClosed(Box::new(act)),
        None,
        &[],
        &two,
    )
}

fn asked(world: &World, office: Asked) -> Report {
    let options = Options {
        office: Some(office),
        ..Options::default()
    };
    audited(world.records.clone(), &world.expected(), &options)
}

fn found(report: &Report) -> Vec<(Option<u64>, FindingKind)> {
    let findings = report.findings.iter();
    findings.map(|finding| (finding.position, finding.kind)).collect()
}

#[test]
fn a_list_of_what_the_streams_had_reached_is_in_order() {
    let mut world = world();
    assert_eq!(of(&world), []);
    world.birth(2);
    world.list(|_| ());
    assert_eq!(of(&world), []);
    assert_eq!(deep(&world), []);
}

#[test]
fn a_list_may_speak_of_a_size_some_events_ago() {
    let mut world = world();
    let said = std::cell::Cell::new(None);
    world.list(|act| said.set(Some((act.size, act.streams, act.root))));
    // An office files something between the making of a list and its recording.
    world.birth(1);
    world.birth(2);
    let (size, streams, root) = said.get().unwrap();
    let position = world.list(|act| (act.size, act.streams, act.root) = (size, streams, root));
    assert_eq!(position, size + 3);
    assert_eq!(of(&world), []);
}

#[test]
fn a_log_of_accesses_that_went_back_is_found_by_the_lists() {
    let says = |world: &mut World, accesses: Option<(u64, u8)>| {
        world.list(|said| {
            said.access_size = accesses.map(|(size, _)| size);
            said.access_head = accesses.map(|(_, end)| Digest([end; 32]));
        })
    };
    let mut world = world();
    for honest in [None, Some((5, 1)), Some((5, 1)), Some((8, 2))] {
        says(&mut world, honest);
    }
    assert_eq!(of(&world), []);
    for forged in [None, Some((7, 3)), Some((8, 3))] {
        let mut world = self::world();
        says(&mut world, Some((8, 2)));
        let position = says(&mut world, forged);
        assert_eq!(
            of(&world),
            [(Some(position), FindingKind::AccessesWentBack)],
            "{forged:?}"
        );
    }
}

#[test]
fn a_list_that_says_otherwise_of_the_streams_is_found() {
    for spoil in [
        (|said| said.root = Digest([7; 32])) as fn(&mut civil::act::StreamHeads),
        |said| said.streams += 1,
        |said| said.size -= 1,
        |said| said.size += 1,
        |said| said.size = u64::MAX,
        |said| said.size = 0,
    ] {
        let mut world = world();
        world.birth(1);
        let position = world.list(spoil);
        assert_eq!(of(&world), [(Some(position), FindingKind::HeadsDiffer)]);
    }
}

#[test]
fn an_event_that_was_kept_back_from_the_end_of_a_stream_is_found_by_the_list() {
    let world = world();
    // The operator takes out office 1's last birth, which no later event names, and signs the tree anew.
    let mut records = world.records.clone();
    let last = records.len() - 3;
    records.remove(last);
    let forged = resigned(records);
    let kinds: Vec<FindingKind> = found(&asked(&forged, OF_ONE))
        .into_iter()
        .map(|found| found.1)
        .collect();
    assert!(kinds.contains(&FindingKind::HeadsDiffer), "{kinds:?}");
}

/// A world with these records at the next free positions, and a checkpoint of them: what whoever has the log's key can do.
fn resigned(records: Vec<Record>) -> World {
    let mut forged = World::new(0);
    forged.records = (0..)
        .zip(records)
        .map(|(position, record)| Record { position, ..record })
        .collect();
    forged
}

#[test]
fn all_of_an_office_is_proved_in_words_until_a_position() {
    let mut world = world();
    closed(&mut world, 2);
    let report = asked(&world, OF_ONE);
    assert_eq!(found(&report), []);
    let office = report.office.as_ref().unwrap();
    assert!(office.complete);
    assert_eq!((office.events, office.since_listed), (3, 1));
    assert_eq!(office.books.len(), 1);
    assert_eq!(
        (
            office.books[0].acts,
            office.books[0].first_number,
            office.books[0].last_number
        ),
        (2, Some(1), Some(2))
    );
    assert_eq!(office.books[0].closed_on.as_deref(), Some(DAY));
    assert_eq!((office.notes_owed, office.notes_open.len()), (1, 1));
    for (language, words) in [
        (
            Language::English,
            "These are all 3 events of the office before position",
        ),
        (
            Language::Vietnamese,
            "Đây là toàn bộ 3 sự kiện của cơ quan trước vị trí",
        ),
    ] {
        assert!(
            report.to_text(language).contains(words),
            "{}",
            report.to_text(language)
        );
    }
}

#[test]
fn a_change_that_the_paper_book_has_is_not_open() {
    let mut world = World::new(2);
    world.appoint_keeper();
    let first = world.birth(1);
    world.correct(2, first, "Nguyễn Thị Số 1", "Nguyễn Thị Sáu");
    world.note(1, first);
    world.list(|_| ());
    let report = asked(&world, OF_ONE);
    assert_eq!(found(&report), []);
    let office = report.office.unwrap();
    assert_eq!((office.notes_owed, office.notes_open.len()), (1, 0));
}

#[test]
fn without_a_list_nobody_says_that_this_is_all() {
    let mut world = World::new(2);
    world.birth(1);
    let report = asked(&world, OF_ONE);
    assert_eq!(found(&report), [(None, FindingKind::NeverListed)]);
    assert!(!report.office.as_ref().unwrap().complete);
    assert!(report.to_text(Language::English).contains("Not proved to be all"));
}

#[test]
fn an_office_that_was_never_opened_is_found() {
    let nowhere = Asked {
        office: OfficeId(77),
        year: None,
    };
    assert_eq!(
        found(&asked(&world(), nowhere)),
        [(None, FindingKind::OfficeNeverOpened)]
    );
}

#[test]
fn a_number_that_is_missing_or_given_twice_is_found() {
    for number in [2, 5] {
        let mut world = World::new(2);
        world.appoint_keeper();
        world.birth(1);
        world.birth(1);
        world.next_number_is(1, "births", number);
        let position = world.birth_at(1);
        world.list(|_| ());
        assert_eq!(
            found(&asked(&world, OF_ONE)),
            [(Some(position), FindingKind::NumberNotNext)]
        );
        let of_two = Asked {
            office: OfficeId(2),
            year: None,
        };
        assert_eq!(found(&asked(&world, of_two)), []);
    }
}

#[test]
fn totals_that_the_log_does_not_count_are_found() {
    let mut world = world();
    let position = closed(&mut world, 3);
    assert_eq!(
        found(&asked(&world, OF_ONE)),
        [(Some(position), FindingKind::ClosingDiffers)]
    );
}

#[test]
fn what_is_filed_behind_a_closing_is_found() {
    let mut world = world();
    closed(&mut world, 2);
    let position = world.birth_at(1);
    assert_eq!(
        found(&asked(&world, OF_ONE)),
        [(Some(position), FindingKind::FiledAfterClosing)]
    );
}

#[test]
fn an_export_that_lacks_an_event_or_has_one_elsewhere_or_renumbered_is_found() {
    let whole = world();
    let change = |change: &dyn Fn(&mut Vec<Record>)| {
        let mut records = whole.records.clone();
        change(&mut records);
        resigned(records)
    };
    let births: Vec<usize> = {
        let own = |record: &&Record| record.claimed.is_some_and(|claimed| claimed.stream == 4);
        let own = whole.records.iter().filter(own);
        own.map(|record| usize::try_from(record.position).unwrap())
            .collect()
    };
    assert_eq!(births.len(), 2);
    for (what, forged) in [
        (
            "the first is missing",
            change(&|records| drop(records.remove(births[0]))),
        ),
        (
            "the last is missing",
            change(&|records| drop(records.remove(births[1]))),
        ),
        (
            "they changed places",
            change(&|records| records.swap(births[0], births[1])),
        ),
        (
            "the last stands behind the list",
            change(&|records| {
                let moved = records.remove(births[1]);
                records.push(moved);
            }),
        ),
        (
            "the last is numbered otherwise",
            change(&|records| {
                let parts = civil::cose::SignedEvent::parse(&records[births[1]].signed).unwrap();
                let mut envelope = civil::envelope::Envelope::decode(parts.envelope).unwrap();
                envelope.seq += 1;
                records[births[1]].signed = civil::cose::sign(&envelope.encode(), &officer(1)).into();
            }),
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let source = InMemory::new(forged.records.clone());
        let note = forged.checkpoint().to_string();
        export::write(folder.path(), &note, Json::Null, source, &mut |_| {}).unwrap();
        let key = forged.log.verifier().to_string();
        let (source, expected) = export::open(folder.path(), Some(&key)).unwrap();
        let options = Options {
            office: Some(OF_ONE),
            ..Options::default()
        };
        let report = audit(source, &expected, &options, &mut |_| ControlFlow::Continue(()));
        assert!(!report.green, "{what}");
        assert!(!report.office.unwrap().complete, "{what}");
    }
}

#[test]
fn the_page_says_in_two_languages_what_was_checked_and_what_was_not() {
    let report = asked(&world(), OF_ONE);
    let page = report.to_html();
    for words in [
        "Không phát hiện sai lệch · Nothing is wrong",
        "completeness of the office",
        "These are all 2 events of the office",
        "Đây là toàn bộ 2 sự kiện của cơ quan",
        "no act was decided again",
        "Whether the log shows everybody the same checkpoint",
        "Whether the log's key is the log's",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let trusting = Options {
        log_key_known: true,
        ..Options::default()
    };
    let records = world().records;
    let with_a_key = audited(records, &world().expected(), &trusting);
    assert!(!with_a_key.to_html().contains("log's key"));
    let mut forged = world();
    forged.records[9].sealed = None;
    let page = asked(&forged, OF_ONE).to_html();
    assert!(page.contains("body_missing"), "{page}");
    assert!(!page.contains("lawfully erased"), "{page}");
    let mut report = asked(&forged, OF_ONE);
    report.erased.push(Erased {
        by: 12,
        positions: vec![4, 9],
    });
    assert!(report.to_html().contains("<tr><td>12<td>4, 9"));
}
