//! Events → issued papers.

use civil::act::{
    Act, ConfirmationRevoked, Declarant, ExtractIssued, InformationConfirmation, IssuedPaper, Judgment,
    MarginalNoteEntered, PapersRevoked, RevocationGround, RevokedPaper, Standing,
};
use civil::content::Content;
use civil::directory::Directory;
use civil::id::{Digest, Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::law::{Paper, PaperForm};
use civil::seal::PaperCode;
use civil::stated::Stated;
use ledger::Engine;

use super::{by_code, by_event, by_number, counts, no_longer, of_entry, of_office};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    a_copy_is_superseded_by_a_later_amendment_and_by_nothing_else
    copies_and_acts_on_one_entry_may_share_a_batch
    a_paper_is_found_by_its_code_and_holds_until_it_is_revoked
    only_a_revocation_about_its_own_entry_revokes_a_paper
    a_paper_is_out_of_date_from_the_first_act_on_and_falls_with_its_registration
    a_confirmation_is_revoked_by_its_event
}

const HERE: OfficeId = OfficeId(1);
const ELSEWHERE: OfficeId = OfficeId(2);

fn birth(scribe: &mut Scribe) -> Written {
    let book = scribe.number(HERE, BookType::Births);
    let act = acts::birth(&mut Chance::new(5), book, scribe.today());
    scribe.register(Scribe::acts_of(HERE), act)
}

fn copy(scribe: &mut Scribe, of: &Written) -> Written {
    issue(scribe, of, None)
}

/// A code that is nobody else's.
fn code(of: u8) -> PaperCode {
    PaperCode::from_chance([of; 13])
}

fn sheet(form: PaperForm, of: u8) -> IssuedPaper {
    let template = acts::text("birth-2016");
    IssuedPaper::least(Paper::Birth, form, template, Digest([7; 32]), code(of))
}

fn issue(scribe: &mut Scribe, of: &Written, paper: Option<IssuedPaper>) -> Written {
    let entry = of.event.envelope.entry.unwrap();
    let act = Act::ExtractIssued(Box::new(ExtractIssued {
        paper,
        ..ExtractIssued::least(
            scribe.number(ELSEWHERE, BookType::Copies),
            scribe.today(),
            Standing::Person,
            Digest(Content::of(&scribe.entries[&entry], &Directory::new()).hash()),
            acts::signer(),
        )
    }));
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
            let on = again.event.counted_on();
            assert_eq!(copy.fate.superseded, Some((on, receipt.position)));
        }
        let third = copy(&mut scribe, &born);
        fixture.append(&third).await;
        let found = by_number(&fixture.reader(), ELSEWHERE, 2025, 3).await.unwrap();
        assert_eq!(
            found.iter().map(|copy| copy.event).collect::<Vec<_>>(),
            [third.event.envelope.event]
        );
        assert!(!found[0].superseded());
        for (after, limit, numbers) in [(0, 2, vec![1, 2]), (2, 2, vec![3]), (3, 2, vec![])] {
            let page = of_office(&fixture.reader(), ELSEWHERE, 2025, after, limit)
                .await
                .unwrap();
            let found: Vec<_> = page.iter().map(|copy| copy.number).collect();
            assert_eq!(found, numbers, "behind {after}");
        }
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
            .map(|copy| (copy.basis_position, copy.fate.superseded.map(|(_, at)| at)))
            .collect();
        let position = corrected.event.position;
        assert_eq!(seen, [(born.event.position, Some(position)), (position, None)]);
        assert_eq!(copies[1].basis, Some(corrected.event.hash));
    })
    .await;
}

fn revoke(scribe: &mut Scribe, of: &Written, paper: &Written) -> Written {
    let named = RevokedPaper {
        event: Some(paper.event.envelope.event),
        ..RevokedPaper::least(acts::text("Giấy khai sinh (bản sao)"))
    };
    let decision = Judgment::least(acts::text("Sở Tư pháp"));
    let ground = RevocationGround::FalseData;
    let act = Act::PapersRevoked(Box::new(PapersRevoked {
        papers: vec![named],
        ..PapersRevoked::least(scribe.today(), decision, ground, false, acts::signer())
    }));
    scribe.write(Scribe::acts_of(HERE), of.event.envelope.entry, act)
}

async fn a_paper_is_found_by_its_code_and_holds_until_it_is_revoked(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = birth(&mut scribe);
        let old = copy(&mut scribe, &born);
        let first = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 1)));
        let second = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 2)));
        let revoked = revoke(&mut scribe, &born, &first);
        let again = revoke(&mut scribe, &born, &first);
        let third = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 3)));
        fixture
            .append_all(&[born, old, first.clone(), second, revoked.clone(), again, third])
            .await;
        let reader = fixture.reader();
        let found = by_code(&reader, code(1).status_id()).await.unwrap().unwrap();
        assert_eq!(found.event, first.event.envelope.event);
        assert_eq!(found.sheet, Some((Paper::Birth, PaperForm::Copy)));
        assert_eq!(found.template, Some("07".repeat(32)));
        let on = civil::event::day_in_vietnam(revoked.event.envelope.signed_at).unwrap();
        assert_eq!(
            found.fate.revoked,
            Some((on, revoked.event.position)),
            "the first revocation counts"
        );
        let other = by_code(&reader, code(3).status_id()).await.unwrap().unwrap();
        assert_eq!((other.fate.revoked, other.superseded()), (None, false));
        assert_eq!(by_code(&reader, code(9).status_id()).await.unwrap(), None);

        let mut no_longer = no_longer(&reader).await.unwrap();
        no_longer.sort_by_key(|paper| paper.fate.revoked.is_none());
        let codes: Vec<_> = no_longer.iter().map(|paper| paper.code.clone()).collect();
        let [one, two] = [1, 2].map(|of| hex::encode(code(of).status_id()));
        assert_eq!(
            codes,
            [one, two],
            "that papers of it were revoked stands on every copy from then on"
        );

        let counted = counts(&reader, on, on, None).await.unwrap();
        let counted: Vec<_> = counted
            .iter()
            .map(|count| {
                (
                    count.paper.as_str(),
                    count.form.as_str(),
                    count.issued,
                    count.revoked,
                )
            })
            .collect();
        assert_eq!(counted, [("", "", 1, 0), ("birth", "copy", 3, 1)]);
        assert_eq!(counts(&reader, on, on, Some(HERE)).await.unwrap(), []);
    })
    .await;
}

