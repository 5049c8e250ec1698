//! Who signs: where the holder of a key stands in the ledger, and who stands near them.

use civil::act::Act;
use civil::decide::is_own_case_of_somebody;
use civil::id::{KeyId, StreamId};

use crate::Registry;
use crate::error::RegistryError;
use crate::persons::{self, Near};

/// Who stands near the holder of that key, when their appointment says who they are and the act is about somebody who may be
/// found to be one of them: people whom it links, or those of the entries that it continues or changes.
pub(crate) async fn facts(
    registry: &Registry,
    act: &Act,
    stream: StreamId,
    key: KeyId,
) -> Result<Near, RegistryError> {
    let linked = act.people().iter().any(|named| named.person.known_as.is_some());
    let of_entries = act.kind().continues_entry() || !act.reaches().is_empty();
    if !is_own_case_of_somebody(act, stream) || !(linked || of_entries) {
        return Ok(Near::default());
    }
    let known_as = registry.with_directory(|known| {
        let held = known.appointment_of(key)?;
        held.person.known_as.as_deref().copied()
    });
    match known_as {
        Some(place) => persons::near(registry, place).await,
        None => Ok(Near::default()),
    }
}
