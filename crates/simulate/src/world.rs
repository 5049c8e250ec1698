//! [`World`]: a ledger, the offices that write to it, the operator that signs for it, and what befalls them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::future::{Either, join_all, select};
use ledger::{
    AppendError, Candidate, Conflict, Failure, Faults, KEYS_FILE_NAME, Ledger, Location, Options, Point,
    Receipt, Status, Touch,
};

use crate::chance::Chance;
use crate::check::{self, Promised};
use crate::clock::Hands;
use crate::disk::Image;
use crate::office::{ADMINISTRATION, Office, Words};
use crate::operator::{Operator, Signing};
use crate::projector::Seen;
use crate::story::{Broken, FOUNDED_AT_MS, Template};

/// Streams of the offices.
const STREAMS: [i64; 4] = [ADMINISTRATION, 4, 8, 13];
const ENTRIES: u64 = 3;

/// A process that has the ledger open.
pub(crate) struct Node {
    pub(crate) ledger: Ledger<Seen>,
    clock: Arc<Hands>,
    faults: Faults,
    /// Who signs there, once somebody does.
    pub(crate) signing: Option<Signing>,
}

/// What one life is made of.
pub struct World {
    pub(crate) chance: Chance,
    place: PathBuf,
    folders: u32,
    /// The first is the one that should be; a second is there by mistake.
    pub(crate) nodes: Vec<Node>,
    offices: Vec<Office>,
    /// The heads of entries as the offices know them.
    entries: BTreeMap<[u8; 16], [u8; 32]>,
    /// The length of stream 0 as the offices know it.
    authority: u64,
    numbers: u64,
    recorded: Vec<(Candidate<u64>, Receipt)>,
    pub(crate) promised: Promised,
    pub(crate) operator: Operator,
    pub(crate) backup: Option<Image>,
    told: Vec<String>,
}

/// Who asks, and what should come of it.
enum Asking {
    /// An office, for the next event that waits.
    Office(usize),
    /// Somebody once more, who must get the first receipt again.
    Again(Receipt),
    /// Other bytes under an id that stands at this position.
    Reused(u64),
    /// An event that does not fit here: of another ledger, or out of turn.
    Unfit,
}

impl World {
    pub(crate) async fn begin(template: &Template, place: &Path, seed: u64) -> Result<Self, Broken> {
        let mut world = Self {
            chance: Chance::new(seed),
            place: place.to_owned(),
            folders: 0,
            nodes: Vec::new(),
            offices: STREAMS.map(Office::new).to_vec(),
            entries: BTreeMap::new(),
            authority: 1,
            numbers: 1,
            recorded: Vec::new(),
            promised: Promised::default(),
            operator: Operator::new(place, seed, is_witnessed(seed))?,
            backup: None,
            told: Vec::new(),
        };
        std::fs::write(world.keys(), template.keys())?;
        world.put(template.image()).await?;
        Ok(world)
    }

    /// Forgets what the offices know, as if nothing had been recorded.
    pub(crate) fn begin_anew(&mut self) {
        self.offices = STREAMS.map(Office::new).to_vec();
        self.entries.clear();
        self.authority = 1;
        self.recorded.clear();
    }

    /// Everything in its order. Answers how many events there are in the end.
    pub(crate) async fn live(&mut self, template: &Template, steps: u32) -> Result<u64, Broken> {
        for _ in 0..steps {
            match self.operator.network.size() {
                0 => self.step_alone().await?,
                _ => self.step_witnessed().await?,
            }
        }
        let size = self.end_well().await?;
        let honest = self.operator.network.size() > 0 && !self.operator.network.has_a_liar();
        if honest && size > 1 && self.chance.one_in(4) {
            self.fork(template).await?;
        }
        Ok(size)
    }

