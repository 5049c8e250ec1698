//! Events → links.

use civil::act::{Act, Birth, IdentityDecided, IdentityVerdict, PersonRef, PersonRole, TaskKind};
use civil::id::OfficeId;
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use ledger::Engine;

use super::{Verdict, of_entry, of_place};
use crate::task;
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    a_person_is_linked_where_the_act_says_who_they_are
    a_registration_made_again_links_its_people_and_a_decision_cuts_a_pair
    whoever_stands_there_no_more_is_linked_there_no_more
    a_change_of_a_person_is_a_task_at_every_other_entry_that_names_them
}

const OFFICE: OfficeId = OfficeId(1);

fn birth(scribe: &mut Scribe, seed: u64, fill: impl FnOnce(&mut Birth)) -> Written {
    let book = scribe.number(OFFICE, BookType::Births);
    let Act::Birth(mut act) = acts::birth(&mut Chance::new(seed), book, scribe.today()) else {
        unreachable!("a birth is a birth")
    };
    fill(&mut act);
    scribe.register(Scribe::acts_of(OFFICE), Act::Birth(act))
}

fn place(of: &Written, role: PersonRole) -> PersonRef {
    PersonRef::new(of.event.envelope.entry.unwrap(), role, 0)
}

async fn a_person_is_linked_where_the_act_says_who_they_are(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let mother = birth(&mut scribe, 1, |_| ());
        let known_as = place(&mother, PersonRole::Child);
        let child = birth(&mut scribe, 2, |act| {
            act.mother.as_mut().unwrap().known_as = Some(Box::new(known_as));
        });
        fixture.append_all(&[mother, child.clone()]).await;
        let there = of_place(&fixture.reader(), known_as).await.unwrap();
        assert_eq!(there.len(), 1);
        assert_eq!(
            (there[0].to, there[0].verdict, there[0].event),
            (
                place(&child, PersonRole::Mother),
                Verdict::Same,
                child.event.envelope.event
            )
        );
        let back = of_entry(&fixture.reader(), child.event.envelope.entry.unwrap())
            .await
            .unwrap();
        assert_eq!(back.iter().map(|link| link.to).collect::<Vec<_>>(), [known_as]);
    })
    .await;
}

async fn a_registration_made_again_links_its_people_and_a_decision_cuts_a_pair(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let first = birth(&mut scribe, 1, |_| ());
        let entry = first.event.envelope.entry;
        let again = birth(&mut scribe, 1, |act| {
            act.earlier = Some(Box::new(civil::act::EarlierRegistration {
                entry,
                ..civil::act::EarlierRegistration::least()
            }));
        });
        let (one, other) = (place(&first, PersonRole::Child), place(&again, PersonRole::Child));
        let decided = IdentityDecided::least(
            scribe.today(),
            one,
            other,
            IdentityVerdict::NotSame,
            acts::text("Hai người sinh đôi"),
            acts::signer(),
        );
        let decided = scribe.write(
            Scribe::acts_of(OFFICE),
            None,
            Act::IdentityDecided(Box::new(decided)),
        );
        fixture.append_all(&[first, again, decided]).await;
        let said: Vec<_> = of_place(&fixture.reader(), one)
            .await
            .unwrap()
            .iter()
            .map(|link| (link.to, link.verdict))
            .collect();
        assert_eq!(said, [(other, Verdict::Again), (other, Verdict::NotSame)]);
    })
    .await;
}

async fn whoever_stands_there_no_more_is_linked_there_no_more(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let (first, second) = (birth(&mut scribe, 1, |_| ()), birth(&mut scribe, 2, |_| ()));
        let [by_birth, adopting] = [&first, &second].map(|of| place(of, PersonRole::Child));
        let child = birth(&mut scribe, 3, |act| {
            act.mother.as_mut().unwrap().known_as = Some(Box::new(by_birth));
        });
        let mother = place(&child, PersonRole::Mother);
        let entry = scribe.entries[&mother.entry].clone();
        let mut stands = civil::person::at(&entry.current, mother).unwrap().clone();
        stands.known_as = Some(Box::new(adopting));
        let book = scribe.number(OFFICE, BookType::Changes);
        let amended = vec![acts::amended(&entry, "/mother", Some(stands))];
        let act = acts::amendment(Kind::Change, book, scribe.today(), amended);
        let changed = scribe.register(Scribe::acts_of(OFFICE), act);
        fixture.append_all(&[first, second, child, changed]).await;
        let said = async |of| {
            let links = of_place(&fixture.reader(), of).await.unwrap();
            links
                .iter()
                .map(|link| (link.to, link.verdict))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            said(by_birth).await,
            [(mother, Verdict::Same), (mother, Verdict::NotSame)]
        );
        assert_eq!(said(adopting).await, [(mother, Verdict::Same)]);
    })
    .await;
}

async fn a_change_of_a_person_is_a_task_at_every_other_entry_that_names_them(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let mother = birth(&mut scribe, 1, |_| ());
        let known_as = place(&mother, PersonRole::Child);
        let child = birth(&mut scribe, 2, |act| {
            act.mother.as_mut().unwrap().known_as = Some(Box::new(known_as));
        });
        let stranger = birth(&mut scribe, 3, |_| ());
        let renamed = |scribe: &mut Scribe, of: &Written, field: &str| {
            let entry = scribe.entries[&of.event.envelope.entry.unwrap()].clone();
            let name = Stated::plain(acts::name(&mut Chance::new(scribe.position())));
            let book = scribe.number(OFFICE, BookType::Changes);
            let amended = vec![acts::amended(&entry, field, Some(name))];
            let act = acts::amendment(Kind::Change, book, scribe.today(), amended);
            scribe.register(Scribe::acts_of(OFFICE), act)
        };
        let changed = renamed(&mut scribe, &mother, "/child/name");
        fixture
            .append_all(&[mother, child.clone(), stranger.clone(), changed.clone()])
            .await;
        let tasks = async |of: &Written| {
            let entry = of.event.envelope.entry.unwrap();
            task::of_entry(&fixture.reader(), entry).await.unwrap()
        };
        let left = tasks(&child).await;
        assert_eq!(left.len(), 1);
        assert_eq!(
            (left[0].kind, left[0].code.as_str(), left[0].cause),
            (
                TaskKind::LinkedChange,
                "/mother/name",
                changed.event.envelope.event
            )
        );
        assert!(left[0].settled.is_none());
        assert_eq!(tasks(&stranger).await, []);
        let followed = renamed(&mut scribe, &child, "/mother/name");
        fixture.append(&followed).await;
        assert!(tasks(&child).await[0].settled.is_some());
    })
    .await;
}
