//! `hotich fsck`: recompute the read models and compare them with what is live. Changes nothing.

use ledger::{Archive, Location};

use crate::args::Fsck;
use crate::outcome::{Outcome, Result};
use crate::{beside, recompute};

/// Recomputes and compares; checks the tree against what is stored on the way.
pub async fn run(args: Fsck) -> Result<Outcome> {
    let archive = Archive::open(&Location::parse(&args.data)?, &crate::body_keys::options()).await?;
    let head = archive.recheck(None).await?;
    beside::recheck(&archive).await?;
    let read_models = recompute::compare(&archive).await?;
    archive.close().await;
    if args.json {
        println!("{:#}", read_models.json());
    } else {
        println!(
            "✓ {} events, hashes and tiles as stored lead to the root of the head; batches, index and checkpoints follow from them",
            head.size
        );
        print!("{}", read_models.text());
    }
    Ok(if read_models.are_equal() {
        Outcome::Well
    } else {
        Outcome::Finding
    })
}
