//! Drafting an act: everything that its officer must see and sign, without recording anything.

use std::collections::BTreeMap;

use civil::act::{Act, Body, SALT_SIZE};
use civil::book::BookYear;
use civil::content::Content;
use civil::cose;
use civil::decide::{Situation, Warning, decide};
use civil::duplicate::Candidate;
use civil::entry::RegisterEntry;
use civil::envelope::{Commitment, Envelope, Target};
use civil::event::{CivilEvent, day_in_vietnam};
use civil::id::{EntryId, EventHash, EventId, Lane};
use civil::kind::Group;
use civil::note::notes_of;
use civil::notice::NoticeOwed;
use civil::paper::PaperContent;
use civil::value::{Conversion, Date};
use ledger::Fault;
use serde_json::Value as Json;

use crate::command::{Address, Command, Defaults, faults_beside_the_address};
use crate::effects::{self, DraftedEffect, ProposedReach};
use crate::error::RegistryError;
use crate::likely::{self, LikelyPerson};
use crate::{Registry, hint, offers, papers, reading};

/// What an officer gets to see and sign.
#[derive(Debug, Clone)]
pub struct DraftedAct {
    /// The envelope, decoded.
    pub envelope: Envelope,
    /// Its bytes: the payload of the signed event.
    pub envelope_bytes: Vec<u8>,
    /// Exactly what the key signs (the COSE `Sig_structure`).
    pub to_be_signed: Vec<u8>,
    /// Salt and body.
    pub sealed_body: Vec<u8>,
    /// What the body says, decoded.
    pub body: Body,
    /// In one paragraph, in Vietnamese.
    pub summary: String,
    /// What must be acknowledged, and what of it is.
    pub warnings: Vec<(Warning, bool)>,
    /// Whether a second person must endorse.
    pub needs_second_person: bool,
    /// The marginal notes that it will cause, by entry.
    pub notes: Vec<(EntryId, String)>,
    /// What it will do to each of those entries.
    pub effects: Vec<DraftedEffect>,
    /// Entries that it could reach and does not.
    pub proposed: Vec<ProposedReach>,
    /// Whom its people may be known as, the most alike first.
    pub known_as: Vec<LikelyPerson>,
    /// The offices that will be owed a notice.
    pub notices: Vec<NoticeOwed>,
    /// What the copy will say, for copies of the first release.
    pub content: Option<Content>,
    /// What the paper will say, where a sheet is asked for and there is one.
    pub page: Option<PaperContent>,
    /// The entries that may be about the same, the most alike first.
    pub duplicates: Vec<Candidate>,
    /// What names in an old font encoding were probably meant to say, by their pointers.
    pub offers: BTreeMap<String, Conversion>,
}

impl Registry {
    /// Drafts an act from its JSON. Nothing is recorded.
    ///
    /// # Errors
    /// Every faulty field at once; every refusal at once; when the key may not sign it.
    #[tracing::instrument(name = "registry.draft", skip_all, err(level = "debug"))]
    pub async fn draft(&self, request: &Json) -> Result<DraftedAct, RegistryError> {
        let seen = self.with_directory(|known| known.length());
        match self.draft_as_known(request).await {
            Err(refused) if self.administration_moved(seen, &refused).await? => {
                self.draft_as_known(request).await
            }
            drafted => drafted,
        }
    }

