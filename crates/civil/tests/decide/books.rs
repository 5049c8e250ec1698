//! Books opened, continued and closed, and what a closed book still takes.

use civil::act::{Act, Role};
use civil::book::{BookFacts, BookYear};
use civil::id::{EntryId, EventId, Lane, StreamId};
use civil::kind::{BookType, Kind};
use civil::value::Date;
use serde_json::{Value as Json, json};

use crate::acts::{amendment, birth, divorce, marriage, with, without};
use crate::verdict::{Verdict, refusals};
use crate::world::{AN_HOI, AN_NHON, World, act};

pub fn opened(ordinal: u16) -> Json {
    json!({
        "book_type": "births", "year": 2026, "volume": "01", "opened_on": "2026-01-02", "ordinal": ordinal,
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

pub fn closed(events: u32, last: u32) -> Json {
    json!({
        "book_type": "births", "year": 2025, "closed_on": "2026-01-02", "events": events, "last_number": last,
        "closes_year": true, "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

fn refusal() -> Json {
    json!({
        "refused_on": "2026-03-02", "received_on": "2026-03-02", "kind": "birth",
        "applicant": { "name": "Trần Văn Hùng" }, "reason": "Không có giấy chứng sinh và không có người làm chứng",
        "article": "Luật Hộ tịch 60/2014/QH13, Điều 16(1)", "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

/// A book of which five acts took the numbers 1 to 5.
fn five() -> BookFacts {
    BookFacts {
        last_number: 5,
        in_year: 5,
        ..BookFacts::default()
    }
}

/// A book that went on from number 217 of the paper book, and of which four acts took the numbers 218 to 221.
fn from_217() -> BookFacts {
    BookFacts {
        last_number: 221,
        in_year: 4,
        volumes: 1,
        before: 217,
        before_year: 217,
        ..BookFacts::default()
    }
}

fn year_closed() -> BookFacts {
    BookFacts {
        closed_on: Date::new(2026, 1, 3).ok(),
        ..five()
    }
}

fn file(world: &mut World, book: BookFacts, kind: Kind, json: &Json) -> Verdict {
    world.book = Some(book);
    world.file(AN_HOI, kind, json)
}

/// The books of a year are closed on that day.
fn close(world: &mut World, closed_year: u16, (year, month, day): (u16, u8, u8)) -> Verdict {
    world.today = Date::new(year, month, day).unwrap();
    let closing = with(closed(5, 5), "/year", json!(closed_year));
    let closing = with(closing, "/closed_on", json!(world.today.to_string()));
    file(world, five(), Kind::BookClosed, &closing)
}

/// The office passes its books on with the New Year's Eve of 2026.
fn ceases(world: &mut World) {
    let succeeded = json!({ "office": 303, "successor": 102, "on": "2026-12-31" });
    world.administer(Kind::OfficeSucceeded, &succeeded);
}

fn register(world: &mut World, book: BookFacts) -> Verdict {
    world.book = Some(book);
    world.file(AN_NHON, Kind::Birth, &birth())
}

fn filed_as(world: &mut World, role: Role) -> Verdict {
    world.role = Some(role);
    world.file(AN_HOI, Kind::ApplicationRefused, &refusal())
}

refusals! {
    a_closed_year_takes_no_new_number: BookIsClosed at "/book" {
        |world| register(world, year_closed())
    } beside {
        |world| register(world, five())
    }
    no_volume_is_opened_behind_a_closing: BookIsClosed at "" {
        |world| file(world, year_closed(), Kind::BookOpened, &opened(1))
    } beside {
        |world| file(world, five(), Kind::BookOpened, &opened(1))
    }
    a_year_is_closed_once: BookIsClosed at "" {
        |world| file(world, year_closed(), Kind::BookClosed, &closed(5, 5))
    } beside {
        |world| file(world, five(), Kind::BookClosed, &closed(5, 5))
    }
    the_totals_are_those_of_the_ledger: BookTotalsDiffer at "/events" {
        |world| file(world, five(), Kind::BookClosed, &closed(6, 5))
    } beside {
        |world| file(world, five(), Kind::BookClosed, &closed(5, 5))
    }
    the_last_number_is_that_of_the_ledger: BookTotalsDiffer at "/last_number" {
        |world| file(world, five(), Kind::BookClosed, &closed(5, 6))
    } beside {
        |world| file(world, five(), Kind::BookClosed, &without(closed(5, 6), "/last_number"))
    }
    the_first_number_is_that_of_the_ledger: BookTotalsDiffer at "/first_number" {
        |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/first_number", json!(2)))
    } beside {
        |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/first_number", json!(1)))
    }
    a_volume_counts_from_its_own_opening: BookTotalsDiffer at "/events" {
        |world| file(world, second_volume(), Kind::BookClosed, &with(closed(5, 5), "/volume", json!("02")))
    } beside {
        |world| file(world, second_volume(), Kind::BookClosed, &with(closed(2, 5), "/volume", json!("02")))
    }
    a_year_is_not_closed_before_its_last_day: YearNotEnded at "/year" {
        |world| close(world, 2026, (2026, 12, 30))
    } beside {
        |world| close(world, 2026, (2026, 12, 31))
    }
    an_office_that_ceases_closes_its_books_before_and_not_those_of_the_next_year: YearNotEnded at "/year" {
        |world| {
            ceases(world);
            close(world, 2027, (2026, 12, 28))
        }
    } beside {
        |world| {
            ceases(world);
            close(world, 2026, (2026, 12, 28))
        }
    }
    a_year_counts_what_the_paper_book_holds_or_leaves_it_out: BookTotalsDiffer at "/events" {
        |world| file(world, from_217(), Kind::BookClosed, &with(closed(217, 221), "/first_number", json!(1)))
    } beside {
        |world| {
            file(world, from_217(), Kind::BookClosed, &with(closed(4, 221), "/first_number", json!(218))).draft();
            file(world, from_217(), Kind::BookClosed, &with(closed(221, 221), "/first_number", json!(1)))
        }
    }
    a_first_volume_may_be_the_paper_book_itself: BookTotalsDiffer at "/events" {
        |world| file(world, from_217(), Kind::BookClosed, &with(closed(5, 221), "/volume", json!("01")))
    } beside {
        |world| {
            file(world, from_217(), Kind::BookClosed, &with(closed(4, 221), "/volume", json!("01"))).draft();
            file(world, from_217(), Kind::BookClosed, &with(closed(221, 221), "/volume", json!("01")))
        }
    }
    volumes_are_opened_one_after_the_other: BookOpenedAlready at "/ordinal" {
        |world| file(world, second_volume(), Kind::BookOpened, &opened(2))
    } beside {
        |world| file(world, second_volume(), Kind::BookOpened, &opened(3))
    }
    the_run_never_goes_back: ContinuesBelow at "/continues_from" {
        |world| file(world, five(), Kind::BookOpened, &with(opened(1), "/continues_from", json!(4)))
    } beside {
        |world| file(world, five(), Kind::BookOpened, &with(opened(1), "/continues_from", json!(57)))
    }
    a_book_is_opened_in_the_lane_of_its_numbers: BookOfAnotherLane at "/book_type" {
        |world| world.file("303/acts", Kind::BookOpened, &with(opened(1), "/book_type", json!("copies")))
    } beside {
        |world| world.file("303/desk", Kind::BookOpened, &with(opened(1), "/book_type", json!("copies")))
    }
    a_book_of_the_office_is_not_closed_at_the_desk: BookOfAnotherLane at "/book_type" {
        |world| world.file("303/desk", Kind::BookClosed, &closed(0, 0))
    } beside {
        |world| world.file("303/acts", Kind::BookClosed, &closed(0, 0))
    }
    only_the_head_of_the_office_refuses: OnlyTheHeadRefuses at "" {
        |world| filed_as(world, Role::Officer)
    } beside {
        |world| filed_as(world, Role::Head)
    }
    what_an_office_does_is_not_dated_ahead: RegisteredInFuture at "/closed_on" {
        |world| world.file(AN_HOI, Kind::BookClosed, &with(closed(0, 0), "/closed_on", json!("2027-01-02")))
    } beside {
        |world| world.file(AN_HOI, Kind::BookClosed, &closed(0, 0))
    }
    a_notice_that_nobody_was_given_is_not_acknowledged: NotThereToEnd at "/event" {
        |world| discharged(world, false, Kind::NoticeAcknowledged, &acknowledged())
    } beside {
        |world| discharged(world, true, Kind::NoticeAcknowledged, &acknowledged())
    }
    a_task_that_nobody_has_is_not_settled: NotThereToEnd at "/task" {
        |world| discharged(world, false, Kind::TaskSettled, &settled())
    } beside {
        |world| discharged(world, true, Kind::TaskSettled, &settled())
    }
    a_person_is_not_compared_with_themself: EntryTwice at "/second" {
        |world| world.file(AN_HOI, Kind::IdentityDecided, &identity(1, 1))
    } beside {
        |world| world.file(AN_HOI, Kind::IdentityDecided, &identity(1, 2))
    }
}

fn discharged(world: &mut World, open: bool, kind: Kind, json: &Json) -> Verdict {
    world.open = Some(open);
    world.file(AN_HOI, kind, json)
}

fn acknowledged() -> Json {
    json!({
        "acknowledged_on": "2026-03-02", "event": EventId::at(1, [9; 10]).to_string(),
        "entry": EntryId::at(1, [9; 10]).to_string(), "officer": "Ka Dung",
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

fn settled() -> Json {
    json!({
        "settled_on": "2026-03-02", "task": "flag", "entry": EntryId::at(1, [9; 10]).to_string(),
        "verdict": "left_as_is", "reason": "Đã đối chiếu với Sổ", "officer": "Ka Dung",
        "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

fn identity(first: u64, second: u64) -> Json {
    let person = |number| json!({ "entry": EntryId::at(number, [9; 10]).to_string(), "role": "child" });
    json!({
        "decided_on": "2026-03-02", "first": person(first), "second": person(second), "verdict": "same",
        "reason": "Cùng cha, mẹ, ngày sinh, nơi sinh", "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
    })
}

/// Three acts in the first volume, two in the second.
fn second_volume() -> BookFacts {
    BookFacts {
        volumes: 2,
        before: 3,
        in_volumes_before: 3,
        ..five()
    }
}

pub mod warned {
    use super::*;
    use crate::verdict::warnings;

    /// Five acts of the ledger and two entries taken over from the paper book of the year.
    fn with_paper() -> BookFacts {
        BookFacts {
            digitised: 2,
            ..five()
        }
    }

    fn december(world: &mut World) {
        world.today = Date::new(2026, 12, 1).unwrap();
    }

    warnings! {
        totals_that_count_the_paper_book_otherwise_are_shown: TotalsByHand at "/events" {
            |world| file(world, with_paper(), Kind::BookClosed, &closed(6, 5))
        } beside {
            |world| file(world, with_paper(), Kind::BookClosed, &closed(7, 5))
        }
        a_book_is_closed_by_the_fifth_of_january: ClosedLate at "/closed_on" {
            |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2026-01-06")))
        } beside {
            |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2026-01-05")))
        }
        a_year_is_closed_when_it_has_ended: ClosedEarly at "/closed_on" {
            |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2025-12-30")))
        } beside {
            |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2025-12-31")))
        }
        a_volume_is_closed_when_it_is_full: ClosedEarly at "/closed_on" {
            |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2025-06-30")))
        } beside {
            |world| {
                let volume = with(with(closed(5, 5), "/closed_on", json!("2025-06-30")), "/closes_year", json!(false));
                file(world, five(), Kind::BookClosed, &volume)
            }
        }
        an_office_that_ceases_closes_its_books: ClosedEarly at "/closed_on" {
            |world| file(world, five(), Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2025-06-30")))
        } beside {
            |world| {
                world.book = Some(five());
                world.file(AN_NHON, Kind::BookClosed, &with(closed(5, 5), "/closed_on", json!("2025-06-30")))
            }
        }
        an_old_book_goes_on_behind_its_closing: BookIsClosed at "/book" {
            |world| {
                december(world);
                world.book = Some(year_closed());
                world.file("101/digitised", Kind::Birth, &birth())
            }
        } beside {
            |world| {
                december(world);
                world.book = Some(five());
                world.file("101/digitised", Kind::Birth, &birth())
            }
        }
        whoever_changes_an_entry_of_a_split_office_is_told_that_nobody_decided: CustodyUndecided at "/amended/0" {
            |world| corrected_after_a_split(world, false)
        } beside {
            |world| corrected_after_a_split(world, true)
        }
        so_is_whoever_notes_a_divorce_at_it: CustodyUndecided at "" {
            |world| divorced_after_a_split(world, false)
        } beside {
            |world| divorced_after_a_split(world, true)
        }
    }

    /// An Hội is split; a birth that it registered is corrected at An Nhơn's successor.
    fn corrected_after_a_split(world: &mut World, decided: bool) -> Verdict {
        let entry = world.given(AN_HOI, Kind::Birth, &birth());
        split(world, decided);
        let act = amendment(entry, "birth", "/child/sex", json!("female"), json!("male"));
        world.file("102/acts", Kind::Correction, &act)
    }

    fn divorced_after_a_split(world: &mut World, decided: bool) -> Verdict {
        let entry = world.given(AN_HOI, Kind::Marriage, &marriage());
        split(world, decided);
        world.file_at(entry, "102/acts", Kind::DivorceNoted, &divorce())
    }

    fn split(world: &mut World, decided: bool) {
        let split = json!({ "office": 303, "successor": 102, "on": "2026-01-01", "also": [404] });
        let open = json!({ "office": 404, "name": "UBND xã Đạ Huoai", "level": "commune", "opened_on": "2026-01-01" });
        world.administer(Kind::OfficeOpened, &open);
        world.administer(Kind::OfficeSucceeded, &split);
        if decided {
            let entrusted =
                json!({ "from": 303, "to": 102, "on": "2026-01-01", "decision": "QĐ 12/QĐ-UBND" });
            world.administer(Kind::BooksEntrusted, &entrusted);
        }
    }
}

#[test]
fn a_year_that_was_closed_early_before_that_was_refused_is_judged_as_then() {
    close(&mut World::new(), 2026, (2026, 11, 21)).draft();
}

#[test]
fn a_refused_closing_says_what_the_ledger_counts() {
    let mut world = World::new();
    let refusals = file(&mut world, five(), Kind::BookClosed, &closed(9, 9))
        .0
        .unwrap_err();
    let expected: Vec<_> = refusals
        .iter()
        .map(|refusal| (refusal.pointer.as_str(), refusal.expected))
        .collect();
    assert_eq!(expected, [("/events", Some(5)), ("/last_number", Some(5))]);
}

#[test]
fn notes_are_never_kept_out_of_a_closed_book() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Marriage, &marriage());
    world.book = Some(year_closed());
    world
        .file_at(entry, AN_HOI, Kind::DivorceNoted, &divorce())
        .draft();
}

#[test]
fn the_run_goes_on_from_the_paper_book_and_from_volume_to_volume() {
    let stream: StreamId = "303/acts".parse().unwrap();
    let mut book = BookFacts::default();
    let mut take = |kind: Kind, json: &Json| {
        let act = act(kind, json);
        assert_eq!(
            BookYear::of(stream, &act).map(|of| (of.office.0, of.book)),
            Some((303, BookType::Births))
        );
        book.take(Lane::Acts, &act);
        book
    };
    let number = |number: u32| {
        with(
            with(birth(), "/book/number", json!(number)),
            "/book/year",
            json!(2026),
        )
    };
    assert_eq!(
        take(Kind::BookOpened, &with(opened(1), "/continues_from", json!(57))).next_number(),
        58
    );
    take(Kind::Birth, &number(58));
    take(Kind::Birth, &number(59));
    let second = take(Kind::BookOpened, &opened(2));
    assert_eq!((second.next_number(), second.in_volume()), (60, 0));
    let third = take(Kind::Birth, &number(60));
    assert_eq!((third.in_volume(), third.in_year, third.before), (1, 3, 59));
    let Act::BookClosed(closing) = act(Kind::BookClosed, &closed(3, 60)) else {
        panic!("a closing")
    };
    let totals = third.totals(&closing);
    assert_eq!(
        (totals.events, totals.first_number, totals.last_number),
        (60, Some(1), Some(60))
    );
    let without_paper = third.readings(&closing)[1];
    assert_eq!(
        (
            without_paper.events,
            without_paper.first_number,
            without_paper.last_number
        ),
        (3, Some(58), Some(60))
    );
    assert_eq!(
        take(Kind::BookClosed, &closed(3, 60)).closed_on,
        Date::new(2026, 1, 2).ok()
    );
}
