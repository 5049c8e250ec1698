//! Events → entries.

use civil::act::Act;
use civil::id::{Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::note::NoteContent;
use civil::stated::Stated;
use civil::value::{Date, PersonName};
use ledger::{AppendError, Engine, FaultKind};

use super::{EntryView, as_of, by_id, by_number, of_book, timeline};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    an_amendment_filed_elsewhere_changes_the_entry_and_leaves_a_note
    a_divorce_noted_at_a_marriage_shows_its_day
    an_entry_is_found_by_its_number_and_page_by_page_also_where_numbers_repeat
    an_event_that_does_not_fold_is_refused_alone_and_leaves_no_trace
}

const HERE: OfficeId = OfficeId(1);
const ELSEWHERE: OfficeId = OfficeId(2);

fn birth(scribe: &mut Scribe) -> Written {
    let book = scribe.number(HERE, BookType::Births);
    let act = acts::birth(&mut Chance::new(scribe.position()), book, scribe.today());
    scribe.register(Scribe::acts_of(HERE), act)
}

fn rename(scribe: &mut Scribe, of: &Written, name: &str) -> Written {
    let name = Some(Stated::plain(PersonName::parse(name).unwrap()));
    let amended = acts::amended(
        &scribe.entries[&of.event.envelope.entry.unwrap()],
        "/child/name",
        name,
    );
    let book = scribe.number(ELSEWHERE, BookType::Changes);
    let act = acts::amendment(Kind::Change, book, scribe.today(), vec![amended]);
    scribe.register(Scribe::acts_of(ELSEWHERE), act)
}

fn child(view: &EntryView) -> String {
    match &view.current {
        Act::Birth(act) => act.child.name.value.as_ref().unwrap().full().to_owned(),
        _ => panic!("not a birth"),
    }
}

async fn an_amendment_filed_elsewhere_changes_the_entry_and_leaves_a_note(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = birth(&mut scribe);
        let id = born.event.envelope.entry.unwrap();
        fixture.append(&born).await;
        let before = by_id(&fixture.reader(), id).await.unwrap().unwrap();
        assert_eq!(
            (before.head_position, before.notes.len()),
            (born.event.position, 0)
        );

        let renamed = rename(&mut scribe, &born, "Lê Thị Mới");
        let receipt = fixture.append(&renamed).await;
        let after = by_id(&fixture.reader(), id).await.unwrap().unwrap();
        assert_eq!(child(&after), "Lê Thị Mới");
        assert_eq!(
            (after.office, after.registered_on()),
            (HERE, before.registered_on())
        );
        assert_eq!(
            (after.head_position, after.changed_position),
            (receipt.position, receipt.position)
        );
        assert_eq!(after.head, renamed.event.hash);
        let note = &after.notes[0];
        assert_eq!(
            (note.kind, note.office, note.position),
            (Kind::Change, ELSEWHERE, receipt.position)
        );
        assert!(matches!(&note.content, NoteContent::Amended { number, .. } if number == "1/2025"));

        let own = by_id(&fixture.reader(), renamed.event.envelope.entry.unwrap())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((own.kind, own.office), (Kind::Change, ELSEWHERE));
    })
    .await;
}

async fn a_divorce_noted_at_a_marriage_shows_its_day(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let book = scribe.number(HERE, BookType::Marriages);
        let act = acts::marriage(&mut Chance::new(1), book, scribe.today());
        let married = scribe.register(Scribe::acts_of(HERE), act);
        let id = married.event.envelope.entry;
        let divorced = scribe.write(Scribe::acts_of(ELSEWHERE), id, acts::divorce(scribe.today()));
        fixture.append_all(&[married, divorced]).await;
        let view = by_id(&fixture.reader(), id.unwrap()).await.unwrap().unwrap();
        assert_eq!(view.divorced_on(), scribe.today().add_days(-30));
    })
    .await;
}