    /// Drafts by what this process knows of the administration.
    async fn draft_as_known(&self, request: &Json) -> Result<DraftedAct, RegistryError> {
        let address = match Address::from_json(request) {
            Ok(address) => address,
            Err(mut errors) => {
                errors.extend(faults_beside_the_address(request));
                return Err(RegistryError::Form(errors));
            }
        };
        let head = self.ledger.stream_head(address.stream.number()).await?;
        let entry = self.continued(address).await?;
        let sheet = self.proposed_sheet(request, address, entry.as_ref()).await?;
        let content = (address.kind.group() == Group::Paper && sheet.is_none())
            .then(|| {
                entry
                    .as_ref()
                    .map(|entry| Content::of(entry, &self.authority.hold()))
            })
            .flatten();
        let next_number = match run(address) {
            Some(of) => Some(
                self.book_facts(address.stream, of, head.next)
                    .await?
                    .next_number(),
            ),
            None => None,
        };
        let defaults = Defaults {
            number: next_number,
            // What a sheet says is known once the act is read.
            content_hash: content
                .as_ref()
                .map(Content::hash)
                .or(sheet.is_some().then_some([0; 32])),
            sheet,
        };
        let request = self.completed(request, address.kind).await?;
        let mut command = Command::from_json(&request, address, defaults)?;
        let page = papers::page(&mut command.act, entry.as_ref(), &self.authority.hold());
        let targets = self.targets(&command.act, command.entry).await?;
        let now = u64::try_from(self.clock.now_ms() / 1_000).unwrap_or_default();
        let today = day_in_vietnam(now)
            .or(command.act.registered_on())
            .ok_or_else(|| Fault::damaged("telling the day", "the clock is past the end of the calendar"))?;
        hint::wait(self).await;
        let known_as = likely::people(self, &command.act).await?;
        let facts = self
            .facts(&command.act, command.stream, head.next, command.key, now)
            .await?
            .with_hints(self, &command.act)
            .await?;
        let proposed = effects::proposed(self, &command.act, facts.people()).await?;
        let directory = self.authority.hold();
        let grant = directory.authorise(command.key, command.stream, command.act.kind(), today)?;
        let situation = facts.added_to(Situation {
            entry: entry.as_ref(),
            targets: &targets,
            ..Situation::bare(&directory, command.stream, today)
        });
        let draft = decide(&situation, &command.act)?;
        let body = Body {
            act: command.act,
            acknowledgements: command.acknowledgements,
        };
        let sealed_body = body.seal(self.salt());
        let envelope = Envelope {
            event: self.event_id(),
            stream: command.stream,
            seq: head.next,
            prev: EventHash(head.hash),
            kind: body.act.kind(),
            entry: match body.act.kind() {
                kind if !kind.has_entry() => None,
                kind if kind.opens_entry() => Some(self.entry_id()),
                _ => command.entry,
            },
            basis: entry.as_ref().map(|entry| entry.head),
            targets: targets_of(&body.act, &targets),
            signed_at: now,
            commitment: Commitment::to(&sealed_body),
            endorsements: Vec::new(),
        };
        let envelope_bytes = envelope.encode();
        let acknowledged = |warning: &Warning| {
            body.acknowledgements
                .iter()
                .any(|seen| seen.warning == warning.code.name())
        };
        let (duplicates, offers) = (facts.candidates().to_vec(), offers::offers(&body.act));
        let needs_second_person = draft.needs_second_person();
        // What is owed about the entry that this opens names it from here on.
        let notices = draft.notices.iter().map(|owed| NoticeOwed {
            entry: owed.entry.or(envelope.entry),
            ..owed.clone()
        });
        let notices: Vec<NoticeOwed> = notices.collect();
        let warnings = draft
            .warnings
            .into_iter()
            .map(|warning| (warning.clone(), acknowledged(&warning)))
            .collect();
        let preview = preview(&envelope, &body, today);
        let notes = notes_of(&preview)
            .into_iter()
            .map(|(entry, note)| (entry, note.text(&directory)))
            .collect::<Vec<_>>();
        let kind_of = |id: EntryId| {
            let target = targets.get(&id).map(|entry| entry.kind);
            target.or_else(|| entry.as_ref().filter(|own| own.id == id).map(|own| own.kind))
        };
        Ok(DraftedAct {
            effects: effects::effects(&body.act, &notes, kind_of),
            proposed,
            known_as,
            to_be_signed: cose::to_be_signed(&envelope_bytes, &grant.key),
            summary: summary(&body.act, &directory.name(command.stream.office), &notes),
            envelope,
            envelope_bytes,
            sealed_body,
            body,
            warnings,
            needs_second_person,
            notes,
            notices,
            content,
            page,
            duplicates,
            offers,
        })
    }

    async fn continued(&self, address: Address) -> Result<Option<RegisterEntry>, RegistryError> {
        match address.entry {
            Some(entry) => match reading::entry_of(&self.ledger, entry).await? {
                Some(entry) => Ok(Some(entry)),
                None => Err(RegistryError::NotFound("entry")),
            },
            None => Ok(None),
        }
    }

