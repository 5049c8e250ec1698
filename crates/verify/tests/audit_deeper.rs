//! Signatures, bodies, endorsements and the deeper pass: what is wrong is found, at its position.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::ops::ControlFlow;

use bytes::Bytes;
use civil::act::Role;
use civil::cose::{self, SecretKey};
use civil::envelope::Envelope;
use civil::id::StreamId;
use support::judging::{after, audited, deep, findings, flip, of, ways};
use support::{World, head, officer, story};
use verify::{Check, Expected, FindingKind, InMemory, Language, Options, Record, Source, SourceError, audit};

fn signed_by_another(world: &mut World) -> u64 {
    let position = world.birth_at(2);
    let index = usize::try_from(position).unwrap();
    let signed = world.records[index].signed.clone();
    let envelope = cose::SignedEvent::parse(&signed).unwrap().envelope.to_vec();
    let (named, other) = (officer(2).public(), officer(1));
    let signature = other.sign(&cose::to_be_signed(&envelope, &named));
    let sealed = world.records.pop().unwrap().sealed.unwrap();
    world.record(cose::assemble(&envelope, &named, &signature), sealed.to_vec())
}

#[test]
fn a_signature_by_another_key_than_it_names_is_found_among_many() {
    let mut world = story();
    for _ in 0..20 {
        world.birth(1);
    }
    let position = signed_by_another(&mut world);
    for _ in 0..20 {
        world.birth(1);
    }
    assert_eq!(of(&world), [(Some(position), FindingKind::SignatureWrong)]);
}

#[test]
fn an_event_of_the_administration_with_a_wrong_signature_is_found_and_grants_nothing() {
    let mut world = story();
    world.open(4);
    let key = officer(4);
    world.grant(4, &key, Role::Officer);
    let record = world.records.pop().unwrap();
    let mut signed = record.signed.to_vec();
    *signed.last_mut().unwrap() ^= 1;
    world.record(signed, record.sealed.unwrap().to_vec());
    world.birth(4);
    let found = of(&world);
    assert_eq!(
        found,
        [
            (Some(21), FindingKind::SignatureWrong),
            (Some(22), FindingKind::UnknownKey)
        ]
    );
}

#[test]
fn a_p256_key_signs_beside_the_others() {
    let mut world = story();
    world.grant(1, &head(1), Role::Head);
    world.birth_with(1, &head(1), &|_| ());
    world.birth(1);
    assert_eq!(of(&world), []);
    let record = world.records.last_mut().unwrap();
    record.claimed = None;
    world.birth_with(1, &head(1), &|_| ());
    let last = world.records.last().unwrap().signed.len() - 1;
    let mut records = world.records.clone();
    let record = records.last_mut().unwrap();
    flip(&mut record.signed, last);
    record.claimed = None;
    let found = findings(&records, &world.expected());
    assert!(
        found.contains(&(Some(23), FindingKind::SignatureWrong)),
        "{found:?}"
    );
}

#[test]
fn a_missing_body_is_found_unless_the_auditor_goes_on_without_and_then_it_is_counted() {
    let found = after(|records| records[8].sealed = None);
    assert_eq!(found, [(Some(8), FindingKind::BodyMissing)]);
    let world = story();
    let mut records = world.records.clone();
    records.iter_mut().skip(7).for_each(|record| record.sealed = None);
    let options = Options {
        bodies_required: false,
        ..Options::default()
    };
    let report = audited(records, &world.expected(), &options);
    assert!(report.green, "{}", report.to_text(Language::English));
    assert_eq!(report.check(Check::Bodies).unwrap().not_checked, 13);
    assert!(
        report
            .to_text(Language::English)
            .contains("could not be checked: 13")
    );
}

#[test]
fn the_administrations_bodies_are_needed_in_any_case() {
    let world = story();
    let mut records = world.records.clone();
    records[2].sealed = None;
    let options = Options {
        bodies_required: false,
        ..Options::default()
    };
    let report = audited(records, &world.expected(), &options);
    assert_eq!(report.findings[0].position, Some(2));
    assert_eq!(report.findings[0].kind, FindingKind::BodyMissing);
}

fn endorsed(endorse_as: &SecretKey, spoil: bool) -> Vec<(Option<u64>, FindingKind)> {
    let mut world = story();
    world.grant(1, &head(1), Role::Head);
    world.birth_with(1, &officer(1), &|envelope: &mut Envelope| {
        let mut endorsement = cose::endorse(&envelope.commitment, endorse_as);
        if spoil {
            *endorsement.last_mut().unwrap() ^= 1;
        }
        envelope.endorsements = vec![endorsement];
    });
    of(&world)
}

#[test]
fn an_endorsement_is_judged_by_the_keys_of_its_position() {
    assert_eq!(endorsed(&head(1), false), []);
    assert_eq!(
        endorsed(&head(1), true),
        [(Some(21), FindingKind::EndorsementWrong)]
    );
    assert_eq!(
        endorsed(&head(2), false),
        [(Some(21), FindingKind::EndorsementWrong)]
    );
}

#[test]
fn an_act_that_needs_a_second_person_and_has_none_is_found_by_the_deeper_audit() {
    let young = |world: &mut World, twist: support::Twist<'_>| world.birth_of_young_mother(1, twist);
    let mut world = story();
    world.grant(1, &head(1), Role::Head);
    let position = young(&mut world, &|_| ());
    assert_eq!(
        deep(&world),
        [(Some(position), FindingKind::SecondPersonMissing, String::new())]
    );
    let mut world = story();
    world.grant(1, &head(1), Role::Head);
    young(&mut world, &|envelope| {
        envelope.endorsements = vec![cose::endorse(&envelope.commitment, &head(1))];
    });
    assert_eq!(deep(&world), []);
    let mut world = story();
    young(&mut world, &|envelope| {
        envelope.endorsements = vec![cose::endorse(&envelope.commitment, &officer(2))];
    });
    let found = deep(&world);
    assert_eq!((found.len(), found[0].1), (1, FindingKind::SecondPersonMissing));
}

