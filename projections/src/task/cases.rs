//! Events → tasks.

use civil::act::{
    Act, BooksEntrusted, IdentityDecided, IdentityVerdict, OfficeSucceeded, OtherReading, PersonRef,
    PersonRole, Source, SourceSystem, TaskKind, TaskSettled, TaskVerdict,
};
use civil::decide::WarningCode;
use civil::id::{EntryId, Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::value::PartialDate;
use ledger::Engine;

use super::{Opened, Task, counts, of_entry, open_for};
use crate::testing::fixture::{Fixture, both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    an_acknowledged_flag_is_open_until_what_it_is_about_is_amended
    an_officer_settles_a_task_and_no_other
    a_decision_about_one_pair_leaves_the_flag_for_the_other_candidates
    an_old_book_leaves_its_places_and_its_other_readings_to_be_looked_into
    whoever_takes_over_the_books_takes_over_the_tasks
    books_that_were_entrusted_take_their_tasks_along
}

const HERE: OfficeId = OfficeId(1);
const HEIR: OfficeId = OfficeId(3);

fn birth(scribe: &mut Scribe, seen: &[WarningCode]) -> Written {
    let book = scribe.number(HERE, BookType::Births);
    let act = acts::birth(&mut Chance::new(scribe.position()), book, scribe.today());
    for warning in seen {
        scribe.acknowledge(*warning);
    }
    scribe.register(Scribe::acts_of(HERE), act)
}

fn entry(written: &Written) -> EntryId {
    written.event.envelope.entry.unwrap()
}

fn correct(scribe: &mut Scribe, of: &Written, field: &'static str) -> Written {
    let entry = &scribe.entries[&entry(of)];
    let amended = match field.ends_with("born_on") {
        true => acts::amended(
            entry,
            field,
            Some(Stated::plain(PartialDate::from_year(1971).unwrap())),
        ),
        false => acts::amended(
            entry,
            field,
            Some(Stated::plain(acts::name(&mut Chance::new(scribe.position())))),
        ),
    };
    let book = scribe.number(HERE, BookType::Changes);
    let act = acts::amendment(Kind::Correction, book, scribe.today(), vec![amended]);
    scribe.register(Scribe::acts_of(HERE), act)
}

fn settle(scribe: &mut Scribe, of: &Written, task: TaskKind, warning: Option<WarningCode>) -> Written {
    let mut act = TaskSettled::least(
        scribe.today(),
        task,
        entry(of),
        TaskVerdict::WrongAlarm,
        acts::text("Ghi đúng theo Sổ."),
        acts::signer(),
    );
    act.warning = warning.map(|warning| acts::text(warning.name()));
    scribe.write(Scribe::acts_of(HERE), None, Act::TaskSettled(Box::new(act)))
}

async fn open(fixture: &Fixture, office: OfficeId) -> Vec<(TaskKind, String)> {
    let tasks = open_for(&fixture.reader(), office, None, 100).await.unwrap();
    tasks.into_iter().map(|task| (task.kind, task.code)).collect()
}

async fn about(fixture: &Fixture, written: &Written) -> Vec<Task> {
    of_entry(&fixture.reader(), entry(written)).await.unwrap()
}

fn flag(warning: WarningCode) -> (TaskKind, String) {
    (TaskKind::Flag, warning.name().to_owned())
}

async fn an_acknowledged_flag_is_open_until_what_it_is_about_is_amended(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        // A warning that leaves nothing to do opens nothing.
        let seen = [
            WarningCode::FieldLeftOut,
            WarningCode::NameLooksBroken,
            WarningCode::ParentAgeImpossible,
        ];
        let odd = birth(&mut scribe, &seen);
        let named = correct(&mut scribe, &odd, "/mother/name");
        let dated = correct(&mut scribe, &odd, "/mother/born_on");
        let again = correct(&mut scribe, &odd, "/mother/name");
        fixture.append(&odd).await;
        let both = [
            flag(WarningCode::NameLooksBroken),
            flag(WarningCode::ParentAgeImpossible),
        ];
        assert_eq!(open(fixture, HERE).await, both);
        fixture.append(&named).await;
        assert_eq!(open(fixture, HERE).await, both[1..]);
        // In one batch two events would settle the name's flag; the first did, and that stays.
        fixture.append_all(&[dated.clone(), again]).await;
        assert_eq!(open(fixture, HERE).await, []);
        let settled: Vec<_> = about(fixture, &odd)
            .await
            .into_iter()
            .map(|task| task.settled.unwrap())
            .collect();
        assert_eq!(settled[0].event, named.event.envelope.event);
        assert_eq!(
            (settled[1].event, settled[1].verdict.as_str()),
            (dated.event.envelope.event, "amended")
        );
    })
    .await;
}

