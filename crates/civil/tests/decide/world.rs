//! What the ledger knows before an act: offices, keys, entries.
//!
//! Xã An Nhơn (101) passes its books to Xã Đạ Tẻh (102) on 2025-07-01; Phường An Hội (303) is elsewhere; Đạ Huoai (500) is
//! a district until 2025-06-30.

use std::collections::BTreeMap;

use civil::act::{Act, Body, PersonRef, PersonRole, Role};
use civil::cose::{SecretKey, endorse};
use civil::decide::{BookFacts, Draft, Refusal, Situation, decide};
use civil::directory::{Appointment, Directory};
use civil::duplicate::Candidate;
use civil::entry::RegisterEntry;
use civil::envelope::{Commitment, Envelope, Target};
use civil::event::CivilEvent;
use civil::heads::Heads;
use civil::id::{EntryId, EventHash, EventId, KeyId, StreamId};
use civil::kind::Kind;
use civil::person::{Life, PersonView};
use civil::value::{Date, PartialDate};
use civil::wire::Form;
use serde_json::{Value as Json, json};

use crate::verdict::Verdict;

pub const AN_NHON: &str = "101/acts";
pub const DA_TEH: &str = "102/acts";
pub const AN_HOI: &str = "303/acts";

/// A key of the tests.
pub fn key(seed: u8) -> SecretKey {
    SecretKey::ed25519(&[seed; 32])
}

/// Its COSE_Key as the JSON has it.
pub fn cose_key(seed: u8) -> String {
    hex::encode(key(seed).public().to_cose_key())
}

pub fn act(kind: Kind, json: &Json) -> Act {
    let mut form = Form::new();
    let act = Act::from_json(kind, json, &mut form);
    form.finish(act)
        .unwrap_or_else(|errors| panic!("{kind:?}: {errors:?}"))
}

