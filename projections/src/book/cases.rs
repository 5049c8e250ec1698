//! Events → runs of numbers.

use civil::id::{Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::value::Date;
use ledger::Engine;

use super::{next_number, of_office, rows};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    the_next_number_follows_from_what_was_registered_at_this_office_in_this_book_and_year
    an_entry_taken_over_from_an_old_book_does_not_move_the_run
}

const HERE: OfficeId = OfficeId(1);

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
        let next =
            async |office, book, year| next_number(&fixture.reader(), office, book, year).await.unwrap();
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
        let next = next_number(&fixture.reader(), HERE, BookType::Births, 2025)
            .await
            .unwrap();
        assert_eq!(next, 2);
        let books = of_office(&fixture.reader(), HERE, 2025).await.unwrap();
        let counts: Vec<_> = books
            .iter()
            .map(|book| (book.book, book.total, book.digitised))
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
