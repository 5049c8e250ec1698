//! The sentences that scenarios are told in: one table.

use super::pattern::Holes;
use super::play::Play;
use super::{entries, given, offices, outcome, papers, people, when};

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
        /// Every sentence; the first that reads so counts, so what is wordier stands first.
        pub(super) const SENTENCES: &[Sentence] = &[
            $(Sentence { word: stringify!($word), pattern: $pattern, act: $act },)*
        ];
    };
}

sentences! {
    Given "office {new} succeeded office {old} on {day}[ together with office {also}]" => given::succession;
    Given "office {to} keeps the {books} of office {from}[ of {first} to {last}] from {day}" => given::custody;
    Given "{person} of office {office} is @{reference}" => given::appointment;
    Given "{person} of office {office} is called {name\"}, born {born}" => given::appointment_by_name;
    Given "{person} of office {office} was relieved on {day}" => given::relief;
    Given "office {one} and office {two}" => given::already_open;
    Given "office {one}[ in unit {unit}][ is a {level}][ opened on {day}]" => given::already_open;

    When "on {day}[ at {time}] {who} files a[n] {kind} as {label}[ like {model}][ at @{entry}][ in the {lane} lane]" => when::file;
    When "{who} acknowledges {codes} because {why\"}[ and {second} endorses]" => when::acknowledge;
    When "{second} endorses" => when::endorse;
    When "the same is sent again" => when::send_again;
    When "on {day} office {office} writes the note of {label} into @{entry}" => when::write_note;
    When "on {day} office {office} asks for a copy of @{entry} as {label}" => when::copy;
    When "an officer searches {words\"}" => when::search;

    Then "it is recorded" => outcome::recorded;
    Then "it is the first receipt" => outcome::first_receipt;
    Then "it is refused {code} at {pointer} expecting {number}" => outcome::refused;
    Then "it is refused {code} at {pointer}" => outcome::refused;
    Then "it is refused {code}" => outcome::refused;
    Then "it warns nothing" => outcome::warns_nothing;
    Then "it finds the relation {relation}" => outcome::finds_relation;
    Then "it warns {code} at {pointer}" => outcome::warns;
    Then "it warns {code}" => outcome::warns;
    Then "it does not warn {code}" => outcome::does_not_warn;
    Then "it offers {text\"} at {pointer}" => outcome::offers;
    Then "it offers @{place} for {person}[ because {agree}]" => outcome::offers_person;
    Then "it offers nobody for {person}" => outcome::offers_nobody;
    Then "it is summed up as {words\"}" => outcome::sums_up;
    Then "it proposes @{label} with {field} to {value}" => outcome::proposes;
    Then "it needs a second person" => outcome::needs_second_person;
    Then "it needs no second person" => outcome::needs_no_second_person;

    Then "form {form} of office {office} from {from} to {to}[ as {basis}] says {cell} = {value}" => offices::statistics;
    Then "the paper {label} does not say {words\"}" => papers::does_not_say;
    Then "the paper {label} says {words\"}" => papers::says;
    Then "the paper {label} has the number {number}" => papers::has_number;
    Then "the paper {label} is current" => papers::is_current;
    Then "the paper {label} is {state} since {day}" => papers::is_no_more;
    Then "{label} is not there[ as of {day}]" => entries::is_not_there;
    Then "{label} has the book note {words\"}" => entries::has_book_note;
    Then "{label} says nothing at {pointer}[ as of {day}][ as known before {known}]" => entries::says_nothing;
    Then "{label} says {pointer} = {value}[ as of {day}][ as known before {known}]" => entries::says;
    Then "{label} was registered with {pointer} = {value}" => entries::was_registered_with;
    Then "{label} was registered again as {later} reading {words\"}[ as of {day}]" => entries::was_registered_again;
    Then "{label} was not registered again[ as of {day}][ as known before {known}]" => entries::was_not_registered_again;
    Then "the timeline of {label} shows the matter {matter}" => entries::timeline_shows_matter;
    Then "the timeline of {label} shows the link of @{person} to @{other}[ as {verdict}]" => entries::timeline_shows_link;
    Then "{label} has the note {words\"}[ as of {day}][ as known before {known}]" => entries::has_note;
    Then "{label} has no note[ as of {day}][ as known before {known}]" => entries::has_no_note;
    Then "the copy of {label} says {words\"}" => entries::copy_says;
    Then "the copy of {label} does not say {words\"}" => entries::copy_does_not_say;
    Then "the note of {note} stands in the book of {label}" => entries::note_stands_in_the_book;

    Then "office {office} is owed a notice about {label}[ as {reason}][ due {day}]" => offices::is_owed;
    Then "office {office} owes a notice about {label}[ due {day}]" => offices::owes;
    Then "no notice is open at office {office}" => offices::owes_nothing;
    Then "book {book} of {year} at office {office} has {member} = {value}" => offices::book_has;

    Then "office {office} is overdue on {day}" => offices::is_overdue;
    Then "office {office} has a task {kind} {code} about {label}" => offices::has_task;
    Then "office {office} has a task {kind} about {label}" => offices::has_task;
    Then "office {office} has no task {kind} {code} about {label}" => offices::has_no_task;
    Then "office {office} has no task {kind} about {label}" => offices::has_no_task;
    Then "office {office} has no task about {label}" => offices::has_no_task;
    Then "office {office} counts {number} open {kind}" => offices::counts_tasks;

    Then "@{person} is {status}[ as of {day}]" => people::is;
    Then "the marital status of @{person} reads {words\"}[ as of {day}]" => people::marital_status_reads;
    Then "the marital status of @{person} follows from {label}[ as of {day}]" => people::follows_from;
    Then "@{person} has the {relation} {other} no more because of {how}" => people::has_relative_no_more;
    Then "@{person} has the {relation} {other}[ as of {day}]" => people::has_relative;
    Then "{label} is linked to the death {death}" => people::is_linked_to_death;
    Then "{one} and {two} are candidates because {agree}[; differ in {differ}][; explained by {why}]" => people::are_candidates;
    Then "{label} has no candidate" => people::has_no_candidate;

    Then "the search finds {label}[ as {role}]" => entries::search_finds;
    Then "the search does not find {label}" => entries::search_does_not_find;
}