    /// What befalls a log without witnesses: most of it its files.
    async fn step_alone(&mut self) -> Result<(), Broken> {
        match self.chance.below(20) {
            0..=6 => self.ask(true).await,
            7..=8 => self.ask_while_the_store_fails().await,
            9..=11 => self.crash_in_a_commit().await,
            12 => self.crash_in_a_copy().await,
            13 => self.come_back().await,
            14 => self.sign().await,
            15 => self.race().await,
            16 => self.second_node().await,
            17 => self.back_up_or_restore().await,
            18 => self.flip_a_bit().await,
            _ => {
                self.jump();
                Ok(())
            }
        }
    }

    /// What befalls one with witnesses: most of it its publishers.
    async fn step_witnessed(&mut self) -> Result<(), Broken> {
        match self.chance.below(20) {
            0..=4 => self.ask(true).await,
            5..=7 => {
                self.weather().await;
                Ok(())
            }
            8..=11 => self.sign().await,
            12..=14 => self.race().await,
            15 => self.crash_in_a_commit().await,
            16 => self.come_back().await,
            17 => self.second_node().await,
            18 => self.back_up_or_restore().await,
            _ => {
                self.jump();
                Ok(())
            }
        }
    }

    /// Everybody is answered in the end, and everything published.
    async fn end_well(&mut self) -> Result<u64, Broken> {
        for _ in 0..16 {
            if self.offices.iter().all(|office| office.waiting.is_empty()) {
                break;
            }
            self.ask_again().await?;
        }
        let waits = self.offices.iter().any(|office| !office.waiting.is_empty());
        Broken::unless(!waits, || "an office never got an answer".to_owned())?;
        self.settle().await?;
        self.check_asking(usize::MAX).await
    }

    /// Closes what is open; it may be broken.
    pub(crate) async fn end(&mut self) {
        for node in self.nodes.drain(..) {
            drop(node.ledger.close().await);
        }
    }

    pub(crate) fn told(self) -> Vec<String> {
        self.told
    }

    pub(crate) fn tell(&mut self, what: impl Into<String>) {
        self.told.push(what.into());
    }

    /// All that must hold.
    pub(crate) async fn check(&mut self) -> Result<u64, Broken> {
        self.check_asking(4).await
    }

    /// The same, asking again for the last so many receipts.
    async fn check_asking(&mut self, asked_again: usize) -> Result<u64, Broken> {
        let Some(node) = self.nodes.first() else {
            return Err(Broken::says("no ledger is open"));
        };
        let size = check::whole(&node.ledger, &self.promised, &mut self.operator, asked_again).await?;
        self.tell(format!("checked {size}"));
        Ok(size)
    }

    // Files

    /// Where the keys of bodies lie: apart from the ledger, whatever happens to it.
    fn keys(&self) -> PathBuf {
        self.place.join(KEYS_FILE_NAME)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.place.join(self.folders.to_string())
    }

    /// Opens what an image holds, in a folder of its own, as the only node.
    pub(crate) async fn put(&mut self, image: &Image) -> Result<(), Broken> {
        self.end().await;
        if self.folders > 0 {
            std::fs::remove_dir_all(self.folder())?;
        }
        self.folders += 1;
        image.put(&self.folder())?;
        let node = self.open().await?;
        self.nodes.push(node);
        Ok(())
    }

    /// Opens the ledger, once more if it is open.
    pub(crate) async fn open(&mut self) -> Result<Node, Broken> {
        let faults = Faults::default();
        let options = Options {
            own_thread: false,
            readers: std::num::NonZeroU32::MIN,
            batch_events: 1 + self.chance.below(6) as usize,
            faults: faults.clone(),
            body_keys: Some(Location::File(self.keys())),
            ..Options::default()
        };
        let clock = Arc::new(Hands::new(FOUNDED_AT_MS + 1_000 * self.told.len() as i64));
        let location = Location::folder(self.folder());
        let ledger = Ledger::open(&location, Seen, clock.clone(), options).await?;
        Ok(Node {
            ledger,
            clock,
            faults,
            signing: None,
        })
    }

