//! Events → notices.

use civil::act::{Act, MarginalNoteEntered, OfficeSucceeded};
use civil::id::{OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::value::Date;
use ledger::Engine;

use super::{Notice, of_entry, open_for, overdue};
use crate::testing::fixture::{Fixture, both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    an_amendment_filed_elsewhere_owes_the_keeper_a_notice_until_the_note_is_entered
    whoever_takes_over_the_books_takes_over_the_notices
    nothing_is_owed_for_an_amendment_filed_where_the_book_is_kept
    the_first_note_closes_a_notice_also_when_all_comes_in_one_batch
    what_is_not_closed_by_the_day_it_is_due_is_overdue
}

const REGISTERED: OfficeId = OfficeId(1);
const FILED: OfficeId = OfficeId(2);
const HEIR: OfficeId = OfficeId(3);

fn marriage(scribe: &mut Scribe) -> Written {
    let book = scribe.number(REGISTERED, BookType::Marriages);
    let act = acts::marriage(&mut Chance::new(4), book, scribe.today());
    scribe.register(Scribe::acts_of(REGISTERED), act)
}

fn correct(scribe: &mut Scribe, at: OfficeId, of: &Written) -> Written {
    let entry = &scribe.entries[&of.event.envelope.entry.unwrap()];
    let name = acts::name(&mut Chance::new(scribe.position()));
    let amended = vec![acts::amended(entry, "/wife/name", Some(Stated::plain(name)))];
    let book = scribe.number(at, BookType::Changes);
    let act = acts::amendment(Kind::Correction, book, scribe.today(), amended);
    scribe.register(Scribe::acts_of(at), act)
}

fn enter(scribe: &mut Scribe, at: OfficeId, of: &Written, noted: &Written) -> Written {
    let act = Act::MarginalNoteEntered(Box::new(MarginalNoteEntered {
        noted: noted.event.envelope.event,
        entered_on: scribe.today(),
        page: None,
        signer: acts::signer(),
        officer: None,
    }));
    scribe.write(Scribe::acts_of(at), of.event.envelope.entry, act)
}

fn succeed(scribe: &mut Scribe, office: OfficeId, successor: OfficeId) -> Written {
    let act = Act::OfficeSucceeded(Box::new(OfficeSucceeded::least(
        office,
        successor,
        scribe.today(),
    )));
    scribe.write(StreamId::ADMINISTRATION, None, act)
}

async fn open(fixture: &Fixture, office: OfficeId) -> Vec<Notice> {
    open_for(&fixture.reader(), office).await.unwrap()
}

async fn an_amendment_filed_elsewhere_owes_the_keeper_a_notice_until_the_note_is_entered(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        let corrected = correct(&mut scribe, FILED, &entry);
        fixture.append(&entry).await;
        fixture.append(&corrected).await;
        let notices = open(fixture, REGISTERED).await;
        let id = entry.event.envelope.entry.unwrap();
        assert_eq!(notices.len(), 1);
        let notice = &notices[0];
        assert_eq!((notice.event, notice.entry), (corrected.event.envelope.event, id));
        assert_eq!(
            (notice.from, notice.registered_at, notice.owed_to),
            (FILED, REGISTERED, REGISTERED)
        );
        // 2025-03-03 is a Monday: due on the day itself.
        assert_eq!(notice.due_on, Date::new(2025, 3, 3).unwrap());

        let divorced = scribe.write(Scribe::acts_of(FILED), Some(id), acts::divorce(scribe.today()));
        fixture.append(&divorced).await;
        assert_eq!(open(fixture, REGISTERED).await.len(), 2);

        let entered = enter(&mut scribe, REGISTERED, &entry, &corrected);
        let receipt = fixture.append(&entered).await;
        let left = open(fixture, REGISTERED).await;
        assert_eq!(
            left.iter().map(|notice| notice.kind).collect::<Vec<_>>(),
            [Kind::DivorceNoted]
        );
        let all = of_entry(&fixture.reader(), id).await.unwrap();
        let closed = all[0].closed.expect("the first is closed");
        assert_eq!(
            (closed.event, closed.position),
            (entered.event.envelope.event, receipt.position)
        );
    })
    .await;
}

async fn whoever_takes_over_the_books_takes_over_the_notices(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        let before = correct(&mut scribe, FILED, &entry);
        let merged = succeed(&mut scribe, REGISTERED, HEIR);
        let after = correct(&mut scribe, FILED, &entry);
        let own = correct(&mut scribe, HEIR, &entry);
        fixture
            .append_all(&[entry, before.clone(), merged, after.clone(), own])
            .await;
        assert_eq!(open(fixture, REGISTERED).await, []);
        let owed: Vec<_> = open(fixture, HEIR)
            .await
            .iter()
            .map(|notice| notice.event)
            .collect();
        assert_eq!(owed, [before.event.envelope.event, after.event.envelope.event]);
        assert!(
            open(fixture, HEIR)
                .await
                .iter()
                .all(|notice| notice.owed_to == HEIR)
        );
    })
    .await;
}

async fn nothing_is_owed_for_an_amendment_filed_where_the_book_is_kept(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        let corrected = correct(&mut scribe, REGISTERED, &entry);
        let entered = enter(&mut scribe, REGISTERED, &entry, &corrected);
        for event in [&entry, &corrected, &entered] {
            fixture.append(event).await;
        }
        assert_eq!(
            of_entry(&fixture.reader(), entry.event.envelope.entry.unwrap())
                .await
                .unwrap(),
            []
        );
    })
    .await;
}

async fn the_first_note_closes_a_notice_also_when_all_comes_in_one_batch(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        let corrected = correct(&mut scribe, FILED, &entry);
        let first = enter(&mut scribe, REGISTERED, &entry, &corrected);
        let second = enter(&mut scribe, REGISTERED, &entry, &corrected);
        fixture
            .append_all(&[entry.clone(), corrected.clone(), first.clone(), second])
            .await;
        let third = enter(&mut scribe, REGISTERED, &entry, &corrected);
        fixture.append(&third).await;
        let all = of_entry(&fixture.reader(), entry.event.envelope.entry.unwrap())
            .await
            .unwrap();
        let closed: Vec<_> = all
            .iter()
            .map(|notice| notice.closed.map(|closing| closing.event))
            .collect();
        assert_eq!(closed, [Some(first.event.envelope.event)]);
    })
    .await;
}

async fn what_is_not_closed_by_the_day_it_is_due_is_overdue(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        // To Saturday, 2025-03-08: due on Monday.
        scribe.wait(5 * 86_400);
        let corrected = correct(&mut scribe, FILED, &entry);
        fixture.append_all(&[entry, corrected]).await;
        let due = Date::new(2025, 3, 10).unwrap();
        assert_eq!(overdue(&fixture.reader(), due, 10).await.unwrap(), []);
        let late = overdue(&fixture.reader(), due.add_days(1).unwrap(), 10)
            .await
            .unwrap();
        assert_eq!(late.iter().map(|notice| notice.due_on).collect::<Vec<_>>(), [due]);
    })
    .await;
}
