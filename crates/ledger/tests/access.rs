//! The chain of accesses: written before anybody is shown anything, one chain for all nodes.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::collections::BTreeSet;

use ledger::{AccessEnd, AccessQuery, Archive, Failure, FaultKind, KeptAccess, Ledger, NewAccess, Point};
use suite::fixture::Fixture;
use suite::sample::{Heard, Office, creates};

both_engines! {
    lines_are_numbered_without_gaps_and_chained_in_that_order
    two_nodes_write_one_chain
    a_chain_that_was_restored_to_an_older_day_is_gone_on_with_from_its_own_end
    whoever_cannot_be_written_down_is_told_so_and_the_chain_goes_on_afterwards
    a_closed_ledger_writes_what_waited_and_nothing_more
    lines_are_found_by_time_office_token_and_entry
}

fn line(number: u8) -> NewAccess {
    NewAccess {
        at_ms: 1_000 + i64::from(number),
        office: 7 + u32::from(number % 2),
        token: [number % 3; 32],
        entries: vec![[number % 4; 16], [0xee; 16]],
        line: vec![number; usize::from(number) + 1],
    }
}

async fn all(archive: &Archive) -> Vec<KeptAccess> {
    let mut found: Vec<KeptAccess> = Vec::new();
    loop {
        let next = found.len() as u64;
        let page = archive.access_lines(next, 7).await.expect("reads");
        if page.is_empty() {
            return found;
        }
        found.extend(page);
    }
}

/// The lines as they are, or what does not fit.
async fn whole(archive: &Archive) -> Vec<KeptAccess> {
    let found = all(archive).await;
    let mut end = AccessEnd::NONE;
    for kept in &found {
        assert_eq!(kept.n, end.size);
        end = end.then(&kept.line);
        assert_eq!(kept.hash, end.hash, "line {}", kept.n);
    }
    assert_eq!(archive.access_end().await.expect("reads"), end);
    found
}

async fn lines_are_numbered_without_gaps_and_chained_in_that_order(f: &mut Fixture) {
    assert_eq!(f.ledger.access_end().await.expect("reads"), AccessEnd::NONE);
    let many = (0..200).map(|number| f.ledger.write_access(line(number)));
    let numbers = futures_util::future::join_all(many).await;
    let numbers: BTreeSet<u64> = numbers.into_iter().map(|n| n.expect("written")).collect();
    assert_eq!(numbers, (0..200).collect());
    let found = whole(&f.ledger).await;
    assert_eq!(found.len(), 200);
    for kept in &found {
        let sent = line(kept.line[0]);
        assert_eq!(
            (kept.at_ms, kept.office, kept.token, &kept.line),
            (sent.at_ms, sent.office, sent.token, &sent.line)
        );
    }
    f.reopen().await;
    assert_eq!(f.ledger.write_access(line(7)).await.expect("written"), 200);
    whole(&f.ledger).await;
}

async fn two_nodes_write_one_chain(f: &mut Fixture) {
    let other = f.another().await;
    let nodes = [&f.ledger, &other];
    let many = (0..120).map(|number| nodes[usize::from(number % 2)].write_access(line(number)));
    let numbers = futures_util::future::join_all(many).await;
    let numbers: BTreeSet<u64> = numbers.into_iter().map(|n| n.expect("written")).collect();
    assert_eq!(numbers, (0..120).collect());
    // Whoever remembers an end that is no longer the end finds out.
    for number in 0..6 {
        let node = nodes[number % 2];
        assert_eq!(
            node.write_access(line(1)).await.expect("written"),
            120 + number as u64
        );
    }
    whole(&f.ledger).await;
    other.close().await.expect("it closes");
}

/// Lines went lost while the program ran: what it remembers of the end must not be chained to.
async fn a_chain_that_was_restored_to_an_older_day_is_gone_on_with_from_its_own_end(f: &mut Fixture) {
    for number in 0..5 {
        f.ledger.write_access(line(number)).await.expect("written");
    }
    drop_lines(f, "n >= 3").await;
    assert_eq!(f.ledger.write_access(line(9)).await.expect("written"), 3);
    assert_eq!(whole(&f.ledger).await.len(), 4);
}

async fn drop_lines(f: &Fixture, which: &str) {
    let drop_triggers = match f.engine {
        ledger::Engine::Sqlite => {
            "drop trigger access_is_never_deleted; drop trigger access_entry_is_never_deleted;"
        }
        ledger::Engine::Postgres => "",
    };
    f.owner_sql(&format!(
        "{drop_triggers} delete from access where {which}; delete from access_entry where {which}"
    ))
    .await
    .expect("dropped");
}

