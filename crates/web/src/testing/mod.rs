//! A house to test in: a ledger in a folder that cleans up after itself, offices with keys and tokens, and a client that
//! drafts, signs and records as an officer's machine does, through the router.

mod answer;
mod office;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, Request, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::cose::{SecretKey, sign};
use civil::value::{Date, Text};
use registry::publisher::{Means, Publisher};
use registry::{Clock, Faults, Founding, Location, LogSigner, Options, Registry, SeededChance};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tlog::KeyKind;
use tower::ServiceExt as _;
use witness::{Http, Memory};

pub(crate) use answer::Answer;
pub(crate) use office::Office;

use crate::{Limits, Web, router};

/// The origin of the ledger of every test.
pub(crate) const ORIGIN: &str = "ledger.example/hotich";

/// A clock that stands where it is put.
#[derive(Debug, Default)]
pub(crate) struct StandingClock(AtomicI64);

impl Clock for StandingClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The house.
pub(crate) struct House {
    pub(crate) web: Arc<Web>,
    pub(crate) router: Router,
    /// The national administration.
    pub(crate) ministry: Office,
    pub(crate) log_key: LogSigner,
    clock: Arc<StandingClock>,
    publisher: tokio::sync::Mutex<Publisher>,
    /// What goes wrong in the ledger when a test says so.
    pub(crate) faults: Faults,
    _folder: TempDir,
}

impl House {
    /// Founded on 2026-03-02, a Monday, with nothing in it.
    pub(crate) async fn founded() -> Self {
        Self::founded_with(|web| web).await
    }

