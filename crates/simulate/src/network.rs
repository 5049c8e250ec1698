//! [`Network`]: what lies between a log and its witnesses, and does what the seed says.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tlog::{AddCheckpoint, Checkpoint};
use tokio::sync::oneshot;
use witness::{Answer, Transport, TransportError};

use crate::bystander::Bystander;
use crate::chance::Chance;
use crate::pulse::Pulse;
use crate::story::Broken;

/// How a witness and the way to it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Everything arrives.
    Well,
    /// Nothing arrives.
    Down,
    /// What is sent arrives when the mood changes, or never.
    Slow,
    /// Requests and answers are lost, doubled, come again late, or are turned away at the door.
    Rough,
    /// It dies over the next request.
    Dying,
}

impl Mood {
    /// Each.
    pub const ALL: [Mood; 5] = [Mood::Well, Mood::Down, Mood::Slow, Mood::Rough, Mood::Dying];
}

/// The way to each witness.
pub struct Network {
    pub pulse: Pulse,
    ways: Vec<Way>,
    /// What is broken, once something is.
    broken: Mutex<Option<Broken>>,
}

struct Way {
    bystander: Bystander,
    lies: bool,
    state: Mutex<State>,
}

struct State {
    chance: Chance,
    mood: Mood,
    /// What was sent before.
    earlier: Option<String>,
    held: VecDeque<(String, oneshot::Sender<Answer>)>,
    told: Vec<String>,
    /// The largest tree that it has cosigned and told so.
    cosigned: u64,
    /// Every checkpoint that it was shown, by size.
    shown: Vec<(u64, [u8; 32])>,
}

/// What becomes of a request.
enum Fate {
    Arrives,
    Lost,
    Held,
    AnswerLost,
    Doubled,
    /// What was sent before arrives once more, and then this.
    AfterAnEarlier(String),
    TurnedAway,
    Dies,
}

impl Network {
    /// To these witnesses, of whom one may lie.
    pub fn new(bystanders: Vec<Bystander>, liar: Option<usize>, seed: u64) -> Self {
        let way = |(number, bystander)| Way {
            bystander,
            lies: liar == Some(number),
            state: Mutex::new(State {
                chance: Chance::new(seed ^ (0x3175 << number)),
                mood: Mood::Well,
                earlier: None,
                held: VecDeque::new(),
                told: Vec::new(),
                cosigned: 0,
                shown: Vec::new(),
            }),
        };
        Self {
            pulse: Pulse::new(),
            ways: bystanders.into_iter().enumerate().map(way).collect(),
            broken: Mutex::new(None),
        }
    }

    /// How many witnesses there are.
    pub fn size(&self) -> usize {
        self.ways.len()
    }

    /// Whether one of them lies.
    pub fn has_a_liar(&self) -> bool {
        self.ways.iter().any(|way| way.lies)
    }

    /// Changes the mood of a witness. What it held arrives now, or never.
    pub async fn set(&self, number: usize, mood: Mood, held_arrives: bool) {
        let Some(way) = self.ways.get(number) else { return };
        let held = {
            let mut state = way.state();
            state.mood = mood;
            std::mem::take(&mut state.held)
        };
        for (body, answer) in held.into_iter().filter(|_| held_arrives) {
            let arrived = self.deliver(way, &body).await;
            // Whoever asked may be gone.
            drop(answer.send(arrived));
        }
        self.pulse.rest().await;
    }

    /// What was told of each witness since, in their order.
    pub fn told(&self) -> Vec<String> {
        let told = |(number, way): (usize, &Way)| {
            let told = std::mem::take(&mut way.state().told);
            (!told.is_empty()).then(|| format!("witness {number}: {}", told.join(" ")))
        };
        self.ways.iter().enumerate().filter_map(told).collect()
    }

    /// Every checkpoint that anybody was shown, with whether each witness has only ever gone forward.
    pub fn shown(&self) -> Result<Vec<(u64, [u8; 32])>, Broken> {
        if let Some(broken) = &*self.broken.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(broken.clone());
        }
        Ok(self
            .ways
            .iter()
            .flat_map(|way| std::mem::take(&mut way.state().shown))
            .collect())
    }

    /// One request arrives.
    async fn deliver(&self, way: &Way, body: &str) -> Answer {
        if way.lies {
            return way.bystander.lie(body, &mut way.state().chance);
        }
        let answer = way.bystander.add(body).await;
        let tree = AddCheckpoint::parse(body.as_bytes()).ok();
        let tree = tree.and_then(|tree| tree.checkpoint.text().parse::<Checkpoint>().ok());
        if let (200, Some(tree)) = (answer.status, tree) {
            let mut state = way.state();
            if tree.size() < state.cosigned {
                let what = format!("a witness cosigned {} after {}", tree.size(), state.cosigned);
                *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(Broken::says(what));
            }
            state.cosigned = tree.size();
        }
        answer
    }

    fn way(&self, url: &str) -> Result<(&Way, String), TransportError> {
        let (number, path) = url.split_once('/').unwrap_or((url, ""));
        let way = number
            .parse()
            .ok()
            .and_then(|number: usize| self.ways.get(number));
        Ok((way.ok_or_else(no_route)?, path.to_owned()))
    }
}