/// The ledger of one test.
pub struct World {
    pub directory: Directory,
    pub entries: BTreeMap<EntryId, RegisterEntry>,
    pub today: Date,
    /// What the links of an act tell of people, by their pointers.
    pub people: BTreeMap<String, PersonView>,
    /// Who else bears the numbers of an act, by their pointers.
    pub numbered: BTreeMap<String, Vec<PersonView>>,
    /// The next number of the book; the one that the act names when left open.
    pub next_number: Option<u32>,
    /// Entries that look alike.
    pub candidates: Vec<Candidate>,
    /// What is known of the book.
    pub book: Option<BookFacts>,
    /// Whose key it is that signs.
    pub signer: Option<Appointment>,
    /// Where the signer stands.
    pub signer_places: Vec<PersonRef>,
    /// The signer's relatives.
    pub signer_relatives: Vec<PersonRef>,
    /// The role of the key that signs.
    pub role: Option<Role>,
    /// The guardianship that the act replaces.
    pub replaced: Option<RegisterEntry>,
    /// Whether what the act discharges is open.
    pub open: Option<bool>,
    /// What the streams had reached.
    pub heads: Option<Heads>,
    position: u64,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            directory: Directory::new(),
            entries: BTreeMap::new(),
            today: Date::new(2026, 11, 22).unwrap(),
            people: BTreeMap::new(),
            numbered: BTreeMap::new(),
            next_number: None,
            candidates: Vec::new(),
            book: None,
            signer: None,
            signer_places: Vec::new(),
            signer_relatives: Vec::new(),
            role: None,
            replaced: None,
            open: None,
            heads: None,
            position: 0,
        };
        let founded = json!({ "origin": "example.org/h", "key": cose_key(1), "founded_on": "2015-12-01", "log_key": "x" });
        world.administer(Kind::LedgerFounded, &founded);
        for (office, name, level, from) in [
            (101, "UBND xã An Nhơn", "commune", "2016-01-01"),
            (102, "UBND xã Đạ Tẻh", "commune", "2025-07-01"),
            (303, "UBND phường An Hội", "commune", "2016-01-01"),
            (500, "UBND huyện Đạ Huoai", "district", "2016-01-01"),
        ] {
            let opened = json!({ "office": office, "name": name, "level": level, "opened_on": from });
            world.administer(Kind::OfficeOpened, &opened);
        }
        world.administer(
            Kind::OfficeSucceeded,
            &json!({ "office": 101, "successor": 102, "on": "2025-07-01" }),
        );
        for (office, seed, role) in [
            (101, 11, "officer"),
            (101, 12, "head"),
            (303, 31, "officer"),
            (303, 32, "officer"),
            (303, 33, "desk"),
        ] {
            let granted = json!({
                "office": office, "key": cose_key(seed), "role": role,
                "valid_from": "2016-01-01", "valid_until": "2030-12-31",
            });
            world.administer(Kind::KeyGranted, &granted);
        }
        world
    }

    /// That an officer linked the person at that pointer, of whom the ledger knows this.
    pub fn knows(&mut self, pointer: &str, mut view: PersonView) {
        // Whoever is known is known by a place.
        if view.places.is_empty() {
            let entry = EntryId::at(6, [u8::try_from(self.people.len()).unwrap(); 10]);
            view.places.push(PersonRef::new(entry, PersonRole::Child, 0));
        }
        self.people.insert(pointer.to_owned(), view);
    }

    /// That the person at that pointer is linked to one whose death on that day is registered.
    pub fn knows_dead(&mut self, pointer: &str, day: &str) {
        let life = Life::Dead {
            entry: EntryId::at(7, [7; 10]),
            on: Some(PartialDate::parse(day).unwrap()),
        };
        self.knows(
            pointer,
            PersonView {
                life,
                ..PersonView::default()
            },
        );
    }

    /// That somebody else bears the number at that pointer, of whom the ledger knows this.
    pub fn bears(&mut self, pointer: &str, view: PersonView) {
        self.numbered.entry(pointer.to_owned()).or_default().push(view);
    }

    /// Records an act of the administration without judging it.
    pub fn administer(&mut self, kind: Kind, json: &Json) {
        self.administer_event(kind, json);
    }

    /// As [`World::administer`]; answers the id of the event.
    pub fn administer_event(&mut self, kind: Kind, json: &Json) -> EventId {
        self.position += 1;
        let number = u8::try_from(self.position).unwrap();
        let event = EventId::at(u64::from(number), [3; 10]);
        self.directory
            .apply(event, EventHash([number; 32]), &act(kind, json));
        event
    }

    /// Records an act that opens an entry, without judging it.
    pub fn given(&mut self, stream: &str, kind: Kind, json: &Json) -> EntryId {
        let event = self.event(stream, act(kind, json), None);
        let id = event.envelope.entry.unwrap();
        for target in &event.envelope.targets {
            self.entries
                .get_mut(&target.entry)
                .unwrap()
                .apply(&event)
                .unwrap();
        }
        self.entries.insert(id, RegisterEntry::open(&event).unwrap());
        id
    }

    /// Records an act that continues an entry, without judging it. Answers the event.
    pub fn given_at(&mut self, entry: EntryId, stream: &str, kind: Kind, json: &Json) -> EventId {
        let event = self.event(stream, act(kind, json), Some(entry));
        for id in event.continued() {
            self.entries.get_mut(&id).unwrap().apply(&event).unwrap();
        }
        event.envelope.event
    }

    /// The event that an act would become.
    pub fn event(&mut self, stream: &str, act: Act, entry: Option<EntryId>) -> CivilEvent {
        self.position += 1;
        let number = u8::try_from(self.position).unwrap();
        let reached = act.reaches().into_iter().map(|reached| reached.entry);
        let target = |id: EntryId| Target {
            entry: id,
            basis: self.entries[&id].head,
        };
        let envelope = Envelope {
            event: EventId::at(u64::from(number), [1; 10]),
            stream: stream.parse().unwrap(),
            seq: self.position,
            prev: EventHash([0; 32]),
            kind: act.kind(),
            entry: act
                .kind()
                .has_entry()
                .then(|| entry.unwrap_or_else(|| EntryId::at(u64::from(number), [2; 10]))),
            basis: entry.map(|id| self.entries[&id].head),
            targets: reached.filter(|id| Some(*id) != entry).map(target).collect(),
            signed_at: 0,
            commitment: Commitment::to(&[number; 40]),
            endorsements: Vec::new(),
        };
        CivilEvent {
            position: self.position,
            recorded_at_ms: i64::from(number) * 1_000,
            hash: EventHash([number; 32]),
            key: KeyId([0; 32]),
            signed_on: self.today,
            envelope,
            body: Body {
                act,
                acknowledgements: Vec::new(),
            },
        }
    }

    /// The same event, signed by the key of one seed and endorsed by those of others.
    pub fn endorsed(&self, mut event: CivilEvent, signer: u8, seconds: &[u8]) -> CivilEvent {
        event.key = key(signer).public().id();
        let commitment = event.envelope.commitment;
        event.envelope.endorsements = seconds
            .iter()
            .map(|seed| endorse(&commitment, &key(*seed)))
            .collect();
        event
    }

    pub fn situation<'a>(
        &'a self,
        stream: &str,
        act: &Act,
        entry: Option<EntryId>,
        targets: &'a BTreeMap<EntryId, RegisterEntry>,
    ) -> Situation<'a> {
        let numbered = act.book().map(|(_, book)| book.number_or_zero());
        let next = self.next_number.or(numbered).filter(|_| numbered.is_some());
        let book = next.map(|next| BookFacts {
            last_number: next.saturating_sub(1),
            ..self.book.unwrap_or_default()
        });
        Situation {
            entry: entry.and_then(|id| self.entries.get(&id)),
            targets,
            candidates: &self.candidates,
            book: book.or(self.book),
            signer: self.signer.as_ref(),
            signer_places: &self.signer_places,
            signer_relatives: &self.signer_relatives,
            role: self.role,
            people: &self.people,
            numbered: &self.numbered,
            replaced: self.replaced.as_ref(),
            open: self.open,
            heads: self.heads,
            ..Situation::bare(&self.directory, stream.parse::<StreamId>().unwrap(), self.today)
        }
    }

    /// The entries that an act amends, as far as there are any.
    pub fn targets(&self, act: &Act) -> BTreeMap<EntryId, RegisterEntry> {
        let reached = act.reaches().into_iter();
        let found = reached.filter_map(|reached| self.entries.get(&reached.entry));
        found.map(|entry| (entry.id, entry.clone())).collect()
    }

    /// When an officer files that act.
    pub fn file(&self, stream: &str, kind: Kind, json: &Json) -> Verdict {
        self.decide(stream, kind, json, None)
    }

    /// When an officer files that act at an entry.
    pub fn file_at(&self, entry: EntryId, stream: &str, kind: Kind, json: &Json) -> Verdict {
        self.decide(stream, kind, json, Some(entry))
    }

    fn decide(&self, stream: &str, kind: Kind, json: &Json, entry: Option<EntryId>) -> Verdict {
        let act = act(kind, json);
        let targets = self.targets(&act);
        let verdict = decide(&self.situation(stream, &act, entry, &targets), &act);
        expected(kind, &verdict);
        Verdict(verdict)
    }
}

/// Whatever is found is one of what the page on acts says that such acts can meet.
fn expected(kind: Kind, verdict: &Result<Draft, Vec<Refusal>>) {
    match verdict {
        Ok(draft) => {
            let mut codes = draft.warnings.iter().map(|warning| warning.code);
            assert!(
                codes.all(|code| code.met_by(kind)),
                "{kind:?}: {:?}",
                draft.warnings
            );
        }
        Err(refusals) => {
            let mut codes = refusals.iter().map(|refusal| refusal.code);
            assert!(codes.all(|code| code.met_by(kind)), "{kind:?}: {refusals:?}");
        }
    }
}
