//! `decide`: a pure function from what the ledger knows and what an officer wants to what may be signed.
//!
//! No clock, no store, no chance. Everything that is wrong is reported at once. The same function runs twice: for the
//! draft that the officer reads, and again, on the bytes that came back signed, before they are recorded. What cannot
//! be checked from the outside (that the number is the next one, that the basis is the latest event) stays true until
//! the commit because the ledger checks stream and basis again inside its transaction.

mod administration;
mod amendment;
mod among;
mod case;
mod duplicate;
mod file;
mod heads;
mod issued;
mod number;
mod office;
mod paper;
mod party;
mod people;
mod raised;
mod refusal;
mod registration;
mod seal;
mod second_person;
mod signer;
mod warning;

pub use crate::book::BookFacts;
pub use crate::law::SecondPerson;
pub(crate) use case::Case;
pub use number::{NumberAsked, numbers_asked};
pub use party::Party;
pub use refusal::{Refusal, RefusalCode};
pub use second_person::{NotEndorsed, endorses, second_person};
pub use signer::is_own_case_of_somebody;
pub use warning::{Warning, WarningCode};

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Acknowledgement, Act, Body, PersonRef, Role};
use crate::directory::{Appointment, Directory};
use crate::duplicate::Candidate;
use crate::entry::RegisterEntry;
use crate::heads::Heads;
use crate::id::{EntryId, KeyId, Lane, StreamId};
use crate::kind::Group;
use crate::law::{self, RuleSet};
use crate::notice::{self, NoticeOwed};
use crate::person::PersonView;
use crate::value::{Date, TimeOfDay};

/// What the ledger knows that bears on an act.
///
/// Everything behind `targets` is a fact that only adds: without it less is found, never something else. So those who know
/// less, as an auditor does, find a part of what was found.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// Offices and keys.
    pub directory: &'a Directory,
    /// The stream in which the act is filed.
    pub stream: StreamId,
    /// The day of recording, or of drafting.
    pub today: Date,
    /// The day of signing, where it may be another.
    pub signed_on: Date,
    /// The entry that the act continues.
    pub entry: Option<&'a RegisterEntry>,
    /// The other entries that it reaches.
    pub targets: &'a BTreeMap<EntryId, RegisterEntry>,
    /// The local time of signing.
    pub now: Option<TimeOfDay>,
    /// What is known of the people whom the act links, by their pointers.
    pub people: &'a BTreeMap<String, PersonView>,
    /// Who else bears the numbers that [`numbers_asked`] tells, by its pointers.
    pub numbered: &'a BTreeMap<String, Vec<PersonView>>,
    /// The book in which the act takes its number, or that it opens or closes.
    pub book: Option<BookFacts>,
    /// The appointment of the signer.
    pub signer: Option<&'a Appointment>,
    /// Where the signer stands in the ledger.
    pub signer_places: &'a [PersonRef],
    /// The signer's parents, children, spouses and siblings.
    pub signer_relatives: &'a [PersonRef],
    /// The role of the signer's key.
    pub role: Option<Role>,
    /// Entries that may be of the same person.
    pub candidates: &'a [Candidate],
    /// The guardianship that the act says it replaces.
    pub replaced: Option<&'a RegisterEntry>,
    /// Those of the positions which the act says are erased whose bodies may not be, or not any more: events of the administration, what
    /// is erased already, what is not recorded.
    pub not_erasable: &'a [u64],
    /// Whether what the act ends is there: the notice or the task that it discharges is open, the confirmation that it revokes was given as a paper by that office.
    pub open: Option<bool>,
    /// The name of the key that the act grants, where somebody has read that key already: reading one costs as much as a signature.
    pub granted: Option<KeyId>,
    /// What the streams had reached at the size that the act says; judged by it alone.
    pub heads: Option<Heads>,
}

static NOBODY: BTreeMap<String, PersonView> = BTreeMap::new();
static NO_NUMBERS: BTreeMap<String, Vec<PersonView>> = BTreeMap::new();
static NO_ENTRIES: BTreeMap<EntryId, RegisterEntry> = BTreeMap::new();

