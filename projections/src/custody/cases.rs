//! Decisions about books → rows, and the notices that go by them.

use civil::act::{Act, BooksEntrusted};
use civil::id::{OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use ledger::Engine;

use super::{all, entrusted};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    decisions_are_read_back_as_they_were_made
    whoever_keeps_the_books_by_decision_owes_itself_no_notice
}

fn decided(scribe: &mut Scribe, from: u32, to: u32) -> Written {
    let act = BooksEntrusted {
        book_type: Some(BookType::Births),
        last_year: Some(2025),
        ..BooksEntrusted::least(
            OfficeId(from),
            OfficeId(to),
            scribe.today(),
            acts::text("Quyết định số 12/QĐ-UBND"),
        )
    };
    scribe.write(StreamId::ADMINISTRATION, None, Act::BooksEntrusted(Box::new(act)))
}

async fn decisions_are_read_back_as_they_were_made(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let decisions = [decided(&mut scribe, 1, 2), decided(&mut scribe, 1, 3)];
        fixture.append_all(&decisions).await;
        let made: Vec<_> = decisions
            .iter()
            .filter_map(|decision| entrusted(&decision.event))
            .collect();
        let kept = all(&fixture.reader()).await.unwrap();
        let read: Vec<_> = kept.into_iter().map(|kept| kept.entrusted).collect();
        assert_eq!(read, made);
    })
    .await;
}

/// Office 2 corrects a birth of office 1: it owes office 1 a notice unless it keeps the book itself.
async fn whoever_keeps_the_books_by_decision_owes_itself_no_notice(engine: Engine) {
    for (decide, at_once) in [(false, false), (true, false), (true, true)] {
        judge_opened(engine, async |fixture, mut scribe| {
            let mut events = Vec::new();
            let book = scribe.number(OfficeId(1), BookType::Births);
            let birth = acts::birth(&mut Chance::new(5), book, scribe.today());
            events.push(scribe.register(Scribe::acts_of(OfficeId(1)), birth));
            if decide {
                events.push(decided(&mut scribe, 1, 2));
            }
            let entry = scribe.entries[&events[0].event.envelope.entry.unwrap()].clone();
            let name = Stated::plain(acts::name(&mut Chance::new(9)));
            let amended = vec![acts::amended(&entry, "/mother/name", Some(name))];
            let number = scribe.number(OfficeId(2), BookType::Changes);
            let change = acts::amendment(Kind::Change, number, scribe.today(), amended);
            events.push(scribe.register(Scribe::acts_of(OfficeId(2)), change));
            if at_once {
                fixture.append_all(&events).await;
            } else {
                for event in &events {
                    fixture.append(event).await;
                }
            }
            let notices = crate::notice::of_entry(&fixture.reader(), entry.id)
                .await
                .unwrap();
            assert_eq!(
                notices.is_empty(),
                decide,
                "decided: {decide}, at once: {at_once}"
            );
        })
        .await;
    }
}
