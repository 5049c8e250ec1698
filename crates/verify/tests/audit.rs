//! A lawful ledger is green; everything that can be done to it turns the audit red, at its position.

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
use civil::id::{EventHash, EventId, StreamId};
use support::{World, head, officer, story};
use verify::{
    Check, Depth, Expected, FindingKind, InMemory, Language, Options, Record, Report, Source, SourceError,
    audit,
};

fn audited(records: Vec<Record>, expected: &Expected, options: &Options) -> Report {
    audit(InMemory::new(records), expected, options, &mut |_| {
        ControlFlow::Continue(())
    })
}

/// All ways to audit, which must agree on everything but what only the deeper one looks at.
fn ways() -> [Options; 3] {
    let strict = Options {
        strict: true,
        ..Options::default()
    };
    let deep = Options {
        depth: Depth::Records,
        ..Options::default()
    };
    [Options::default(), strict, deep]
}

/// The findings of the fast audit, after checking that the other ways find them too.
fn findings(records: &[Record], expected: &Expected) -> Vec<(Option<u64>, FindingKind)> {
    let [fast, strict, deep] = ways().map(|options| {
        let report = audited(records.to_vec(), expected, &options);
        assert_eq!(report.green, report.findings.is_empty());
        let findings = report.findings.into_iter();
        findings
            .map(|finding| (finding.position, finding.kind))
            .collect::<Vec<_>>()
    });
    assert_eq!(fast, strict);
    for finding in &fast {
        assert!(deep.contains(finding), "{finding:?} is not in {deep:?}");
    }
    fast
}

/// What turns red when the records of the story are changed.
fn after(change: impl FnOnce(&mut Vec<Record>)) -> Vec<(Option<u64>, FindingKind)> {
    let world = story();
    let mut records = world.records.clone();
    change(&mut records);
    findings(&records, &world.expected())
}

/// What is wrong with a ledger whose keeper recorded it so, and signed its tree.
fn of(world: &World) -> Vec<(Option<u64>, FindingKind)> {
    findings(&world.records, &world.expected())
}

fn deep(world: &World) -> Vec<(Option<u64>, FindingKind, String)> {
    let [_, _, deep] = ways();
    let report = audited(world.records.clone(), &world.expected(), &deep);
    let findings = report.findings.into_iter();
    findings
        .map(|finding| (finding.position, finding.kind, finding.detail))
        .collect()
}

fn flip(bytes: &mut Bytes, at: usize) {
    let mut changed = bytes.to_vec();
    changed[at] ^= 1;
    *bytes = Bytes::from(changed);
}

#[test]
fn a_lawful_ledger_is_green() {
    let world = story();
    for options in ways() {
        let report = audited(world.records.clone(), &world.expected(), &options);
        assert!(report.green, "{}", report.to_text(Language::English));
        assert_eq!(report.tree, report.checkpoint.unwrap());
        assert_eq!(report.totals.events, world.records.len() as u64);
    }
}

#[test]
fn a_ledger_without_events_is_that_of_the_empty_checkpoint() {
    let empty = Expected {
        head: Some(verify::Head {
            size: 0,
            root: tlog::empty_root(),
        }),
        origin: None,
    };
    assert!(audited(Vec::new(), &empty, &Options::default()).green);
}

#[test]
fn the_deeper_audit_counts_the_notices_that_are_owed_and_open() {
    let mut world = story();
    let [_, _, deep] = ways();
    let report = audited(world.records.clone(), &world.expected(), &deep);
    assert_eq!((report.totals.notices_owed, report.totals.notices_open), (1, 0));
    let entry = world.birth(1);
    let name = world.child_name(entry);
    world.correct(3, entry, &name, "Nguyễn Thị Mới");
    let report = audited(world.records.clone(), &world.expected(), &deep);
    assert!(report.green, "{}", report.to_text(Language::English));
    assert_eq!((report.totals.notices_owed, report.totals.notices_open), (2, 1));
}

#[test]
fn any_byte_flipped_in_a_signed_event_is_found_at_its_position() {
    let world = story();
    let last = world.records.len() - 1;
    for at in (0..world.records[last].signed.len()).step_by(7) {
        let mut records = world.records.clone();
        flip(&mut records[last].signed, at);
        let found = findings(&records, &world.expected());
        assert!(found.contains(&(Some(last as u64), FindingKind::HashColumnDiffers)));
        assert!(found.contains(&(None, FindingKind::RootDiffers)));
        records[last].claimed = None;
        let found = findings(&records, &world.expected());
        assert!(
            found.iter().any(|(position, _)| *position == Some(last as u64)),
            "byte {at}"
        );
    }
}

#[test]
fn a_byte_flipped_in_a_body_or_its_salt_is_found_at_its_position() {
    for at in [0, 31, 32, 60] {
        let found = after(|records| flip(records[8].sealed.as_mut().unwrap(), at));
        assert_eq!(found, [(Some(8), FindingKind::CommitmentDiffers)]);
    }
}

