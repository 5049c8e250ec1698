//! Appointments → rows.

use civil::act::{Act, OfficerAppointed, OfficerRelieved, Person, Role};
use civil::id::{OfficeId, StreamId};
use ledger::Engine;

use super::of_office;
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, acts};

both_engines! {
    an_officer_is_there_until_relieved_whatever_the_batches
}

async fn an_officer_is_there_until_relieved_whatever_the_batches(engine: Engine) {
    for at_once in [true, false] {
        judge_opened(engine, async |fixture, mut scribe| {
            let appointed = OfficerAppointed::least(
                OfficeId(1),
                Person::named(acts::name(&mut Chance::new(1))),
                Role::Officer,
                acts::text("Công chức tư pháp – hộ tịch"),
                scribe.today(),
            );
            let act = Act::OfficerAppointed(Box::new(appointed));
            let appointed = scribe.write(StreamId::ADMINISTRATION, None, act);
            let event = appointed.event.envelope.event;
            let relieved = OfficerRelieved::least(event, scribe.today());
            let act = Act::OfficerRelieved(Box::new(relieved));
            let relieved = scribe.write(StreamId::ADMINISTRATION, None, act);
            if at_once {
                fixture.append_all(&[appointed, relieved]).await;
            } else {
                fixture.append(&appointed).await;
                let officers = of_office(&fixture.reader(), OfficeId(1)).await.unwrap();
                assert_eq!((officers[0].event, officers[0].relieved_on), (event, None));
                fixture.append(&relieved).await;
            }
            let officers = of_office(&fixture.reader(), OfficeId(1)).await.unwrap();
            assert_eq!(
                officers.iter().map(|one| one.relieved_on).collect::<Vec<_>>(),
                [Some(scribe.today())]
            );
            assert_eq!(of_office(&fixture.reader(), OfficeId(2)).await.unwrap(), []);
        })
        .await;
    }
}