    /// How many events the ledger has.
    pub(crate) async fn size(&self) -> Result<u64, Broken> {
        Ok(self.first()?.ledger.stored_head().await?.size)
    }

    /// How many events the last checkpoint covers that it shows.
    pub(crate) async fn published(&self) -> Result<u64, Broken> {
        let latest = self.first()?.ledger.latest_checkpoint().await?;
        Ok(latest.map_or(0, |latest| latest.size))
    }

    fn first(&self) -> Result<&Node, Broken> {
        self.nodes
            .first()
            .ok_or_else(|| Broken::says("no ledger is open"))
    }

    // Asking

    /// Some offices sign, and everybody who waits asks; sometimes somebody who should not. `heard`: the answers arrive.
    pub(crate) async fn ask(&mut self, heard: bool) -> Result<(), Broken> {
        for office in 0..self.offices.len() {
            // The administration signs seldom: everybody else has to judge again.
            let rare = if office == 0 { 15 } else { 2 };
            if self.chance.one_in(rare) {
                for _ in 0..=self.chance.below(2) {
                    self.sign_one(office);
                }
            }
        }
        let strays = self.strays();
        self.ask_all(strays, heard).await
    }

    async fn ask_again(&mut self) -> Result<(), Broken> {
        self.ask_all(Vec::new(), true).await
    }

    fn sign_one(&mut self, office: usize) {
        let touches = self.touches();
        let words = Words {
            number: self.numbers,
            filler: self.chance.below(400) as usize,
            touches,
            authority: self.authority,
        };
        self.promised.sent.insert(self.numbers);
        self.numbers += 1;
        if let Some(office) = self.offices.get_mut(office) {
            office.sign(words);
        }
    }

    /// What the next event touches: nothing, an entry, or two.
    fn touches(&mut self) -> Vec<Touch> {
        let first = self.chance.below(ENTRIES);
        let count = self.chance.below(3);
        let entries = (first..first + count).map(|entry| [1 + (entry % ENTRIES) as u8; 16]);
        let advances = !self.chance.one_in(4);
        entries
            .map(|entry| {
                let basis = self.entries.get(&entry).copied();
                Touch {
                    entry,
                    basis,
                    advances: advances || basis.is_none(),
                }
            })
            .collect()
    }

    /// Those who ask beside the offices.
    fn strays(&mut self) -> Vec<(Asking, Candidate<u64>)> {
        let mut strays = Vec::new();
        if self.chance.one_in(3)
            && let Some((candidate, receipt)) = self.chance.pick(&self.recorded)
        {
            strays.push((Asking::Again(*receipt), candidate.clone()));
        }
        if self.chance.one_in(5)
            && let Some((candidate, receipt)) = self.chance.pick(&self.recorded).cloned()
            && let Some(office) = self.offices.first()
        {
            let words = Words {
                number: *candidate.event,
                filler: 500,
                touches: Vec::new(),
                authority: self.authority,
            };
            strays.push((
                Asking::Reused(receipt.position),
                office.stray(candidate.seq, candidate.prev, words),
            ));
        }
        if self.chance.one_in(4) {
            let words = Words {
                number: u64::MAX - self.numbers,
                filler: 9,
                touches: Vec::new(),
                authority: self.authority,
            };
            self.numbers += 1;
            let far = self.chance.below(3);
            if let Some(office) = self.chance.pick(&self.offices).cloned() {
                // Of another ledger, or of the right one and out of turn.
                let stray = office.stray(office.next_seq() + far, [0xab; 32], words);
                strays.push((Asking::Unfit, stray));
            }
        }
        strays
    }