    /// The same, with other limits or metrics.
    pub(crate) async fn founded_with(furnish: impl FnOnce(Web) -> Web) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(StandingClock::default());
        set(&clock, "2026-03-02");
        let log_key = LogSigner::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap();
        let administrator = SecretKey::ed25519(&[1; 32]);
        let founding = Founding {
            origin: Text::from_input(ORIGIN).unwrap(),
            log_key: Text::from_input(&log_key.verifier().to_string()).unwrap(),
            administrator: &administrator,
        };
        let chance = Arc::new(SeededChance::new(7));
        let location = Location::folder(folder.path());
        let options = Options::default();
        let faults = options.faults.clone();
        let registry = Registry::found(location, founding, Arc::clone(&clock) as _, chance, options);
        let registry = Arc::new(registry.await.unwrap());
        let token = registry
            .make_token(civil::id::OfficeId::ADMINISTRATION, "test")
            .await
            .unwrap();
        let ministry = Office {
            id: 0,
            key: administrator,
            token,
        };
        let means = Means {
            keys: vec![log_key.clone()],
            memory: Memory::file(&folder.path().join("lock.db")).await.unwrap(),
            policy: None,
            transport: Arc::new(Http::new(std::time::Duration::from_secs(1))),
        };
        let publisher = Publisher::new(Arc::clone(&registry), means).unwrap();
        let web = Arc::new(furnish(Web::new(registry)));
        Self {
            router: router(Arc::clone(&web)),
            web,
            ministry,
            log_key,
            clock,
            publisher: publisher.into(),
            faults,
            _folder: folder,
        }
    }

    /// Publishes a checkpoint for the log as it stands.
    pub(crate) async fn publish(&self) {
        self.publisher.lock().await.settle().await.unwrap();
    }

    /// With small limits.
    pub(crate) async fn with_limits(limits: Limits) -> Self {
        Self::founded_with(|web| web.with_limits(limits)).await
    }

    /// Nine in the morning of that day, in Vietnam.
    pub(crate) fn today_is(&self, day: &str) {
        set(&self.clock, day);
    }

    /// Opens an office of a commune on 2019-01-01, grants a key for acts, and makes a token.
    pub(crate) async fn open_office(&self, id: u32, name: &str) -> Office {
        let opened = json!({ "office": id, "name": name, "level": "commune", "opened_on": "2019-01-01" });
        self.file(&self.ministry, json!({ "kind": "office_opened", "act": opened }))
            .await;
        let key = SecretKey::ed25519(&[id as u8 + 100; 32]);
        self.grant(id, &key, "officer").await;
        let token = self
            .web
            .registry()
            .make_token(civil::id::OfficeId(id), "test")
            .await
            .unwrap();
        Office { id, key, token }
    }

    /// Grants a key.
    pub(crate) async fn grant(&self, office: u32, key: &SecretKey, role: &str) {
        let key = hex::encode(key.public().to_cose_key());
        let act = json!({ "office": office, "key": key, "role": role, "valid_from": "2019-01-01" });
        self.file(&self.ministry, json!({ "kind": "key_granted", "act": act }))
            .await;
    }

    /// Asks.
    pub(crate) async fn get(&self, path: &str, office: &Office) -> Answer {
        self.get_with(path, office, &[]).await
    }

    /// Asks, with headers.
    pub(crate) async fn get_with(
        &self,
        path: &str,
        office: &Office,
        headers: &[(HeaderName, &str)],
    ) -> Answer {
        let mut request =
            Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", office.token));
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Asks without a token.
    pub(crate) async fn get_openly(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends any request through the router.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Posts JSON, with a token or without.
    pub(crate) async fn post(&self, path: &str, office: Option<&Office>, json: &Json) -> Answer {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(office) = office {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", office.token));
        }
        self.ask(request.body(Body::from(json.to_string())).unwrap())
            .await
    }

    /// Drafts; every warning is acknowledged.
    pub(crate) async fn draft(&self, office: &Office, request: Json) -> Answer {
        let mut request = office.signing(request);
        let draft = self.post("/v1/acts", Some(office), &request).await;
        let warnings = draft.json()["warnings"].as_array().cloned().unwrap_or_default();
        if draft.status != 200 || warnings.is_empty() {
            return draft;
        }
        let seen = |warning: &Json| json!({ "warning": warning["code"], "reason": "Đã kiểm tra." });
        request["acknowledgements"] = warnings.iter().map(seen).collect();
        self.post("/v1/acts", Some(office), &request).await
    }

    /// Drafts and signs.
    pub(crate) async fn signed(&self, office: &Office, request: Json) -> Json {
        let draft = self.draft(office, request).await;
        assert_eq!(draft.status, 200, "{}", draft.text());
        sign_draft(&draft.json(), &office.key)
    }

    /// Records.
    pub(crate) async fn record(&self, signed: &Json) -> Answer {
        self.post("/v1/events", None, signed).await
    }

    /// Drafts, signs and records; answers the draft and the receipt.
    pub(crate) async fn file(&self, office: &Office, request: Json) -> (Json, Json) {
        let draft = self.draft(office, request).await;
        assert_eq!(draft.status, 200, "{}", draft.text());
        let receipt = self.record(&sign_draft(&draft.json(), &office.key)).await;
        assert_eq!(receipt.status, 201, "{}", receipt.text());
        (draft.json(), receipt.json())
    }

    /// As [`House::file`], and a second person endorses.
    pub(crate) async fn file_by_two(&self, office: &Office, second: &SecretKey, request: Json) -> Json {
        let draft = self.draft(office, request).await;
        assert_eq!(draft.status, 200, "{}", draft.text());
        let draft = draft.json();
        let mut envelope = civil::envelope::Envelope::decode(&bytes(&draft["envelope"])).unwrap();
        envelope.endorsements = vec![civil::cose::endorse(&envelope.commitment, second)];
        let signed = sign(&envelope.encode(), &office.key);
        let receipt = self
            .record(&json!({ "signed": base64(&signed), "sealed_body": draft["sealed_body"] }))
            .await;
        assert_eq!(receipt.status, 201, "{}", receipt.text());
        receipt.json()
    }
}

fn set(clock: &StandingClock, day: &str) {
    let days = Date::new(1970, 1, 1)
        .unwrap()
        .days_between(Date::parse(day).unwrap());
    clock.0.store((days * 24 + 9 - 7) * 3_600_000, Ordering::Relaxed);
}

/// Signs a draft as an officer's machine does.
pub(crate) fn sign_draft(draft: &Json, key: &SecretKey) -> Json {
    json!({ "signed": STANDARD.encode(sign(&bytes(&draft["envelope"]), key)), "sealed_body": draft["sealed_body"] })
}

/// Bytes from base64 in JSON.
pub(crate) fn bytes(json: &Json) -> Vec<u8> {
    STANDARD.decode(json.as_str().unwrap()).unwrap()
}

/// Bytes as base64 in JSON.
pub(crate) fn base64(bytes: &[u8]) -> Json {
    STANDARD.encode(bytes).into()
}

/// A birth of 2019 as it would be registered today.
pub(crate) fn birth(day: &str) -> Json {
    json!({
        "kind": "birth",
        "act": {
            "registered_on": day, "received_on": day, "entry": "on_time",
            "child": {
                "name": { "full": "Ksor H’Lan", "family": "Ksor", "given": "H’Lan" },
                "sex": "female", "born_on": day, "ethnicity": "10", "nationality": "VNM",
                "birth_place": { "text": "Trạm y tế xã Hòa Phú" },
            },
            "mother": { "name": "Ksor H’Bia", "born_on": "1994", "ethnicity": "10", "nationality": "VNM" },
            "father": { "name": "Nguyễn Văn Thành", "born_on": "1991", "ethnicity": "01", "nationality": "VNM" },
            "declarant": { "name": "Nguyễn Văn Thành", "relation": "cha" },
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
        },
    })
}

/// A correction of the mother's birth date in such a birth.
pub(crate) fn correction(entry: &Json, day: &str) -> Json {
    json!({
        "kind": "correction",
        "act": {
            "registered_on": day, "received_on": day,
            "amended": [{
                "entry": entry, "kind": "birth",
                "changes": [{ "field": "/mother/born_on", "from": "1994", "to": "1995-06-01" }],
            }],
            "reason": "Giấy khai sinh của mẹ ghi năm 1995.",
            "signer": { "name": "Phạm Minh Tuấn", "title": "Phó Chủ tịch" },
        },
    })
}
