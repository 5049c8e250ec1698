//! The audit: a pipeline over windows of some thousand records.
//!
//! 1. *Read* (its own thread): the source's batches are gathered into windows, two ahead.
//! 2. *Facts* (all cores): bytes, hashes, commitments: what a record says by itself.
//! 3. *Sequence* (one core, little work): positions, chains, the directory, the tree; in the order of the log.
//! 4. *Signatures* (all cores): by the keys that the third step found.
//!
//! The third step of one window runs beside the second of the next and the fourth of those before.

mod authority;
mod batch;
mod chain;
mod heads;
mod office;
mod reading;
mod records;
mod resume;
mod sequence;
mod signature;
mod tally;
mod touch;
mod window;

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use civil::decide::Refusal;
use tlog::Hash;

use crate::finding::{Finding, FindingKind};
use crate::office::Asked;
use crate::record::{Record, Source, SourceError};
use crate::report::Report;
use resume::Judged;
pub use resume::{Resume, ResumeError};
use sequence::Sequence;
use signature::Pending;
pub(crate) use tally::Tally;
use window::Window;

/// How far the audit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Bytes, chains, commitments, keys, signatures, tree. Of bodies only the administration's are decoded.
    #[default]
    Log,
    /// All that, and every body is decoded, every entry folded, every act decided again. Slower, and it keeps all
    /// bodies in memory.
    Records,
}

/// What the log is held against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// The origin of the log; compared with the founding event.
    pub origin: Option<String>,
    /// Size and root that the log signed.
    pub head: Option<Head>,
}

/// Size and root of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many leaves.
    pub size: u64,
    /// Of the RFC 6962 tree over the 65-byte leaf entries.
    pub root: Hash,
}

impl From<&tlog::Checkpoint> for Expected {
    /// What a checkpoint says; believe its signatures first.
    fn from(checkpoint: &tlog::Checkpoint) -> Self {
        Self {
            origin: Some(checkpoint.origin().to_owned()),
            head: Some(Head {
                size: checkpoint.size(),
                root: checkpoint.root(),
            }),
        }
    }
}

/// How to audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How far.
    pub depth: Depth,
    /// Judge every signature by itself (`verify_strict`) instead of many in one equation: about a third of the speed.
    pub strict: bool,
    /// Whether a missing body is a finding. When it is not, the report counts what was not checked. The administration's
    /// bodies are always needed.
    pub bodies_required: bool,
    /// How many findings are kept; all are counted.
    pub findings_max: usize,
    /// How many threads work; 0 for one on each core.
    pub threads: usize,
    /// Of which office to prove that all is here.
    pub office: Option<Asked>,
    /// Whether the auditor has the key of the log's checkpoints from elsewhere than the data; else the report says that it has not.
    pub log_key_known: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            depth: Depth::Log,
            strict: false,
            bodies_required: true,
            findings_max: 10_000,
            threads: 0,
            office: None,
            log_key_known: false,
        }
    }
}

/// How far the audit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Records audited.
    pub events: u64,
    /// Findings so far.
    pub findings: u64,
    /// Time since the start.
    pub elapsed: Duration,
}

/// How many records a window has for each thread.
const WINDOW: usize = 4096;
/// How many bytes of records a window has at most, but for the last record.
const WINDOW_BYTES: usize = 64 << 20;
/// How many windows are read ahead.
const AHEAD: usize = 2;

/// Audits a log. Never stops at a finding; `progress` is told after each window and may break off, which the
/// report then says.
///
/// Memory does not grow with the log, but for offices and keys: what has to be asked of every event waits in files without a name in the
/// machine's folder for such. With [`Depth::Records`] it does, to about the size of the log.
pub fn audit(
    source: impl Source,
    expected: &Expected,
    options: &Options,
    progress: &mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
) -> Report {
    piped(source, expected, options, None, progress).0
}

/// The same, going on from what a stopped audit kept, and keeping what this one does. Any of them may be stopped at any moment, and the
/// last gives the verdict of one that was never stopped: only signatures that were judged are not judged again.
///
/// # Errors
/// [`ResumeError`] when there is a file and it is no such file, or of another program, log or rule, or the events have become others.
pub fn audit_on(
    source: impl Source,
    expected: &Expected,
    options: &Options,
    resume: &Resume,
    progress: &mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
) -> Result<Report, ResumeError> {
    let judged = Judged::open(resume, expected.origin.as_deref(), options.strict)?;
    let (report, failed) = piped(source, expected, options, Some(judged), progress);
    failed.map_or(Ok(report), Err)
}

