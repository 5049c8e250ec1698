//! What an office accepts from a log, and what not.

use std::cell::RefCell;

use tempfile::TempDir;
use tlog::{FullTile, KeyKind, SignerKey};

use super::*;

const ORIGIN: &str = "log.example/civil-status";

/// A log in memory, which shows as much of itself as it likes.
#[derive(Default)]
struct Log {
    leaves: Vec<Hash>,
    checkpoint: RefCell<Option<String>>,
    hides_tiles: bool,
}

fn key() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::Ed25519, &[1; 32]).unwrap()
}

fn witness() -> SignerKey {
    SignerKey::new("witness.example", KeyKind::Cosignature, &[2; 32]).unwrap()
}

fn policy() -> Policy {
    let text = format!(
        "log {}\nwitness w {}\nquorum w\n",
        key().verifier(),
        witness().verifier()
    );
    Policy::parse(text.as_bytes()).unwrap()
}

/// The bytes of an event.
fn event(index: u64, changed: u64) -> Vec<u8> {
    match index >= changed {
        true => format!("another event {index}").into_bytes(),
        false => format!("event {index}").into_bytes(),
    }
}

fn leaf(signed: &[u8]) -> Hash {
    leaf_hash(&ledger::leaf_entry(
        blake3::hash(signed).as_bytes(),
        &Sha256::digest(signed).into(),
    ))
}

impl Log {
    /// Of 600 events; from `changed` on they are others.
    fn of(changed: u64) -> Self {
        Self {
            leaves: (0..600).map(|index| leaf(&event(index, changed))).collect(),
            ..Self::default()
        }
    }

    fn tree(&self, size: u64) -> Checkpoint {
        let mut edge = Edge::new();
        for leaf in &self.leaves[..usize::try_from(size).unwrap()] {
            edge.push(*leaf).unwrap();
        }
        Checkpoint::new(ORIGIN, size, edge.root()).unwrap()
    }

    fn note(&self, size: u64) -> Note {
        let mut note = self.tree(size).sign(&key()).unwrap();
        note.add(self.tree(size).cosign(&witness(), 1_790_000_000).unwrap())
            .unwrap();
        note
    }

    /// Shows this checkpoint from now on.
    fn shows(&self, size: u64) -> &Self {
        *self.checkpoint.borrow_mut() = Some(self.note(size).to_string());
        self
    }
}

impl Source for &Log {
    fn document(&self, path: &str) -> Result<Option<Vec<u8>>> {
        if path == "/checkpoint" {
            return Ok(self.checkpoint.borrow().clone().map(String::into_bytes));
        }
        if self.hides_tiles {
            return Ok(None);
        }
        let tile: Tile = path.trim_start_matches('/').parse().unwrap();
        let (mut edge, mut full) = (Edge::new(), BTreeMap::new());
        for leaf in &self.leaves {
            for FullTile { tile, bytes } in edge.push(*leaf).unwrap() {
                full.insert(tile, bytes);
            }
        }
        full.extend(edge.partials().map(|(tile, bytes)| (tile.full(), bytes.to_vec())));
        Ok(full
            .get(&tile.full())
            .and_then(|bytes| tile.cut(bytes).map(<[u8]>::to_vec)))
    }
}

struct Office(TempDir);

impl Office {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("officer.checkpoint")
    }

    fn monitor<'l>(&self, log: &'l Log) -> Monitor<&'l Log> {
        Monitor::open(log, policy(), self.file()).unwrap()
    }

    /// After it has seen so much of an honest log.
    fn that_saw(size: u64) -> Self {
        let office = Self::new();
        assert_eq!(
            office.monitor(Log::of(u64::MAX).shows(size)).look().unwrap(),
            size
        );
        office
    }

    fn evidence(&self) -> Option<Vec<u8>> {
        fs::read(with_suffix(&self.file(), "evidence")).ok()
    }

    /// Refused, and what was kept stays.
    fn refuses(&self, log: &Log) -> String {
        let before = fs::read(self.file()).unwrap();
        let refused = self.monitor(log).look().unwrap_err();
        assert_eq!(refused.exit_status(), 1, "{refused}");
        assert_eq!(fs::read(self.file()).unwrap(), before);
        refused.to_string()
    }
}

