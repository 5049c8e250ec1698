//! Who might sign what, at each position: the directory, folded from the log itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use civil::act::{Act, Body};
use civil::cose::{PublicKey, SignedEvent};
use civil::decide::{Situation, decide_signed};
use civil::directory::{Directory, Unauthorised};
use civil::id::{EventHash, KeyId};
use civil::kind::{Group, Kind};
use hashbrown::HashMap;

use super::reading::Event;
use super::signature::Key;
use super::tally::Tally;
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

    fn apply(&mut self, hash: EventHash, act: &Act) {
        self.directory.apply(hash, act);
        let granted = match act {
            Act::LedgerFounded(act) => &act.key.0,
            Act::KeyGranted(act) => &act.key.0,
            _ => return,
        };
        if let Ok(public) = PublicKey::from_cose_key(granted) {
            let number = self.keys.len();
            self.keys.entry(public.id()).or_insert_with(|| Key {
                number,
                public: Arc::new(public),
            });
        }
    }

    /// Judges who signed the event at a position. What the administration recorded lawfully holds from here on.
    pub(crate) fn judge(
        &mut self,
        position: u64,
        hash: EventHash,
        signed: &[u8],
        event: &Event,
        tally: &mut Tally,
    ) {
        tally.checked(Check::Authority, 1);
        let envelope = &event.envelope;
        if envelope.kind.group() != Group::Administration {
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
            founded.apply(hash, &body.act);
            &founded
        } else {
            &self.directory
        };
        match authorise(directory, event) {
            Err(why) => tally.at(position, of(why), ""),
            // What is not lawful grants nothing. A wrong signature is found with all the others; here it
            // keeps the act from taking effect.
            Ok(key) if holds(signed, key) => self.apply(hash, &body.act),
            Ok(_) => {}
        }
    }

    /// The codes of the reasons why the administration's act was not lawful here; empty when it was.
    fn refusals(&self, event: &Event, body: &Body) -> String {
        let situation = Situation {
            directory: &self.directory,
            stream: event.envelope.stream,
            today: event.signed_on,
            next_number: 0,
            entry: None,
            targets: &BTreeMap::new(),
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

fn holds(signed: &[u8], key: &PublicKey) -> bool {
    SignedEvent::parse(signed).is_ok_and(|parts| parts.verify(key).is_ok())
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
