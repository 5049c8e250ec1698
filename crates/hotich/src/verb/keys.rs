//! `hotich keys`: make keys, grant and revoke them, make reading tokens.

use std::path::Path;

use civil::cose::PublicKey;
use civil::id::OfficeId;
use registry::SystemChance;
use serde_json::json;
use tlog::KeyKind;

use crate::administration::{administer, today};
use crate::args::{Data, KeyVerb, Keys};
use crate::data::{LOG_KEY, SECOND_LOG_KEY};
use crate::key_file;
use crate::outcome::{Outcome, Result};

/// Makes the log's second key beside its first, under the same name.
fn second(data: &Data) -> Result<()> {
    let folder = data.key_folder();
    let first = key_file::read_log_key(&folder.join(LOG_KEY))?;
    let path = folder.join(SECOND_LOG_KEY);
    let key = key_file::generate_note_key(&path, first.name().as_str(), KeyKind::MlDsa44, &SystemChance)?;
    println!("{}", key.verifier());
    Ok(())
}

/// Does what is asked with keys.
pub async fn run(args: Keys) -> Result<Outcome> {
    match args.verb {
        KeyVerb::Generate { out } => show(&key_file::generate(&out, &SystemChance)?.public()),
        KeyVerb::Second { data } => second(&data)?,
        KeyVerb::Show { key } => match key_file::read_log_key(&key) {
            Ok(key) => println!("{}", key.verifier()),
            Err(_) => show(&key_file::read(&key)?.public()),
        },
        KeyVerb::Grant {
            data,
            office,
            key,
            role,
            administrator,
        } => {
            let registry = data.open().await?;
            let act = json!({
                "office": office, "key": public_half(&key)?, "role": role, "valid_from": today(&registry)?,
            });
            administer(&registry, &key_file::read(&administrator)?, "key_granted", act).await?;
            registry.ledger().close().await?;
        }
        KeyVerb::Revoke {
            data,
            key,
            reason,
            administrator,
        } => {
            let registry = data.open().await?;
            let act = json!({ "key": key, "on": today(&registry)?, "reason": reason });
            administer(&registry, &key_file::read(&administrator)?, "key_revoked", act).await?;
            registry.ledger().close().await?;
        }
        KeyVerb::Token {
            data,
            office,
            auditor,
            inspector,
            label,
        } => {
            let registry = data.open().await?;
            if auditor {
                println!("{}", registry.make_auditor_token(&label).await?);
            }
            if inspector {
                println!("{}", registry.make_inspector_token(&label).await?);
            }
            for office in office {
                println!("{}", registry.make_token(OfficeId(office), &label).await?);
            }
            registry.ledger().close().await?;
        }
    }
    Ok(Outcome::Well)
}

fn show(key: &PublicKey) {
    println!("key id    {}", key.id());
    println!("COSE_Key  {}", hex::encode(key.to_cose_key()));
}

/// A COSE_Key in hexadecimal as it is, or that of a key file.
fn public_half(key: &str) -> Result<String> {
    if hex::decode(key).is_ok() {
        return Ok(key.to_owned());
    }
    Ok(hex::encode(
        key_file::read(Path::new(key))?.public().to_cose_key(),
    ))
}
