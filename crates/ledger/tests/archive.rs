//! Reading a ledger that is not ours to write: a copy, a backup, a damaged file.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::path::Path;

use futures_util::TryStreamExt as _;
use ledger::{Archive, FaultKind, Location, Options, Projector as _};
use suite::check;
use suite::fixture::{Fixture, judge};
use suite::sample::{HEARD, Heard, Office, creates};

both_engines! {
    an_archive_reads_what_the_ledger_goes_on_writing
}

macro_rules! sqlite_only {
    ($($name:ident)*) => {
        mod sqlite_only {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::judge(ledger::Engine::Sqlite, super::$name).await;
            })*
        }
    };
}

sqlite_only! {
    a_copy_of_a_closed_ledger_is_read_even_where_nothing_can_be_written
    a_damaged_copy_is_a_fault_that_says_what_was_being_read_and_never_a_panic
    a_file_that_is_no_ledger_is_refused
}

async fn fill(f: &Fixture, events: usize) {
    let mut office = Office::new(4);
    let answers: Vec<_> = (0..events)
        .map(|number| {
            let touches = if number < 200 {
                vec![creates(number as u8)]
            } else {
                Vec::new()
            };
            f.ledger
                .submit(office.next(&format!("event {number}"), &touches))
                .expect("room")
        })
        .collect();
    for answer in answers {
        answer.await.expect("recorded");
    }
}

async fn an_archive_reads_what_the_ledger_goes_on_writing(f: &mut Fixture) {
    let archive = Archive::open(&f.location, &Options::default())
        .await
        .expect("it opens");
    assert_eq!(archive.stored_head().await.expect("reads").size, 1);
    fill(f, 300).await;
    check::whole(&archive).await;
    assert_eq!(
        archive.reader().rows(&HEARD, &[]).await.expect("reads").len(),
        301
    );
    f.ledger.rebuild(|_| {}).await.expect("rebuilt");
    assert_eq!(
        archive.reader().rows(&HEARD, &[]).await.expect("reads").len(),
        301
    );
    let digests = archive.digests(Heard.schema()).await.expect("digests");
    assert_eq!(digests, f.ledger.digests(Heard.schema()).await.expect("digests"));
    assert_eq!(archive.recheck(None).await.expect("it holds").size, 301);
    archive.close().await;
}

async fn a_copy_of_a_closed_ledger_is_read_even_where_nothing_can_be_written(f: &mut Fixture) {
    fill(f, 300).await;
    f.ledger.close().await.expect("it closes");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy.db");
    std::fs::copy(f.file(), &copy).expect("copied");
    let keys = f.folder.path().join(ledger::KEYS_FILE_NAME);
    std::fs::copy(keys, folder.path().join(ledger::KEYS_FILE_NAME)).expect("copied");
    let mut rights = std::fs::metadata(folder.path()).expect("a folder").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(folder.path(), rights.clone()).expect("read-only");
    let archive = Archive::open(&Location::file(&copy), &Options::default())
        .await
        .expect("it opens");
    check::whole(&archive).await;
    archive.close().await;
    #[allow(
        clippy::permissions_set_readonly_false,
        reason = "so that the folder can be removed"
    )]
    rights.set_readonly(false);
    std::fs::set_permissions(folder.path(), rights).expect("writable");
}

/// Everything an auditor reads.
async fn read_all(file: &Path) -> Result<(), ledger::Fault> {
    let archive = Archive::open(&Location::file(file), &Options::default()).await?;
    let outcome = read_archive(&archive).await;
    archive.close().await;
    outcome
}

async fn read_archive(archive: &Archive) -> Result<(), ledger::Fault> {
    let head = archive.stored_head().await?;
    // A damaged head may claim any size; it is not worth reading that far to find out.
    let pages: Vec<_> = archive.scan(0, head.size.min(1_000)).try_collect().await?;
    for stored in pages.iter().flatten().step_by(37) {
        archive.by_event_id(&stored.event_id).await?;
        archive.receipt(&stored.event_id).await?;
    }
    archive.by_entry(&[7; 16], None).await?;
    archive.recheck(None).await?;
    archive.streams().await?;
    archive.batches(0, 1_000).await?;
    archive.latest_checkpoint().await?;
    archive.digests(Heard.schema()).await?;
    Ok(())
}

async fn a_damaged_copy_is_a_fault_that_says_what_was_being_read_and_never_a_panic(f: &mut Fixture) {
    fill(f, 600).await;
    f.ledger.close().await.expect("it closes");
    let whole = std::fs::read(f.file()).expect("a file");
    let copy = f.folder.path().join("copy.db");
    std::fs::write(&copy, &whole).expect("copied");
    read_all(&copy).await.expect("the copy is whole");
    let (mut found, mut harmless) = (0, 0);
    // A byte here and there over the whole file: in the header, in b-tree pages, in rows.
    for place in (0..whole.len())
        .step_by(whole.len() / 150)
        .chain([0, 16, 18, 28, 100, 105, 8_192, 8_195, 8_197])
    {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        std::fs::write(&copy, &damaged).expect("copied");
        match read_all(&copy).await {
            Ok(()) => harmless += 1,
            Err(fault) => {
                assert!(fault.to_string().contains(": "), "{fault}");
                assert_ne!(fault.kind(), FaultKind::Projection);
                found += 1;
            }
        }
    }
    // What is not found is in free space, in indexes that were not walked, or in bodies, which the auditor opens.
    assert!(found > harmless / 2, "{found} found, {harmless} harmless");
    for length in [0, 1, 99, 4_096, whole.len() / 2, whole.len() - 8_192] {
        std::fs::write(&copy, &whole[..length]).expect("copied");
        let fault = read_all(&copy).await.expect_err("cut short");
        assert!(fault.to_string().contains(": "), "{fault}");
    }
}

async fn a_file_that_is_no_ledger_is_refused(f: &mut Fixture) {
    let nowhere = f.folder.path().join("nowhere.db");
    let missing = Archive::open(&Location::file(&nowhere), &Options::default()).await;
    assert!(missing.is_err() && !nowhere.exists(), "opening makes nothing");
    let text = f.folder.path().join("text.db");
    std::fs::write(
        &text,
        "this is not a database, whatever it is called\n".repeat(100),
    )
    .expect("written");
    let refused = Archive::open(&Location::file(&text), &Options::default()).await;
    assert!(matches!(refused, Err(fault) if fault.kind() == FaultKind::Damaged));
    let opened = ledger::Ledger::open(
        &Location::file(&nowhere),
        Heard,
        f.clock.clone(),
        f.options.clone(),
    )
    .await;
    assert!(
        opened.is_err() && !nowhere.exists(),
        "a typo makes no second ledger"
    );
}