impl Way {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What becomes of a request, which is noted.
    fn fate(&self, body: &str) -> Fate {
        let mut state = self.state();
        let tree = AddCheckpoint::parse(body.as_bytes()).ok();
        let tree = tree.and_then(|tree| tree.checkpoint.text().parse::<Checkpoint>().ok());
        state.shown.extend(tree.map(|tree| (tree.size(), tree.root().0)));
        let earlier = state.earlier.replace(body.to_owned());
        match state.mood {
            Mood::Well => Fate::Arrives,
            Mood::Down => Fate::Lost,
            Mood::Slow => Fate::Held,
            Mood::Dying => {
                state.mood = Mood::Well;
                Fate::Dies
            }
            Mood::Rough => match (state.chance.below(6), earlier) {
                (0, _) => Fate::Lost,
                (1, _) => Fate::AnswerLost,
                (2, _) => Fate::Doubled,
                (3, Some(earlier)) => Fate::AfterAnEarlier(earlier),
                (4, _) => Fate::TurnedAway,
                _ => Fate::Arrives,
            },
        }
    }

    fn tell(&self, what: impl Into<String>) {
        self.state().told.push(what.into());
    }
}

#[async_trait]
impl Transport for Network {
    async fn post(&self, url: &str, body: String) -> Result<Answer, TransportError> {
        let beat = self.pulse.beat();
        let (way, _) = self.way(url)?;
        let answer = match way.fate(&body) {
            Fate::Lost => {
                way.tell("lost");
                return Err(no_route());
            }
            Fate::TurnedAway => Answer {
                status: 429,
                body: Vec::new(),
            },
            Fate::Held => {
                way.tell("held");
                let (send, receive) = oneshot::channel();
                way.state().held.push_back((body, send));
                drop(beat);
                let answer = receive.await;
                let _beat = self.pulse.beat();
                return answer.map_err(|_| no_route());
            }
            Fate::Dies if !way.lies => {
                let mut chance = way.state().chance.clone();
                chance.below(u64::MAX);
                let how = way.bystander.crash(&body, &mut chance).await;
                way.state().chance = chance;
                match how {
                    Ok(how) => way.tell(format!("dies, its disk has it {how}")),
                    Err(error) => {
                        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    }
                }
                return Err(no_route());
            }
            Fate::AnswerLost => {
                let answer = self.deliver(way, &body).await;
                way.tell(format!("{} that nobody hears", answer.status));
                return Err(no_route());
            }
            Fate::Doubled => {
                let first = self.deliver(way, &body).await;
                way.tell(format!("{} and again", first.status));
                self.deliver(way, &body).await
            }
            Fate::AfterAnEarlier(earlier) => {
                let before = self.deliver(way, &earlier).await;
                way.tell(format!("{} to an earlier one", before.status));
                self.deliver(way, &body).await
            }
            Fate::Arrives | Fate::Dies => self.deliver(way, &body).await,
        };
        way.tell(answer.status.to_string());
        Ok(answer)
    }

    async fn get(&self, url: &str) -> Result<Answer, TransportError> {
        let _beat = self.pulse.beat();
        let (way, path) = self.way(url)?;
        let (mood, earlier) = {
            let state = way.state();
            (state.mood, state.earlier.clone())
        };
        if matches!(mood, Mood::Down | Mood::Slow) {
            return Err(no_route());
        }
        if way.lies {
            // The oldest trick: what was true once, or what never was.
            let earlier = earlier.and_then(|body| AddCheckpoint::parse(body.as_bytes()).ok());
            let note = earlier.map(|earlier| earlier.checkpoint.to_string());
            let lies = way.state().chance.one_in(2);
            let body = if lies {
                "rubbish".to_owned()
            } else {
                note.unwrap_or_default()
            };
            return Ok(Answer {
                status: 200,
                body: body.into_bytes(),
            });
        }
        let (origin_hash, _) = path.split_once('/').unwrap_or_default();
        Ok(way.bystander.latest(origin_hash).await)
    }

    /// There is no other time than this: whatever can arrive has arrived.
    async fn pause(&self, _: Duration) {
        self.pulse.rest().await;
    }
}

fn no_route() -> TransportError {
    TransportError("no route".to_owned())
}
