//! `hotich bench`: measures this machine, each figure beside a reference taken in the same run.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use crate::args::{Bench, Data, Measured};
use crate::bench::bed::Bed;
use crate::bench::figures::Report;
use crate::bench::{access, append, audit, checkpoint, memory, paper, reading, rebuild, story};
use crate::outcome::{Error, Outcome, Result};

/// Measures what is asked and prints each figure as soon as it is there.
pub async fn run(args: Bench) -> Result<Outcome> {
    let mut answers = Map::new();
    let mut say = |name: &str, report: Report| {
        if !args.json {
            println!("{}", report.text.trim_end());
        }
        answers.insert(name.to_owned(), report.json);
    };
    let wanted = |what: Measured| args.what == what || args.what == Measured::All;
    if wanted(Measured::Story) {
        say("demo", tokio::task::block_in_place(|| story::run(args.rounds))?);
    }
    if args.what == Measured::Reading {
        let data = args.data.clone();
        let data = data.ok_or_else(|| Error::using("give --data: a ledger of `hotich demo --national`"))?;
        say(
            "reading",
            reading::run(&Data { data, keys: None }, args.rounds).await?,
        );
    }
    if args.what == Measured::Paper {
        say("paper", paper::run(args.clients).await?);
    }
    if !matches!(args.what, Measured::Story | Measured::Reading | Measured::Paper) {
        let mut bed = Bed::make(args.data.as_deref(), args.clients).await?;
        if wanted(Measured::Append) {
            let length = Duration::from_secs(args.seconds);
            say("append", append::run(&mut bed, length, args.rounds).await?);
        }
        if args.what == Measured::Checkpoint {
            let length = Duration::from_secs(args.seconds);
            say(
                "checkpoint",
                checkpoint::run(&mut bed, length, args.rounds).await?,
            );
        }
        if args.what == Measured::Access {
            let length = Duration::from_secs(args.seconds);
            say("access", access::run(&mut bed, length, args.rounds).await?);
        }
        if wanted(Measured::Audit) || wanted(Measured::Rebuild) {
            bed.grow(args.events).await?;
        }
        if wanted(Measured::Audit) {
            say("audit", audit::run(&bed, args.rounds).await?);
        }
        if wanted(Measured::Rebuild) {
            say("rebuild", rebuild::run(&bed, args.rounds).await?);
        }
        if wanted(Measured::Memory) {
            say("memory", memory::run(&mut bed, args.events).await?);
        }
        bed.registry.ledger().close().await?;
    }
    if args.json {
        println!("{:#}", Json::Object(answers));
    }
    Ok(Outcome::Well)
}
