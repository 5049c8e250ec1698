//! Who might sign what, at each position: the directory, folded from the log itself.

use std::sync::Arc;

use civil::act::Body;
use civil::cose::PublicKey;
use civil::decide::{Situation, decide_signed};
use civil::directory::{Directory, Unauthorised};
use civil::id::{EventHash, KeyId};
use civil::kind::{Group, Kind};
use hashbrown::{HashMap, HashSet};

use super::reading::Event;
use super::signature::{Key, Pending, Signer};
use super::tally::Tally;
use super::window::Window;
use crate::finding::{Check, FindingKind};

/// The directory as it stands behind the events that were judged so far.
#[derive(Debug, Default)]
pub(crate) struct Authority {
    directory: Directory,
    /// The keys once more: found faster, and shared with those who judge signatures.
    keys: HashMap<KeyId, Key>,
}

impl Authority {
    /// The directory.
    pub(crate) const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// A key that was granted, to whatever office.
    pub(crate) fn key(&self, id: KeyId) -> Option<&Key> {
        self.keys.get(&id)
    }

    /// Takes in an act of the administration that was lawful.
    fn apply(&mut self, event: &Event, hash: EventHash, body: &Body) {
        let granted = event.granted.as_ref();
        let key = granted.map(|granted| (granted.id, PublicKey::clone(&granted.key)));
        self.directory
            .apply_reading(event.envelope.event, hash, &body.act, key);
        if let Some(granted) = granted {
            let key = || Key::new(granted.id, &granted.key);
            self.keys.entry(granted.id).or_insert_with(key);
        }
    }

    /// The administration's events of a window whose signatures are wrong, by position.
    ///
    /// What the administration grants takes effect at once, so its signatures cannot wait for those of the others. Which
    /// key made a signature is said by its thumbprint; whether that key *might* is judged event by event.
    pub(crate) fn wrongly_signed(&self, window: &Window, strict: bool) -> HashSet<u64> {
        let granted: HashMap<KeyId, &Arc<PublicKey>> = window
            .facts
            .iter()
            .filter_map(|facts| facts.event.as_ref()?.granted.as_ref())
            .filter(|granted| granted.administers)
            .map(|granted| (granted.id, &granted.key))
            .collect();
        let mut pending = Pending::default();
        for (record, facts) in window.records.iter().zip(&window.facts) {
            let Some(event) = facts.event.as_ref().filter(|event| is_administration(event)) else {
                continue;
            };
            let known = self.keys.get(&event.key).cloned();
            let key = known.or_else(|| granted.get(&event.key).map(|public| Key::new(event.key, public)));
            pending.signers.extend(key.map(|key| Signer {
                position: record.position,
                signed: record.signed.clone(),
                key,
            }));
        }
        let wrong = pending.judge(strict);
        wrong.into_iter().filter_map(|finding| finding.position).collect()
    }

    /// Judges who signed the event at a position. What the administration recorded lawfully holds from here on.
    pub(crate) fn judge(
        &mut self,
        position: u64,
        hash: EventHash,
        event: &Event,
        wrongly_signed: bool,
        tally: &mut Tally,
    ) {
        tally.checked(Check::Authority, 1);
        let envelope = &event.envelope;
        if !is_administration(event) {
            if let Err(why) = authorise(&self.directory, event) {
                tally.at(position, of(why), "");
            }
            return;
        }
        let Some(body) = &event.body else {
            tally.skipped(Check::Administration, 1);
            return;
        };
        tally.checked(Check::Administration, 1);
        let refused = self.refusals(event, body);
        if !refused.is_empty() {
            tally.at(position, FindingKind::AdministrationRefused, refused);
            return;
        }
        // The founding event is signed with the key that it names: it is judged by the directory that it makes.
        let mut founded = Directory::new();
        let directory = if position == 0 && envelope.kind == Kind::LedgerFounded {
            founded.apply(envelope.event, hash, &body.act);
            &founded
        } else {
            &self.directory
        };
        match authorise(directory, event) {
            Err(why) => tally.at(position, of(why), ""),
            // What is not lawful grants nothing.
            Ok(_) if wrongly_signed => {}
            Ok(_) => self.apply(event, hash, body),
        }
    }

    /// The codes of the reasons why the administration's act was not lawful here; empty when it was.
    fn refusals(&self, event: &Event, body: &Body) -> String {
        let situation = Situation {
            granted: event.granted.as_ref().map(|granted| granted.id),
            ..Situation::bare(&self.directory, event.envelope.stream, event.signed_on)
        };
        match decide_signed(&situation, body) {
            Ok(_) => String::new(),
            Err(refusals) => super::codes(&refusals),
        }
    }
}

fn authorise<'a>(directory: &'a Directory, event: &Event) -> Result<&'a PublicKey, Unauthorised> {
    let envelope = &event.envelope;
    directory
        .authorise(event.key, envelope.stream, envelope.kind, event.signed_on)
        .map(|grant| &grant.key)
}

/// Whether this is an act of the administration.
pub(crate) const fn is_administration(event: &Event) -> bool {
    matches!(event.envelope.kind.group(), Group::Administration)
}

/// The finding for a key that might not sign.
const fn of(why: Unauthorised) -> FindingKind {
    match why {
        Unauthorised::UnknownKey => FindingKind::UnknownKey,
        Unauthorised::RevokedKey => FindingKind::RevokedKey,
        Unauthorised::KeyOfAnotherOffice => FindingKind::KeyOfAnotherOffice,
        Unauthorised::OutsideValidity => FindingKind::KeyOutsideValidity,
        Unauthorised::RoleDoesNotCover => FindingKind::RoleDoesNotCover,
    }
}