#[test]
fn an_office_follows_a_log_that_continues_and_keeps_the_last_it_saw() {
    let (office, log) = (Office::new(), Log::of(u64::MAX));
    assert_eq!(
        office.monitor(&log).look().unwrap(),
        0,
        "a log that has signed nothing yet"
    );
    for size in [1, 255, 256, 256, 257, 512, 599] {
        assert_eq!(office.monitor(log.shows(size)).look().unwrap(), size);
        assert_eq!(
            fs::read_to_string(office.file()).unwrap(),
            log.note(size).to_string()
        );
    }
    assert_eq!(office.evidence(), None);
}

#[test]
fn a_receipt_is_accepted_where_the_log_has_the_event_just_there() {
    let (office, log) = (Office::that_saw(100), Log::of(u64::MAX));
    office
        .monitor(log.shows(300))
        .accept(&event(299, u64::MAX), 299)
        .unwrap();
    for (what, signed, position) in [
        ("another event", event(299, 0), 299),
        ("another position", event(299, u64::MAX), 298),
    ] {
        let refused = office
            .monitor(log.shows(300))
            .accept(&signed, position)
            .unwrap_err();
        assert!(
            refused.to_string().contains("does not have the event"),
            "{what}: {refused}"
        );
    }
    let hiding = Log {
        hides_tiles: true,
        ..Log::of(u64::MAX)
    };
    assert!(
        office
            .monitor(hiding.shows(300))
            .accept(&event(299, u64::MAX), 299)
            .is_err()
    );
}

#[test]
fn a_log_with_two_histories_is_refused_with_evidence_that_holds() {
    for (saw, shows, changed) in [
        (100, 300, 50),
        (256, 600, 0),
        (256, 257, 255),
        (300, 300, 299),
        (511, 512, 510),
        (1, 2, 0),
    ] {
        let office = Office::that_saw(saw);
        let log = Log::of(changed);
        let said = office.refuses(log.shows(shows));
        assert!(said.contains("no receipt of it is accepted"), "{said}");
        let evidence = ForkEvidence::parse(&office.evidence().unwrap()).unwrap();
        let fork = evidence.verify(policy().logs()).unwrap();
        assert_eq!((fork.smaller.size(), fork.larger.size()), (saw, shows));
    }
}

#[test]
fn a_log_that_hides_how_it_began_is_refused_and_what_it_signed_is_kept() {
    let office = Office::that_saw(100);
    let log = Log {
        hides_tiles: true,
        ..Log::of(50)
    };
    office.refuses(log.shows(300));
    assert_eq!(office.evidence().unwrap(), log.note(300).to_string().into_bytes());
}

#[test]
fn a_log_that_went_back_is_refused() {
    let office = Office::that_saw(300);
    let log = Log::of(u64::MAX);
    assert!(office.refuses(log.shows(299)).contains("shows 299 events now"));
    *log.checkpoint.borrow_mut() = None;
    assert!(office.refuses(&log).contains("has no checkpoint any more"));
}

#[test]
fn a_checkpoint_without_its_quorum_or_by_another_key_is_refused() {
    let office = Office::that_saw(100);
    let log = Log::of(u64::MAX);
    let alone = log.tree(300).sign(&key()).unwrap();
    let mut foreign = log
        .tree(300)
        .sign(&SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap())
        .unwrap();
    foreign.add(log.tree(300).cosign(&witness(), 1).unwrap()).unwrap();
    let other_log = {
        let key = SignerKey::new("other.example", KeyKind::Ed25519, &[1; 32]).unwrap();
        Checkpoint::new("other.example", 300, log.tree(300).root())
            .unwrap()
            .sign(&key)
            .unwrap()
    };
    for note in [alone, foreign, other_log] {
        *log.checkpoint.borrow_mut() = Some(note.to_string());
        assert!(office.refuses(&log).starts_with("the checkpoint of the log: "));
    }
}

#[test]
fn what_was_kept_is_believed_only_as_it_was_signed() {
    let office = Office::that_saw(100);
    let text = fs::read_to_string(office.file()).unwrap();
    fs::write(office.file(), text.replace("\n100\n", "\n99\n")).unwrap();
    assert!(Monitor::open(&Log::default(), policy(), office.file()).is_err());
}

#[test]
fn a_receipt_that_no_checkpoint_covers_is_not_accepted() {
    let (office, log) = (Office::that_saw(100), Log::of(u64::MAX));
    let refused = office
        .monitor(log.shows(300))
        .accept(&event(300, u64::MAX), 300)
        .unwrap_err();
    assert!(
        refused.to_string().contains("no checkpoint covers it yet"),
        "{refused}"
    );
}
