//! The administration's own acts, filed with a key at hand as its machine would: draft, check, sign, record.

use civil::cose::SecretKey;
use civil::event::day_in_vietnam;
use civil::id::OfficeId;
use registry::{Receipt, Registry};
use serde_json::{Value as Json, json};

use crate::client::sign_draft;
use crate::outcome::{Error, Result};

/// The day of the registry's clock.
///
/// # Errors
/// When the clock is past the calendar's end.
pub fn today(registry: &Registry) -> Result<String> {
    let seconds = u64::try_from(registry.clock().now_ms() / 1_000).unwrap_or_default();
    day_in_vietnam(seconds)
        .map(|day| day.to_string())
        .ok_or_else(|| Error::using("the clock is past the calendar's end"))
}

/// Files an act and tells what it says and where it stands.
///
/// # Errors
/// When the ledger refuses, or the store fails.
pub async fn administer(registry: &Registry, key: &SecretKey, kind: &str, act: Json) -> Result<()> {
    let (summary, receipt) = file(registry, key, json!({ "kind": kind, "act": act })).await?;
    println!("{summary}");
    println!("recorded at position {}", receipt.position);
    Ok(())
}

/// Files a request, which names neither office nor key. Gives what the act says in words, and its receipt.
///
/// # Errors
/// When the ledger refuses, or the store fails.
pub async fn file(registry: &Registry, key: &SecretKey, mut request: Json) -> Result<(String, Receipt)> {
    request["office"] = OfficeId::ADMINISTRATION.0.into();
    request["key"] = key.public().id().to_string().into();
    let draft = registry.draft(&request).await?;
    let now_ms = registry.clock().now_ms();
    let (envelope, body) = (&draft.envelope_bytes, draft.sealed_body);
    let signed = sign_draft(&request, envelope, body, key, None, now_ms)?;
    let recorded = registry.record(signed.signed.into(), signed.sealed_body.into());
    Ok((draft.summary, recorded.await?))
}
