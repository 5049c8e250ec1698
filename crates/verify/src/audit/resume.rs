//! Going on with an audit that was stopped.
//!
//! What an audit takes its time for are signatures. So what is kept of one that was stopped is one statement: *of the first N events each signature was judged by the key that was
//! granted for it, and these were wrong*, with a digest over every such pair of event and key. Whoever goes on reads everything again and judges everything else again,
//! and leaves out what the statement speaks of, if the pairs are the same. So nothing has to be believed of it but that those signatures are what it says, and
//! whatever became of the log meanwhile, the verdict is that of an audit that was never stopped. A log that has grown goes on, too.
//!
//! Against accidents the file has a digest of itself. Against somebody who writes one it has nothing: it is the auditor's own.

use std::path::{Path, PathBuf};

use civil::id::KeyId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::export::replace;
use crate::finding::{Finding, FindingKind};

/// What the file begins with.
const FORMAT: &str = "hotich-audit-state/1";
/// Keeps the digest from meaning anything elsewhere.
const DOMAIN: &[u8] = b"hotich/audit/judged/v1";
/// Bytes that a file may have.
const SIZE_MAX: u64 = 8 << 20;
/// How many wrong signatures a statement names. An audit with more is not worth going on with: nothing more is kept of it.
const WRONG_MAX: usize = 10_000;

/// Where an audit keeps what it has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// The file. When there is one the audit goes on from it.
    pub file: PathBuf,
    /// After how many events at most it is written again.
    pub every: u64,
}

impl Resume {
    /// After some seconds of work.
    const EVERY: u64 = 1 << 18;

    /// In that file.
    pub fn in_file(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            every: Self::EVERY,
        }
    }
}

/// Why an audit does not go on from a file.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// It cannot be read or written.
    #[error("{file}: {cause}")]
    File {
        /// Which.
        file: String,
        /// Why.
        cause: String,
    },
    /// It is damaged, or no such file at all.
    #[error("{0}: not what an audit kept, or damaged since; without the file the audit begins anew")]
    Damaged(String),
    /// Another program wrote it.
    #[error("kept by version {0}, this is {version}; without the file the audit begins anew", version = env!("CARGO_PKG_VERSION"))]
    AnotherProgram(String),
    /// It speaks of another log.
    #[error("kept by an audit of {said:?}, this is {here:?}")]
    AnotherLog {
        /// Origin in the file.
        said: Option<String>,
        /// Origin of the checkpoint.
        here: Option<String>,
    },
    /// One of the two judges each signature by itself.
    #[error("kept by an audit with another --strict than this one")]
    AnotherRule,
    /// The events of which it speaks are not these.
    #[error(
        "the first {0} events are not those that were audited then: the log was changed since, or is another, or shorter"
    )]
    Changed(u64),
}

/// The statement, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statement {
    format: String,
    program: String,
    origin: Option<String>,
    strict: bool,
    /// Of the first so many events.
    events: u64,
    /// The digest of what was judged.
    judged: String,
    wrong: Vec<Wrong>,
    /// SHA-256 of the file with nothing between these quotes.
    sha256: String,
}

/// A signature or an endorsement that was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    position: u64,
    endorsement: Option<String>,
}

impl Wrong {
    fn of(finding: &Finding) -> Option<Self> {
        let endorsement = match finding.kind {
            FindingKind::SignatureWrong => None,
            _ => Some(finding.detail.clone()),
        };
        finding.position.map(|position| Self {
            position,
            endorsement,
        })
    }

    fn finding(&self) -> Finding {
        match &self.endorsement {
            None => Finding::at(self.position, FindingKind::SignatureWrong),
            Some(which) => Finding::at(self.position, FindingKind::EndorsementWrong).with(which),
        }
    }
}

impl Statement {
    /// The file: two spaces a level, a line feed at the end.
    fn to_file(&self) -> String {
        let write = |sha256: String| {
            let statement = Self {
                sha256,
                ..self.clone()
            };
            // Texts and numbers: nothing that JSON cannot say.
            serde_json::to_string_pretty(&statement).unwrap_or_default() + "\n"
        };
        write(hex::encode(Sha256::digest(write(String::new()))))
    }

    fn read(file: &Path) -> Result<Option<Self>, ResumeError> {
        let failed = |cause: std::io::Error| ResumeError::File {
            file: file.display().to_string(),
            cause: cause.to_string(),
        };
        let damaged = || ResumeError::Damaged(file.display().to_string());
        let size = match std::fs::metadata(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(failed)?.len(),
        };
        if size > SIZE_MAX {
            return Err(damaged());
        }
        let bytes = std::fs::read(file).map_err(failed)?;
        let statement: Self = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        if statement.format != FORMAT || statement.to_file().as_bytes() != bytes {
            return Err(damaged());
        }
        Ok(Some(statement))
    }

