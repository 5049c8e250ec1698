//! `hotich init`: found a ledger where there is none.

use std::sync::Arc;

use civil::value::Text;
use registry::{Founding, Registry, SystemChance};

use crate::args::Init;
use crate::clock;
use crate::data::{ADMINISTRATOR_KEY, LOG_KEY};
use crate::keeper::Keeper;
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};

/// Makes the two keys, then the ledger; nothing where the clock does not fit.
pub async fn run(args: Init) -> Result<Outcome> {
    clock::fits(&args.origin)?;
    let clock = clock::asked_for()?;
    let folder = args.data.key_folder();
    let origin = Text::from_input(&args.origin).map_err(Error::using)?;
    let administrator = key_file::read_or_generate(&folder.join(ADMINISTRATOR_KEY), &SystemChance)?;
    let log_path = folder.join(LOG_KEY);
    let log_key = if log_path.exists() {
        key_file::read_log_key(&log_path)?
    } else {
        key_file::generate_log_key(&log_path, &args.origin, &SystemChance)?
    };
    let vkey = log_key.verifier().to_string();
    let founding = Founding {
        origin,
        log_key: Text::from_input(&vkey).map_err(Error::using)?,
        administrator: &administrator,
    };
    let location = args.data.location()?;
    let registry = Registry::found(
        location,
        founding,
        clock,
        Arc::new(SystemChance),
        crate::body_keys::options(),
    )
    .await?;
    Keeper::appoint(&registry, &administrator, &folder).await?;
    registry.ledger().close().await?;
    println!("ledger      {}", args.data.data);
    println!("origin      {}", args.origin);
    println!("log key     {vkey}");
    println!("keys in     {}", folder.display());
    println!("Keep {ADMINISTRATOR_KEY} offline: whoever has it opens offices and grants keys.");
    Ok(Outcome::Well)
}
