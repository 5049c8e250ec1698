//! One flipped bit in every column of every table of a ledger: `fsck`, `audit` or `doctor` finds it, or it is told here why it need not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod copy;

use std::collections::BTreeSet;

use copy::{Column, Original};
use hotich_tests::Engine;

hotich_tests::on_both_engines! {
    a_bit_flip_in_any_table_is_found
}

/// Read models end with their generation.
const GENERATION: &str = "_2";

/// Tables and columns that none of them looks at, and why. `*` is every column.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("later", "*", "what waits to be shown; empty at rest"),
    ("migration", "applied_at_ms", "informs"),
    ("probe", "*", "filler"),
    (
        "projection",
        "state",
        "which read models are live is in ledger_head",
    ),
    ("projection", "size", "counts while they are made anew"),
    (
        "projection",
        "version",
        "of a generation that is gone; a live one of another version is not opened",
    ),
    (
        "projection",
        "begun",
        "whether read models are made anew after an erasure; what they show is compared",
    ),
    ("reader_token", "*", "who may read; no evidence of anything"),
    (
        "seal",
        "*",
        "found when the paper is fetched: its file has another digest",
    ),
    (
        "tile",
        "*",
        "none before 256 events; crates/ledger/tests/checkpoint.rs flips one",
    ),
];

fn a_bit_flip_in_any_table_is_found(engine: Engine) {
    let original = Original::of(engine);
    assert!(original.copy().tells(&["fsck"]).is_none(), "all is well at first");
    let (mut missed, mut left_out) = (Vec::new(), BTreeSet::new());
    let (mut tried, mut flipped) = (BTreeSet::new(), BTreeSet::new());
    let (read_models, log): (Vec<_>, Vec<_>) = original
        .columns()
        .into_iter()
        .partition(|column| column.table.ends_with(GENERATION) && column.base() != "later");
    for column in &log {
        let reason = LEFT_OUT
            .iter()
            .find(|(table, name, _)| *table == column.base() && (*name == "*" || *name == column.name));
        if let Some(reason) = reason {
            left_out.insert(*reason);
            continue;
        }
        let copy = original.copy();
        tried.insert(column.table.as_str());
        // What a table itself does not take is found too.
        let taken = copy.flip(column);
        if taken != Ok(false) {
            flipped.insert(column.table.as_str());
        }
        if taken == Ok(true) && copy.tells(&["fsck", "audit", "doctor"]).is_none() {
            missed.push(format!("{}.{}", column.table, column.name));
        }
    }
    missed.extend(
        tried
            .difference(&flipped)
            .map(|table| format!("{table}, which is empty")),
    );
    missed.extend(read_models_missed(&original, &read_models));
    assert!(missed.is_empty(), "nobody finds a flipped bit in {missed:#?}");
    let stale: Vec<_> = LEFT_OUT.iter().filter(|row| !left_out.contains(*row)).collect();
    assert!(stale.is_empty(), "there is no {stale:?}");
    assert!(
        log.len() > 40 && read_models.len() > 100,
        "{} and {}",
        log.len(),
        read_models.len()
    );
}

/// All read models at once, one column of each at a time. Into those that the story leaves empty a row is put that nothing led to.
fn read_models_missed(original: &Original, columns: &[Column]) -> Vec<String> {
    let tables: BTreeSet<&str> = columns.iter().map(|column| column.table.as_str()).collect();
    let rounds = columns.iter().map(|column| column.place).max().unwrap_or(0);
    let mut missed = Vec::new();
    for round in 0..=rounds {
        let copy = original.copy();
        let mut flipped = Vec::new();
        for column in columns.iter().filter(|column| column.place == round) {
            if copy
                .flip(column)
                .expect("read models have no conditions but their keys")
            {
                flipped.push(column);
            }
        }
        if round == 0 {
            for table in &tables {
                let of_table = || columns.iter().filter(|column| column.table == *table);
                if !of_table().any(|column| flipped.contains(&column)) {
                    copy.put_a_row(table, of_table());
                    flipped.extend(of_table().next());
                }
            }
        }
        let told = copy.tells(&["fsck"]).unwrap_or_default();
        let differing = told["differing"].as_array().cloned().unwrap_or_default();
        for column in flipped {
            if !differing.iter().any(|table| table == column.base()) {
                missed.push(format!("{}.{}", column.table, column.name));
            }
        }
    }
    missed
}
