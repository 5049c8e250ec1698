//! Which events touched which entries, and which ids were used: the one part of the audit that grows with the log, kept outside of memory.
//!
//! Whether an id was used twice, and whether a basis is the latest event of its entry, concerns only events of the same id or entry. So
//! what there is to ask is cut into parts by that id, written to files that have no name once the buffers are full, and asked part
//! by part on all cores when the last event is in. Memory is that of the buffers and of one part for each core, however long the log is.

use std::fs::File;
use std::hash::BuildHasher;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use civil::id::{EntryId, EventHash, EventId};
use hashbrown::{DefaultHashBuilder, HashMap, HashSet};
use rayon::prelude::*;

use crate::finding::{Finding, FindingKind};

/// How many parts there are.
const PARTS: usize = 256;
/// How many bytes wait in memory before they are written out.
const BUFFERED_MAX: usize = 64 << 20;
/// Bytes of one question: what, whether it moves the head, which target, id, position, basis, hash.
const SIZE: usize = 1 + 1 + 2 + 16 + 8 + 16 + 16;

/// What must be so of an entry when an event touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Must {
    /// No event has touched it.
    BeNew,
    /// This was its latest event.
    GoOnFrom(EventHash),
    /// Nothing: what is wrong was found already.
    Nothing,
}

/// An event touches an entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Touch {
    pub(crate) position: u64,
    pub(crate) hash: EventHash,
    pub(crate) entry: EntryId,
    pub(crate) must: Must,
    /// Which of the event's targets; none for its own entry.
    pub(crate) target: Option<usize>,
    /// Whether the event is the latest of the entry from here on.
    pub(crate) advances: bool,
}

const EVENT_ID: u8 = 0;
const NEW: u8 = 1;
const GOES_ON: u8 = 2;
const NOTHING: u8 = 3;

/// All questions so far.
#[derive(Debug)]
pub(crate) struct Touches {
    parts: Vec<Part>,
    buffered: usize,
    /// Parts are chosen by a hash that nobody outside can foresee: so none is much larger than the others.
    hasher: DefaultHashBuilder,
}

#[derive(Debug, Default)]
struct Part {
    buffer: Vec<u8>,
    file: Option<File>,
    /// Why it could not be written out; then it stays in memory.
    in_memory: bool,
}

/// What the questions have answered.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    pub(crate) entries: u64,
    pub(crate) findings: Vec<Finding>,
}

impl Default for Touches {
    fn default() -> Self {
        Self {
            parts: (0..PARTS).map(|_| Part::default()).collect(),
            buffered: 0,
            hasher: DefaultHashBuilder::default(),
        }
    }
}

impl Touches {
    /// An event has that id.
    pub(crate) fn event(&mut self, position: u64, id: EventId) {
        let mut item = [0; SIZE];
        item[0] = EVENT_ID;
        item[4..20].copy_from_slice(id.as_bytes());
        item[20..28].copy_from_slice(&position.to_be_bytes());
        self.put(&item);
    }

    /// An event touches an entry.
    pub(crate) fn entry(&mut self, touch: &Touch) {
        let (what, basis) = match touch.must {
            Must::BeNew => (NEW, EventHash([0; 32])),
            Must::GoOnFrom(basis) => (GOES_ON, basis),
            Must::Nothing => (NOTHING, EventHash([0; 32])),
        };
        let target = touch
            .target
            .map_or(0, |index| u16::try_from(index + 1).unwrap_or(u16::MAX));
        let mut item = [0; SIZE];
        item[0] = what;
        item[1] = u8::from(touch.advances);
        item[2..4].copy_from_slice(&target.to_be_bytes());
        item[4..20].copy_from_slice(touch.entry.as_bytes());
        item[20..28].copy_from_slice(&touch.position.to_be_bytes());
        item[28..44].copy_from_slice(&basis.0[..16]);
        item[44..60].copy_from_slice(&touch.hash.0[..16]);
        self.put(&item);
    }

    fn put(&mut self, item: &[u8; SIZE]) {
        let part = self.hasher.hash_one(&item[4..20]) as usize % PARTS;
        if let Some(part) = self.parts.get_mut(part) {
            part.buffer.extend_from_slice(item);
            self.buffered += SIZE;
        }
        if self.buffered >= BUFFERED_MAX {
            self.parts.iter_mut().for_each(Part::write_out);
            self.buffered = 0;
        }
    }

    /// Asks everything. Of each id and entry the questions are asked in the order of the log.
    pub(crate) fn finish(self) -> Answered {
        let answered = self.parts.into_par_iter().map(Part::ask);
        answered.reduce(Answered::default, |mut one, mut other| {
            one.entries += other.entries;
            one.findings.append(&mut other.findings);
            one
        })
    }
}

