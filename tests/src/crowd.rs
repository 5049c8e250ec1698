//! Many offices' machines that append at the same time and never give up.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use serde_json::Value;

use crate::{Answer, Api, DEADLINE, Dice, Officer, Signed, act, eventually};

/// Machines, one thread each. Each sends its chain event by event, and each event, byte for byte the same, until it has
/// a receipt; now and then it sends one twice at the same time.
#[derive(Debug)]
pub struct Crowd {
    shared: Arc<Shared>,
    machines: Vec<JoinHandle<Vec<Told>>>,
}

/// What a machine was told about an event.
#[derive(Debug)]
pub struct Told {
    /// The event.
    pub event: Signed,
    /// The first receipt that it got.
    pub receipt: Value,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Held by the one machine that asks whether the server is ready again.
    asking: Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    /// Where the server is, and how often it has moved.
    address: String,
    moves: u64,
    sent: u64,
    receipts: u64,
    setbacks: BTreeMap<String, u64>,
    failure: Option<String>,
}

/// One in so many events is sent twice at the same time.
const TWICE_ONE_IN: u64 = 8;

/// A chain for each officer: births and confirmations, and corrections of the births.
pub fn chains(officers: &mut [Officer], length: usize) -> Vec<Vec<Signed>> {
    officers
        .iter_mut()
        .map(|officer| chain(officer, length))
        .collect()
}

fn chain(officer: &mut Officer, length: usize) -> Vec<Signed> {
    let mut birth = None;
    let event = |number| match (number % 3, birth) {
        (1, Some(entry)) => officer.file("correction", &act::correction(entry, "2026-01-05", "2026-01-06")),
        (2, _) => officer.file(
            "marital_status_confirmation",
            &act::marital_status("Phạm Văn Bình"),
        ),
        _ => {
            let filed = officer.file("birth", &act::birth("Nguyễn Thị An"));
            birth = filed.entry;
            filed
        }
    };
    (0..length).map(event).collect()
}

impl Crowd {
    /// Sends a machine off with each chain.
    pub fn start(address: &str, chains: Vec<Vec<Signed>>) -> Self {
        let shared = Arc::new(Shared::default());
        shared.lock().address = address.to_owned();
        let machines = chains.into_iter().enumerate().map(|(number, chain)| {
            let machine = Machine {
                shared: Arc::clone(&shared),
                dice: Dice::new(format!("machine {number}")),
            };
            thread::spawn(move || machine.work(chain))
        });
        let machines = machines.collect();
        Self { shared, machines }
    }

    /// Tells everybody that the server has moved.
    pub fn move_to(&self, address: &str) {
        let mut state = self.shared.lock();
        state.address = address.to_owned();
        state.moves += 1;
        self.shared.changed.notify_all();
    }

    /// Returns when so many more requests have been sent.
    #[track_caller]
    pub fn wait_for_sent(&self, more: u64) {
        let until = self.shared.lock().sent + more;
        drop(self.shared.wait(|state| state.sent < until));
    }

    /// Returns when there are so many more receipts.
    #[track_caller]
    pub fn wait_for_receipts(&self, more: u64) {
        let until = self.shared.lock().receipts + more;
        drop(self.shared.wait(|state| state.receipts < until));
    }

    /// Does something and returns when a request has met with something else than a receipt since it began.
    #[track_caller]
    pub fn until_it_hurts(&self, blow: impl FnOnce()) {
        let count = |state: &State| state.setbacks.values().sum::<u64>();
        let before = count(&self.shared.lock());
        blow();
        drop(self.shared.wait(|state| count(state) == before));
    }

    /// What went wrong so far, by problem code, and how often; `connection` where there was no answer.
    pub fn setbacks(&self) -> BTreeMap<String, u64> {
        self.shared.lock().setbacks.clone()
    }

