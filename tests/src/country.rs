//! A ledger with offices whose officers hold keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::envelope::Envelope;
use civil::id::EventHash;
use serde_json::{Value, json};

use crate::{Api, Engine, Ledger, Officer, Server};

/// The day from which every office is open and every key is valid.
const OPENED_ON: &str = "2020-01-01";

/// A ledger with offices 1, 2, …, each with one officer.
#[derive(Debug)]
pub struct Country {
    /// The administrator.
    pub administrator: Officer,
    /// The officers, by office; that of office 1 first.
    pub officers: Vec<Officer>,
    /// The administration's reading token.
    pub token: String,
    /// The ledger.
    pub ledger: Ledger,
}

impl Country {
    /// Founds a ledger and opens offices in it, over the API of a server that goes on serving.
    pub fn settle(engine: Engine, offices: u32) -> (Self, Server) {
        let ledger = Ledger::found(engine);
        let server = ledger.serve();
        let country = Self::settle_in(ledger, &server, offices);
        (country, server)
    }

    /// Opens offices in a ledger that is served.
    pub fn settle_in(ledger: Ledger, server: &Server, offices: u32) -> Self {
        let token = ledger.token(0);
        let api = Api::at(&server.url("")).with_token(&token);
        let founding = &api.get("/v1/events?limit=1").with(200).json["events"][0];
        let founding: EventHash = founding["hash"]
            .as_str()
            .and_then(|hash| hash.parse().ok())
            .expect("a hash");
        let key = ledger.administrator();
        let draft = json!({
            "kind": "office_opened", "office": 0, "key": key.public().id().to_string(), "act": opened(1),
        });
        let draft = api.post("/v1/acts", &draft).with(200).json;
        let envelope = Envelope::decode(&bytes(&draft, "envelope")).expect("an envelope");
        let administrator = Officer::administrator(key, &envelope);
        let mut country = Self {
            administrator,
            officers: Vec::new(),
            token,
            ledger,
        };
        for office in 1..=offices {
            country.administer(&api, "office_opened", &opened(office));
            let officer = Officer::new(office, founding);
            country.grant(&api, &officer);
            country.officers.push(officer);
        }
        country
    }

    /// Grants an officer's key.
    #[track_caller]
    pub fn grant(&mut self, api: &Api, officer: &Officer) {
        let key = hex::encode(officer.key.public().to_cose_key());
        let act = json!({ "office": officer.office, "key": key, "role": "officer", "valid_from": OPENED_ON });
        self.administer(api, "key_granted", &act);
    }

    /// Records an event of the administration.
    #[track_caller]
    pub fn administer(&mut self, api: &Api, kind: &str, act: &Value) {
        let event = self.administrator.file(kind, act);
        api.post("/v1/events", &event.request()).with(201);
    }

    /// The API with the administration's reading token.
    pub fn api(&self, server: &Server) -> Api {
        Api::at(&server.url("")).with_token(&self.token)
    }

    /// The officer of an office.
    pub fn officer(&mut self, office: u32) -> &mut Officer {
        let officer = self.officers.iter_mut().find(|officer| officer.office == office);
        officer.expect("an office of this country")
    }
}

/// Bytes that an answer carries in base64.
pub fn bytes(answer: &Value, member: &str) -> Vec<u8> {
    let text = answer[member]
        .as_str()
        .unwrap_or_else(|| panic!("no {member} in {answer}"));
    STANDARD.decode(text).expect("base64")
}

fn opened(office: u32) -> Value {
    json!({ "office": office, "name": format!("UBND Xã số {office}"), "level": "commune", "opened_on": OPENED_ON })
}