async fn an_officer_settles_a_task_and_no_other(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let seen = [WarningCode::DateSuspicious, WarningCode::MotherVeryYoung];
        let (one, other) = (birth(&mut scribe, &seen), birth(&mut scribe, &seen));
        let settled = settle(
            &mut scribe,
            &one,
            TaskKind::Flag,
            Some(WarningCode::DateSuspicious),
        );
        fixture.append_all(&[one.clone(), other, settled]).await;
        let left = [
            flag(WarningCode::MotherVeryYoung),
            flag(WarningCode::DateSuspicious),
            flag(WarningCode::MotherVeryYoung),
        ];
        assert_eq!(open(fixture, HERE).await, left);
        let verdicts: Vec<_> = about(fixture, &one)
            .await
            .into_iter()
            .map(|task| task.settled.map(|s| s.verdict))
            .collect();
        assert_eq!(verdicts, [Some("wrong_alarm".to_owned()), None]);
        let counted = counts(&fixture.reader(), Some(HERE)).await.unwrap();
        let counted: Vec<_> = counted
            .into_iter()
            .map(|count| (count.warning.unwrap(), count.open))
            .collect();
        assert_eq!(
            counted,
            [
                ("date_suspicious".to_owned(), 1),
                ("mother_very_young".to_owned(), 2)
            ]
        );

        // Without a warning every flag of the entry is settled.
        let all = settle(&mut scribe, &one, TaskKind::Flag, None);
        fixture.append(&all).await;
        assert_eq!(open(fixture, HERE).await.len(), 2);
    })
    .await;
}

/// The first decision closed the flag although there were more candidates.
async fn a_decision_about_one_pair_leaves_the_flag_for_the_other_candidates(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let (one, other) = (birth(&mut scribe, &[]), birth(&mut scribe, &[]));
        let third = birth(&mut scribe, &[WarningCode::PossibleDuplicate]);
        let child = |written: &Written| PersonRef::new(entry(written), PersonRole::Child, 0);
        let mut decide = |candidate: &Written| {
            let act = IdentityDecided::least(
                scribe.today(),
                child(&third),
                child(candidate),
                IdentityVerdict::NotSame,
                acts::text("Hai chị em."),
                acts::signer(),
            );
            scribe.write(Scribe::acts_of(HERE), None, Act::IdentityDecided(Box::new(act)))
        };
        let decisions = [decide(&one), decide(&other)];
        let flag = flag(WarningCode::PossibleDuplicate);
        fixture.append_all(&[one, other, third.clone()]).await;
        for decision in decisions {
            fixture.append(&decision).await;
            assert_eq!(open(fixture, HERE).await, std::slice::from_ref(&flag));
        }
        let code = Some(WarningCode::PossibleDuplicate);
        let settled = settle(&mut scribe, &third, TaskKind::Flag, code);
        fixture.append(&settled).await;
        assert_eq!(open(fixture, HERE).await, []);
    })
    .await;
}

async fn an_old_book_leaves_its_places_and_its_other_readings_to_be_looked_into(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let book = scribe.number(HERE, BookType::Births);
        let mut act = acts::birth(&mut Chance::new(5), book, scribe.today());
        if let Act::Birth(act) = &mut act {
            act.father = None;
            act.child.residence = None;
            let reading = OtherReading {
                field: acts::text("/child/born_on"),
                text: acts::text("15/01/2001"),
                system: SourceSystem::Certificate,
            };
            let mut source = Source::least(SourceSystem::Book);
            source.readings = vec![reading];
            act.source = Some(Box::new(source));
        }
        let stream = StreamId {
            office: HERE,
            lane: Lane::Digitised,
        };
        let old = scribe.register(stream, act);
        let new = birth(&mut scribe, &[]);
        fixture.append_all(&[old.clone(), new]).await;
        let of = |kind: TaskKind, code: &str| (kind, code.to_owned());
        let expected = [
            of(TaskKind::PlaceUnlinked, "/child/birth_place"),
            of(TaskKind::PlaceUnlinked, "/mother/residence"),
            of(TaskKind::ReadingDiffers, "/child/born_on"),
        ];
        assert_eq!(open(fixture, HERE).await, expected);
        // A change of the date answers the reading, and a change of the mother as a whole her place.
        let dated = correct(&mut scribe, &old, "/child/born_on");
        fixture.append(&dated).await;
        assert_eq!(open(fixture, HERE).await, expected[..2]);
        let gone = acts::amended(
            &scribe.entries[&entry(&old)],
            "/mother",
            None::<civil::act::Person>,
        );
        let book = scribe.number(HERE, BookType::Changes);
        let act = acts::amendment(Kind::Correction, book, scribe.today(), vec![gone]);
        let gone = scribe.register(Scribe::acts_of(HERE), act);
        fixture.append(&gone).await;
        assert_eq!(open(fixture, HERE).await, expected[..1]);
        let settled = settle(&mut scribe, &old, TaskKind::PlaceUnlinked, None);
        fixture.append(&settled).await;
        assert_eq!(open(fixture, HERE).await, []);
    })
    .await;
}

