//! Programs that we did not write judge a log of 70,000 events, and refuse it after every change that they look at.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod change;
mod judge;
mod log;

use std::fmt::Write as _;

use hotich_tests::{Folder, tree};

/// Where operations read what is refused by whom.
const PAGE: &str = "ops/reliability.md";

#[test]
fn seven_strangers_believe_the_log_and_refuse_every_change_that_they_look_at() {
    let folder = Folder::new();
    let log = log::write(&folder.path().join("log"));
    let judges = judge::all(&folder);
    for judge in &judges {
        let said = judge.look(&log.folder);
        println!(
            "{}: {}",
            judge.name,
            said.as_ref().unwrap_or_else(|refused| refused)
        );
        assert!(said.is_ok(), "{} refuses the log: {said:?}", judge.name);
    }
    let mut table = heading(&judges);
    for change in change::ALL {
        let changed = change.made_in(&log, &folder.path().join("changed"));
        let _ = write!(table, "| {} |", change.name);
        for judge in &judges {
            let refused = judge.look(&changed).is_err();
            table.push_str(if refused { " refused |" } else { " – |" });
        }
        table.push('\n');
    }
    println!("{table}");
    let page = tree::read(PAGE);
    for row in table.lines() {
        assert!(
            page.lines().any(|line| line == row),
            "{PAGE} has not the row\n{row}\n\n{table}"
        );
    }
    for (column, judge) in judges.iter().enumerate() {
        let refuses = |row: &&str| {
            row.split('|')
                .nth(column + 2)
                .is_some_and(|cell| cell.trim() == "refused")
        };
        let count = table.lines().filter(refuses).count();
        assert!(count > 0, "{} refuses nothing", judge.name);
    }
    for row in table.lines().skip(2) {
        assert!(row.contains("refused"), "nobody refuses: {row}");
    }
}

fn heading(judges: &[judge::Judge]) -> String {
    let names: Vec<&str> = judges.iter().map(|judge| judge.name).collect();
    format!(
        "| changed | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    )
}
