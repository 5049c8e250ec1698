//! `hotich doctor`: do the ledger, the lock store and the witnesses agree, and what is to be done if not.

use std::sync::Arc;

use registry::publisher::Examination;
use serde_json::{Value as Json, json};

use crate::args::Doctor;
use crate::outcome::{Outcome, Result};
use crate::publishing::keep;

/// Examines, explains, and begins a new lock store where that is asked for and harmless.
pub async fn run(args: Doctor) -> Result<Outcome> {
    let registry = Arc::new(args.data.open().await?);
    let mut publisher = args.trust.publisher(&args.data, &registry).await?;
    let adopted = match args.adopt {
        true => publisher.adopt().await?,
        false => None,
    };
    let examination = publisher.examine().await?;
    let mut files = Vec::new();
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)?;
        for finding in &examination.findings {
            files.extend(keep(folder, finding)?);
        }
    }
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    if args.json {
        println!("{:#}", document(&examination, adopted, &files));
    } else {
        show(&examination, adopted, &files);
    }
    registry.ledger().close().await?;
    Ok(if examination.findings.is_empty() {
        Outcome::Well
    } else {
        Outcome::Finding
    })
}

fn show(examination: &Examination, adopted: Option<u64>, files: &[String]) {
    let events = |size: Option<u64>| size.map_or("nothing".to_owned(), |size| format!("{size} events"));
    println!("ledger       {} events", examination.size);
    println!("published    {}", events(examination.published));
    println!("lock store   {}", events(examination.locked));
    for (name, latest) in &examination.witnesses {
        match latest {
            Ok(size) => println!("witness      {name}: {}", events(*size)),
            Err(trouble) => println!("witness      {name}: {trouble}"),
        }
    }
    if let Some(size) = adopted {
        println!("The lock store begins with the checkpoint of {size} events.");
    }
    for finding in &examination.findings {
        println!(
            "\nFOUND {}: {finding}\n  {}",
            finding.kind.code(),
            finding.kind.way_out()
        );
    }
    for file in files {
        println!("evidence     {file}");
    }
    if examination.findings.is_empty() {
        println!("They agree: checkpoints can be signed.");
    }
    if !examination.enough {
        println!("Too few witnesses answer: nothing new is published until enough do. Recording goes on.");
    }
}

fn document(examination: &Examination, adopted: Option<u64>, files: &[String]) -> Json {
    let witnesses = examination.witnesses.iter().map(|(name, latest)| match latest {
        Ok(size) => json!({ "name": name, "size": size }),
        Err(trouble) => json!({ "name": name, "trouble": trouble.to_string() }),
    });
    let findings = examination.findings.iter().map(|finding| {
        json!({
            "code": finding.kind.code(), "by": finding.by, "signed": finding.signed, "what": finding.to_string(),
            "way_out": finding.kind.way_out(), "checkpoint": finding.note,
            "fork_evidence": finding.evidence.as_ref().map(ToString::to_string),
        })
    });
    json!({
        "well": examination.findings.is_empty(),
        "ledger": examination.size, "published": examination.published, "lock_store": examination.locked,
        "witnesses": witnesses.collect::<Vec<_>>(), "findings": findings.collect::<Vec<_>>(),
        "enough_witnesses": examination.enough, "adopted": adopted, "evidence": files,
    })
}
