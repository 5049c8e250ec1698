//! The witness over HTTP, as tlog-witness asks, and how a log asks its witnesses.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[path = "../../tlog/examples/log_vectors/files.rs"]
#[allow(dead_code, reason = "the examples need more of it")]
mod files;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use files::{ORIGIN, TIME, Tree, log_key, witness};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tlog::{
    AddCheckpoint, Checkpoint, Hash, KeyKind, Note, Policy, SignerKey, VerifierKey, read_cosignatures,
};
use tower::ServiceExt as _;
use witness::{
    Answer, Collected, Memory, Prover, RemoteWitness, Transport, TransportError, Trouble, Witness, collect,
    router,
};

struct House {
    router: Router,
    memory: Memory,
    folder: TempDir,
}

impl House {
    async fn of(keys: Vec<SignerKey>) -> Self {
        Self::at(TIME, keys).await
    }

    async fn at(time: u64, keys: Vec<SignerKey>) -> Self {
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

    async fn ask(&self, method: &str, path: &str, body: Vec<u8>) -> (u16, String, String) {
        ask(&self.router, method, path, body).await
    }

    async fn add(&self, request: &AddCheckpoint) -> (u16, String, String) {
        self.ask("POST", "/add-checkpoint", request.to_string().into_bytes())
            .await
    }
}

async fn ask(router: &Router, method: &str, path: &str, body: Vec<u8>) -> (u16, String, String) {
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

fn request(tree: &Tree, old: u64, new: u64) -> AddCheckpoint {
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

fn monitored() -> String {
    format!("/{}/checkpoint", hex::encode(Sha256::digest(ORIGIN)))
}

fn log() -> [VerifierKey; 1] {
    [log_key().verifier().clone()]
}

#[tokio::test]
async fn every_status_of_the_specification_is_answered() {
    let house = House::of(vec![witness(1), witness(3)]).await;
    let (tree, other) = (Tree::of(200, u64::MAX), Tree::of(200, 50));
    assert_eq!(
        house.ask("GET", &monitored(), vec![]).await.0,
        404,
        "nothing was cosigned yet"
    );
    let (status, kind, lines) = house.add(&request(&tree, 0, 100)).await;
    assert_eq!((status, kind.as_str()), (200, "text/plain; charset=utf-8"));
    assert_eq!(
        read_cosignatures(lines.as_bytes()).unwrap().len(),
        2,
        "a line for each key"
    );
    let unknown = {
        let key = SignerKey::new("other.example", KeyKind::Ed25519, &[1; 32]).unwrap();
        let checkpoint = Checkpoint::new("other.example", 200, tree.root(200))
            .unwrap()
            .sign(&key)
            .unwrap();
        AddCheckpoint {
            checkpoint,
            ..request(&tree, 100, 200)
        }
    };
    let stranger = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap();
    let unsigned = AddCheckpoint {
        checkpoint: tree.checkpoint(200).sign(&stranger).unwrap(),
        ..request(&tree, 100, 200)
    };
    for (what, request, status, told) in [
        ("another log", unknown, 404, None),
        ("by a stranger", unsigned, 403, None),
        (
            "an old size above the new",
            AddCheckpoint {
                old: 201,
                ..request(&tree, 100, 200)
            },
            400,
            None,
        ),
        ("another old size", request(&tree, 77, 200), 409, Some("100\n")),
        ("an older checkpoint", request(&tree, 77, 99), 409, Some("100\n")),
        ("another history", request(&other, 100, 200), 422, None),
        (
            "a false proof",
            AddCheckpoint {
                proof: vec![],
                ..request(&tree, 100, 200)
            },
            422,
            None,
        ),
        (
            "another root of the same size",
            request(&other, 100, 100),
            422,
            None,
        ),
    ] {
        let answer = house.add(&request).await;
        assert_eq!(answer.0, status, "{what}");
        if let Some(told) = told {
            assert_eq!(
                (answer.1.as_str(), answer.2.as_str()),
                ("text/x.tlog.size", told),
                "{what}"
            );
        }
        assert!(!answer.2.contains('—'), "{what}: nothing is cosigned");
    }
    assert_eq!(
        house.ask("POST", "/add-checkpoint", b"old\n".to_vec()).await.0,
        400
    );
    assert_eq!(
        house
            .ask("POST", "/add-checkpoint", vec![b'a'; tlog::MAX_REQUEST_SIZE + 1])
            .await
            .0,
        413
    );
    assert_eq!(house.ask("GET", "/add-checkpoint", vec![]).await.0, 405);
    assert_eq!(house.ask("GET", "/0000/checkpoint", vec![]).await.0, 404);
    assert_eq!(house.add(&request(&tree, 100, 200)).await.0, 200);
    assert_eq!(
        house.add(&request(&tree, 200, 200)).await.0,
        200,
        "the same once more"
    );
}

#[tokio::test]
async fn what_was_cosigned_is_shown_to_monitors_and_nothing_else() {
    let house = House::of(vec![witness(1)]).await;
    let tree = Tree::of(200, u64::MAX);
    let mut asked = request(&tree, 0, 100);
    let junk = SignerKey::new("junk.example", KeyKind::Ed25519, &[8; 32]).unwrap();
    asked
        .checkpoint
        .add(junk.sign(asked.checkpoint.text()).unwrap())
        .unwrap();
    assert_eq!(house.add(&asked).await.0, 200);
    let (status, _, note) = house.ask("GET", &monitored(), vec![]).await;
    assert_eq!(status, 200);
    assert!(!note.contains("junk"), "{note}");
    let (log, witnesses) = (log(), [witness(1).verifier().clone()]);
    let opened = Checkpoint::open(note.as_bytes(), &log, &witnesses).unwrap();
    assert_eq!(opened.cosignatures()[0].time, TIME);
    assert_eq!(opened.checkpoint(), &tree.checkpoint(100));
}

#[tokio::test]
async fn a_cosignature_is_remembered_before_it_is_told() {
    let house = House::of(vec![witness(1)]).await;
    let tree = Tree::of(200, u64::MAX);
    assert_eq!(house.add(&request(&tree, 0, 100)).await.0, 200);
    // Another program sees it at once, as it will after a crash.
    let after = Memory::file(&house.folder.path().join("seen.db")).await.unwrap();
    assert_eq!(after.last(ORIGIN).await.unwrap().unwrap().size, 100);
    house.memory.close().await;
    let (status, _, body) = house.add(&request(&tree, 100, 200)).await;
    assert_eq!(
        (status, body.as_str()),
        (500, ""),
        "what cannot be remembered is not cosigned"
    );
    assert_eq!(house.ask("GET", &monitored(), vec![]).await.0, 500);
}

#[tokio::test]
async fn a_witness_without_a_time_cosigns_nothing() {
    let house = House::at(0, vec![witness(1)]).await;
    assert_eq!(house.add(&request(&Tree::of(9, u64::MAX), 0, 9)).await.0, 500);
    assert_eq!(house.memory.last(ORIGIN).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_requests_at_once_none_rolls_the_log_back() {
    let house = House::of(vec![witness(1)]).await;
    let tree = Arc::new(Tree::of(200, u64::MAX));
    assert_eq!(house.add(&request(&tree, 0, 10)).await.0, 200);
    let mut reached = 10;
    while reached < 190 {
        let mut hands = tokio::task::JoinSet::new();
        for step in 1..=8 {
            let (router, body) = (
                house.router.clone(),
                request(&tree, reached, reached + step).to_string(),
            );
            hands.spawn(async move {
                let (status, _, told) = ask(&router, "POST", "/add-checkpoint", body.into_bytes()).await;
                (reached + step, status, told)
            });
        }
        let answers = hands.join_all().await;
        let cosigned: Vec<u64> = answers
            .iter()
            .filter(|(_, status, _)| *status == 200)
            .map(|(size, ..)| *size)
            .collect();
        let [size] = cosigned[..] else {
            panic!("{cosigned:?} were all cosigned")
        };
        for (_, status, told) in answers.iter().filter(|(_, status, _)| *status != 200) {
            assert_eq!((*status, told), (409, &format!("{size}\n")));
        }
        assert_eq!(house.memory.last(ORIGIN).await.unwrap().unwrap().size, size);
        reached = size;
    }
}

/// A network on which some hosts are witnesses and the others do as they like.
struct Play {
    witnesses: Vec<(&'static str, Router)>,
    asked: AtomicUsize,
    other: fn(&str, &str) -> Option<Answer>,
}

#[async_trait]
impl Transport for Play {
    async fn post(&self, url: &str, body: String) -> Result<Answer, TransportError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let host = url.trim_start_matches("https://").split('/').next().unwrap();
        if let Some((_, router)) = self.witnesses.iter().find(|(name, _)| *name == host) {
            let (status, _, body) = ask(router, "POST", "/add-checkpoint", body.into_bytes()).await;
            return Ok(Answer {
                status,
                body: body.into_bytes(),
            });
        }
        if host == "slow.example" {
            return std::future::pending().await;
        }
        (self.other)(host, &body).ok_or_else(|| TransportError("no route".to_owned()))
    }

    async fn get(&self, url: &str) -> Result<Answer, TransportError> {
        let host = url.trim_start_matches("https://").split('/').next().unwrap();
        let Some((_, router)) = self.witnesses.iter().find(|(name, _)| *name == host) else {
            return Err(TransportError("no route".to_owned()));
        };
        let path = &url["https://".len() + host.len()..];
        let (status, _, body) = ask(router, "GET", path, vec![]).await;
        Ok(Answer {
            status,
            body: body.into_bytes(),
        })
    }
}

struct Proofs(Tree);

#[async_trait]
impl Prover for Proofs {
    async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, String> {
        if old > new || new > 200 {
            return Err("no such tree".to_owned());
        }
        Ok(if old == 0 {
            Vec::new()
        } else {
            self.0.proof(old, new)
        })
    }
}

/// The witnesses `numbers`, each at a host, of whom so many are enough.
fn policy(hosts: &[(u8, &str)], enough: usize) -> Arc<Policy> {
    let mut text = format!("log {}\n", log_key().verifier());
    for (number, host) in hosts {
        text += &format!(
            "witness w{number} {} https://{host}/\n",
            witness(*number).verifier()
        );
    }
    let names: Vec<String> = hosts.iter().map(|(number, _)| format!("w{number}")).collect();
    text += &format!(
        "group all-of-them {enough} {}\nquorum all-of-them\n",
        names.join(" ")
    );
    Arc::new(Policy::parse(text.as_bytes()).unwrap())
}

struct Scene {
    policy: Arc<Policy>,
    witnesses: Vec<Arc<RemoteWitness>>,
    play: Arc<Play>,
}

impl Scene {
    fn new(
        hosts: &[(u8, &str)],
        enough: usize,
        houses: &[(&'static str, &House)],
        other: fn(&str, &str) -> Option<Answer>,
    ) -> Self {
        let policy = policy(hosts, enough);
        Self {
            witnesses: policy
                .witnesses()
                .iter()
                .filter_map(RemoteWitness::of)
                .map(Arc::new)
                .collect(),
            policy,
            play: Arc::new(Play {
                witnesses: houses
                    .iter()
                    .map(|(host, house)| (*host, house.router.clone()))
                    .collect(),
                asked: AtomicUsize::new(0),
                other,
            }),
        }
    }

    async fn collect(&self, tree: Tree, note: Note) -> Collected {
        let transport: Arc<dyn Transport> = Arc::clone(&self.play) as _;
        let prover: Arc<dyn Prover> = Arc::new(Proofs(tree));
        collect(
            &self.witnesses,
            &self.policy,
            &transport,
            &prover,
            note,
            Duration::from_millis(500),
        )
        .await
    }
}

fn answer(status: u16, body: impl Into<Vec<u8>>) -> Option<Answer> {
    Some(Answer {
        status,
        body: body.into(),
    })
}

#[tokio::test]
async fn a_log_gets_its_cosignatures_wherever_its_witnesses_stand() {
    let (one, two) = (
        House::of(vec![witness(1)]).await,
        House::of(vec![witness(2)]).await,
    );
    let tree = || Tree::of(200, u64::MAX);
    // The second has seen a smaller tree than the log believes it has: nothing.
    assert_eq!(two.add(&request(&tree(), 0, 50)).await.0, 200);
    let scene = Scene::new(
        &[(1, "one"), (2, "two")],
        2,
        &[("one", &one), ("two", &two)],
        |_, _| None,
    );
    for size in [100, 128, 129, 200] {
        let collected = scene.collect(tree(), tree().signed(size)).await;
        assert!(
            collected.met && collected.troubles.is_empty(),
            "{:?}",
            collected.troubles
        );
        let believed = scene.policy.open(collected.note.to_string().as_bytes()).unwrap();
        assert_eq!(
            (believed.cosignatures().len(), believed.checkpoint().size()),
            (2, size)
        );
    }
    let latest = scene.witnesses[1]
        .latest(&*scene.play, &log(), ORIGIN)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((latest.size, latest.root), (200, tree().root(200)));
    assert_eq!(
        scene.witnesses[1]
            .latest(&*scene.play, &log(), "other.example")
            .await,
        Ok(None)
    );
    let stranger = [SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32])
        .unwrap()
        .verifier()
        .clone()];
    assert_eq!(
        scene.witnesses[1].latest(&*scene.play, &stranger, ORIGIN).await,
        Err(Trouble::FalseSignature)
    );
}

/// Each row: what the second witness answers, and why that is no cosignature. The first is honest and enough.
#[tokio::test]
async fn what_a_witness_may_answer_spoils_nothing() {
    let rows: Vec<(&str, fn(&str, &str) -> Option<Answer>, Trouble)> = vec![
        (
            "nothing",
            |_, _| None,
            Trouble::Unreachable(TransportError("no route".to_owned())),
        ),
        ("an error", |_, _| answer(500, "?"), Trouble::Status(500)),
        (
            "that it does not know the log",
            |_, _| answer(404, ""),
            Trouble::Status(404),
        ),
        ("that the log lies", |_, _| answer(422, ""), Trouble::Denied),
        ("no lines", |_, _| answer(200, ""), Trouble::Nonsense),
        ("a page", |_, _| answer(200, "<html>"), Trouble::Nonsense),
        ("no size", |_, _| answer(409, "many\n"), Trouble::Nonsense),
        (
            "the size that was asked from",
            |_, _| answer(409, "0\n"),
            Trouble::Nonsense,
        ),
        (
            "a size that no tree has",
            |_, _| answer(409, format!("{}\n", u64::MAX)),
            Trouble::Ahead(u64::MAX),
        ),
        (
            "another size each time",
            |_, body| {
                let old: u64 = AddCheckpoint::parse(body.as_bytes()).unwrap().old;
                answer(409, format!("{}\n", old + 1))
            },
            Trouble::Nonsense,
        ),
        (
            "the line of another witness",
            |_, _| {
                answer(
                    200,
                    format!(
                        "{}\n",
                        Tree::of(100, u64::MAX)
                            .checkpoint(100)
                            .cosign(&witness(1), TIME)
                            .unwrap()
                    ),
                )
            },
            Trouble::FalseSignature,
        ),
        (
            "its line over another tree",
            |_, _| {
                answer(
                    200,
                    format!(
                        "{}\n",
                        Tree::of(100, 5)
                            .checkpoint(100)
                            .cosign(&witness(2), TIME)
                            .unwrap()
                    ),
                )
            },
            Trouble::FalseSignature,
        ),
        (
            "more lines than a note may have",
            |_, _| {
                answer(
                    200,
                    format!(
                        "{}\n",
                        Tree::of(9, u64::MAX)
                            .checkpoint(9)
                            .cosign(&witness(2), TIME)
                            .unwrap()
                    )
                    .repeat(101),
                )
            },
            Trouble::Nonsense,
        ),
    ];
    for (what, other, trouble) in rows {
        let honest = House::of(vec![witness(1)]).await;
        let scene = Scene::new(
            &[(1, "honest"), (2, "malicious")],
            1,
            &[("honest", &honest)],
            other,
        );
        let tree = Tree::of(200, u64::MAX);
        let note = tree.signed(100);
        let collected = scene.collect(tree, note).await;
        assert!(collected.met, "{what}");
        assert_eq!(collected.troubles, [("w2".to_owned(), trouble)], "{what}");
        let believed = scene.policy.open(collected.note.to_string().as_bytes()).unwrap();
        assert_eq!(believed.cosignatures().len(), 1, "{what}");
        assert_eq!(
            collected.note.signatures().len(),
            2,
            "{what}: no line of a stranger"
        );
    }
}

#[tokio::test]
async fn without_a_quorum_nothing_is_met_and_who_is_missing_is_named() {
    let honest = House::of(vec![witness(1)]).await;
    let scene = Scene::new(
        &[(1, "honest"), (2, "gone")],
        2,
        &[("honest", &honest)],
        |_, _| None,
    );
    let tree = Tree::of(200, u64::MAX);
    let note = tree.signed(100);
    let collected = scene.collect(tree, note).await;
    assert!(!collected.met);
    assert_eq!(collected.troubles.len(), 1);
    assert!(scene.policy.open(collected.note.to_string().as_bytes()).is_err());
}

#[tokio::test]
async fn a_slow_witness_is_not_waited_for_and_not_asked_twice_at_once() {
    let honest = House::of(vec![witness(1)]).await;
    let scene = Scene::new(
        &[(1, "honest"), (2, "slow.example")],
        1,
        &[("honest", &honest)],
        |_, _| None,
    );
    for (size, trouble) in [
        (100, Trouble::NotAwaited),
        (150, Trouble::Busy),
        (200, Trouble::Busy),
    ] {
        let tree = Tree::of(200, u64::MAX);
        let note = tree.signed(size);
        let collected = scene.collect(tree, note).await;
        assert!(collected.met);
        assert_eq!(collected.troubles, [("w2".to_owned(), trouble)]);
    }
    // The slow one once; the honest one once more because it was asked from nothing, which was right.
    assert_eq!(scene.play.asked.load(Ordering::Relaxed), 1 + 3);
}

#[tokio::test]
async fn a_witness_that_saw_another_history_denies_it() {
    let honest = House::of(vec![witness(1)]).await;
    let (tree, other) = (Tree::of(200, u64::MAX), Tree::of(200, 50));
    assert_eq!(honest.add(&request(&tree, 0, 100)).await.0, 200);
    let scene = Scene::new(&[(1, "honest")], 1, &[("honest", &honest)], |_, _| None);
    let note = other.signed(150);
    let collected = scene.collect(other, note).await;
    assert!(!collected.met);
    assert_eq!(collected.troubles, [("w1".to_owned(), Trouble::Denied)]);
    // And a tree that is smaller than what it saw is not cosigned either.
    let note = tree.signed(60);
    let collected = scene.collect(tree, note).await;
    assert_eq!(collected.troubles, [("w1".to_owned(), Trouble::Ahead(100))]);
    assert_eq!(honest.memory.last(ORIGIN).await.unwrap().unwrap().size, 100);
}
