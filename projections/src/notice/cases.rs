//! Events → notices.

use civil::act::{
    Act, BooksEntrusted, Death, MarginalNoteEntered, NoticeAcknowledged, OfficeLevel, OfficeOpened,
    OfficeSucceeded, Place,
};
use civil::id::{OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::notice::NoticeReason;
use civil::stated::Stated;
use civil::unit::UnitId;
use civil::value::{Date, Nationality};
use ledger::Engine;

use super::{Notice, closed_for, of_entry, open_for, overdue, overdue_by_office};
use crate::testing::fixture::{Fixture, both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    an_amendment_filed_elsewhere_owes_the_keeper_a_notice_until_the_note_is_entered
    whoever_takes_over_the_books_takes_over_the_notices
    nothing_is_owed_for_an_amendment_filed_where_the_book_is_kept
    the_first_note_closes_a_notice_also_when_all_comes_in_one_batch
    what_is_not_closed_by_the_day_it_is_due_is_overdue
    the_office_of_the_residence_is_told_and_acknowledges
    the_foreign_ministry_is_told_of_the_death_of_a_foreigner
    books_that_were_entrusted_take_their_notices_along
    what_another_keeps_does_not_count_towards_a_limit
    a_note_signed_after_three_in_the_afternoon_is_due_on_the_next_working_day
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
    correct_name(scribe, at, of, "/wife/name")
}

fn correct_name(scribe: &mut Scribe, at: OfficeId, of: &Written, field: &'static str) -> Written {
    let entry = &scribe.entries[&of.event.envelope.entry.unwrap()];
    let name = acts::name(&mut Chance::new(scribe.position()));
    let amended = vec![acts::amended(entry, field, Some(Stated::plain(name)))];
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
            (notice.from, notice.addressed_to, notice.owed_to),
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

/// To 2026-11-30, a Monday, when more is owed than notes.
fn this_year(scribe: &mut Scribe) {
    scribe.wait(637 * 86_400);
}

/// A death registered at [`FILED`] of somebody who lived in that unit and had that nationality.
fn death(scribe: &mut Scribe, unit: &str, nationality: &str) -> Written {
    let book = scribe.number(FILED, BookType::Deaths);
    let Act::Death(mut death) = acts::death(&mut Chance::new(5), book, scribe.today()) else {
        unreachable!("a death is a death")
    };
    death.deceased.residence = Some(Stated::plain(Place {
        unit: UnitId::parse(unit).ok(),
        ..Place::least(acts::text("phường Vĩnh Phúc"))
    }));
    death.deceased.nationality = Nationality::parse(nationality).ok().map(Stated::plain);
    let act: Box<Death> = death;
    scribe.register(Scribe::acts_of(FILED), Act::Death(act))
}

fn acknowledge(scribe: &mut Scribe, at: OfficeId, of: &Written) -> Written {
    let envelope = &of.event.envelope;
    let act = NoticeAcknowledged::least(
        scribe.today(),
        envelope.event,
        envelope.entry.unwrap(),
        acts::signer(),
    );
    scribe.write(Scribe::acts_of(at), None, Act::NoticeAcknowledged(Box::new(act)))
}

async fn the_office_of_the_residence_is_told_and_acknowledges(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let before = death(&mut scribe, "00006@..", "VNM");
        this_year(&mut scribe);
        let elsewhere = death(&mut scribe, "00006@..", "VNM");
        let at_home = death(&mut scribe, "00004@..", "VNM");
        fixture.append_all(&[before, elsewhere.clone(), at_home]).await;
        let owed = open(fixture, HEIR).await;
        assert_eq!(owed.len(), 1);
        assert_eq!(
            (owed[0].event, owed[0].reason, owed[0].from),
            (elsewhere.event.envelope.event, NoticeReason::Residence, FILED)
        );
        // An office that has nothing to do with it acknowledges nothing; a successor does.
        let stranger = acknowledge(&mut scribe, REGISTERED, &elsewhere);
        fixture.append(&stranger).await;
        assert_eq!(open(fixture, HEIR).await.len(), 1);
        let merged = succeed(&mut scribe, HEIR, OfficeId(4));
        let acknowledged = acknowledge(&mut scribe, OfficeId(4), &elsewhere);
        let merged_again = succeed(&mut scribe, OfficeId(4), OfficeId(5));
        fixture
            .append_all(&[merged, acknowledged.clone(), merged_again])
            .await;
        let all = of_entry(&fixture.reader(), elsewhere.event.envelope.entry.unwrap())
            .await
            .unwrap();
        assert_eq!(
            all.iter()
                .map(|notice| notice.closed.map(|closing| closing.event))
                .collect::<Vec<_>>(),
            [Some(acknowledged.event.envelope.event)]
        );
    })
    .await;
}

async fn the_foreign_ministry_is_told_of_the_death_of_a_foreigner(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        this_year(&mut scribe);
        let unheard = death(&mut scribe, "00004@..", "FRA");
        let ministry = OfficeId(900);
        let opened = OfficeOpened::least(
            ministry,
            acts::text("Bộ Ngoại giao"),
            OfficeLevel::ForeignMinistry,
            scribe.today(),
        );
        let opened = scribe.write(
            StreamId::ADMINISTRATION,
            None,
            Act::OfficeOpened(Box::new(opened)),
        );
        let foreigner = death(&mut scribe, "00004@..", "FRA");
        let citizen = death(&mut scribe, "00004@..", "VNM");
        fixture
            .append_all(&[unheard, opened, foreigner.clone(), citizen])
            .await;
        let owed = open(fixture, ministry).await;
        assert_eq!(owed.len(), 1);
        assert_eq!(
            (owed[0].event, owed[0].reason),
            (foreigner.event.envelope.event, NoticeReason::ForeignMinistry)
        );
    })
    .await;
}

