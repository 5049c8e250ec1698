//! Events → runs of numbers.

use civil::act::{Act, BookClosed, BookOpened};
use civil::book::{BookFacts, BookYear};
use civil::id::{Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::value::Date;
use ledger::Engine;

use super::row::rows;
use super::{closings, facts, of_office, old_numbers, volumes};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    a_book_goes_on_from_the_paper_one_through_its_volumes_to_its_closing
    the_next_number_follows_from_what_was_registered_at_this_office_in_this_book_and_year
    an_entry_taken_over_from_an_old_book_does_not_move_the_run
}

const HERE: OfficeId = OfficeId(1);
const BIRTHS: BookYear = BookYear {
    office: HERE,
    book: BookType::Births,
    year: 2025,
};

fn opened(scribe: &mut Scribe, ordinal: u16, continues_from: Option<u32>) -> Written {
    let day = scribe.today();
    let opened = BookOpened::least(
        BookType::Births,
        2025,
        acts::text("01"),
        day,
        ordinal,
        acts::signer(),
    );
    let act = Act::BookOpened(Box::new(BookOpened {
        continues_from,
        ..opened
    }));
    scribe.write(Scribe::acts_of(HERE), None, act)
}

fn closed(scribe: &mut Scribe, events: u32, closes_year: bool) -> Written {
    let day = scribe.today();
    let act = BookClosed::least(BookType::Births, 2025, day, events, closes_year, acts::signer());
    scribe.write(Scribe::acts_of(HERE), None, Act::BookClosed(Box::new(act)))
}

async fn a_book_goes_on_from_the_paper_one_through_its_volumes_to_its_closing(engine: Engine) {
    for at_once in [true, false] {
        judge_opened(engine, async |fixture, mut scribe| {
            let events = [
                opened(&mut scribe, 1, Some(57)),
                birth(&mut scribe, Lane::Acts, 58),
                birth(&mut scribe, Lane::Acts, 59),
                closed(&mut scribe, 2, false),
                opened(&mut scribe, 2, Some(59)),
                birth(&mut scribe, Lane::Acts, 60),
                closed(&mut scribe, 3, true),
            ];
            if at_once {
                fixture.append_all(&events).await;
            } else {
                for event in &events {
                    fixture.append(event).await;
                }
            }
            let mut folded = BookFacts::default();
            for event in &events {
                folded.take(Lane::Acts, &event.event.body.act);
            }
            let book = facts(&fixture.reader(), BIRTHS).await.unwrap();
            assert_eq!(book, folded);
            assert_eq!((book.in_volume(), book.closed_on), (1, Some(scribe.today())));
            let volumes = volumes(&fixture.reader(), BIRTHS).await.unwrap();
            let paper: Vec<_> = volumes.iter().map(|volume| volume.left_to_paper()).collect();
            assert_eq!(paper, [Some((1, 57)), None]);
            let closings = closings(&fixture.reader(), BIRTHS).await.unwrap();
            let counted: Vec<_> = closings
                .iter()
                .map(|closing| {
                    (
                        closing.ledger.events,
                        closing.ledger.first_number,
                        closing.closes_year,
                    )
                })
                .collect();
            assert_eq!(counted, [(2, Some(58), false), (60, Some(1), true)]);
        })
        .await;
    }
}

fn birth(scribe: &mut Scribe, lane: Lane, number: u32) -> Written {
    let mut book = scribe.number(HERE, BookType::Births);
    book.number = Some(number);
    let act = acts::birth(&mut Chance::new(u64::from(number)), book, scribe.today());
    scribe.register(StreamId { office: HERE, lane }, act)
}

async fn the_next_number_follows_from_what_was_registered_at_this_office_in_this_book_and_year(
    engine: Engine,
) {
    judge_opened(engine, async |fixture, mut scribe| {
        let next = async |office, book, year| {
            let of = BookYear { office, book, year };
            facts(&fixture.reader(), of).await.unwrap().next_number()
        };
        assert_eq!(next(HERE, BookType::Births, 2025).await, 1);
        let births = [
            birth(&mut scribe, Lane::Acts, 1),
            birth(&mut scribe, Lane::Acts, 2),
        ];
        fixture.append_all(&births).await;
        fixture.append(&birth(&mut scribe, Lane::Acts, 3)).await;
        let entry = &scribe.entries[&births[0].event.envelope.entry.unwrap()];
        let name = civil::stated::Stated::plain(acts::name(&mut Chance::new(9)));
        let amended = vec![acts::amended(entry, "/mother/name", Some(name))];
        let book = scribe.number(HERE, BookType::Changes);
        let change = acts::amendment(Kind::Change, book, scribe.today(), amended);
        fixture
            .append(&scribe.register(Scribe::acts_of(HERE), change))
            .await;
        assert_eq!(next(HERE, BookType::Births, 2025).await, 4);
        assert_eq!(next(HERE, BookType::Changes, 2025).await, 2);
        assert_eq!(next(HERE, BookType::Births, 2026).await, 1);
        assert_eq!(next(HERE, BookType::Deaths, 2025).await, 1);
        assert_eq!(next(OfficeId(2), BookType::Births, 2025).await, 1);
    })
    .await;
}

async fn an_entry_taken_over_from_an_old_book_does_not_move_the_run(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        fixture.append(&birth(&mut scribe, Lane::Acts, 1)).await;
        for number in [311, 311] {
            fixture.append(&birth(&mut scribe, Lane::Digitised, number)).await;
        }
        let book = facts(&fixture.reader(), BIRTHS).await.unwrap();
        assert_eq!(book.next_number(), 2);
        assert_eq!(old_numbers(&fixture.reader(), BIRTHS).await.unwrap(), [(311, 2)]);
        let books = of_office(&fixture.reader(), HERE, 2025).await.unwrap();
        let counts: Vec<_> = books
            .iter()
            .map(|book| (book.of.book, book.facts.in_year, book.facts.digitised))
            .collect();
        assert_eq!(counts, [(BookType::Births, 1, 2)]);
        let found = crate::entry::by_number(&fixture.reader(), HERE, BookType::Births, 2025, 311)
            .await
            .unwrap();
        assert_eq!(found.len(), 2);
    })
    .await;
}

#[test]
fn a_batch_writes_each_run_once() {
    let mut scribe = Scribe::new(1, Date::new(2025, 3, 3).unwrap());
    scribe.found();
    let events: Vec<_> = (1..=5)
        .map(|number| birth(&mut scribe, Lane::Acts, number).recorded())
        .collect();
    let rows = serde_json::to_value(rows(&events)).unwrap();
    let row = serde_json::json!([1, "births", 2025, 5, 5, 0]);
    assert_eq!(rows, serde_json::json!([row]));
}
