//! A server that stands between an office and the ledger and changes the drafts.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::act::{Act, Body};
use civil::envelope::{Commitment, Envelope};
use civil::wire::Form;
use serde_json::{Value, json};

use crate::{Api, bytes};

/// How a draft is changed before the office sees it. What is changed fits together again: a clever liar.
pub type Lie = fn(&mut Draft);

/// A draft, taken apart.
#[derive(Debug)]
pub struct Draft {
    /// Its envelope.
    pub envelope: Envelope,
    /// Its act as JSON.
    pub act: Value,
    /// The warnings that its body acknowledges, with their reasons.
    pub acknowledgements: Vec<(String, String)>,
    /// What else it says that an officer is shown or may take over, outside of what is signed.
    pub beside: Value,
    /// Set by a liar who changes the body after it was committed to.
    pub body_behind_the_commitment: bool,
}

/// A server that lies.
#[derive(Debug)]
pub struct Liar {
    address: String,
    signatures: Arc<AtomicU64>,
}

impl Liar {
    /// In front of a server that does not lie.
    pub fn before(honest: Api, lie: Lie) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it listens"));
        let signatures = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&signatures);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                serve(connection, &honest, lie, &counted);
            }
        });
        Self { address, signatures }
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How many signed events it has been sent.
    pub fn signatures(&self) -> u64 {
        self.signatures.load(Ordering::SeqCst)
    }
}

fn serve(mut connection: TcpStream, honest: &Api, lie: Lie, signatures: &AtomicU64) {
    let mut reader = BufReader::new(connection.try_clone().expect("a connection"));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length: ")?
            .parse()
            .ok()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    let answer = if head.starts_with("POST /v1/acts ") {
        let draft = honest
            .try_post("/v1/acts", body)
            .expect("an honest server")
            .with(200)
            .json;
        changed(draft, lie)
    } else if let Some(path) = head.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()) {
        honest.get(path).with(200).json
    } else {
        signatures.fetch_add(1, Ordering::SeqCst);
        json!({ "event": "", "position": 7, "hash": "", "tree_size": 8 })
    };
    let answer = answer.to_string();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length";
    drop(connection.write_all(format!("{head}: {}\r\n\r\n{answer}", answer.len()).as_bytes()));
}

fn changed(mut draft: Value, lie: Lie) -> Value {
    let sealed = bytes(&draft, "sealed_body");
    let body = Body::unseal(&sealed).expect("an honest body");
    let seen = body
        .acknowledgements
        .iter()
        .map(|seen| (seen.warning.clone(), seen.reason.clone()));
    let mut parts = Draft {
        envelope: Envelope::decode(&bytes(&draft, "envelope")).expect("an honest envelope"),
        act: body.act.to_json(),
        acknowledgements: seen.collect(),
        beside: draft.take(),
        body_behind_the_commitment: false,
    };
    lie(&mut parts);
    let mut draft = parts.beside;
    let mut form = Form::new();
    let act = Act::from_json(parts.envelope.kind, &parts.act, &mut form);
    let seen = parts.acknowledgements.into_iter();
    let body = Body {
        act: form.finish(act).expect("a lie that can be read"),
        acknowledgements: seen
            .map(|(warning, reason)| civil::act::Acknowledgement { warning, reason })
            .collect(),
    };
    let salt = sealed.first_chunk().expect("a salt");
    let sealed = body.seal(*salt);
    if !parts.body_behind_the_commitment {
        parts.envelope.commitment = Commitment::to(&sealed);
    }
    draft["sealed_body"] = json!(STANDARD.encode(&sealed));
    draft["envelope"] = json!(STANDARD.encode(parts.envelope.encode()));
    draft
}