async fn a_note_signed_after_three_in_the_afternoon_is_due_on_the_next_working_day(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        // The scribe writes at nine; 2025-03-03 is a Monday.
        scribe.wait(6 * 3_600);
        let in_time = correct(&mut scribe, FILED, &entry);
        scribe.wait(60);
        let late = correct(&mut scribe, FILED, &entry);
        fixture.append_all(&[entry, in_time, late]).await;
        let due: Vec<_> = open(fixture, REGISTERED)
            .await
            .iter()
            .map(|notice| notice.due_on.to_string())
            .collect();
        assert_eq!(due, ["2025-03-03", "2025-03-04"]);
        let counted = overdue_by_office(&fixture.reader(), Date::new(2025, 3, 5).unwrap())
            .await
            .unwrap();
        let counted: Vec<_> = counted
            .iter()
            .map(|late| (late.office, late.notices, late.oldest.to_string()))
            .collect();
        assert_eq!(counted, [(REGISTERED, 2, "2025-03-03".to_owned())]);
    })
    .await;
}

async fn books_that_were_entrusted_take_their_notices_along(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let entry = marriage(&mut scribe);
        let before = correct(&mut scribe, FILED, &entry);
        let entrust = |book, to| {
            Act::BooksEntrusted(Box::new(BooksEntrusted {
                book_type: book,
                ..BooksEntrusted::least(
                    REGISTERED,
                    to,
                    Date::new(2025, 3, 3).unwrap(),
                    acts::text("Quyết định 1"),
                )
            }))
        };
        let others = scribe.write(
            StreamId::ADMINISTRATION,
            None,
            entrust(Some(BookType::Births), OfficeId(4)),
        );
        fixture.append_all(&[entry.clone(), before.clone(), others]).await;
        assert_eq!(open(fixture, REGISTERED).await.len(), 1);
        let given = scribe.write(
            StreamId::ADMINISTRATION,
            None,
            entrust(Some(BookType::Marriages), HEIR),
        );
        let after = correct(&mut scribe, FILED, &entry);
        let own = correct(&mut scribe, HEIR, &entry);
        fixture.append_all(&[given, after.clone(), own]).await;
        assert_eq!(open(fixture, REGISTERED).await, []);
        let owed: Vec<_> = open(fixture, HEIR)
            .await
            .iter()
            .map(|notice| notice.event)
            .collect();
        assert_eq!(owed, [before.event.envelope.event, after.event.envelope.event]);
        let merged = succeed(&mut scribe, HEIR, OfficeId(5));
        let late = correct(&mut scribe, OfficeId(5), &entry);
        let entered = enter(&mut scribe, OfficeId(5), &entry, &before);
        fixture.append_all(&[merged, late, entered]).await;
        let owed: Vec<_> = open(fixture, OfficeId(5))
            .await
            .iter()
            .map(|notice| notice.event)
            .collect();
        assert_eq!(owed, [after.event.envelope.event]);
        let counted = overdue_by_office(&fixture.reader(), Date::new(2025, 3, 5).unwrap())
            .await
            .unwrap();
        assert_eq!(
            counted
                .iter()
                .map(|late| (late.office, late.notices))
                .collect::<Vec<_>>(),
            [(OfficeId(5), 1)]
        );
    })
    .await;
}

/// The limit was taken before the notices of books that another keeps were left out: the list came out too short.
async fn what_another_keeps_does_not_count_towards_a_limit(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let book = scribe.number(REGISTERED, BookType::Births);
        let birth = acts::birth(&mut Chance::new(5), book, scribe.today());
        let birth = scribe.register(Scribe::acts_of(REGISTERED), birth);
        let marriage = marriage(&mut scribe);
        let corrected = [
            correct_name(&mut scribe, FILED, &birth, "/mother/name"),
            correct(&mut scribe, FILED, &marriage),
            correct(&mut scribe, FILED, &marriage),
        ];
        let entered = [
            enter(&mut scribe, REGISTERED, &birth, &corrected[0]),
            enter(&mut scribe, REGISTERED, &marriage, &corrected[1]),
        ];
        let entrusted = BooksEntrusted {
            book_type: Some(BookType::Marriages),
            ..BooksEntrusted::least(REGISTERED, HEIR, scribe.today(), acts::text("Quyết định 1"))
        };
        let entrusted = scribe.write(
            StreamId::ADMINISTRATION,
            None,
            Act::BooksEntrusted(Box::new(entrusted)),
        );
        let events = [vec![birth, marriage], corrected.to_vec(), entered.to_vec()].concat();
        fixture.append_all(&events).await;
        let closed = async |office, limit| {
            let notices = closed_for(&fixture.reader(), office, limit).await.unwrap();
            notices.iter().map(|notice| notice.event).collect::<Vec<_>>()
        };
        let [of_birth, of_marriage, _] = corrected.map(|written| written.event.envelope.event);
        assert_eq!(closed(REGISTERED, 1).await, [of_marriage]);
        fixture.append(&entrusted).await;
        assert_eq!(closed(REGISTERED, 1).await, [of_birth]);
        assert_eq!(closed(REGISTERED, 9).await, [of_birth]);
        assert_eq!(closed(HEIR, 1).await, [of_marriage]);
        // The third is open and late at whoever got the book.
        let late = overdue_by_office(&fixture.reader(), Date::new(2025, 4, 5).unwrap())
            .await
            .unwrap();
        let late: Vec<_> = late.iter().map(|late| (late.office, late.notices)).collect();
        assert_eq!(late, [(HEIR, 1)]);
    })
    .await;
}
