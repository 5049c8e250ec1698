//! `decide`: a pure function from what the ledger knows and what an officer wants to what may be signed.
//!
//! No clock, no store, no chance. Everything that is wrong is reported at once. The same function runs twice: for the
//! draft that the officer reads, and again, on the bytes that came back signed, before they are recorded. What cannot
//! be checked from the outside (that the number is the next one, that the basis is the latest event) stays true until
//! the commit because the ledger checks stream and basis again inside its transaction.

mod administration;
mod amendment;
mod paper;
mod refusal;
mod registration;
mod second_person;
mod warning;

pub use refusal::{Refusal, RefusalCode};
pub use second_person::{NotEndorsed, second_person};
pub use warning::{Warning, WarningCode};

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Acknowledgement, Act, Body};
use crate::directory::Directory;
use crate::entry::RegisterEntry;
use crate::id::{EntryId, Lane, OfficeId, StreamId};
use crate::kind::Group;
use crate::law::{self, RuleSet};
use crate::value::Date;

/// What the ledger knows that bears on an act.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// Offices and keys.
    pub directory: &'a Directory,
    /// The stream in which the act is filed.
    pub stream: StreamId,
    /// The day of signing.
    pub today: Date,
    /// The next number in the book, office and year that the act names.
    pub next_number: u32,
    /// The entry that the act continues.
    pub entry: Option<&'a RegisterEntry>,
    /// The entries that it amends.
    pub targets: &'a BTreeMap<EntryId, RegisterEntry>,
}

/// A duty that the act will cause: another office must write into its book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeOwed {
    /// About which entry.
    pub entry: EntryId,
    /// The office that keeps the book now.
    pub to: OfficeId,
    /// By when: the same working day, after 15:00 the next (Decree 87/2020, Art. 7).
    pub due_on: Date,
}

/// What will follow when the act is signed as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What the officer must acknowledge.
    pub warnings: Vec<Warning>,
    /// The offices that are owed a notice.
    pub notices: Vec<NoticeOwed>,
}

impl Draft {
    /// Whether a second person must endorse.
    pub fn needs_second_person(&self) -> bool {
        self.warnings.iter().any(|warning| warning.code.second_person())
    }
}

/// The collector of everything that a decision finds.
#[derive(Debug, Default)]
struct Findings {
    refusals: Vec<Refusal>,
    warnings: Vec<Warning>,
}

impl Findings {
    fn refuse(&mut self, code: RefusalCode, pointer: impl Into<String>) {
        self.refusals.push(Refusal::at(code, pointer));
    }

    fn warn(&mut self, code: WarningCode, pointer: impl Into<String>) {
        self.warnings.push(Warning {
            code,
            pointer: pointer.into(),
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
    } else {
        office_and_days(situation, act, &mut findings);
        number(situation, act, &mut findings);
        match act.kind().group() {
            Group::Registration => registration::decide(situation, act, &mut findings),
            Group::Amendment => amendment::decide(situation, act, &mut findings),
            Group::Notation => amendment::decide_notation(situation, act, &mut findings),
            Group::Paper | Group::PaperBook => paper::decide(situation, act, &mut findings),
            Group::Administration => {}
        }
    }
    if !findings.refusals.is_empty() {
        findings.refusals.sort_by_key(|refusal| refusal.code);
        return Err(findings.refusals);
    }
    Ok(Draft {
        warnings: findings.warnings,
        notices: notices(situation, act),
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
fn rules(act: &Act) -> RuleSet {
    law::rules(act.kind().name(), act.received_on(), act.occurred_on().as_ref())
}

fn office_and_days(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let day = act.registered_on();
    match situation.directory.office(situation.stream.office) {
        None => findings.refuse(RefusalCode::OfficeUnknown, ""),
        // Entries taken over from paper books carry the day of the book; the office that takes them over may be
        // the successor of the one that wrote them.
        Some(_) if situation.stream.lane == Lane::Digitised => {}
        Some(office) if !office.open_on(day) => findings.refuse(RefusalCode::OfficeNotOpen, "/registered_on"),
        Some(_) => {}
    }
    if situation.today < day {
        findings.refuse(RefusalCode::RegisteredInFuture, "/registered_on");
    }
    if day < act.received_on() {
        findings.refuse(RefusalCode::ReceivedAfterRegistered, "/received_on");
    }
}

/// Numbers run gap-free per office, book and year (Circular 04/2020, Art. 29(3)). Numbers of old books may repeat
/// and skip and are kept as written.
fn number(situation: &Situation<'_>, act: &Act, findings: &mut Findings) {
    let Some((_, book)) = act.book() else { return };
    if situation.stream.lane == Lane::Digitised {
        return;
    }
    if book.year != act.registered_on().year() {
        findings.refuse(RefusalCode::NumberOfAnotherYear, "/book/year");
        return;
    }
    let next = situation.next_number;
    let code = match book.number {
        number if number < next => RefusalCode::NumberTaken,
        number if number > next => RefusalCode::NumberSkips,
        _ => return,
    };
    findings
        .refusals
        .push(Refusal::at(code, "/book/number").expecting(u64::from(next)));
}

/// The offices that keep the books of the entries which the act changes, when they are not the one that files it.
fn notices(situation: &Situation<'_>, act: &Act) -> Vec<NoticeOwed> {
    let changed: Vec<&RegisterEntry> = match act.kind().group() {
        Group::Amendment => situation.targets.values().collect(),
        Group::Notation => situation.entry.into_iter().collect(),
        _ => Vec::new(),
    };
    let due_on = law::working_day::due_on(act.registered_on());
    changed
        .into_iter()
        .map(|entry| (entry.id, situation.directory.keeper(entry.office)))
        .filter(|(_, keeper)| *keeper != situation.stream.office)
        .map(|(entry, to)| NoticeOwed { entry, to, due_on })
        .collect()
}
