//! The log of accesses from its first line to its last, and beside every list of stream heads that anchors it.

use std::collections::BTreeMap;
use std::fmt;

use civil::access::Access;
use civil::act::Act;
use ledger::{AccessEnd, Archive, Fault, KeptAccess};

use crate::heads::LISTS;
use crate::reading::read_event;

/// Lines that are read at a time.
const PAGE: u32 = 512;
/// Lists that are read at a time.
const LISTS_PAGE: u64 = 256;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessFinding {
    /// Lines are missing: from this number on, and before that.
    Missing(u64, u64),
    /// The hash of this line does not follow from it and the line before.
    Changed(u64),
    /// What this line says cannot be read.
    Unreadable(u64),
    /// Beside this line stand other things than it says.
    Misplaced(u64),
    /// The index by entry has other pairs than the lines say: so many, and so many.
    Index {
        /// How many pairs the index has.
        found: u64,
        /// How many the lines say.
        said: u64,
    },
    /// The event at this position anchors that many lines with another end.
    Anchor {
        /// The position of the list of stream heads.
        position: u64,
        /// How many lines it speaks of.
        size: u64,
    },
}

impl fmt::Display for AccessFinding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(from, to) => write!(out, "lines {from} to {} are missing", to.saturating_sub(1)),
            Self::Changed(n) => write!(out, "line {n} does not follow from the line before"),
            Self::Unreadable(n) => write!(out, "line {n} is not of the format"),
            Self::Misplaced(n) => write!(out, "line {n} is filed under other things than it says"),
            Self::Index { found, said } => {
                write!(
                    out,
                    "the index by entry has {found} rows where the lines say {said}"
                )
            }
            Self::Anchor { position, size } => write!(
                out,
                "event {position} anchors {size} lines with another end than they have"
            ),
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessReport {
    /// How many lines there are.
    pub lines: u64,
    /// How many lists of stream heads anchor the log of accesses.
    pub anchors: u64,
    /// What does not fit.
    pub findings: Vec<AccessFinding>,
}

/// Checks every line, the chain, what the lines are found by, and every anchor in the log.
///
/// # Errors
/// [`Fault`] of the store, or of a list of stream heads that cannot be read.
pub async fn check_accesses(archive: &Archive) -> Result<AccessReport, Fault> {
    let mut check = Check::new(anchors(archive).await?);
    loop {
        let page = archive.access_lines(check.end.size, PAGE).await?;
        if page.is_empty() {
            break;
        }
        let mut pairs = Vec::new();
        for kept in &page {
            pairs.extend(check.line(kept));
        }
        check.found += archive.indexed_accesses(&pairs).await?;
        check.said += pairs.len() as u64;
    }
    let all = archive.all_indexed_accesses().await?;
    Ok(check.finish(all))
}

/// What the log says of the lines: the size of which each list speaks, with its position and the hash.
async fn anchors(archive: &Archive) -> Result<Vec<Anchor>, Fault> {
    let stream = LISTS.number();
    let next = archive.stream_head(stream).await?.next;
    let (mut from, mut anchors) = (0, Vec::new());
    while from < next {
        let to = next.min(from + LISTS_PAGE);
        for stored in archive.by_stream(stream, from, to).await? {
            if let Act::StreamHeads(act) = read_event(&stored)?.body.act
                && let (Some(size), Some(hash)) = (act.access_size, act.access_head)
            {
                let position = stored.position;
                anchors.push(Anchor {
                    position,
                    size,
                    hash: hash.0,
                });
            }
        }
        from = to;
    }
    Ok(anchors)
}

struct Anchor {
    position: u64,
    size: u64,
    hash: [u8; 32],
}

struct Check {
    end: AccessEnd,
    /// Anchors that no line has reached yet, by the size of which they speak.
    left: BTreeMap<u64, Vec<Anchor>>,
    found: u64,
    said: u64,
    report: AccessReport,
}

impl Check {
    fn new(anchors: Vec<Anchor>) -> Self {
        let report = AccessReport {
            anchors: anchors.len() as u64,
            ..AccessReport::default()
        };
        let mut left = BTreeMap::<u64, Vec<Anchor>>::new();
        for anchor in anchors {
            left.entry(anchor.size).or_default().push(anchor);
        }
        Self {
            end: AccessEnd::NONE,
            left,
            found: 0,
            said: 0,
            report,
        }
    }

    /// Goes on by a line; answers what the index by entry must have of it.
    fn line(&mut self, kept: &KeptAccess) -> Vec<(u64, [u8; 16])> {
        if kept.n != self.end.size {
            self.say(AccessFinding::Missing(self.end.size, kept.n));
        } else if self.end.then(&kept.line).hash != kept.hash {
            self.say(AccessFinding::Changed(kept.n));
        }
        // From a line that does not fit on, what follows is judged by what is stored, so that one change is one finding.
        self.end = AccessEnd {
            size: kept.n + 1,
            hash: kept.hash,
        };
        self.report.lines += 1;
        for anchor in self.left.remove(&self.end.size).unwrap_or_default() {
            if anchor.hash != kept.hash {
                self.say(anchor.finding());
            }
        }
        let Ok(access) = Access::decode(&kept.line) else {
            self.say(AccessFinding::Unreadable(kept.n));
            return Vec::new();
        };
        let beside = (u64::try_from(kept.at_ms).ok(), kept.office, kept.token);
        if beside != (Some(access.at_ms), access.office.0, access.token) {
            self.say(AccessFinding::Misplaced(kept.n));
        }
        access
            .entries
            .iter()
            .map(|entry| (kept.n, *entry.as_bytes()))
            .collect()
    }

    fn finish(mut self, indexed: u64) -> AccessReport {
        // What lines speak of that are not there: a tail that was dropped, or a gap.
        for anchor in std::mem::take(&mut self.left).into_values().flatten() {
            self.say(anchor.finding());
        }
        let said = self.said;
        // What the lines say and the index has not; or what it has beside.
        if let Some(found) = [self.found, indexed].into_iter().find(|found| *found != said) {
            self.say(AccessFinding::Index { found, said });
        }
        self.report
    }

    fn say(&mut self, finding: AccessFinding) {
        self.report.findings.push(finding);
    }
}

impl Anchor {
    fn finding(&self) -> AccessFinding {
        AccessFinding::Anchor {
            position: self.position,
            size: self.size,
        }
    }
}