    /// The entries that an act reaches beside its own.
    async fn targets(
        &self,
        act: &Act,
        own: Option<EntryId>,
    ) -> Result<BTreeMap<EntryId, RegisterEntry>, RegistryError> {
        let mut targets = BTreeMap::new();
        let reached: Vec<EntryId> = act.reaches().into_iter().map(|reached| reached.entry).collect();
        for id in reached.into_iter().filter(|id| Some(*id) != own) {
            if let Some(entry) = reading::entry_of(&self.ledger, id).await? {
                targets.insert(id, entry);
            }
        }
        Ok(targets)
    }

    fn salt(&self) -> [u8; SALT_SIZE] {
        let mut salt = [0; SALT_SIZE];
        self.chance.fill(&mut salt);
        salt
    }

    fn id_parts(&self) -> (u64, [u8; 10]) {
        let mut chance = [0; 10];
        self.chance.fill(&mut chance);
        (u64::try_from(self.clock.now_ms()).unwrap_or_default(), chance)
    }

    pub(crate) fn event_id(&self) -> EventId {
        let (now, chance) = self.id_parts();
        EventId::at(now, chance)
    }

    pub(crate) fn entry_id(&self) -> EntryId {
        let (now, chance) = self.id_parts();
        EntryId::at(now, chance)
    }
}

fn run(address: Address) -> Option<BookYear> {
    let (book, year) = (address.kind.book()?, address.year?);
    (address.stream.lane != Lane::Digitised).then_some(BookYear {
        office: address.stream.office,
        book,
        year,
    })
}

fn targets_of(act: &Act, targets: &BTreeMap<EntryId, RegisterEntry>) -> Vec<Target> {
    let reached = act.reaches().into_iter();
    let found = reached.filter_map(|reached| targets.get(&reached.entry));
    found
        .map(|entry| Target {
            entry: entry.id,
            basis: entry.head,
        })
        .collect()
}

/// The event as it would be read back, for what derives from events.
fn preview(envelope: &Envelope, body: &Body, today: Date) -> CivilEvent {
    CivilEvent {
        position: 0,
        recorded_at_ms: 0,
        hash: EventHash([0; 32]),
        key: civil::id::KeyId([0; 32]),
        signed_on: today,
        envelope: envelope.clone(),
        body: body.clone(),
    }
}

/// What is done: what a foreign authority did is written into the book, and not registered (Law 60/2014, Art. 3(3)).
fn title(act: &Act) -> String {
    let title = act.kind().vietnamese();
    match act.tick() {
        "noted_from_abroad" => format!("Ghi vào Sổ hộ tịch việc đã giải quyết ở nước ngoài ({title})"),
        _ => title.to_owned(),
    }
}

/// One paragraph for the officer: what, where, about whom, with which effect.
fn summary(act: &Act, office: &str, notes: &[(EntryId, String)]) -> String {
    let mut text = format!("{} tại {office}", title(act));
    if let Some(day) = act.registered_on() {
        text.push_str(&format!(", ngày {}", day.vietnamese()));
    }
    let number = act.number_shown();
    if !number.is_empty() {
        text.push_str(&format!(", số {number}"));
    }
    let people: Vec<String> = act
        .people()
        .into_iter()
        .filter_map(|named| {
            named
                .person
                .name
                .value
                .as_ref()
                .map(|name| name.full().to_owned())
        })
        .collect();
    if !people.is_empty() {
        text.push_str(&format!(": {}", people.join("; ")));
    }
    text.push('.');
    if let Act::BodiesErased(act) = act {
        let positions: Vec<String> = act.positions.iter().map(u64::to_string).collect();
        text.push_str(&format!(
            " Vị trí: {}. Căn cứ: {}, {}. Không khôi phục được.",
            positions.join(", "),
            act.legal_basis.as_str(),
            act.authority.as_str()
        ));
    }
    for (_, note) in notes {
        text.push_str(&format!(" Ghi chú vào Sổ: {note}"));
    }
    text
}