    /// Everybody asks at once; then the node recovers, if it has to.
    async fn ask_all(&mut self, strays: Vec<(Asking, Candidate<u64>)>, heard: bool) -> Result<(), Broken> {
        let waiting = self.offices.iter().enumerate();
        let waiting = waiting.flat_map(|(number, office)| {
            let each = office.waiting.iter();
            each.map(move |candidate| (Asking::Office(number), candidate.clone()))
        });
        let mut asked: Vec<(Asking, Candidate<u64>)> = waiting.collect();
        let strays_first = self.chance.one_in(2);
        let place = if strays_first { 0 } else { asked.len() };
        asked.splice(place..place, strays);
        let number = self.chance.below(self.nodes.len() as u64) as usize;
        let Some(node) = self.nodes.get(number) else {
            return Err(Broken::says("no node is open"));
        };
        // All are in the queue before the sequencer looks: it has no thread of its own.
        let asking = asked
            .iter()
            .map(|(_, candidate)| node.ledger.submit(candidate.clone()));
        let asking: Vec<_> = asking.collect();
        let answers = join_all(
            asking
                .into_iter()
                .map(|submitted| async move { submitted?.await }),
        )
        .await;
        recover(node).await;
        self.tell(format!(
            "node {number}: {}",
            answers.iter().map(word).collect::<Vec<_>>().join(" ")
        ));
        match heard {
            true => self.hear(asked, answers),
            false => Ok(()),
        }
    }

    fn hear(
        &mut self,
        asked: Vec<(Asking, Candidate<u64>)>,
        answers: Vec<Result<Receipt, AppendError>>,
    ) -> Result<(), Broken> {
        // Whether something of that office's was left open or refused in this round: what follows hangs on it.
        let mut stopped = vec![false; self.offices.len()];
        let mut torn = Vec::new();
        for ((asking, candidate), answer) in asked.into_iter().zip(answers) {
            let open = matches!(
                answer,
                Err(AppendError::ReadOnly(_) | AppendError::OutcomeUnknown | AppendError::Busy)
            );
            match (asking, answer) {
                (Asking::Office(number), answer) if open => {
                    drop(answer);
                    stop(&mut stopped, number);
                }
                (_, _) if open => {}
                (_, Err(AppendError::Fault(fault))) => return Err(fault.into()),
                (Asking::Again(first), answer) => {
                    let same = answer.as_ref().is_ok_and(|receipt| *receipt == first);
                    Broken::unless(same, || format!("asked again: {answer:?} instead of {first:?}"))?;
                }
                (Asking::Reused(at), answer) => {
                    let found = matches!(answer, Err(AppendError::Conflict(Conflict::EventIdReused { position })) if position == at);
                    Broken::unless(found, || {
                        format!("another event under the id at {at}: {answer:?}")
                    })?;
                }
                (Asking::Unfit, answer) => {
                    let refused = matches!(answer, Err(AppendError::Conflict(_)));
                    Broken::unless(refused, || format!("an event that does not fit: {answer:?}"))?;
                }
                (Asking::Office(number), Ok(receipt)) => {
                    let first = !stopped.get(number).copied().unwrap_or(true);
                    Broken::unless(first, || {
                        "an event was recorded before the one that it follows".to_owned()
                    })?;
                    self.receive(number, candidate, receipt);
                }
                (Asking::Office(number), Err(AppendError::Conflict(conflict))) => {
                    if stop(&mut stopped, number) {
                        self.learn(&candidate, conflict)?;
                        torn.push(number);
                    }
                }
                (_, Err(other)) => return Err(Broken::says(other)),
            }
        }
        for number in torn {
            if let Some(office) = self.offices.get_mut(number) {
                office.tear_up();
            }
        }
        Ok(())
    }

    fn receive(&mut self, number: usize, candidate: Candidate<u64>, receipt: Receipt) {
        if let Some(office) = self.offices.get_mut(number) {
            office.receive(&receipt);
            if office.stream() == ADMINISTRATION {
                self.authority = self.authority.max(candidate.seq + 1);
            }
        }
        for touch in candidate.touches.iter().filter(|touch| touch.advances) {
            self.entries.insert(touch.entry, receipt.hash);
        }
        self.promised.receipts.push(receipt);
        self.recorded.push((candidate, receipt));
    }

