//! The witness over HTTP, as tlog-witness asks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod scene;

use std::sync::Arc;

use scene::files::{ORIGIN, TIME, Tree, witness};
use scene::{House, ask, log, monitored, request};
use tlog::{AddCheckpoint, Checkpoint, KeyKind, SignerKey, read_cosignatures};
use witness::Memory;

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
