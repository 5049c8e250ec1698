//! [`Bystander`]: a witness, its file, and what it is when it lies.

use std::path::PathBuf;
use std::sync::Arc;

use ledger::FILE_NAME;
use tlog::{AddCheckpoint, Checkpoint, Hash, NoteSignature, SignerKey, VerifierKey, WitnessRefusal};
use tokio::sync::Mutex;
use witness::{Answer, Memory, MemoryError, Refused, Witness};

use crate::chance::Chance;
use crate::disk::Image;
use crate::story::Broken;

/// When every witness cosigns, seconds since 1970: its time plays no part.
const COSIGNED_AT: u64 = 1_772_413_200;

/// A witness with a file of its own. Its file is named as a ledger's, and a crash leaves it as it leaves a ledger's.
pub struct Bystander {
    key: SignerKey,
    log: VerifierKey,
    place: PathBuf,
    house: Mutex<House>,
}

#[derive(Default)]
struct House {
    /// None until it is asked.
    open: Option<(Witness, Memory)>,
    folders: u32,
}

impl Bystander {
    /// Whose files lie in a folder of its own.
    pub fn new(key: SignerKey, log: VerifierKey, place: PathBuf) -> Self {
        let house = Mutex::default();
        Self {
            key,
            log,
            place,
            house,
        }
    }

    /// What it answers to a request.
    pub async fn add(&self, body: &str) -> Answer {
        let mut house = self.house.lock().await;
        match self.open(&mut house).await {
            Ok((witness, _)) => answer(witness.add_checkpoint(body.as_bytes()).await),
            Err(_) => status(500),
        }
    }

    /// What it shows a monitor.
    pub async fn latest(&self, origin_hash: &str) -> Answer {
        let mut house = self.house.lock().await;
        let latest = match self.open(&mut house).await {
            Ok((witness, _)) => witness.latest(origin_hash).await,
            Err(error) => Err(error),
        };
        match latest {
            Ok(Some(note)) => Answer {
                status: 200,
                body: note.into_bytes(),
            },
            Ok(None) => status(404),
            Err(_) => status(500),
        }
    }

    /// It dies while it judges a request, or after it has remembered and before it answers. Answers what its disk has of it.
    pub async fn crash(&self, body: &str, chance: &mut Chance) -> Result<&'static str, Broken> {
        let mut house = self.house.lock().await;
        let folder = self.folder(&house);
        let (witness, memory) = self.open(&mut house).await.map_err(Broken::says)?;
        let before = Image::take(&folder)?;
        drop(witness.add_checkpoint(body.as_bytes()).await);
        let after = Image::take(&folder)?;
        memory.close().await;
        let (torn, how) = before.torn_commit(&after, chance);
        house.open = None;
        house.folders += 1;
        torn.put(&self.folder(&house))?;
        Ok(how)
    }

    /// What one answers that lies. It cosigns whatever it is shown, and trees that nobody has, and accuses.
    pub fn lie(&self, body: &str, chance: &mut Chance) -> Answer {
        let asked = AddCheckpoint::parse(body.as_bytes()).ok();
        let asked = asked.and_then(|asked| asked.checkpoint.text().parse::<Checkpoint>().ok());
        match (chance.below(8), asked) {
            (0, _) => text(409, format!("{}\n", chance.below(40))),
            (1, _) => text(409, format!("{}\n", u64::MAX)),
            (2, _) => status(422),
            (3, _) => status(503),
            (4, _) => text(200, "\u{2014} nobody AAAAAAAA\n".to_owned()),
            (5, Some(tree)) => {
                let other = Checkpoint::new(tree.origin(), tree.size(), Hash([0x5a; 32]));
                self.sign(other.ok())
            }
            (_, tree) => self.sign(tree),
        }
    }

    fn sign(&self, tree: Option<Checkpoint>) -> Answer {
        match tree.map(|tree| tree.cosign(&self.key, COSIGNED_AT)) {
            Some(Ok(line)) => text(200, format!("{line}\n")),
            _ => status(500),
        }
    }

    fn folder(&self, house: &House) -> PathBuf {
        self.place.join(house.folders.to_string())
    }

    async fn open<'h>(&self, house: &'h mut House) -> Result<&'h (Witness, Memory), MemoryError> {
        let folder = self.folder(house);
        if house.open.is_none() {
            // An error: opening the file will tell.
            drop(std::fs::create_dir_all(&folder));
            let memory = Memory::file(&folder.join(FILE_NAME)).await?;
            let now = Arc::new(|| COSIGNED_AT);
            let witness = Witness::new(
                vec![self.key.clone()],
                vec![self.log.clone()],
                memory.clone(),
                now,
            );
            house.open = Some((witness, memory));
        }
        house.open.as_ref().ok_or(MemoryError::Damaged)
    }
}

/// As the witness of the product answers over HTTP.
fn answer(told: Result<Vec<NoteSignature>, Refused>) -> Answer {
    match told {
        Ok(lines) => text(200, lines.iter().map(|line| format!("{line}\n")).collect()),
        Err(Refused::Judged(WitnessRefusal::Conflict { size })) => text(409, format!("{size}\n")),
        Err(Refused::Judged(refusal)) => status(refusal.status()),
        Err(_) => status(500),
    }
}

fn status(status: u16) -> Answer {
    text(status, String::new())
}

fn text(status: u16, body: String) -> Answer {
    Answer {
        status,
        body: body.into_bytes(),
    }
}