async fn an_entry_is_found_by_its_number_and_page_by_page_also_where_numbers_repeat(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let mut opened = Vec::new();
        for number in [12, 12, 3, 12, 40] {
            let mut book = scribe.number(HERE, BookType::Births);
            (book.number, book.year) = (Some(number), Some(1975));
            let act = acts::birth(&mut Chance::new(7), book, scribe.today());
            let stream = StreamId {
                office: HERE,
                lane: Lane::Digitised,
            };
            opened.push(scribe.register(stream, act));
        }
        fixture.append_all(&opened).await;
        let id = |index: usize| opened[index].event.envelope.entry.unwrap();
        let twelve = by_number(&fixture.reader(), HERE, BookType::Births, 1975, 12)
            .await
            .unwrap();
        assert_eq!(
            twelve.iter().map(|entry| entry.id).collect::<Vec<_>>(),
            [id(0), id(1), id(3)]
        );
        assert!(twelve.iter().all(|entry| entry.lane == Lane::Digitised));
        let (mut pages, mut last) = (Vec::new(), None);
        loop {
            let page = of_book(&fixture.reader(), HERE, BookType::Births, 1975, last.as_ref(), 2)
                .await
                .unwrap();
            let Some(end) = page.last().cloned() else { break };
            pages.push(page.iter().map(|entry| entry.id).collect::<Vec<_>>());
            last = Some(end);
        }
        assert_eq!(pages, [vec![id(2), id(0)], vec![id(1), id(3)], vec![id(4)]]);
    })
    .await;
}

async fn an_event_that_does_not_fold_is_refused_alone_and_leaves_no_trace(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let (born, other) = (birth(&mut scribe), birth(&mut scribe));
        fixture.append_all(&[born.clone(), other]).await;
        let before = fixture.digests().await;
        // The envelope is in order, the body amends an entry that was never opened: `CivilEvent::read` would not let it pass.
        let mut candidate = rename(&mut scribe, &born, "Lê Thị Mới").candidate();
        if let Act::Change(act) = &mut candidate.event.body.act {
            act.amended[0].entry = civil::id::EntryId::from_bytes([9; 16]);
        }
        match fixture.ledger.append(candidate).await {
            Err(AppendError::Fault(fault)) => {
                assert_eq!(fault.kind(), FaultKind::Projection);
                assert!(
                    fault.to_string().contains("there is no entry 09090909-"),
                    "{fault}"
                );
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(fixture.digests().await, before);
    })
    .await;
}

#[test]
fn an_entry_can_be_seen_on_either_axis_of_time() {
    let mut scribe = Scribe::new(1, Date::new(2025, 3, 3).unwrap());
    scribe.found();
    let born = birth(&mut scribe);
    scribe.wait(30 * 86_400);
    let renamed = rename(&mut scribe, &born, "Lê Thị Mới");
    let events = [born.event.clone(), renamed.event.clone()];
    let name = |day, known| {
        as_of(&events, day, known)
            .unwrap()
            .map(|view| (child(&view), view.changed_position))
    };
    let old = child(&EntryView::of_events(&events[..1]).unwrap().unwrap());
    let (first, second) = (born.event.position, renamed.event.position);
    assert_eq!(name(None, None), Some(("Lê Thị Mới".to_owned(), second)));
    assert_eq!(
        name(Some(Date::new(2025, 3, 20).unwrap()), None),
        Some((old.clone(), first))
    );
    assert_eq!(name(None, Some(born.event.recorded_at_ms)), Some((old, first)));
    assert_eq!(name(None, Some(born.event.recorded_at_ms - 1)), None);

    let moments = timeline(born.event.envelope.entry.unwrap(), &events);
    let seen: Vec<_> = moments
        .iter()
        .map(|moment| (moment.kind, moment.changes, moment.note.is_some()))
        .collect();
    assert_eq!(seen, [(Kind::Birth, true, false), (Kind::Change, true, true)]);
}