#[test]
fn swapped_events_are_found_where_they_lie() {
    let found = after(|records| {
        let (one, other) = (records[14].signed.clone(), records[17].signed.clone());
        (records[14].signed, records[17].signed) = (other, one);
        let sealed = records[14].sealed.clone();
        records[14].sealed = std::mem::replace(&mut records[17].sealed, sealed);
        records.iter_mut().for_each(|record| record.claimed = None);
    });
    assert!(found.contains(&(Some(14), FindingKind::SeqNotNext)), "{found:?}");
    assert!(found.contains(&(Some(17), FindingKind::SeqNotNext)));
    assert!(found.contains(&(None, FindingKind::RootDiffers)));
}

#[test]
fn a_dropped_event_is_found_even_when_positions_are_given_anew() {
    let found = after(|records| drop(records.remove(14)));
    assert!(found.contains(&(Some(15), FindingKind::PositionNotNext)));
    let found = after(|records| {
        records.remove(14);
        for (position, record) in records.iter_mut().enumerate() {
            record.position = position as u64;
        }
    });
    assert!(found.contains(&(Some(16), FindingKind::SeqNotNext)), "{found:?}");
    assert!(found.contains(&(None, FindingKind::SizeDiffers)));
}

#[test]
fn a_dropped_tail_is_found_by_the_checkpoint() {
    let found = after(|records| drop(records.pop()));
    assert_eq!(found, [(None, FindingKind::SizeDiffers)]);
}

#[test]
fn events_behind_the_checkpoint_are_found() {
    let mut world = story();
    let expected = world.expected();
    world.birth(1);
    assert_eq!(
        findings(&world.records, &expected),
        [(None, FindingKind::SizeDiffers)]
    );
}

#[test]
fn an_edited_column_is_found_at_its_position() {
    type Edit = fn(&mut verify::Claimed);
    let edits: [(Edit, FindingKind); 6] = [
        (|columns| columns.hash[0] ^= 1, FindingKind::HashColumnDiffers),
        (|columns| columns.twin[0] ^= 1, FindingKind::TwinColumnDiffers),
        (|columns| columns.event_id[0] ^= 1, FindingKind::ColumnDiffers),
        (|columns| columns.stream += 1, FindingKind::ColumnDiffers),
        (|columns| columns.seq += 1, FindingKind::ColumnDiffers),
        (|columns| columns.kind += 1, FindingKind::ColumnDiffers),
    ];
    for (edit, kind) in edits {
        let found = after(|records| edit(records[9].claimed.as_mut().unwrap()));
        assert_eq!(found, [(Some(9), kind)]);
    }
}

#[test]
fn a_clock_of_the_log_that_goes_backwards_is_found() {
    let found = after(|records| records[9].recorded_at_ms -= 5_000);
    assert_eq!(found, [(Some(9), FindingKind::RecordedBackwards)]);
}

#[test]
fn a_wrong_root_is_found() {
    let world = story();
    let mut expected = world.expected();
    expected.head.as_mut().unwrap().root.0[0] ^= 1;
    assert_eq!(
        findings(&world.records, &expected),
        [(None, FindingKind::RootDiffers)]
    );
}

#[test]
fn a_checkpoint_of_another_log_is_found() {
    let world = story();
    let expected = Expected {
        origin: Some("another.example/log".to_owned()),
        ..world.expected()
    };
    assert_eq!(
        findings(&world.records, &expected),
        [(None, FindingKind::OriginDiffers)]
    );
}

#[test]
fn a_key_of_another_office_is_found() {
    let mut world = story();
    world.birth_with(1, &officer(2), &|_| ());
    assert_eq!(of(&world), [(Some(20), FindingKind::KeyOfAnotherOffice)]);
}

#[test]
fn a_key_that_was_never_granted_is_found() {
    let mut world = story();
    world.birth_with(1, &officer(99), &|_| ());
    assert_eq!(of(&world), [(Some(20), FindingKind::UnknownKey)]);
}

#[test]
fn a_key_that_signs_before_its_grant_is_found() {
    let mut world = story();
    world.open(4);
    world.birth_with(4, &officer(4), &|_| ());
    world.grant(4, &officer(4), Role::Officer);
    world.birth_with(4, &officer(4), &|_| ());
    assert_eq!(of(&world), [(Some(21), FindingKind::UnknownKey)]);
}

#[test]
fn a_revoked_key_is_found_where_it_signs_afterwards_and_not_before() {
    let mut world = story();
    world.birth(1);
    world.revoke(officer(1).public().id());
    world.birth(1);
    world.birth(2);
    assert_eq!(of(&world), [(Some(22), FindingKind::RevokedKey)]);
}

#[test]
fn a_key_outside_its_days_is_found() {
    let mut world = story();
    world.birth_with(1, &officer(1), &|envelope| envelope.signed_at = 1_700_000_000);
    assert_eq!(of(&world), [(Some(20), FindingKind::KeyOutsideValidity)]);
}

#[test]
fn an_officer_who_grants_keys_is_found_and_grants_nothing() {
    let mut world = story();
    world.grant_with(1, &head(1), &officer(1));
    world.birth_with(1, &head(1), &|_| ());
    let found = of(&world);
    assert_eq!(
        found,
        [
            (Some(20), FindingKind::KeyOfAnotherOffice),
            (Some(21), FindingKind::UnknownKey)
        ]
    );
}