impl<'a> Situation<'a> {
    /// Without any entry and any fact: to be filled in with `..Situation::bare(…)`.
    pub fn bare(directory: &'a Directory, stream: StreamId, today: Date) -> Self {
        Self {
            directory,
            stream,
            today,
            signed_on: today,
            entry: None,
            targets: &NO_ENTRIES,
            now: None,
            people: &NOBODY,
            numbered: &NO_NUMBERS,
            book: None,
            signer: None,
            signer_places: &[],
            signer_relatives: &[],
            role: None,
            candidates: &[],
            replaced: None,
            not_erasable: &[],
            open: None,
            granted: None,
            heads: None,
        }
    }

    /// An entry that the act reaches: another one, or its own.
    pub fn reached(&self, id: EntryId) -> Option<&'a RegisterEntry> {
        self.targets
            .get(&id)
            .or_else(|| self.entry.filter(|entry| entry.id == id))
    }
}

/// What will follow when the act is signed as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What the officer must acknowledge.
    pub warnings: Vec<Warning>,
    /// The offices that are owed a notice.
    pub notices: Vec<NoticeOwed>,
    /// Of which office a second person must endorse, if one must.
    pub second_person: Option<SecondPerson>,
    /// Who cannot be that second person: the people whom the act is about, and who asked for it. None where nobody must endorse.
    pub parties: Vec<Party>,
}

impl Draft {
    /// Whether a second person must endorse.
    pub fn needs_second_person(&self) -> bool {
        self.second_person.is_some()
    }
}

/// The collector of everything that a decision finds.
#[derive(Debug, Default)]
struct Findings {
    refusals: Vec<Refusal>,
    warnings: Vec<Warning>,
}

impl Findings {
    /// What came later than the act neither warns nor refuses: an auditor who judges it again must find what was found then.
    fn refuse_new(&mut self, situation: &Situation<'_>, code: RefusalCode, pointer: impl Into<String>) {
        let warning = code.in_old_books();
        let later = warning.and_then(WarningCode::since);
        match warning {
            _ if later.is_some_and(|since| situation.today < since) => {}
            Some(warning) if situation.stream.lane == Lane::Digitised => self.warn(warning, pointer),
            _ => self.refuse(code, pointer),
        }
    }

    fn refuse(&mut self, code: RefusalCode, pointer: impl Into<String>) {
        self.refusals.push(Refusal::at(code, pointer));
    }

    fn warn(&mut self, code: WarningCode, pointer: impl Into<String>) {
        self.warn_of(code, pointer, Vec::new());
    }

    /// Warns of what follows from places in the ledger.
    fn warn_of(&mut self, code: WarningCode, pointer: impl Into<String>, found: Vec<PersonRef>) {
        self.warnings.push(Warning {
            code,
            pointer: pointer.into(),
            relation: None,
            found,
        });
    }
}

/// Decides on an act.
///
/// # Errors
/// Every refusal, in order of precedence.
pub fn decide(situation: &Situation<'_>, act: &Act) -> Result<Draft, Vec<Refusal>> {
    let mut findings = Findings::default();
    if act.kind().group() == Group::Administration {
        administration::decide(situation, act, &mut findings);
    } else if let Act::StreamHeads(act) = act {
        heads::decide(situation, act, &mut findings);
    } else {
        whole(situation, act, &mut findings);
        office_and_days(situation, act, &mut findings);
        number(situation, act, &mut findings);
        match act.kind().group() {
            Group::Registration => registration::decide(situation, act, &mut findings),
            Group::Amendment => amendment::decide(situation, act, &mut findings),
            Group::Notation => amendment::decide_notation(situation, act, &mut findings),
            Group::Paper | Group::PaperBook => paper::decide(situation, act, &mut findings),
            Group::Office => office::decide(situation, act, &mut findings),
            Group::Administration | Group::Keeping => {}
        }
        if act.amendment().is_none() {
            amendment::reached(situation, act, &mut findings);
        }
        office::custody(situation, act, &mut findings);
        signer::decide(situation, act, &mut findings);
        file::decide(situation, act, &mut findings);
        among::decide(situation, act, &mut findings);
        people::decide(situation, act, &mut findings);
        number::decide(situation, act, &mut findings);
    }
    act.lawful().decide(&mut Case {
        situation,
        act,
        findings: &mut findings,
    });
    duplicate::decide(situation, act, &mut findings);
    // A warning that came later than the act never asks for an acknowledgement that nobody could give.
    let today = situation.today;
    let due = |code: WarningCode| code.since().is_none_or(|since| since <= today);
    findings.warnings.retain(|warning| due(warning.code));
    if !findings.refusals.is_empty() {
        findings.refusals.sort_by_key(|refusal| refusal.code);
        return Err(findings.refusals);
    }
    let second_person = second_person::asked(situation, act, &findings.warnings);
    Ok(Draft {
        second_person,
        parties: second_person.map_or_else(Vec::new, |_| party::of(situation, act)),
        warnings: findings.warnings,
        notices: notice::of_situation(situation, act),
    })
}

