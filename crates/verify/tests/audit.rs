//! A lawful ledger is green; everything that can be done to it turns the audit red, at its position.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use civil::act::Role;
use civil::cose;
use civil::id::{EventHash, EventId};
use support::judging::{after, audited, findings, flip, of, ways};
use support::{World, head, officer, story};
use verify::{Expected, FindingKind, Language, Options};

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
