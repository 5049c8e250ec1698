//! Events → offices, keys and keepers.

use civil::act::{Act, KeyRevoked, OfficeSucceeded};
use civil::directory::Directory;
use civil::id::{OfficeId, StreamId};
use ledger::Engine;

use super::{all, by_id, kept_by, keys_of};
use crate::testing::fixture::{both_engines, judge, judge_opened};
use crate::testing::{Country, Scribe, Written, acts};

both_engines! {
    the_keeper_is_the_last_of_the_successors_whatever_the_batches
    offices_and_keys_are_those_of_the_directory
    a_key_that_is_revoked_says_since_when
}

fn succeed(scribe: &mut Scribe, office: u32, successor: u32) -> Written {
    let act = Act::OfficeSucceeded(Box::new(OfficeSucceeded::least(
        OfficeId(office),
        OfficeId(successor),
        scribe.today(),
    )));
    scribe.write(StreamId::ADMINISTRATION, None, act)
}

async fn the_keeper_is_the_last_of_the_successors_whatever_the_batches(engine: Engine) {
    for at_once in [true, false] {
        judge_opened(engine, async |fixture, mut scribe| {
            let chain = [
                succeed(&mut scribe, 1, 2),
                succeed(&mut scribe, 2, 3),
                succeed(&mut scribe, 4, 3),
            ];
            if at_once {
                fixture.append_all(&chain).await;
            } else {
                for event in &chain {
                    fixture.append(event).await;
                }
            }
            let kept = kept_by(&fixture.reader(), OfficeId(3)).await.unwrap();
            assert_eq!(
                kept.iter().map(|office| office.office.0).collect::<Vec<_>>(),
                [1, 2, 3, 4]
            );
            let first = by_id(&fixture.reader(), OfficeId(1)).await.unwrap().unwrap();
            assert_eq!((first.successor, first.keeper), (Some(OfficeId(2)), OfficeId(3)));
            assert_eq!(first.closed_on, Some(scribe.today()));
        })
        .await;
    }
}

async fn offices_and_keys_are_those_of_the_directory(engine: Engine) {
    let mut country = Country::new(21, 60);
    let founding = country.next_event();
    let events = country.take_many(200);
    judge(engine, &founding, async |fixture| {
        fixture.append_all(&events).await;
        let mut directory = Directory::new();
        let take = |directory: &mut Directory, written: &Written| {
            let event = &written.event;
            directory.apply(event.envelope.event, event.hash, &event.body.act);
        };
        take(&mut directory, &founding);
        for event in &events {
            if event.event.envelope.stream == StreamId::ADMINISTRATION {
                take(&mut directory, event);
            }
        }
        let offices = all(&fixture.reader()).await.unwrap();
        assert_eq!(offices.len(), directory.offices().count());
        let mut keys = keys_of(&fixture.reader(), OfficeId::ADMINISTRATION)
            .await
            .unwrap();
        for office in &offices {
            let known = directory.office(office.office).unwrap();
            assert_eq!(
                (&office.name, office.unit, office.opened_on),
                (&known.name, known.unit, known.opened_on)
            );
            assert_eq!(office.closed_on.zip(office.successor), known.succeeded);
            assert_eq!(office.keeper, directory.keeper(office.office));
            keys.extend(keys_of(&fixture.reader(), office.office).await.unwrap());
        }
        assert_eq!(keys.len(), directory.keys().count());
        for key in keys {
            let known = directory.key(key.key).unwrap();
            assert_eq!(
                (key.office, key.revoked_position.is_some()),
                (known.office, known.revoked)
            );
        }
    })
    .await;
}

async fn a_key_that_is_revoked_says_since_when(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let revoke = |scribe: &mut Scribe, office: u32| {
            let act = Act::KeyRevoked(Box::new(KeyRevoked {
                key: Scribe::key(Scribe::acts_of(OfficeId(office))).public().id(),
                on: scribe.today(),
                reason: acts::text("Mất khóa"),
            }));
            scribe.write(StreamId::ADMINISTRATION, None, act)
        };
        let first = revoke(&mut scribe, 1);
        let receipt = fixture.append(&first).await;
        let keys = keys_of(&fixture.reader(), OfficeId(1)).await.unwrap();
        let revoked: Vec<_> = keys.iter().map(|key| key.revoked_position).collect();
        assert_eq!(revoked, [Some(receipt.position), None, None]);
        assert_eq!(keys[0].revoked_on, Some(scribe.today()));
    })
    .await;
}
