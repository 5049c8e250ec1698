//! Events → links.

use civil::act::{Act, Birth, IdentityDecided, IdentityVerdict, PersonRef, PersonRole};
use civil::id::OfficeId;
use civil::kind::BookType;
use ledger::Engine;

use super::{Verdict, of_entry, of_place};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    a_person_is_linked_where_the_act_says_who_they_are
    a_registration_made_again_links_its_people_and_a_decision_cuts_a_pair
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
