//! What signs beside a server: a [`Publisher`] from the files of the command line, and the task that gives it its turns.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, gauge};
use registry::Registry;
use registry::publisher::{Finding, Means, Publisher, Turn};
use tlog::Policy;
use tokio::time::{Instant, sleep};
use witness::{Http, Memory, Trouble};

use crate::args::{Data, Trust};
use crate::data::{LOG_KEY, SECOND_LOG_KEY};
use crate::key_file;
use crate::outcome::{Error, Result};

/// The lock store in the key folder, unless `--lock` names another.
pub const LOCK: &str = "checkpoint.lock.db";
/// The policy in the key folder, unless `--policy` names another.
pub const POLICY: &str = "trust-policy";
/// From one signature to the next while events keep coming. With what signing takes the public log is a second behind at most.
const PACE: Duration = Duration::from_millis(800);
/// How soon a log at rest is signed for when something is recorded.
const GLANCE: Duration = Duration::from_millis(20);
/// How long a server waits for its first checkpoint before it takes requests.
const BEGINNING: Duration = Duration::from_secs(2);
/// How long one witness may take.
const WITNESS: Duration = Duration::from_secs(10);

impl Trust {
    /// The publisher of a ledger.
    pub async fn publisher(&self, data: &Data, registry: &Arc<Registry>) -> Result<Publisher> {
        let folder = data.key_folder();
        let mut keys = vec![key_file::read_log_key(&folder.join(LOG_KEY))?];
        let second = folder.join(SECOND_LOG_KEY);
        if second.exists() {
            keys.push(key_file::read_log_key(&second)?);
        }
        let lock = self.lock.clone();
        let lock = lock.unwrap_or_else(|| folder.join(LOCK).display().to_string());
        let means = Means {
            keys,
            memory: Memory::open(&lock).await.map_err(Error::using)?,
            policy: self.policy(&folder)?,
            transport: Arc::new(Http::new(WITNESS)),
        };
        Ok(Publisher::new(Arc::clone(registry), means)?)
    }

    /// The policy that is named, or the one in the key folder, or none.
    fn policy(&self, folder: &Path) -> Result<Option<Policy>> {
        let default = folder.join(POLICY);
        match &self.policy {
            Some(file) => read_policy(file).map(Some),
            None if default.exists() => read_policy(&default).map(Some),
            None => Ok(None),
        }
    }
}

/// Reads a policy file.
pub fn read_policy(file: &Path) -> Result<Policy> {
    let in_file = |error: &dyn std::fmt::Display| Error::using(format!("{}: {error}", file.display()));
    let text = std::fs::read(file).map_err(|error| in_file(&error))?;
    Policy::parse(&text).map_err(|error| in_file(&error))
}

/// The first turn, so that a small ledger has its checkpoint with the first request. What takes longer is begun again by [`run`]: a turn
/// may be broken off anywhere.
pub async fn begin(publisher: &mut Publisher) {
    let _ = tokio::time::timeout(BEGINNING, publisher.turn()).await;
}

/// Gives the publisher its turns until it is dropped: at once when a log at rest grows, and then at a pace. A failure is told when it
/// begins and when it ends; recording goes on whatever happens here.
pub async fn run(mut publisher: Publisher, registry: Arc<Registry>, evidence: PathBuf) {
    let mut told = Told::default();
    loop {
        let started = Instant::now();
        let turn = publisher.turn().await;
        let at_rest = matches!(turn, Ok(Turn::Settled));
        let size = registry.head().size;
        told.tell(turn, size, &evidence);
        while started.elapsed() < PACE && !(at_rest && registry.head().size > size) {
            sleep(GLANCE).await;
        }
    }
}

/// What was told last, so that nothing is told twice.
#[derive(Default)]
struct Told {
    trouble: Option<String>,
    published: u64,
}

impl Told {
    fn tell(&mut self, turn: std::result::Result<Turn, registry::RegistryError>, size: u64, evidence: &Path) {
        let trouble = match turn {
            Ok(Turn::Settled) => {
                self.published = size;
                None
            }
            Ok(Turn::Late) => return,
            Ok(Turn::Published { head, troubles }) => {
                self.published = head.size;
                count(&troubles);
                None
            }
            Ok(Turn::Waiting { troubles, .. }) => {
                counter!("hotich_checkpoint_without_quorum_total").increment(1);
                count(&troubles);
                let who: Vec<_> = troubles
                    .iter()
                    .map(|(name, trouble)| format!("{name}: {trouble}"))
                    .collect();
                Some(format!("too few witnesses have cosigned: {}", who.join("; ")))
            }
            Ok(Turn::Closed(findings)) => {
                let what: Vec<_> = findings.iter().map(ToString::to_string).collect();
                let what = format!(
                    "nothing is signed: {}. `hotich doctor` tells what to do",
                    what.join("; ")
                );
                if self.trouble.as_ref() != Some(&what) {
                    keep_all(evidence, &findings);
                }
                Some(what)
            }
            Err(error) => Some(error.to_string()),
        };
        gauge!("hotich_checkpoint_size").set(self.published as f64);
        gauge!("hotich_checkpoint_behind_events").set(size.saturating_sub(self.published) as f64);
        gauge!("hotich_checkpoint_failing").set(f64::from(u8::from(trouble.is_some())));
        match (&trouble, &self.trouble) {
            (Some(new), old) if old.as_ref() != Some(new) => tracing::error!("publishing checkpoints: {new}"),
            (None, Some(_)) => tracing::warn!(size = self.published, "publishing checkpoints again"),
            _ => {}
        }
        self.trouble = trouble;
    }
}

fn count(troubles: &[(String, Trouble)]) {
    for (name, _) in troubles {
        counter!("hotich_witness_trouble_total", "witness" => name.clone()).increment(1);
    }
}

fn keep_all(folder: &Path, findings: &[Finding]) {
    for finding in findings {
        match keep(folder, finding) {
            Ok(files) => files
                .iter()
                .for_each(|file| tracing::error!(file = %file.display(), "evidence is kept")),
            Err(error) => tracing::error!(%error, "evidence cannot be kept: {error}"),
        }
    }
}

/// Writes what was found into a folder: what is the case with the signed checkpoint that shows it, and fork evidence where there is any.
pub fn keep(folder: &Path, finding: &Finding) -> Result<Vec<PathBuf>> {
    let (code, signed, size) = (finding.kind.code(), finding.signed, finding.size);
    let by: String = finding
        .by
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let file = folder.join(format!("evidence-{code}-{by}-{signed}-{size}.txt"));
    let text = format!("{finding}\n\n{}\n\n{}", finding.kind.way_out(), finding.note);
    std::fs::write(&file, text)?;
    let mut files = vec![file];
    if let Some(evidence) = &finding.evidence {
        let file = folder.join(format!("fork-evidence-{by}-{signed}"));
        std::fs::write(&file, evidence.to_string())?;
        files.push(file);
    }
    Ok(files)
}
