//! The keeper: what the ledger says about itself by machine, signed with a key that may sign nothing else. RFC 0007 §1.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use civil::cose::SecretKey;
use civil::id::OfficeId;
use civil::wire::Wire;
use registry::{Receipt, Registry, SystemChance};
use serde_json::json;

use crate::administration::{file, today};
use crate::data::KEEPER_KEY;
use crate::key_file;
use crate::outcome::{Error, Result};

/// How often it looks whether a day has ended.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// The keeper's key.
pub struct Keeper {
    key: SecretKey,
}

impl Keeper {
    /// The keeper's key in a folder; none where there is no such file.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn of(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(KEEPER_KEY);
        if !path.exists() {
            return Ok(None);
        }
        let key = key_file::read(&path)?;
        Ok(Some(Self { key }))
    }

    /// Makes the keeper's key where there is none, and has it granted by the administration.
    ///
    /// # Errors
    /// When the file cannot be written or the ledger refuses.
    pub async fn appoint(registry: &Registry, administrator: &SecretKey, folder: &Path) -> Result<Self> {
        let key = key_file::read_or_generate(&folder.join(KEEPER_KEY), &SystemChance)?;
        let act = json!({
            "office": OfficeId::ADMINISTRATION.0,
            "key": hex::encode(key.public().to_cose_key()),
            "role": "keeper",
            "valid_from": today(registry)?,
        });
        file(
            registry,
            administrator,
            json!({ "kind": "key_granted", "act": act }),
        )
        .await?;
        Ok(Self { key })
    }

    /// Records how far every stream has come.
    ///
    /// # Errors
    /// When the ledger refuses, or the store fails.
    pub async fn list_heads(&self, registry: &Registry) -> Result<Receipt> {
        let act = registry.propose_heads().await?;
        let request = json!({ "kind": "stream_heads", "lane": "desk", "act": act.to_json() });
        let (_, receipt) = file(registry, &self.key, request).await?;
        Ok(receipt)
    }

    /// Lists the heads whenever a day has ended, for as long as it is asked to. What fails is told and tried again; of several
    /// servers one is the first, and the others find that nothing is due.
    pub async fn watch(self, registry: Arc<Registry>) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            look.tick().await;
            match self.list_if_due(&registry).await {
                Ok(None) => {}
                Ok(Some(receipt)) => {
                    tracing::info!(position = receipt.position, "the heads of all streams are listed");
                }
                Err(error) => tracing::warn!(%error, "the heads of the streams are not listed yet"),
            }
        }
    }

    async fn list_if_due(&self, registry: &Registry) -> Result<Option<Receipt>> {
        match registry.heads_are_due().await? {
            true => self.list_heads(registry).await.map(Some),
            false => Ok(None),
        }
    }
}

/// The keeper's key, which has to be there.
///
/// # Errors
/// When it is not, or cannot be read.
pub fn read(folder: &Path) -> Result<Keeper> {
    let missing = || {
        Error::using(format!(
            "{}: there is no keeper's key",
            folder.join(KEEPER_KEY).display()
        ))
    };
    Keeper::of(folder)?.ok_or_else(missing)
}