    /// A refusal must be right, and says what the office has to know.
    fn learn(&mut self, candidate: &Candidate<u64>, conflict: Conflict) -> Result<(), Broken> {
        match conflict {
            Conflict::AuthorityMoved { length } if length > candidate.authority => {
                self.authority = self.authority.max(length);
                Ok(())
            }
            Conflict::Basis { entry, head } => {
                let touch = candidate.touches.iter().find(|touch| touch.entry == entry);
                let right = touch.is_some_and(|touch| touch.basis != head);
                match head {
                    Some(head) => drop(self.entries.insert(entry, head)),
                    None => drop(self.entries.remove(&entry)),
                }
                Broken::unless(right, || "refused for a basis that is right".to_owned())
            }
            other => Err(Broken::says(format!(
                "an office's next event was refused: {other:?}"
            ))),
        }
    }

    // What befalls

    async fn ask_while_the_store_fails(&mut self) -> Result<(), Broken> {
        let failures = [
            Failure::NotPersisted,
            Failure::Persisted,
            Failure::DiskFull,
            Failure::WriteFailed,
        ];
        let point = *self.chance.pick(&Point::OF_A_COMMIT).unwrap_or(&Point::Commit);
        let failure = *self.chance.pick(&failures).unwrap_or(&Failure::Persisted);
        let loads = self.chance.below(3);
        for node in &self.nodes {
            node.faults.play(point, failure);
            for _ in 0..loads {
                node.faults.play(Point::Load, Failure::NotPersisted);
            }
        }
        self.tell(format!(
            "the store fails: {point:?} {failure:?}, {loads} times more"
        ));
        self.ask(true).await?;
        self.check().await.map(drop)
    }

    /// The clocks of the nodes are set, each to another time.
    fn jump(&mut self) {
        for node in &self.nodes {
            let by = self.chance.below(200_000) as i64 - 100_000;
            node.clock.jump(by);
        }
        self.tell("the clocks jump");
    }

    async fn second_node(&mut self) -> Result<(), Broken> {
        if self.nodes.len() > 1 {
            if let Some(node) = self.nodes.pop() {
                drop(node.signing);
                node.ledger.close().await?;
            }
            self.tell("the second node goes");
        } else {
            let node = self.open().await?;
            self.nodes.push(node);
            self.tell("a second node comes by mistake");
        }
        Ok(())
    }
}

/// Whether the log of a seed has witnesses.
fn is_witnessed(seed: u64) -> bool {
    seed % 2 == 1
}

/// Notes that an office is stopped; answers whether it was not yet.
fn stop(stopped: &mut [bool], number: usize) -> bool {
    stopped
        .get_mut(number)
        .is_some_and(|stopped| !std::mem::replace(stopped, true))
}

/// Lets time pass until the node takes writes again.
async fn recover(node: &Node) {
    let mut status = node.ledger.follow_status();
    loop {
        let writable = status.wait_for(|status| *status == Status::Writable);
        let sleeping = node.clock.somebody_sleeps();
        match select(Box::pin(writable), Box::pin(sleeping)).await {
            Either::Left(_) => return,
            Either::Right(_) => node.clock.wake(),
        }
    }
}

/// An answer in a word.
fn word(answer: &Result<Receipt, AppendError>) -> String {
    match answer {
        Ok(receipt) => format!("{}", receipt.position),
        Err(AppendError::Conflict(conflict)) => {
            let name = format!("{conflict:?}");
            name.split_whitespace().next().unwrap_or_default().to_owned()
        }
        Err(AppendError::Fault(fault)) => format!("{:?}", fault.kind()),
        Err(other) => format!("{other:?}"),
    }
}
