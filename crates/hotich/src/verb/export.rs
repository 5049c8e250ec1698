//! `hotich export`: the whole log in a folder that an auditor can take away.

use std::sync::Arc;

use ledger::Projector;
use projections::Projections;
use registry::Registry;
use serde_json::json;

use crate::args::Export;
use crate::audit_source::StoreSource;
use crate::outcome::{Error, Outcome, Result};
use crate::progress;
use crate::recompute::digests_json;

/// Publishes a checkpoint, then writes everything up to it. Finished files are not written again.
pub async fn run(args: Export) -> Result<Outcome> {
    let registry = Arc::new(args.data.open().await?);
    let mut publisher = args.trust.publisher(&args.data, &registry).await?;
    let checkpoint = publisher.settle().await?;
    let size = checkpoint.size;
    let part = args.public || args.restricted;
    let restricted = args.restricted;
    let read_models = match part {
        true => None,
        false => Some(read_models(&registry, size).await?),
    };
    let source = StoreSource::start((**registry.ledger()).clone(), size);
    let out = args.out.clone();
    let note = checkpoint.note.clone();
    let write = move || {
        let bar = progress::bar(size, "export");
        let progress = &mut |events| bar.set_position(events);
        let written = match read_models {
            Some(read_models) => verify::export::write(&out, &note, read_models, source, progress),
            None if restricted => verify::export::write_restricted(&out, &note, source, progress),
            None => verify::export::write_public(&out, &note, source, progress),
        };
        bar.finish_and_clear();
        written
    };
    tokio::task::spawn_blocking(write)
        .await
        .map_err(Error::using)?
        .map_err(Error::using)?;
    registry.ledger().close().await?;
    if args.json {
        println!("{:#}", json!({ "events": size, "checkpoint": checkpoint.note }));
    } else {
        println!("{size} events in {}", args.out.display());
        print!("{}", checkpoint.note);
    }
    Ok(Outcome::Well)
}

/// The digests of the live read models, when they stand at just that size.
async fn read_models(registry: &Registry, size: u64) -> Result<serde_json::Value> {
    registry.ledger().reader_of_all().await?;
    let digests = registry.ledger().digests(Projections.schema()).await?;
    Ok(if (digests.size, digests.followed) == (size, size) {
        digests_json(&digests)
    } else {
        serde_json::Value::Null
    })
}