fn piped(
    source: impl Source,
    expected: &Expected,
    options: &Options,
    judged: Option<Judged>,
    progress: &mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
) -> (Report, Option<ResumeError>) {
    let started = Instant::now();
    // Without a pool of its own the audit runs on the common one: slower at worst.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .ok();
    let threads = pool
        .as_ref()
        .map_or_else(rayon::current_num_threads, rayon::ThreadPool::current_num_threads);
    let (send, receive) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        scope.spawn(move || read(source, &send, threads.saturating_mul(WINDOW)));
        // The run takes the receiving end along: once it is over the reader finds nobody listening, and stops.
        let run = move || {
            let sequence = Sequence::new(expected, options, judged);
            run(&receive, sequence, options, started, progress)
        };
        match &pool {
            Some(pool) => pool.install(run),
            None => run(),
        }
    })
}

/// What the reader sends.
enum Read {
    Records(Vec<Record>),
    Failed(SourceError),
}

/// How often a source may fail in a row before it is given up.
const FAILURES_MAX: u32 = 1_000;

fn read(mut source: impl Source, send: &SyncSender<Read>, window: usize) {
    let (mut gathered, mut bytes) = (Vec::with_capacity(window), 0);
    let mut failures = 0;
    loop {
        match source.next() {
            Ok(Some(batch)) => {
                failures = 0;
                for record in batch {
                    bytes += record.signed.len() + record.sealed.as_ref().map_or(0, bytes::Bytes::len);
                    gathered.push(record);
                    if gathered.len() >= window || bytes >= WINDOW_BYTES {
                        bytes = 0;
                        let full = std::mem::replace(&mut gathered, Vec::with_capacity(window));
                        if send.send(Read::Records(full)).is_err() {
                            return;
                        }
                    }
                }
            }
            Ok(None) => break,
            Err(error) => {
                failures += 1;
                let last = error.last || failures == FAILURES_MAX;
                if send.send(Read::Failed(error)).is_err() {
                    return;
                }
                if last {
                    break;
                }
            }
        }
    }
    if !gathered.is_empty() {
        // Nobody listens any more: the audit was broken off.
        let _ = send.send(Read::Records(gathered));
    }
}

fn run(
    receive: &Receiver<Read>,
    mut sequence: Sequence<'_>,
    options: &Options,
    started: Instant,
    progress: &mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
) -> (Report, Option<ResumeError>) {
    let mut read: Option<Window> = None;
    let mut interrupted = false;
    loop {
        let next = if interrupted {
            None
        } else {
            receive_records(receive, &mut sequence)
        };
        let kept = sequence.due();
        let pending = sequence.pending(kept.is_some() || next.is_none() && read.is_none());
        if next.is_none() && read.is_none() && pending.as_ref().is_none_or(Pending::is_empty) {
            break;
        }
        let in_sequence = &mut sequence;
        let ((), (wrong, next)) = rayon::join(
            || {
                if let Some(window) = &read {
                    in_sequence.take(window);
                }
            },
            || {
                rayon::join(
                    || pending.map(|pending| pending.judge(options.strict)),
                    || next.map(|records| Window::read(records, options.depth)),
                )
            },
        );
        sequence.signatures(wrong.unwrap_or_default());
        // All that the statement speaks of is judged now.
        sequence.keep(kept);
        read = next;
        let now = Progress {
            events: sequence.events(),
            findings: sequence.findings(),
            elapsed: started.elapsed(),
        };
        interrupted |= progress(now).is_break() || sequence.cannot_go_on();
    }
    let failed = sequence.ended(interrupted);
    (sequence.finish(options, interrupted, started.elapsed()), failed)
}

/// The next window; what the source could not read is noted on the way.
fn receive_records(receive: &Receiver<Read>, sequence: &mut Sequence<'_>) -> Option<Vec<Record>> {
    loop {
        match receive.recv().ok()? {
            Read::Records(records) => return Some(records),
            Read::Failed(error) => sequence.find(Finding {
                position: error.position,
                kind: FindingKind::SourceFailed,
                detail: error.what,
            }),
        }
    }
}

/// The codes of refusals, each with its place in the act.
fn codes(refusals: &[Refusal]) -> String {
    let codes: Vec<String> = refusals
        .iter()
        .map(|refusal| {
            format!("{} {}", refusal.code.name(), refusal.pointer)
                .trim_end()
                .to_owned()
        })
        .collect();
    codes.join(", ")
}