async fn whoever_cannot_be_written_down_is_told_so_and_the_chain_goes_on_afterwards(f: &mut Fixture) {
    f.ledger.write_access(line(0)).await.expect("written");
    f.faults.play(Point::Access, Failure::DiskFull);
    let refused = f
        .ledger
        .write_access(line(1))
        .await
        .expect_err("the disk is full");
    assert_eq!(refused.kind(), FaultKind::DiskFull);
    let (away, back) = match f.engine {
        ledger::Engine::Sqlite => (
            "alter table access_entry rename to elsewhere",
            "alter table elsewhere rename to access_entry",
        ),
        ledger::Engine::Postgres => (
            "alter table access rename to elsewhere",
            "alter table elsewhere rename to access",
        ),
    };
    f.owner_sql(away).await.expect("away");
    let many = (1..4).map(|number| f.ledger.write_access(line(number)));
    for refused in futures_util::future::join_all(many).await {
        refused.expect_err("nothing was written");
    }
    // Events have nothing to do with it.
    let mut office = Office::new(4);
    f.ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    f.owner_sql(back).await.expect("back");
    assert_eq!(f.ledger.write_access(line(4)).await.expect("written"), 1);
    assert_eq!(whole(&f.ledger).await.len(), 2);
}

async fn a_closed_ledger_writes_what_waited_and_nothing_more(f: &mut Fixture) {
    let other = f.another().await;
    let clone: Ledger<Heard> = other.clone();
    let (written, closed) = tokio::join!(clone.write_access(line(0)), other.close());
    closed.expect("it closes");
    let there = whole(&f.ledger).await.len();
    assert_eq!(there, usize::from(written.is_ok()));
    let refused = clone.write_access(line(1)).await.expect_err("closed");
    assert_eq!(refused.kind(), FaultKind::Unavailable);
    assert_eq!(whole(&f.ledger).await.len(), there);
}

async fn lines_are_found_by_time_office_token_and_entry(f: &mut Fixture) {
    for number in [3, 1, 2, 0, 5, 4, 9, 8] {
        f.ledger.write_access(line(number)).await.expect("written");
    }
    let query = AccessQuery {
        from_ms: 0,
        to_ms: i64::MAX,
        office: None,
        token: None,
        after: None,
        limit: 100,
    };
    let firsts = async |query: AccessQuery| -> Vec<u8> {
        let found = f.ledger.accesses(&query).await.expect("reads");
        found.iter().map(|kept| kept.line[0]).collect()
    };
    assert_eq!(firsts(query).await, [0, 1, 2, 3, 4, 5, 8, 9]);
    let some = AccessQuery {
        from_ms: 1_002,
        to_ms: 1_005,
        ..query
    };
    assert_eq!(firsts(some).await, [2, 3, 4]);
    let office = AccessQuery {
        office: Some(8),
        ..query
    };
    assert_eq!(firsts(office).await, [1, 3, 5, 9]);
    let token = AccessQuery {
        token: Some([0; 32]),
        ..query
    };
    assert_eq!(firsts(token).await, [0, 3, 9]);
    let both = AccessQuery {
        token: Some([0; 32]),
        ..office
    };
    assert_eq!(firsts(both).await, [3, 9]);
    // Page by page; the number behind which the next begins is that of the chain.
    for query in [query, office] {
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let asked = AccessQuery {
                after,
                limit: 3,
                ..query
            };
            let page = f.ledger.accesses(&asked).await.expect("reads");
            let Some(last) = page.last() else { break };
            after = Some(last.n);
            paged.extend(page.iter().map(|kept| kept.line[0]));
        }
        assert_eq!(paged, firsts(query).await);
    }
    let of = async |entry: u8, after: Option<u64>, limit: u32| -> Vec<u8> {
        let found = f.ledger.accesses_of(&[entry; 16], after, limit).await;
        found.expect("reads").iter().map(|kept| kept.line[0]).collect()
    };
    assert_eq!(of(1, None, 100).await, [1, 5, 9]);
    assert_eq!(of(1, None, 2).await, [1, 5]);
    assert_eq!(of(1, Some(4), 100).await, [9]);
    assert_eq!(of(0xee, None, 100).await.len(), 8);
    assert_eq!(of(7, None, 100).await, [0_u8; 0]);
    let indexed = [(0, [3; 16]), (0, [0xee; 16]), (1, [3; 16])];
    assert_eq!(f.ledger.indexed_accesses(&indexed).await.expect("reads"), 2);
    assert_eq!(f.ledger.all_indexed_accesses().await.expect("reads"), 16);
}