    /// Waits until every event of every chain has its receipt.
    #[track_caller]
    pub fn finish(self) -> Vec<Told> {
        let told = self.machines.into_iter().map(JoinHandle::join);
        let told: Result<Vec<_>, _> = told.collect();
        told.expect("every machine does its work")
            .into_iter()
            .flatten()
            .collect()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while something is so.
    #[track_caller]
    fn wait(&self, so: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waiting = |state: &mut State| state.failure.is_none() && so(state);
        let waited = self.changed.wait_timeout_while(self.lock(), DEADLINE, waiting);
        let (state, outcome) = waited.unwrap_or_else(PoisonError::into_inner);
        assert_eq!(state.failure, None);
        assert!(
            !outcome.timed_out(),
            "waited too long; setbacks: {:?}",
            state.setbacks
        );
        state
    }
}

/// What became of one request.
enum Reply {
    Receipt(Value),
    /// Told to come again.
    Later(String),
    /// The connection broke.
    Nothing,
}

struct Machine {
    shared: Arc<Shared>,
    dice: Dice,
}

impl Machine {
    fn work(mut self, chain: Vec<Signed>) -> Vec<Told> {
        chain
            .into_iter()
            .map(|event| {
                let receipt = self.persist(&event);
                self.shared.lock().receipts += 1;
                self.shared.changed.notify_all();
                Told { event, receipt }
            })
            .collect()
    }

    /// Sends the same event until it has a receipt.
    fn persist(&mut self, event: &Signed) -> Value {
        let request = event.request().to_string();
        loop {
            let (address, moves) = {
                let state = self.shared.lock();
                (state.address.clone(), state.moves)
            };
            let api = Api::at(&address);
            let twice = self.dice.within(0..TWICE_ONE_IN) == 0;
            match if twice {
                self.send_twice(&api, &request)
            } else {
                self.send(&api, &request)
            } {
                Reply::Receipt(receipt) => return receipt,
                Reply::Later(code) => {
                    self.setback(code);
                    let _turn = self.shared.asking.lock().unwrap_or_else(PoisonError::into_inner);
                    eventually("the server takes writes again", || {
                        self.shared.lock().moves > moves || api.is_ready()
                    });
                }
                Reply::Nothing => {
                    self.setback("connection".to_owned());
                    drop(self.shared.wait(|state| state.moves == moves));
                }
            }
        }
    }

    fn setback(&self, name: String) {
        *self.shared.lock().setbacks.entry(name).or_insert(0) += 1;
        self.shared.changed.notify_all();
    }

    fn send(&self, api: &Api, request: &str) -> Reply {
        self.shared.lock().sent += 1;
        self.shared.changed.notify_all();
        match api.try_post("/v1/events", request.as_bytes().to_vec()) {
            Err(_) => Reply::Nothing,
            Ok(answer) if answer.is_receipt() => Reply::Receipt(answer.json),
            Ok(answer) if answer.status == 503 => Reply::Later(answer.code().to_owned()),
            Ok(answer) => self.fail(&answer),
        }
    }

    /// Two requests race; if both get a receipt it is the same one.
    fn send_twice(&self, api: &Api, request: &str) -> Reply {
        let (one, other) = thread::scope(|scope| {
            let one = scope.spawn(|| self.send(api, request));
            let other = self.send(api, request);
            (one.join().expect("it answers"), other)
        });
        match (one, other) {
            (Reply::Receipt(one), Reply::Receipt(other)) => {
                assert_eq!(one, other, "one event, two receipts");
                Reply::Receipt(one)
            }
            (Reply::Receipt(receipt), _) | (_, Reply::Receipt(receipt)) => Reply::Receipt(receipt),
            (Reply::Later(code), _) | (_, Reply::Later(code)) => Reply::Later(code),
            (Reply::Nothing, Reply::Nothing) => Reply::Nothing,
        }
    }

    /// An answer that no office should ever get for an event in its place.
    fn fail(&self, answer: &Answer) -> ! {
        let failure = format!("{}: {}", answer.status, answer.text);
        self.shared.lock().failure = Some(failure.clone());
        self.shared.changed.notify_all();
        panic!("{failure}");
    }
}
