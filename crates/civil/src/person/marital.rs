//! Whether a person is married, from the entries that say so (Circular 04/2020, Art. 33).

use std::collections::BTreeMap;

use super::of::{At, is_child_of_birth};
use super::parting::{PartedBy, parting};
use super::{Marital, Other};
use crate::act::{Act, JudgmentForm, MaritalStatus, PersonRef, PersonRole};
use crate::effect::Ended;
use crate::entry::RegisterEntry;
use crate::id::{EntryId, EventId};
use crate::kind::Kind;
use crate::note::NoteContent;

/// What became of one marriage.
struct Marriage {
    status: MaritalStatus,
    wording: String,
    because: Vec<(EntryId, EventId)>,
}

/// The status that follows from the person's entries, in the order of registration. A marriage in force counts before all that
/// have ended, among those the last. That somebody never married is said only of whom the ledger knows from birth.
pub(super) fn marital(all: &[At<'_>], others: &BTreeMap<PersonRef, Other>) -> Marital {
    let mut found: Vec<Marriage> = Vec::new();
    for at in all {
        match (at.entry.kind, at.place.role) {
            (Kind::Marriage, PersonRole::Wife | PersonRole::Husband) => found.push(marriage(at, all, others)),
            (Kind::ForeignDissolution, PersonRole::Wife | PersonRole::Husband) => {
                dissolved(at.entry, &mut found);
            }
            _ => {}
        }
    }
    let in_force = found
        .iter()
        .rposition(|marriage| marriage.status == MaritalStatus::Married);
    let decisive = in_force.or(found.len().checked_sub(1));
    match decisive.map(|index| found.swap_remove(index)) {
        Some(marriage) => Marital {
            status: marriage.status,
            wording: marriage.wording,
            because: marriage.because,
        },
        None => match all.iter().find(|at| is_child_of_birth(at)) {
            Some(birth) => Marital {
                status: MaritalStatus::NeverMarried,
                wording: MaritalStatus::NeverMarried.vietnamese().to_owned(),
                because: vec![(birth.entry.id, birth.entry.opened_by)],
            },
            None => Marital::default(),
        },
    }
}

fn marriage(at: &At<'_>, all: &[At<'_>], others: &BTreeMap<PersonRef, Other>) -> Marriage {
    let entry = at.entry;
    let (role, title) = match at.place.role {
        PersonRole::Wife => (PersonRole::Husband, "chồng là ông"),
        _ => (PersonRole::Wife, "vợ là bà"),
    };
    let people = entry.current.people();
    let spouse = people.iter().find(|named| named.role == role);
    let name = spouse
        .and_then(|named| named.person.name.value.as_ref())
        .map_or_else(String::new, |name| format!(" {}", name.full()));
    let opened = (entry.id, entry.opened_by);
    let at_spouse = spouse.and_then(|named| named.of(entry.id));
    let Some(parting) = parting(at, all, at_spouse, others) else {
        return Marriage {
            status: MaritalStatus::Married,
            wording: format!("Hiện tại đang có {title}{name}{}", registered(entry)),
            because: vec![opened],
        };
    };
    let (status, how) = match parting.how {
        PartedBy::Noted(Ended::Annulled) => (MaritalStatus::Annulled, says(entry, parting.event)),
        PartedBy::Noted(_) => (MaritalStatus::Divorced, says(entry, parting.event)),
        PartedBy::Death => (MaritalStatus::Widowed, format!("{title}{name} đã chết")),
        // The circular has no words for it, and the list of statuses no code.
        PartedBy::Remarriage => (
            MaritalStatus::Unknown,
            "hôn nhân đã chấm dứt do có việc kết hôn sau khi tuyên bố chết (Luật Hôn nhân và gia đình, Điều 67)".to_owned(),
        ),
    };
    Marriage {
        status,
        wording: once(&how),
        because: vec![opened, (parting.entry, parting.event)],
    }
}

/// A dissolution abroad: it ended the marriage that it reached, or one that the ledger does not hold.
fn dissolved(entry: &RegisterEntry, found: &mut Vec<Marriage>) {
    let Act::ForeignDissolution(act) = &entry.current else {
        return;
    };
    let because = (entry.id, entry.opened_by);
    let ended = act.marriage.as_ref().and_then(|marriage| {
        found
            .iter_mut()
            .find(|known| known.because.iter().any(|(entry, _)| *entry == marriage.0.entry))
    });
    match ended {
        Some(known) => known.because.push(because),
        None => found.push(Marriage {
            status: match act.matter {
                crate::act::Dissolution::Divorce => MaritalStatus::Divorced,
                crate::act::Dissolution::Annulment => MaritalStatus::Annulled,
            },
            wording: once(&format!(
                "đã {} theo {}",
                act.matter.vietnamese().to_lowercase(),
                act.judgment.in_words()
            )),
            because: vec![because],
        }),
    }
}

/// How a marriage ended, in the words of the note that says so.
fn says(entry: &RegisterEntry, event: EventId) -> String {
    let note = entry.notes.iter().find(|note| note.event == event);
    let words = match note.map(|note| &note.content) {
        Some(NoteContent::Divorced {
            judgment,
            date,
            authority,
            form,
        }) => {
            let paper = form.map_or("Bản án/Quyết định", JudgmentForm::vietnamese);
            let number = if judgment.is_empty() {
                String::new()
            } else {
                format!(" số {judgment}")
            };
            let date = date.map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese()));
            format!("đã ly hôn theo {paper}{number}{date} của {authority}")
        }
        Some(NoteContent::Act { says, .. }) => says.split(';').next().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn once(how: &str) -> String {
    format!("Có đăng ký kết hôn nhưng {how}; hiện tại chưa đăng ký kết hôn với ai")
}

/// Where the marriage is registered.
fn registered(entry: &RegisterEntry) -> String {
    let number = entry.current.number_shown();
    let number = if number.is_empty() {
        String::new()
    } else {
        format!(" số {number}")
    };
    let day = entry
        .current
        .registered_on()
        .map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese()));
    if number.is_empty() && day.is_empty() {
        return String::new();
    }
    format!(" (đăng ký kết hôn{number}{day})")
}
