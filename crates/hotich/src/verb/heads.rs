//! `hotich heads`: record now how far every stream has come, as `serve` does once a day.

use civil::wire::Wire;
use serde_json::json;

use crate::args::Heads;
use crate::outcome::{Error, Outcome, Result};
use crate::{keeper, key_file};

/// Lists the heads; with the administration's key it first appoints a keeper.
pub async fn run(args: Heads) -> Result<Outcome> {
    let registry = args.data.open().await?;
    let folder = args.data.key_folder();
    let keeper = match &args.administrator {
        Some(administrator) => {
            keeper::Keeper::appoint(&registry, &key_file::read(administrator)?, &folder).await?
        }
        None => keeper::read(&folder)?,
    };
    let receipt = keeper.list_heads(&registry).await?;
    let listed = registry.latest_heads().await?;
    registry.ledger().close().await?;
    let listed = listed.ok_or_else(|| Error::using("the list is not there"))?;
    if args.json {
        println!(
            "{:#}",
            json!({ "position": receipt.position, "listed": listed.act.to_json() })
        );
    } else {
        println!(
            "{} streams, {} events: listed at position {}",
            listed.act.streams, listed.act.size, receipt.position
        );
    }
    Ok(Outcome::Well)
}
