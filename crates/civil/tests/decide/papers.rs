//! What keeps a copy from being issued, or a note from standing in the book.

use civil::content::Content;
use civil::id::{EntryId, EventId};
use civil::kind::Kind;
use serde_json::json;

use crate::acts::{amendment, birth, copy, entered, with};
use crate::verdict::{Verdict, refusals};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

const DESK: &str = "303/desk";

fn hash(world: &World, entry: EntryId) -> [u8; 32] {
    Content::of(&world.entries[&entry], &world.directory).hash()
}

/// A birth whose name was corrected elsewhere: the entry, and the event that owes a note.
fn corrected(world: &mut World) -> (EntryId, EventId) {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let act = amendment(
        entry,
        "birth",
        "/child/name",
        json!("H’Ƀơ̆n Ê̆ban"),
        json!("H’Ƀơ̆n Niê"),
    );
    world.given(AN_HOI, Kind::Correction, &act);
    (entry, world.entries[&entry].notes[0].event)
}

fn copied(world: &mut World, change: impl FnOnce(serde_json::Value) -> serde_json::Value) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let act = change(copy(hash(world, entry)));
    world.file_at(entry, DESK, Kind::ExtractIssued, &act)
}

refusals! {
    an_authority_gives_its_reason: ReasonMissing at "/reason" {
        |world| copied(world, |act| with(act, "/standing", json!("authority")))
    } beside {
        |world| copied(world, |act| {
            with(with(act, "/standing", json!("authority")), "/reason", json!("Công văn số 88/CV-TA"))
        })
    }
    a_copy_says_what_the_entry_says: ContentDiffers at "/content_hash" {
        |world| copied(world, |act| with(act, "/content_hash", json!("00".repeat(32))))
    } beside {
        |world| copied(world, |act| act)
    }
    a_copy_after_a_correction_says_the_corrected_value: ContentDiffers at "/content_hash" {
        |world| {
            let entry = world.given(AN_NHON, Kind::Birth, &birth());
            let before = hash(world, entry);
            let act = amendment(entry, "birth", "/child/sex", json!("female"), json!("male"));
            world.given(AN_HOI, Kind::Correction, &act);
            world.file_at(entry, DESK, Kind::ExtractIssued, &copy(before))
        }
    } beside {
        |world| {
            let (entry, _) = corrected(world);
            let now = hash(world, entry);
            world.file_at(entry, DESK, Kind::ExtractIssued, &copy(now))
        }
    }
    only_the_office_that_keeps_the_book_writes_into_it: NotKeeper at "" {
        |world| {
            let (entry, event) = corrected(world);
            world.file_at(entry, AN_HOI, Kind::MarginalNoteEntered, &entered(event))
        }
    } beside {
        |world| {
            let (entry, event) = corrected(world);
            world.file_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(event))
        }
    }
    a_note_is_entered_that_is_owed: NoSuchNote at "/noted" {
        |world| {
            let (entry, _) = corrected(world);
            let opened_by = world.entries[&entry].opened_by;
            world.file_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(opened_by))
        }
    } beside {
        |world| {
            let (entry, event) = corrected(world);
            world.file_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(event))
        }
    }
    a_note_is_entered_once: NoteAlreadyEntered at "/noted" {
        |world| {
            let (entry, event) = corrected(world);
            world.given_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(event));
            world.file_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(event))
        }
    } beside {
        |world| {
            let (entry, event) = corrected(world);
            world.file_at(entry, DA_TEH, Kind::MarginalNoteEntered, &entered(event))
        }
    }
    a_copy_is_of_an_entry_that_is_there: EntryUnknown at "" {
        |world| world.file_at(EntryId::at(9, [9; 10]), DESK, Kind::ExtractIssued, &copy([0; 32]))
    } beside {
        |world| copied(world, |act| act)
    }
}

#[test]
fn any_office_issues_a_copy_whatever_the_residence() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    for desk in ["102/desk", "303/desk"] {
        world
            .file_at(entry, desk, Kind::ExtractIssued, &copy(hash(&world, entry)))
            .draft();
    }
}

#[test]
fn a_copy_does_not_change_what_the_next_copy_says() {
    let mut world = World::new();
    let (entry, _) = corrected(&mut world);
    let first = hash(&world, entry);
    world.given_at(entry, DESK, Kind::ExtractIssued, &copy(first));
    assert_eq!(hash(&world, entry), first);
    assert_eq!(world.entries[&entry].copies.len(), 1);
}
