//! A ledger with two offices, and the ways in which an event can be spoilt.

use ciborium::Value as Cbor;
use civil::act::SALT_SIZE;
use civil::cbor::{self, Writer};
use civil::cose::{EVENT_AAD, SecretKey, sign};
use civil::envelope::Commitment;
use civil::id::{EntryId, EventHash, KeyId};
use hotich_tests::{Api, Composed, Country, Engine, Officer, SIGNED_AT, Server, Signed, act, request};
use serde_json::json;

/// What is sent, to which address.
pub type Sent = (&'static str, Vec<u8>);

/// A key that was granted and revoked.
pub const REVOKED: [u8; 32] = [9; 32];
/// A ledger with two offices, the first of which has recorded a birth.
pub struct Scene {
    /// With the administration's token.
    pub api: Api,
    /// With the token of office 1.
    pub office_api: Api,
    /// The birth.
    pub recorded: Signed,
    /// Its position.
    pub position: u64,
    /// How many events the log has.
    pub size: u64,
    country: Country,
    _server: Server,
}

impl Scene {
    pub fn on(engine: Engine) -> Self {
        let (mut country, server) = Country::settle(engine, 2);
        let api = country.api(&server);
        let mut revoked = Officer::new(1, EventHash([0; 32]));
        revoked.key = SecretKey::ed25519(&REVOKED);
        country.grant(&api, &revoked);
        let act = json!({ "key": revoked.key_id(), "on": "2026-01-20", "reason": "Mất thiết bị" });
        country.administer(&api, "key_revoked", &act);
        let recorded = country.officer(1).file("birth", &act::birth("Nguyễn Thị An"));
        let receipt = api.post("/v1/events", &recorded.request()).with(201).json;
        let position = receipt["position"].as_u64().unwrap();
        let office_api = api.with_token(&country.ledger.token(1));
        Self {
            api,
            office_api,
            recorded,
            position,
            size: position + 1,
            country,
            _server: server,
        }
    }

    pub fn officer(&mut self) -> &mut Officer {
        self.country.officer(1)
    }

    /// The log has grown by so many events, and all is well with it.
    #[track_caller]
    pub fn is_well(&self, more: u64) {
        assert_eq!(self.api.log_size(), self.size + more);
        assert_eq!(self.country.ledger.audit_is_green(), self.size + more);
    }

    /// The next event of office 1 as it should be.
    pub fn good(&mut self) -> Composed {
        self.officer().compose("birth", &act::birth("Nguyễn Thị An"))
    }

    /// Changed before it is signed.
    pub fn composed(&mut self, change: impl FnOnce(&mut Composed)) -> Sent {
        let mut composed = self.good();
        change(&mut composed);
        self.signed(composed)
    }

    pub fn signed(&mut self, composed: Composed) -> Sent {
        (
            "/v1/events",
            self.officer().sign(composed).request().to_string().into(),
        )
    }

    /// Changed after it was signed.
    pub fn bytes(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        let composed = self.good();
        let Signed {
            mut signed,
            sealed_body,
            ..
        } = self.officer().sign(composed);
        change(&mut signed);
        events(&signed, &sealed_body)
    }

    /// With an envelope whose bytes were changed before they were signed.
    pub fn envelope(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        let Composed {
            envelope,
            sealed_body,
        } = self.good();
        let mut bytes = envelope.encode();
        change(&mut bytes);
        events(&sign(&bytes, &self.officer().key), &sealed_body)
    }

    /// With a protected header made of its two pairs, and a signature that covers it.
    pub fn header(&mut self, make: fn(&[u8], &[u8]) -> Vec<u8>) -> Sent {
        let Composed {
            envelope,
            sealed_body,
        } = self.good();
        let key = &self.officer().key;
        let KeyId(kid) = key.public().id();
        let kid = [&[4, 0x58, 32][..], &kid].concat();
        let protected = [&[0xa2][..], &make(&[1, 0x32], &kid)].concat();
        let payload = envelope.encode();
        let mut message = Writer::default();
        message
            .array(4)
            .text("Signature1")
            .bytes(&protected)
            .bytes(EVENT_AAD)
            .bytes(&payload);
        let mut signed = Writer::default();
        signed
            .tag(18)
            .array(4)
            .bytes(&protected)
            .map(0)
            .bytes(&payload)
            .bytes(&key.sign(&message.finish()));
        events(&signed.finish(), &sealed_body)
    }

    /// With a sealed body that was changed before it was committed to.
    pub fn sealed(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        self.composed(|event| {
            change(&mut event.sealed_body);
            event.envelope.commitment = Commitment::to(&event.sealed_body);
        })
    }

    /// The same behind its salt.
    pub fn body(&mut self, change: impl FnOnce(&mut Vec<u8>)) -> Sent {
        self.sealed(|sealed| {
            let mut body = sealed.split_off(SALT_SIZE);
            change(&mut body);
            sealed.extend(body);
        })
    }

    /// The same to the act as a tree.
    pub fn tree(&mut self, change: impl FnOnce(&mut Cbor)) -> Sent {
        self.body(|body| {
            let mut tree = cbor::decode(body).unwrap();
            change(&mut tree.as_array_mut().unwrap()[2]);
            *body = cbor::encode(&tree);
        })
    }

    pub fn other_salt(&mut self) -> Sent {
        self.composed(|event| event.sealed_body[0] ^= 1)
    }

    pub fn other_kind(&mut self) -> Sent {
        let other = self.officer().compose(
            "marital_status_confirmation",
            &act::marital_status("Phạm Văn Bình"),
        );
        self.composed(|event| {
            event.envelope.commitment = other.envelope.commitment;
            event.sealed_body = other.sealed_body;
        })
    }

    pub fn signed_by(&mut self, key: SecretKey) -> Sent {
        let Composed {
            envelope,
            sealed_body,
        } = self.good();
        events(&sign(&envelope.encode(), &key), &sealed_body)
    }

    pub fn signed_elsewhere(&mut self) -> Sent {
        let composed = self.good();
        (
            "/v1/events",
            self.country
                .officer(2)
                .sign(composed)
                .request()
                .to_string()
                .into(),
        )
    }

    pub fn correction(&mut self, change: impl FnOnce(&mut Composed)) -> Sent {
        let entry = self.recorded.entry.unwrap();
        let act = act::correction(entry, "2026-01-05", "2026-01-06");
        let mut composed = self.officer().compose("correction", &act);
        change(&mut composed);
        self.signed(composed)
    }

    pub fn correction_of_nothing(&mut self) -> Sent {
        let act = act::correction(EntryId::at(SIGNED_AT, [7; 10]), "2026-01-05", "2026-01-06");
        let composed = self.officer().compose("correction", &act);
        self.signed(composed)
    }

    pub fn opening(&mut self, entry: Option<EntryId>) -> Sent {
        self.composed(|event| event.envelope.entry = entry)
    }

    pub fn same_id(&mut self) -> Sent {
        let id = self.recorded.event;
        self.composed(|event| event.envelope.event = id)
    }

    pub fn numbered(&mut self, number: u32) -> Sent {
        let mut birth = act::birth("Nguyễn Thị An");
        birth["book"] = json!({ "number": number });
        let composed = self.officer().compose("birth", &birth);
        self.signed(composed)
    }
}

fn events(signed: &[u8], sealed_body: &[u8]) -> Sent {
    ("/v1/events", request(signed, sealed_body).to_string().into())
}
