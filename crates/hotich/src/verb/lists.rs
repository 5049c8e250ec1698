//! `hotich trust-list`, `hotich status-list`: what verifiers without a network go by, signed by the country's seal.

use std::fs;

use crate::args::List;
use crate::outcome::{Outcome, Result};

/// Writes the list of roots and seals.
pub async fn trust(args: List) -> Result<Outcome> {
    let registry = args.data.open().await?;
    let list = registry.trust_list().await;
    registry.ledger().close().await?;
    write(&args, &list?)
}

/// Writes the list of papers that no longer hold.
pub async fn status(args: List) -> Result<Outcome> {
    let registry = args.data.open().await?;
    let list = registry.status_list().await;
    registry.ledger().close().await?;
    write(&args, &list?)
}

fn write(args: &List, list: &[u8]) -> Result<Outcome> {
    fs::write(&args.out, list)?;
    println!("{} ({} bytes)", args.out.display(), list.len());
    Ok(Outcome::Well)
}
