//! How a log asks its witnesses, and what they may answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod scene;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use scene::files::{ORIGIN, TIME, Tree, log_key, witness};
use scene::{House, ask, log, request};
use tlog::{AddCheckpoint, Hash, KeyKind, Note, Policy, SignerKey};
use witness::{Answer, Collected, Prover, RemoteWitness, Transport, TransportError, Trouble, collect};

/// What a host answers that is no witness, by its name and what it is asked.
type Lie = fn(&str, &str) -> Option<Answer>;

/// A network on which some hosts are witnesses and the others do as they like.
struct Play {
    witnesses: Vec<(&'static str, Router)>,
    asked: AtomicUsize,
    other: Lie,
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
    fn new(hosts: &[(u8, &str)], enough: usize, houses: &[(&'static str, &House)], other: Lie) -> Self {
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
    let rows: Vec<(&str, Lie, Trouble)> = vec![
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
