//! The sentences that scenarios are told in: one table.

use super::pattern::Holes;
use super::play::Play;
use super::{given, then, when};

/// What a sentence does, with what stands in the holes of its pattern and on the lines below it.
pub(super) type Act = fn(&mut Play<'_>, &Holes<'_>, &[String]) -> Result<(), String>;

/// A sentence. In its pattern `{…}` stands for any words and `[…]` may be left out.
pub(super) struct Sentence {
    /// `Given`, `When` or `Then`.
    pub word: &'static str,
    /// How it reads.
    pub pattern: &'static str,
    /// What it does.
    pub act: Act,
}

macro_rules! sentences {
    ($($word:ident $pattern:literal => $act:path;)*) => {
        /// Every sentence; the first that reads so counts.
        pub(super) const SENTENCES: &[Sentence] = &[
            $(Sentence { word: stringify!($word), pattern: $pattern, act: $act },)*
        ];
    };
}

sentences! {
    Given "office {one} and office {two}" => given::already_open;
    Given "office {one}[ in unit {unit}][ is a {level}][ opened on {day}]" => given::already_open;
    Given "office {new} succeeded office {old} on {day}" => given::succession;

    When "on {day}[ at {time}] {who} files a[n] {kind} as {label}[ like {model}][ at @{entry}][ in the {lane} lane]" => when::file;
    When "{who} acknowledges {codes} because {why\"}[ and {second} endorses]" => when::acknowledge;
    When "{second} endorses" => when::endorse;
    When "the same is sent again" => when::send_again;
    When "on {day} office {office} writes the note of {label} into @{entry}" => when::write_note;
    When "on {day} office {office} asks for a copy of @{entry} as {label}" => when::copy;
    When "an officer searches {words\"}" => when::search;

    Then "it is recorded" => then::recorded;
    Then "it is the first receipt" => then::first_receipt;
    Then "it is refused {code} at {pointer} expecting {number}" => then::refused;
    Then "it is refused {code} at {pointer}" => then::refused;
    Then "it is refused {code}" => then::refused;
    Then "it warns nothing" => then::warns_nothing;
    Then "it warns {code} at {pointer}" => then::warns;
    Then "it warns {code}" => then::warns;
    Then "it does not warn {code}" => then::does_not_warn;
    Then "it needs a second person" => then::needs_second_person;
    Then "it needs no second person" => then::needs_no_second_person;

    Then "{label} says nothing at {pointer}[ as of {day}][ as known before {known}]" => then::says_nothing;
    Then "{label} says {pointer} = {value}[ as of {day}][ as known before {known}]" => then::says;
    Then "{label} was registered with {pointer} = {value}" => then::was_registered_with;
    Then "{label} has the note {words\"}[ as of {day}][ as known before {known}]" => then::has_note;
    Then "{label} has no note[ as of {day}][ as known before {known}]" => then::has_no_note;
    Then "the copy of {label} says {words\"}" => then::copy_says;
    Then "the copy of {label} does not say {words\"}" => then::copy_does_not_say;
    Then "the note of {note} stands in the book of {label}" => then::note_stands_in_the_book;

    Then "office {office} is owed a notice about {label}[ due {day}]" => then::is_owed;
    Then "office {office} owes a notice about {label}[ due {day}]" => then::owes;
    Then "no notice is open at office {office}" => then::owes_nothing;
    Then "book {book} of {year} at office {office} has {member} = {value}" => then::book_has;

    Then "the search finds {label}[ as {role}]" => then::search_finds;
    Then "the search does not find {label}" => then::search_does_not_find;
}