#[test]
fn an_act_of_the_administration_that_was_not_lawful_is_found() {
    let mut world = story();
    world.open(2);
    let found = of(&world);
    assert_eq!(found, [(Some(20), FindingKind::AdministrationRefused)]);
}

#[test]
fn a_stale_basis_is_found() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    let stale = world.head_of(entry);
    let name = world.child_name(entry);
    world.correct(2, entry, &name, "Nguyễn Thị Hai");
    world.correct_with(2, entry, "Nguyễn Thị Hai", "Nguyễn Thị Ba", &|envelope| {
        envelope.targets[0].basis = stale;
    });
    assert_eq!(of(&world), [(Some(7), FindingKind::BasisStale)]);
}

#[test]
fn a_paper_does_not_move_the_basis_of_its_entry() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    let before = world.head_of(entry);
    let copy = world.copy(2, entry);
    let name = world.child_name(entry);
    world.correct_with(2, entry, &name, "Nguyễn Thị Hai", &|envelope| {
        assert_eq!(envelope.targets[0].basis, before);
    });
    assert_eq!(of(&world), []);
    let hash = cose::event_hash(&world.records[usize::try_from(copy).unwrap()].signed);
    world.correct_with(1, entry, "Nguyễn Thị Hai", "Nguyễn Thị Ba", &|envelope| {
        envelope.targets[0].basis = hash;
    });
    assert_eq!(of(&world), [(Some(8), FindingKind::BasisStale)]);
}

#[test]
fn an_entry_that_nothing_opened_or_that_is_opened_twice_is_found() {
    let mut world = story();
    let (entry, other) = (world.birth(1), world.birth(1));
    world.birth_with(1, &officer(1), &|envelope| envelope.entry = Some(other));
    let unknown = civil::id::EntryId::at(7, [7; 10]);
    let name = world.child_name(entry);
    world.correct_with(1, entry, &name, "Nguyễn Thị Hai", &|envelope| {
        envelope.targets[0].entry = unknown;
    });
    let found = of(&world);
    assert_eq!(
        found,
        [
            (Some(22), FindingKind::EntryReopened),
            (Some(23), FindingKind::EntryUnknown)
        ]
    );
}

#[test]
fn an_envelope_that_names_entries_otherwise_than_its_kind_does_is_found() {
    let twists: [support::Twist<'_>; 3] = [
        &|envelope| envelope.basis = Some(EventHash([1; 32])),
        &|envelope| (envelope.entry, envelope.basis) = (None, None),
        &|envelope| {
            envelope.targets = vec![civil::envelope::Target {
                entry: civil::id::EntryId::at(1, [1; 10]),
                basis: EventHash([1; 32]),
            }]
        },
    ];
    for twist in twists {
        let mut world = story();
        world.birth_with(1, &officer(1), twist);
        assert_eq!(of(&world), [(Some(20), FindingKind::EntryShape)]);
    }
}

#[test]
fn a_gap_in_a_stream_is_found() {
    let mut world = story();
    world.birth_with(1, &officer(1), &|envelope| envelope.seq += 1);
    world.birth(1);
    assert_eq!(of(&world), [(Some(20), FindingKind::SeqNotNext)]);
}

#[test]
fn an_event_that_does_not_follow_the_one_before_it_is_found() {
    let mut world = story();
    world.birth_with(1, &officer(1), &|envelope| envelope.prev.0[0] ^= 1);
    world.birth(1);
    assert_eq!(of(&world), [(Some(20), FindingKind::PrevDiffers)]);
}

#[test]
fn an_event_id_that_is_used_again_is_found() {
    let mut world = story();
    let used = EventId::from_bytes(world.records[8].claimed.unwrap().event_id);
    world.birth_with(1, &officer(1), &|envelope| envelope.event = used);
    assert_eq!(of(&world), [(Some(20), FindingKind::EventIdReused)]);
}

#[test]
fn a_first_event_that_hangs_from_nothing_is_found() {
    let mut world = World::new(2);
    world.birth_with(1, &officer(1), &|envelope| envelope.prev = EventHash([0; 32]));
    assert_eq!(of(&world), [(Some(5), FindingKind::AnotherLedger)]);
}

#[test]
fn a_stream_replayed_from_another_ledger_is_found() {
    let mut theirs = World::of_origin("another.example/log", 2);
    theirs.birth(1);
    theirs.birth(1);
    let mut ours = World::new(2);
    for record in &theirs.records[5..] {
        ours.record(record.signed.to_vec(), record.sealed.as_ref().unwrap().to_vec());
    }
    assert_eq!(of(&ours), [(Some(5), FindingKind::AnotherLedger)]);
}

#[test]
fn a_log_that_does_not_begin_with_its_founding_is_found() {
    let found = after(|records| {
        records.remove(0);
        for (position, record) in records.iter_mut().enumerate() {
            record.position = position as u64;
        }
    });
    assert!(found.contains(&(Some(0), FindingKind::NotFounded)), "{found:?}");
}

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
