//! What is remembered of a log moves forward only, and only from what was read. On both engines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use tempfile::TempDir;
use tlog::Hash;
use witness::{Memory, MemoryError, Seen};

/// A store and what keeps it alive.
struct Store {
    place: String,
    _folder: TempDir,
}

impl Store {
    fn file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            place: folder.path().join("seen.db").display().to_string(),
            _folder: folder,
        }
    }

    /// A database of the cluster that `ops/with-postgres` runs. Tests share the table and have logs of their own.
    fn database() -> Option<Self> {
        if std::env::var_os("HOTICH_ONLY_SQLITE").is_some_and(|only| only == "1") {
            return None;
        }
        let cluster = std::env::var("HOTICH_TEST_POSTGRES")
            .expect("run the tests under ops/with-postgres, or with HOTICH_ONLY_SQLITE=1");
        Some(Self {
            place: format!("{cluster}/postgres"),
            _folder: tempfile::tempdir().unwrap(),
        })
    }

    async fn open(&self) -> Memory {
        Memory::open(&self.place).await.unwrap()
    }
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $name() { super::$name(super::Store::file(), stringify!($name)).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $name() {
                if let Some(store) = super::Store::database() { super::$name(store, stringify!($name)).await; }
            })*
        }
    };
}

on_both! {
    what_was_remembered_is_read_again
    nothing_moves_back
    of_two_that_read_the_same_only_one_moves_it
    logs_are_kept_apart
}

fn seen(size: u64, root: u8) -> Seen {
    Seen {
        size,
        root: Hash([root; 32]),
        note: format!("note of {size} with {root}"),
    }
}

async fn what_was_remembered_is_read_again(store: Store, log: &str) {
    let memory = store.open().await;
    assert_eq!(memory.last(log).await.unwrap(), None);
    assert!(memory.replace(log, None, &seen(3, 1)).await.unwrap());
    assert!(memory.replace(log, Some(&seen(3, 1)), &seen(7, 2)).await.unwrap());
    memory.close().await;
    assert_eq!(store.open().await.last(log).await.unwrap(), Some(seen(7, 2)));
    let too_large = memory.replace(log, None, &seen(u64::MAX, 1)).await;
    assert!(matches!(too_large, Err(MemoryError::Size)));
    assert!(
        matches!(memory.last(log).await, Err(MemoryError::Store { .. })),
        "a closed store says so"
    );
}

async fn nothing_moves_back(store: Store, log: &str) {
    let memory = store.open().await;
    assert!(memory.replace(log, None, &seen(7, 2)).await.unwrap());
    for (from, to) in [
        (None, seen(9, 9)),
        (Some(seen(3, 1)), seen(9, 9)),
        (Some(seen(7, 1)), seen(9, 9)),
        (Some(seen(7, 2)), seen(6, 9)),
        (Some(seen(7, 2)), seen(0, 9)),
    ] {
        assert!(
            !memory.replace(log, from.as_ref(), &to).await.unwrap(),
            "{from:?} to {to:?}"
        );
    }
    assert_eq!(memory.last(log).await.unwrap(), Some(seen(7, 2)));
    // Of the same tree a newer note may be kept.
    let again = Seen {
        note: "cosigned again".to_owned(),
        ..seen(7, 2)
    };
    assert!(memory.replace(log, Some(&seen(7, 2)), &again).await.unwrap());
    assert_eq!(memory.last(log).await.unwrap(), Some(again));
}

async fn of_two_that_read_the_same_only_one_moves_it(store: Store, log: &str) {
    let one = store.open().await;
    assert!(one.replace(log, None, &seen(1, 0)).await.unwrap());
    for round in 1..20_u64 {
        let from = one.last(log).await.unwrap().unwrap();
        let mut hands = tokio::task::JoinSet::new();
        for hand in 0..8_u8 {
            let (memory, from, log) = (store.open().await, from.clone(), Arc::<str>::from(log));
            hands.spawn(async move {
                memory
                    .replace(&log, Some(&from), &seen(round + 1, hand))
                    .await
                    .unwrap()
            });
        }
        assert_eq!(
            hands.join_all().await.iter().filter(|won| **won).count(),
            1,
            "round {round}"
        );
    }
}

async fn logs_are_kept_apart(store: Store, log: &str) {
    let memory = store.open().await;
    let other = format!("{log}/other");
    assert!(memory.replace(log, None, &seen(3, 1)).await.unwrap());
    assert_eq!(memory.last(&other).await.unwrap(), None);
    assert!(memory.replace(&other, None, &seen(2, 1)).await.unwrap());
    assert_eq!(memory.last(log).await.unwrap(), Some(seen(3, 1)));
}

#[tokio::test]
async fn a_place_that_is_no_store_is_refused_without_quoting_it() {
    let refused = Memory::open("postgres://user:secret@[nowhere").await.unwrap_err();
    assert!(!refused.to_string().contains("secret"), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    assert!(Memory::file(folder.path()).await.is_err());
}
