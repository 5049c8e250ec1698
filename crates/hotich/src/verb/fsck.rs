//! `hotich fsck`: recompute the read models and compare them with what is live; check the log of accesses. Changes nothing.

use ledger::{Archive, Location};
use registry::{AccessReport, check_accesses};
use serde_json::{Value as Json, json};

use crate::args::Fsck;
use crate::outcome::{Outcome, Result};
use crate::{beside, recompute};

/// Recomputes and compares; checks the tree against what is stored on the way.
pub async fn run(args: Fsck) -> Result<Outcome> {
    let archive = Archive::open(&Location::parse(&args.data)?, &crate::body_keys::options()).await?;
    let head = archive.recheck(None).await?;
    beside::recheck(&archive).await?;
    let read_models = recompute::compare(&archive).await?;
    let accesses = check_accesses(&archive).await?;
    archive.close().await;
    if args.json {
        let mut told = read_models.json();
        told["accesses"] = told_of(&accesses);
        println!("{told:#}");
    } else {
        println!(
            "✓ {} events, hashes and tiles as stored lead to the root of the head; batches, index and checkpoints follow from them",
            head.size
        );
        print!("{}", read_models.text());
        print!("{}", text_of(&accesses));
    }
    Ok(if read_models.are_equal() && accesses.findings.is_empty() {
        Outcome::Well
    } else {
        Outcome::Finding
    })
}

/// For programs.
fn told_of(accesses: &AccessReport) -> Json {
    let findings: Vec<String> = accesses.findings.iter().map(ToString::to_string).collect();
    json!({ "lines": accesses.lines, "anchors": accesses.anchors, "findings": findings })
}

/// For people.
fn text_of(accesses: &AccessReport) -> String {
    let mark = if accesses.findings.is_empty() {
        "✓"
    } else {
        "✗"
    };
    let (lines, anchors) = (accesses.lines, accesses.anchors);
    let mut text = format!(
        "{mark} {lines} lines of the log of accesses are chained; {anchors} lists in the log anchor them\n"
    );
    for finding in &accesses.findings {
        text.push_str(&format!("  {finding}\n"));
    }
    text
}