async fn whoever_takes_over_the_books_takes_over_the_tasks(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let odd = birth(&mut scribe, &[WarningCode::DateSuspicious]);
        fixture.append(&odd).await;
        let of = async |office| counts(&fixture.reader(), office).await.unwrap();
        assert_eq!(of(Some(HERE)).await, of(None).await);
        let act = OfficeSucceeded::least(HERE, HEIR, scribe.today());
        let merged = scribe.write(
            StreamId::ADMINISTRATION,
            None,
            Act::OfficeSucceeded(Box::new(act)),
        );
        fixture.append(&merged).await;
        assert_eq!(open(fixture, HERE).await, []);
        assert_eq!(open(fixture, HEIR).await, [flag(WarningCode::DateSuspicious)]);
        assert_eq!(of(Some(HERE)).await, []);
        let counted = of(None).await;
        assert_eq!((counted[0].keeper, counted[0].open), (HEIR, 1));
        assert_eq!(of(Some(HEIR)).await, counted);
    })
    .await;
}

/// Tasks stayed with the successor of the office although another had got the book.
async fn books_that_were_entrusted_take_their_tasks_along(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let odd = birth(&mut scribe, &[WarningCode::DateSuspicious]);
        let next = birth(&mut scribe, &[WarningCode::NameHasDigits]);
        let entrusted = BooksEntrusted {
            book_type: Some(BookType::Births),
            ..BooksEntrusted::least(HERE, HEIR, scribe.today(), acts::text("Quyết định 1"))
        };
        let entrusted = Act::BooksEntrusted(Box::new(entrusted));
        let entrusted = scribe.write(StreamId::ADMINISTRATION, None, entrusted);
        let act = OfficeSucceeded::least(HERE, OfficeId(2), scribe.today());
        let merged = Act::OfficeSucceeded(Box::new(act));
        let merged = scribe.write(StreamId::ADMINISTRATION, None, merged);
        fixture.append_all(&[odd.clone(), next, entrusted, merged]).await;
        let flags = [
            flag(WarningCode::DateSuspicious),
            flag(WarningCode::NameHasDigits),
        ];
        for office in [HERE, OfficeId(2)] {
            assert_eq!(open(fixture, office).await, []);
            assert_eq!(counts(&fixture.reader(), Some(office)).await.unwrap(), []);
        }
        assert_eq!(open(fixture, HEIR).await, flags);
        let first = open_for(&fixture.reader(), HEIR, None, 1).await.unwrap();
        assert_eq!(first.len(), 1, "at most so many");
        assert_eq!(about(fixture, &odd).await[0].keeper, HEIR);
        let counted = counts(&fixture.reader(), None).await.unwrap();
        let counted: Vec<_> = counted.iter().map(|count| (count.keeper, count.open)).collect();
        assert_eq!(counted, [(HEIR, 1), (HEIR, 1)]);
        assert_eq!(counts(&fixture.reader(), Some(HEIR)).await.unwrap().len(), 2);
    })
    .await;
}

#[test]
fn a_change_elsewhere_is_opened_by_its_event_at_the_entry_that_names_the_person() {
    let mut scribe = Scribe::new(1, civil::value::Date::new(2025, 3, 3).unwrap());
    scribe.found();
    let (here, elsewhere) = (birth(&mut scribe, &[]), birth(&mut scribe, &[]));
    let change = correct(&mut scribe, &elsewhere, "/child/name");
    let opened = Opened {
        entry: entry(&here),
        office: HERE,
        shelf: None,
        kind: TaskKind::LinkedChange,
        code: "/mother".to_owned(),
    };
    let rows = super::rows(&[change.recorded()], &[], [(0, opened)]);
    let rows = serde_json::to_value(&rows.opened).unwrap();
    let (here, cause) = (entry(&here).to_string(), change.event.envelope.event.to_string());
    let row = serde_json::json!([
        here,
        "linked_change",
        "/mother",
        cause,
        1,
        null,
        null,
        null,
        "2025-03-03",
        3,
        "open"
    ]);
    assert_eq!(rows, serde_json::json!([row]));
}