/// An office that could name any event would revoke the papers of others.
async fn only_a_revocation_about_its_own_entry_revokes_a_paper(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let (born, other) = (birth(&mut scribe), birth(&mut scribe));
        let paper = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 1)));
        let revoked = revoke(&mut scribe, &other, &paper);
        fixture.append_all(&[born, other, paper, revoked]).await;
        let found = by_code(&fixture.reader(), code(1).status_id()).await.unwrap();
        assert_eq!(found.unwrap().fate.revoked, None);
    })
    .await;
}

/// Told is the first act that changed what it says, whether it lies in the batch of the paper, behind it, or between two.
async fn a_paper_is_out_of_date_from_the_first_act_on_and_falls_with_its_registration(engine: Engine) {
    for batches in [&[8][..], &[1; 8], &[2, 3, 3], &[3, 1, 4], &[4, 4]] {
        judge_opened(engine, async |fixture, mut scribe| {
            let born = birth(&mut scribe);
            let first = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 1)));
            let corrected = correct(&mut scribe, &born);
            let second = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 2)));
            let again = correct(&mut scribe, &born);
            let fell = fall(&mut scribe, &born);
            let later = correct(&mut scribe, &born);
            let third = issue(&mut scribe, &born, Some(sheet(PaperForm::Copy, 3)));
            let events = [
                born,
                first,
                corrected.clone(),
                second,
                again.clone(),
                fell.clone(),
                later,
                third,
            ];
            let mut left = &events[..];
            for batch in batches {
                let (these, rest) = left.split_at(*batch);
                fixture.append_all(these).await;
                left = rest;
            }
            let by = |of: &Written| Some((of.event.counted_on(), of.event.position));
            let reader = fixture.reader();
            for (of, superseded, fallen) in [
                (1, by(&corrected), by(&fell)),
                (2, by(&again), by(&fell)),
                (3, None, None),
            ] {
                let paper = by_code(&reader, code(of).status_id()).await.unwrap().unwrap();
                assert_eq!(
                    (paper.fate.superseded, paper.fate.fell),
                    (superseded, fallen),
                    "{batches:?} {of}"
                );
            }
            let told = no_longer(&reader).await.unwrap();
            let told: Vec<_> = told.iter().map(|paper| paper.fate.revoked_on()).collect();
            let on = Some(fell.event.counted_on());
            assert_eq!(told, [on, on], "{batches:?}");
        })
        .await;
    }
}

/// The registration falls.
fn fall(scribe: &mut Scribe, of: &Written) -> Written {
    let decision = Judgment::least(acts::text("Chủ tịch Ủy ban nhân dân tỉnh"));
    let ground = RevocationGround::Unlawful;
    let act = PapersRevoked::least(scribe.today(), decision, ground, true, acts::signer());
    let act = Act::PapersRevoked(Box::new(act));
    scribe.write(Scribe::acts_of(HERE), of.event.envelope.entry, act)
}

async fn a_confirmation_is_revoked_by_its_event(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let (one, other) = (confirm(&mut scribe, 1), confirm(&mut scribe, 2));
        let decision = Judgment::least(acts::text("Chủ tịch Ủy ban nhân dân tỉnh"));
        let act = ConfirmationRevoked::least(
            scribe.today(),
            one.event.envelope.event,
            decision,
            RevocationGround::FalseData,
            acts::signer(),
        );
        let revoked = scribe.write(
            Scribe::acts_of(HERE),
            None,
            Act::ConfirmationRevoked(Box::new(act)),
        );
        fixture.append_all(&[one, other, revoked.clone()]).await;
        let reader = fixture.reader();
        let fates = [1, 2].map(|of| code(of).status_id());
        let told = by_code(&reader, fates[0]).await.unwrap().unwrap().fate.revoked;
        assert_eq!(told, Some((revoked.event.counted_on(), revoked.event.position)));
        assert_eq!(
            by_code(&reader, fates[1]).await.unwrap().unwrap().fate.revoked,
            None
        );
        assert_eq!(no_longer(&reader).await.unwrap().len(), 1);
    })
    .await;
}

/// A confirmation that is handed out.
fn confirm(scribe: &mut Scribe, of: u8) -> Written {
    let template = acts::text("confirmation-2020");
    let paper = IssuedPaper::least(
        Paper::InformationConfirmation,
        PaperForm::Original,
        template,
        Digest([7; 32]),
        code(of),
    );
    let act = InformationConfirmation {
        paper: Some(paper),
        ..InformationConfirmation::least(
            scribe.number(HERE, BookType::Confirmations),
            scribe.today(),
            scribe.today(),
            Declarant::least(Stated::plain(acts::name(&mut Chance::new(3)))),
            Standing::Person,
            acts::person(&mut Chance::new(3), 1980),
            acts::text("Có đăng ký không"),
            acts::text("Không có"),
            acts::signer(),
        )
    };
    scribe.write(
        Scribe::acts_of(HERE),
        None,
        Act::InformationConfirmation(Box::new(act)),
    )
}
