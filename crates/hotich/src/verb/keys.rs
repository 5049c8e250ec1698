//! `hotich keys`: make keys, grant and revoke them, make reading tokens.

use std::path::Path;

use civil::cose::{PublicKey, SecretKey};
use civil::event::day_in_vietnam;
use civil::id::OfficeId;
use registry::{Registry, SystemChance};
use serde_json::{Value as Json, json};
use tlog::KeyKind;

use crate::args::{Data, KeyVerb, Keys};
use crate::client::sign_draft;
use crate::data::{LOG_KEY, SECOND_LOG_KEY};
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};

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
        KeyVerb::Show { key } => show(&key_file::read(&key)?.public()),
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

/// The day of the registry's clock.
pub fn today(registry: &Registry) -> Result<String> {
    let seconds = u64::try_from(registry.clock().now_ms() / 1_000).unwrap_or_default();
    day_in_vietnam(seconds)
        .map(|day| day.to_string())
        .ok_or_else(|| Error::using("the clock is past the calendar's end"))
}

/// Files an event of the administration with its key at hand.
pub async fn administer(registry: &Registry, key: &SecretKey, kind: &str, act: Json) -> Result<()> {
    let request = json!({ "kind": kind, "office": 0, "key": key.public().id().to_string(), "act": act });
    let draft = registry.draft(&request).await?;
    println!("{}", draft.summary);
    let now_ms = registry.clock().now_ms();
    let signed = sign_draft(
        &request,
        &draft.envelope_bytes,
        draft.sealed_body,
        key,
        None,
        now_ms,
    )?;
    let receipt = registry
        .record(signed.signed.into(), signed.sealed_body.into())
        .await?;
    println!("recorded at position {}", receipt.position);
    Ok(())
}
