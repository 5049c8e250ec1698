//! Events → issued copies.

use civil::act::{Act, ExtractIssued, MarginalNoteEntered, Standing};
use civil::content::Content;
use civil::directory::Directory;
use civil::id::{Digest, Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use ledger::Engine;

use super::{by_event, by_number, of_entry};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    a_copy_is_superseded_by_a_later_amendment_and_by_nothing_else
    copies_and_acts_on_one_entry_may_share_a_batch
}

const HERE: OfficeId = OfficeId(1);
const ELSEWHERE: OfficeId = OfficeId(2);

fn birth(scribe: &mut Scribe) -> Written {
    let book = scribe.number(HERE, BookType::Births);
    let act = acts::birth(&mut Chance::new(5), book, scribe.today());
    scribe.register(Scribe::acts_of(HERE), act)
}

fn copy(scribe: &mut Scribe, of: &Written) -> Written {
    let entry = of.event.envelope.entry.unwrap();
    let act = Act::ExtractIssued(Box::new(ExtractIssued::least(
        scribe.number(ELSEWHERE, BookType::Copies),
        scribe.today(),
        Standing::Person,
        Digest(Content::of(&scribe.entries[&entry], &Directory::new()).hash()),
        acts::signer(),
    )));
    let desk = StreamId {
        office: ELSEWHERE,
        lane: Lane::Desk,
    };
    scribe.write(desk, Some(entry), act)
}

fn correct(scribe: &mut Scribe, of: &Written) -> Written {
    let name = Stated::plain(acts::name(&mut Chance::new(scribe.position())));
    let amended = acts::amended(
        &scribe.entries[&of.event.envelope.entry.unwrap()],
        "/mother/name",
        Some(name),
    );
    let book = scribe.number(ELSEWHERE, BookType::Changes);
    let act = acts::amendment(Kind::Correction, book, scribe.today(), vec![amended]);
    scribe.register(Scribe::acts_of(ELSEWHERE), act)
}

async fn a_copy_is_superseded_by_a_later_amendment_and_by_nothing_else(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = birth(&mut scribe);
        let corrected = correct(&mut scribe, &born);
        let first = copy(&mut scribe, &born);
        let entered = Act::MarginalNoteEntered(Box::new(MarginalNoteEntered {
            noted: corrected.event.envelope.event,
            entered_on: scribe.today(),
            page: None,
            signer: acts::signer(),
            officer: None,
        }));
        let entered = scribe.write(Scribe::acts_of(HERE), born.event.envelope.entry, entered);
        let second = copy(&mut scribe, &born);
        for event in [&born, &corrected, &first, &entered, &second] {
            fixture.append(event).await;
        }
        let entry = born.event.envelope.entry.unwrap();
        let copies = of_entry(&fixture.reader(), entry).await.unwrap();
        let basis: Vec<_> = copies.iter().map(|copy| copy.basis_position).collect();
        assert_eq!(basis, [corrected.event.position, entered.event.position]);
        assert!(
            copies.iter().all(|copy| !copy.superseded()),
            "a note in the paper book supersedes nothing"
        );

        let again = correct(&mut scribe, &born);
        let receipt = fixture.append(&again).await;
        for event in [&first, &second] {
            let copy = by_event(&fixture.reader(), event.event.envelope.event)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(copy.superseded_at, Some(receipt.position));
        }
        let third = copy(&mut scribe, &born);
        fixture.append(&third).await;
        let found = by_number(&fixture.reader(), ELSEWHERE, 2025, 3).await.unwrap();
        assert_eq!(
            found.iter().map(|copy| copy.event).collect::<Vec<_>>(),
            [third.event.envelope.event]
        );
        assert!(!found[0].superseded());
    })
    .await;
}

async fn copies_and_acts_on_one_entry_may_share_a_batch(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = birth(&mut scribe);
        let before = copy(&mut scribe, &born);
        let corrected = correct(&mut scribe, &born);
        let after = copy(&mut scribe, &born);
        fixture
            .append_all(&[born.clone(), before, corrected.clone(), after])
            .await;
        let copies = of_entry(&fixture.reader(), born.event.envelope.entry.unwrap())
            .await
            .unwrap();
        let seen: Vec<_> = copies
            .iter()
            .map(|copy| (copy.basis_position, copy.superseded_at))
            .collect();
        let position = corrected.event.position;
        assert_eq!(seen, [(born.event.position, Some(position)), (position, None)]);
        assert_eq!(copies[1].basis, corrected.event.hash);
    })
    .await;
}