#[test]
fn a_number_that_skips_or_repeats_is_found_by_the_deeper_audit() {
    for (number, code) in [(9, "number_skips"), (1, "number_taken")] {
        let mut world = story();
        world.next_number_is(1, "births", number);
        world.birth(1);
        assert_eq!(of(&world), []);
        let found = deep(&world);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, found[0].1), (Some(20), FindingKind::ActRefused));
        assert!(found[0].2.starts_with(code), "{found:?}");
    }
}

#[test]
fn an_amendment_of_what_was_not_there_is_found_by_the_deeper_audit() {
    let mut world = story();
    let entry = world.birth(1);
    world.correct(2, entry, "Nguyễn Thị Khác", "Nguyễn Thị Hai");
    assert_eq!(of(&world), []);
    let found = deep(&world);
    assert_eq!((found[0].0, found[0].1), (Some(21), FindingKind::ActRefused));
    assert!(found[0].2.contains("from_differs"));
}

#[test]
fn an_envelope_that_names_other_entries_than_its_body_is_found_by_the_deeper_audit() {
    let mut world = story();
    let (entry, other) = (world.birth(1), world.birth(2));
    let (name, head) = (world.child_name(entry), world.head_of(other));
    world.correct_with(2, entry, &name, "Nguyễn Thị Hai", &|envelope| {
        envelope.targets[0].entry = other;
        envelope.targets[0].basis = head;
    });
    assert_eq!(of(&world), []);
    assert!(deep(&world).contains(&(
        Some(22),
        FindingKind::ShapeDiffers,
        "targets does not have the shape of the schema".to_owned()
    )));
}

#[test]
fn a_body_of_another_kind_than_its_envelope_is_found() {
    let mut world = story();
    // The ledger of this test reads what it records, so the record is put there by hand.
    world.birth_at(1);
    let mut record = world.records.pop().unwrap();
    let parts = cose::SignedEvent::parse(&record.signed).unwrap();
    let mut envelope = Envelope::decode(parts.envelope).unwrap();
    envelope.kind = civil::kind::Kind::Death;
    record.signed = Bytes::from(cose::sign(&envelope.encode(), &officer(1)));
    record.claimed = None;
    world.records.push(record);
    assert_eq!(of(&world), [(Some(20), FindingKind::BodyKindDiffers)]);
}

/// Hands over a little, fails, goes on.
struct Stumbling {
    batches: Vec<Result<Vec<Record>, SourceError>>,
}

impl Source for Stumbling {
    fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
        match self.batches.is_empty() {
            true => Ok(None),
            false => self.batches.remove(0).map(Some),
        }
    }
}

#[test]
fn what_the_source_cannot_read_is_a_finding_and_the_audit_goes_on_behind_it() {
    let world = story();
    let error = SourceError {
        position: Some(10),
        what: "page 3".to_owned(),
        last: false,
    };
    let batches = vec![
        Ok(world.records[..10].to_vec()),
        Err(error),
        Ok(world.records[11..].to_vec()),
    ];
    let report = audit(
        Stumbling { batches },
        &world.expected(),
        &Options::default(),
        &mut |_| ControlFlow::Continue(()),
    );
    assert_eq!(report.totals.events, 19);
    assert!(report.findings.iter().any(|finding| finding.position == Some(10)
        && finding.kind == FindingKind::SourceFailed
        && finding.detail == "page 3"));
}

#[test]
fn a_source_that_only_fails_is_given_up() {
    struct Broken;
    impl Source for Broken {
        fn next(&mut self) -> Result<Option<Vec<Record>>, SourceError> {
            Err(SourceError {
                position: None,
                what: "disk".to_owned(),
                last: false,
            })
        }
    }
    let report = audit(Broken, &Expected::default(), &Options::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert_eq!(report.findings_total, 1_000);
}

#[test]
fn an_audit_that_is_broken_off_says_so() {
    let world = story();
    let report = audit(
        InMemory::new(world.records.clone()),
        &world.expected(),
        &Options::default(),
        &mut |_| ControlFlow::Break(()),
    );
    assert!(report.interrupted && !report.green);
}

#[test]
fn findings_beyond_those_kept_are_counted() {
    let mut world = story();
    for _ in 0..10 {
        world.birth_with(1, &officer(2), &|_| ());
    }
    let options = Options {
        findings_max: 3,
        ..Options::default()
    };
    let report = audited(world.records.clone(), &world.expected(), &options);
    assert_eq!((report.findings.len(), report.findings_total), (3, 10));
    assert!(
        report
            .to_text(Language::English)
            .contains("Findings not listed: 7")
    );
}

#[test]
fn a_report_says_nothing_of_what_an_event_says() {
    let world = story();
    let mut records = world.records.clone();
    for record in &mut records {
        flip(record.sealed.as_mut().unwrap(), 40);
        record.claimed = None;
    }
    let report = audited(records, &world.expected(), &ways()[2]);
    for text in [
        report.to_json(),
        report.to_text(Language::Vietnamese),
        report.to_text(Language::English),
    ] {
        assert!(!text.contains("Nguyễn") && !text.contains("Tân Lập"));
        assert!(text.contains("commitment_differs"));
    }
    assert_eq!(StreamId::ADMINISTRATION.number(), 0);
}
