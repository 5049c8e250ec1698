//! A witness in a folder of its own, asked without a network.
#![allow(dead_code, reason = "each test file uses its part")]

#[path = "../../../tlog/examples/log_vectors/files.rs"]
pub mod files;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use files::{ORIGIN, TIME, Tree, log_key};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tlog::{AddCheckpoint, SignerKey, VerifierKey};
use tower::ServiceExt as _;
use witness::{Memory, Witness, router};

/// A witness, what it has seen, and where that lies.
pub struct House {
    pub router: Router,
    pub memory: Memory,
    pub folder: TempDir,
}

impl House {
    pub async fn of(keys: Vec<SignerKey>) -> Self {
        Self::at(TIME, keys).await
    }

    pub async fn at(time: u64, keys: Vec<SignerKey>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::file(&folder.path().join("seen.db")).await.unwrap();
        let logs = vec![log_key().verifier().clone()];
        let witness = Witness::new(keys, logs, memory.clone(), Arc::new(move || time));
        Self {
            router: router(Arc::new(witness)),
            memory,
            folder,
        }
    }

    pub async fn ask(&self, method: &str, path: &str, body: Vec<u8>) -> (u16, String, String) {
        ask(&self.router, method, path, body).await
    }

    pub async fn add(&self, request: &AddCheckpoint) -> (u16, String, String) {
        self.ask("POST", "/add-checkpoint", request.to_string().into_bytes())
            .await
    }
}

pub async fn ask(router: &Router, method: &str, path: &str, body: Vec<u8>) -> (u16, String, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::from(body))
        .unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let kind = answer
        .headers()
        .get("content-type")
        .map(|kind| kind.to_str().unwrap().to_owned());
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (
        status,
        kind.unwrap_or_default(),
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

pub fn request(tree: &Tree, old: u64, new: u64) -> AddCheckpoint {
    let proof = if old == 0 {
        Vec::new()
    } else {
        tree.proof(old, new)
    };
    AddCheckpoint {
        old,
        proof,
        checkpoint: tree.signed(new),
    }
}

pub fn monitored() -> String {
    format!("/{}/checkpoint", hex::encode(Sha256::digest(ORIGIN)))
}

pub fn log() -> [VerifierKey; 1] {
    [log_key().verifier().clone()]
}