    /// Moves it to its place, whole or not at all.
    pub(crate) fn write(&self, file: &Path) -> Result<(), ResumeError> {
        replace(file, self.to_file().as_bytes()).map_err(|cause| ResumeError::File {
            file: file.display().to_string(),
            cause: cause.to_string(),
        })
    }
}

/// What was judged so far, in this audit and in the one that it goes on from.
#[derive(Debug)]
pub(crate) struct Judged {
    resume: Resume,
    origin: Option<String>,
    strict: bool,
    /// What was judged before; events 0 when nothing was.
    before: u64,
    before_digest: String,
    digest: blake3::Hasher,
    wrong: Vec<Finding>,
    next_write: u64,
    /// Why it does not go on.
    pub(crate) failed: Option<ResumeError>,
}

impl Judged {
    /// Reads what was kept, or begins to keep.
    pub(crate) fn open(resume: &Resume, origin: Option<&str>, strict: bool) -> Result<Self, ResumeError> {
        let kept = Statement::read(&resume.file)?;
        let mut judged = Self {
            resume: resume.clone(),
            origin: origin.map(str::to_owned),
            strict,
            before: 0,
            before_digest: String::new(),
            digest: blake3::Hasher::new(),
            wrong: Vec::new(),
            next_write: 0,
            failed: None,
        };
        judged.digest.update(DOMAIN);
        let Some(kept) = kept else {
            // That nothing can be kept there is better known before the work than behind it.
            if let Some(statement) = judged.statement(0) {
                statement.write(&resume.file)?;
            }
            judged.next_write = resume.every;
            return Ok(judged);
        };
        if kept.program != env!("CARGO_PKG_VERSION") {
            return Err(ResumeError::AnotherProgram(kept.program));
        }
        if kept.origin != judged.origin {
            let (said, here) = (kept.origin, judged.origin);
            return Err(ResumeError::AnotherLog { said, here });
        }
        if kept.strict != strict {
            return Err(ResumeError::AnotherRule);
        }
        judged.before = kept.events;
        judged.before_digest = kept.judged;
        judged.wrong = kept.wrong.iter().map(Wrong::finding).collect();
        judged.next_write = kept.events.saturating_add(resume.every);
        Ok(judged)
    }

    /// What was wrong before.
    pub(crate) fn wrong(&self) -> &[Finding] {
        &self.wrong
    }

    /// A signature (or an endorsement) of the event that is the `count`-th, from 1, by that key. Answers whether it is still to be judged.
    pub(crate) fn meets(
        &mut self,
        count: u64,
        hash: &[u8; 32],
        endorsement: Option<usize>,
        key: KeyId,
    ) -> bool {
        let which = endorsement.map_or(0, |index| index as u64 + 1);
        self.digest
            .update(hash)
            .update(&which.to_be_bytes())
            .update(&key.0);
        count > self.before
    }

    /// The `count`-th event is behind us: compares, where the statement ended.
    pub(crate) fn passed(&mut self, count: u64) {
        if count == self.before && self.digest_so_far() != self.before_digest {
            self.failed = Some(ResumeError::Changed(count));
        }
    }

    /// All is read. There may be fewer events than were audited before.
    pub(crate) fn ended(&mut self, count: u64) {
        if count < self.before {
            self.failed = Some(ResumeError::Changed(self.before));
        }
    }

    /// What can be said of the first `count` events once all signatures that wait are judged, when it is time to.
    pub(crate) fn due(&mut self, count: u64) -> Option<Statement> {
        if count < self.next_write {
            return None;
        }
        self.next_write = count.saturating_add(self.resume.every);
        self.statement(count)
    }

    /// What can be said of them; nothing while less was read again than was audited before.
    pub(crate) fn statement(&self, count: u64) -> Option<Statement> {
        (count >= self.before && self.failed.is_none()).then(|| Statement {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            origin: self.origin.clone(),
            strict: self.strict,
            events: count,
            judged: self.digest_so_far(),
            wrong: Vec::new(),
            sha256: String::new(),
        })
    }

    /// Signatures that were judged and are wrong.
    pub(crate) fn found(&mut self, wrong: &[Finding]) {
        let room = (WRONG_MAX + 1).saturating_sub(self.wrong.len());
        self.wrong.extend(wrong.iter().take(room).cloned());
    }

    /// Keeps a statement, now that what it says is so. A disk that has become full costs what could have been gone on from, not the audit.
    pub(crate) fn keep(&self, mut statement: Statement) {
        if self.wrong.len() <= WRONG_MAX && self.failed.is_none() {
            statement.wrong = self.wrong.iter().filter_map(Wrong::of).collect();
            let _ = statement.write(&self.resume.file);
        }
    }

    fn digest_so_far(&self) -> String {
        self.digest.finalize().to_hex().to_string()
    }
}
