//! The heads of all streams, as far back as a list of them may speak (RFC 0007 §1).

use std::collections::VecDeque;

use civil::act::StreamHeads;
use civil::heads::{BEHIND_MAX, Heads, leaf};
use civil::id::EventHash;
use hashbrown::HashMap;
use tlog::{Edge, leaf_hash};

/// The last event of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StreamHead {
    /// The seq of the next event.
    pub(crate) next: u64,
    /// The hash of the last one.
    pub(crate) hash: EventHash,
}

/// Every stream's head, and how it was some time ago. Bounded by the number of streams and by [`BEHIND_MAX`].
#[derive(Debug, Default)]
pub(crate) struct StreamsSoFar {
    heads: HashMap<i64, StreamHead>,
    /// What each of the last events moved, the newest last: where, which stream, and its head before.
    moved: VecDeque<(u64, i64, Option<StreamHead>)>,
}

impl StreamsSoFar {
    /// How many streams there are.
    pub(crate) fn len(&self) -> u64 {
        self.heads.len() as u64
    }

    /// The head of a stream.
    pub(crate) fn get(&self, stream: i64) -> Option<&StreamHead> {
        self.heads.get(&stream)
    }

    /// A stream has come so far at a position.
    pub(crate) fn move_to(&mut self, position: u64, stream: i64, head: StreamHead) {
        let before = self.heads.insert(stream, head);
        if self.moved.len() as u64 > BEHIND_MAX {
            self.moved.pop_front();
        }
        self.moved.push_back((position, stream, before));
    }

    /// Whether a list at a position says what the streams had reached at its size.
    pub(crate) fn agree(&self, position: u64, said: &StreamHeads) -> bool {
        let behind = position.checked_sub(said.size);
        let heard_of = behind.is_some_and(|behind| behind <= BEHIND_MAX);
        let here = heard_of.then(|| self.at(said.size));
        here.is_some_and(|here| (here.streams, here.root) == (said.streams, said.root.0))
    }

    fn at(&self, size: u64) -> Heads {
        let mut heads = self.heads.clone();
        for (position, stream, before) in self.moved.iter().rev() {
            if *position < size {
                break;
            }
            match before {
                Some(before) => heads.insert(*stream, *before),
                None => heads.remove(stream),
            };
        }
        let mut heads: Vec<(i64, StreamHead)> = heads.into_iter().collect();
        heads.sort_unstable_by_key(|(stream, _)| *stream);
        let mut tree = Edge::new();
        for (stream, head) in &heads {
            // A tree of 2^64 leaves is nobody's.
            let _ = tree.push(leaf_hash(&leaf(*stream, head.next.saturating_sub(1), head.hash)));
        }
        Heads {
            streams: heads.len() as u64,
            root: *tree.root().as_bytes(),
        }
    }
}
