//! Notes written and read again.

use super::{from_text, to_text};
use crate::testing::Country;

#[test]
fn every_note_is_read_as_it_was_written() {
    let mut country = Country::new(8, 100);
    country.take_many(400);
    let mut entered = 0;
    for entry in country.scribe.entries.values() {
        let text = to_text(&entry.notes).unwrap();
        assert_eq!(from_text(&text).as_ref(), Some(&entry.notes));
        entered += entry.notes.iter().filter(|note| note.entered.is_some()).count();
    }
    assert!(entered > 0);
}

#[test]
fn what_is_no_list_of_notes_is_not_read() {
    for text in ["", "{}", "null", "[1]", r#"[{"event":"x"}]"#] {
        assert_eq!(from_text(text), None, "{text}");
    }
}
