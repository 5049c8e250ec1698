//! The stage on which scenarios are played: one ledger, one server, and the offices of them all, opened before anybody
//! plays.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use civil::cose::SecretKey;
use serde_json::{Value as Json, json};

use super::file::Scenario;
use super::given;
use crate::{Api, Country, Dice, Engine, Ledger, Server};

/// The instant at which the server's clock starts: a Friday on which Law 03/2026 has been in force for four days, so that
/// every rule that is known has a day to be tried on.
const CLOCK: &str = "2027-03-05T08:00";
/// The day from which offices are open, unless a scenario says otherwise.
pub(super) const OPENED_ON: &str = "2020-01-01";

/// A ledger that is served, with the offices of every scenario.
#[derive(Debug)]
pub struct Stage {
    /// With the administration's token.
    pub(super) api: Api,
    country: Mutex<Country>,
    casts: BTreeMap<String, Cast>,
    _server: Server,
}

/// The offices of one scenario, by the numbers that it knows them by.
pub(super) type Cast = BTreeMap<u32, Office>;

/// An office of a scenario.
#[derive(Debug, Clone)]
pub(super) struct Office {
    /// Its number in the ledger.
    pub number: u32,
    /// With its token.
    pub api: Api,
    seed: [u8; 32],
}

impl Office {
    /// The key of one of its people: A, the officer, B, the head, D, the desk, or whoever a scenario adds.
    pub(super) fn key(&self, person: &str) -> SecretKey {
        let seed = format!("{}{person}", hex::encode(self.seed));
        SecretKey::ed25519(blake3::hash(seed.as_bytes()).as_bytes())
    }
}

impl Stage {
    /// Founds a ledger on an engine and opens every office that a scenario asks for.
    pub fn set(engine: Engine, scenarios: &[Scenario]) -> Self {
        let ledger = Ledger::found_at_time(engine, CLOCK);
        let server = ledger.serve();
        let mut country = Country::settle_in(ledger, &server, 0);
        let api = country.api(&server);
        let mut numbers = 0;
        let mut dice = Dice::new("keys of the offices of scenarios");
        let mut opened = Vec::new();
        for scenario in scenarios {
            for (local, act) in given::offices(scenario) {
                numbers += 1;
                let office = Office {
                    number: numbers,
                    api: api.clone(),
                    seed: dice.bytes(),
                };
                open(&mut country, &api, &office, act);
                opened.push((scenario.name.clone(), local, office));
            }
        }
        let tokens = country.ledger.tokens(&(1..=numbers).collect::<Vec<_>>());
        let mut casts: BTreeMap<String, Cast> = BTreeMap::new();
        for ((scenario, local, mut office), token) in opened.into_iter().zip(tokens) {
            office.api = api.with_token(&token);
            casts.entry(scenario).or_default().insert(local, office);
        }
        Self {
            api,
            country: Mutex::new(country),
            casts,
            _server: server,
        }
    }

    /// The offices of a scenario.
    pub(super) fn cast(&self, scenario: &Scenario) -> Cast {
        self.casts.get(&scenario.name).cloned().unwrap_or_default()
    }

    /// Records an event of the administration and answers its id. The administration's chain goes on only when it was
    /// recorded.
    pub(super) fn administer(&self, kind: &str, act: &Json) -> Result<String, String> {
        let mut country = self.country.lock().unwrap_or_else(PoisonError::into_inner);
        let composed = country.administrator.compose(kind, act);
        let event = country.administrator.sign(composed.clone());
        let answer = self.api.post("/v1/events", &event.request());
        if !answer.is_receipt() {
            return Err(format!("{kind}: {} {}", answer.status, answer.text));
        }
        country.administrator.file_composed(composed);
        Ok(event.event.to_string())
    }

    /// Audits what was played: nothing is wrong with it, and the read models are those of its events.
    pub fn is_well(&self) {
        let country = self.country.lock().unwrap_or_else(PoisonError::into_inner);
        country.ledger.audit_is_green();
    }
}

fn open(country: &mut Country, api: &Api, office: &Office, mut act: Json) {
    act["office"] = json!(office.number);
    country.administer(api, "office_opened", &act);
    for (person, role) in [("A", "officer"), ("B", "head"), ("D", "desk")] {
        let key = hex::encode(office.key(person).public().to_cose_key());
        let grant = json!({ "office": office.number, "key": key, "role": role, "valid_from": OPENED_ON });
        country.administer(api, "key_granted", &grant);
    }
}