impl Part {
    /// A machine without a place for files keeps it in memory.
    fn write_out(&mut self) {
        if self.in_memory {
            return;
        }
        if self.file.is_none() {
            self.file = tempfile::tempfile().ok();
        }
        let whole = |file: &mut File| {
            let before = file.stream_position()?;
            let written = file.write_all(&self.buffer);
            if written.is_err() {
                // What was written by half must not be read again beside the buffer that still has it.
                file.set_len(before)?;
                file.seek(SeekFrom::Start(before))?;
            }
            written
        };
        match self.file.as_mut().map(whole) {
            Some(Ok(())) => self.buffer.clear(),
            _ => self.in_memory = true,
        }
    }

    fn ask(mut self) -> Answered {
        let mut asked = Asked::default();
        let mut items = Vec::new();
        if let Some(file) = &mut self.file
            && let Err(error) = file.rewind().and_then(|()| file.read_to_end(&mut items))
        {
            let failed = Finding::of_all(FindingKind::SourceFailed);
            asked
                .answered
                .findings
                .push(failed.with(format!("what was put aside: {error}")));
        }
        for item in items.as_chunks::<SIZE>().0 {
            asked.item(item);
        }
        for item in self.buffer.as_chunks::<SIZE>().0 {
            asked.item(item);
        }
        asked.answered.entries = asked.heads.len() as u64;
        asked.answered
    }
}

/// One part, as far as it is asked.
#[derive(Default)]
struct Asked {
    ids: HashSet<[u8; 16]>,
    heads: HashMap<[u8; 16], [u8; 16]>,
    answered: Answered,
}

impl Asked {
    fn item(&mut self, item: &[u8; SIZE]) {
        let (id, basis, hash) = (part(item, 4), part(item, 28), part(item, 44));
        let wrong = match item[0] {
            EVENT_ID if !self.ids.insert(id) => Some(FindingKind::EventIdReused),
            NEW if self.heads.contains_key(&id) => Some(FindingKind::EntryReopened),
            GOES_ON => match self.heads.get(&id) {
                None => Some(FindingKind::EntryUnknown),
                Some(head) if *head != basis => Some(FindingKind::BasisStale),
                Some(_) => None,
            },
            _ => None,
        };
        if let Some(wrong) = wrong {
            let position = item[20..28]
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
            let detail = match u16::from_be_bytes([item[2], item[3]]) {
                0 => String::new(),
                target => format!("target {}", target - 1),
            };
            self.answered
                .findings
                .push(Finding::at(position, wrong).with(detail));
        }
        if item[0] != EVENT_ID && item[1] == 1 {
            self.heads.insert(id, hash);
        }
    }
}

fn part(item: &[u8; SIZE], at: usize) -> [u8; 16] {
    let mut part = [0; 16];
    part.copy_from_slice(&item[at..at + 16]);
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> [u8; 16] {
        let mut id = [7; 16];
        id[..8].copy_from_slice(&number.to_be_bytes());
        id
    }

    fn touch(position: u64, entry: u64, must: Must) -> Touch {
        Touch {
            position,
            hash: EventHash([u8::try_from(position % 251).unwrap_or(0); 32]),
            entry: EntryId::from_bytes(id(entry)),
            must,
            target: None,
            advances: true,
        }
    }

    #[test]
    fn what_was_put_aside_in_files_is_asked_in_the_order_of_the_log() {
        const EVENTS: u64 = 1_300_000;
        let mut touches = Touches::default();
        for position in 0..EVENTS {
            touches.event(position, EventId::from_bytes(id(position)));
        }
        assert!(
            touches.parts.iter().any(|part| part.file.is_some()),
            "nothing was put aside"
        );
        touches.event(EVENTS, EventId::from_bytes(id(3)));
        touches.entry(&touch(1, 9, Must::BeNew));
        touches.entry(&touch(2, 9, Must::GoOnFrom(EventHash([1; 32]))));
        touches.entry(&touch(3, 9, Must::GoOnFrom(EventHash([1; 32]))));
        touches.entry(&touch(4, 8, Must::GoOnFrom(EventHash([1; 32]))));
        touches.entry(&touch(5, 9, Must::BeNew));
        let Answered {
            entries,
            mut findings,
        } = touches.finish();
        findings.sort_by_key(|finding| finding.position);
        let found: Vec<_> = findings
            .iter()
            .map(|finding| (finding.position, finding.kind))
            .collect();
        assert_eq!(entries, 2);
        assert_eq!(
            found,
            [
                (Some(3), FindingKind::BasisStale),
                (Some(4), FindingKind::EntryUnknown),
                (Some(5), FindingKind::EntryReopened),
                (Some(EVENTS), FindingKind::EventIdReused),
            ]
        );
    }
}