/// Decides on a body that came back signed: as [`decide`], and every warning must be acknowledged.
///
/// # Errors
/// As [`decide`]; [`RefusalCode::WarningNotAcknowledged`] at each warning that the body does not acknowledge.
pub fn decide_signed(situation: &Situation<'_>, body: &Body) -> Result<Draft, Vec<Refusal>> {
    let draft = decide(situation, &body.act)?;
    let seen: BTreeSet<&str> = body
        .acknowledgements
        .iter()
        .map(|seen| seen.warning.as_str())
        .collect();
    let unseen: Vec<Refusal> = draft
        .warnings
        .iter()
        .filter(|warning| !seen.contains(warning.code.name()))
        .map(Refusal::unacknowledged)
        .collect();
    if unseen.is_empty() { Ok(draft) } else { Err(unseen) }
}

/// Acknowledgements in the order that the body wants, one for each code.
pub fn in_order(mut acknowledgements: Vec<Acknowledgement>) -> Vec<Acknowledgement> {
    acknowledgements.sort();
    acknowledgements.dedup_by(|later, earlier| later.warning == earlier.warning);
    acknowledgements
}

/// The rules for an act: of the day of reception, never the latest.
fn rules(situation: &Situation<'_>, act: &Act) -> RuleSet {
    let received_on = act.ruled_on(situation.today);
    law::rules(act.kind().name(), received_on, act.occurred_on().as_ref())
}

/// A paper says all that stands there, so nothing of it may be lost; whoever changes something must see what they change.
fn whole(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let paper = act.kind().group() == Group::Paper;
    let unfit = |entry: &RegisterEntry| entry.current.is_lost() || paper && !entry.lost.is_empty();
    if situation
        .entry
        .into_iter()
        .chain(situation.targets.values())
        .any(unfit)
    {
        findings.refuse(RefusalCode::ContentErased, "");
    }
}

fn office_and_days(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let pointer = office::day_pointer(act);
    if act.registered_on().is_none() {
        findings.refuse_new(situation, RefusalCode::DayMissing, pointer);
    }
    let day = act.counted_on(situation.today);
    match situation.directory.office(situation.stream.office) {
        None => findings.refuse(RefusalCode::OfficeUnknown, ""),
        // Entries taken over from paper books carry the day of the book; the office that takes them over may be
        // the successor of the one that wrote them.
        Some(_) if situation.stream.lane == Lane::Digitised => {}
        Some(office) if !office.open_on(day) => findings.refuse(RefusalCode::OfficeNotOpen, pointer),
        Some(_) => {}
    }
    if situation.today < day {
        findings.refuse(RefusalCode::RegisteredInFuture, pointer);
    }
    let registered = act.registered_on();
    if act
        .received_on()
        .zip(registered)
        .is_some_and(|(received, registered)| registered < received)
    {
        findings.refuse(RefusalCode::ReceivedAfterRegistered, "/received_on");
    }
}

/// Numbers run gap-free per office, book and year (Circular 04/2020, Art. 29(3)). Numbers of old books may repeat
/// and skip and are kept as written.
fn number(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some((_, book)) = act.book() else { return };
    office::closed_book(situation, findings);
    if situation.stream.lane == Lane::Digitised {
        return;
    }
    if book.year != Some(act.counted_on(situation.today).year()) {
        findings.refuse(RefusalCode::NumberOfAnotherYear, "/book/year");
        return;
    }
    let Some(next) = situation.book.map(|book| book.next_number()) else {
        return;
    };
    let code = match book.number {
        Some(number) if number < next => RefusalCode::NumberTaken,
        Some(number) if number == next => return,
        _ => RefusalCode::NumberSkips,
    };
    findings
        .refusals
        .push(Refusal::at(code, "/book/number").expecting(u64::from(next)));
}
