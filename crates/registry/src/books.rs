//! Books as events opened and closed them.

use civil::act::Act;
use civil::decide::BookFacts;
use civil::id::StreamId;

use crate::Registry;
use crate::error::RegistryError;

/// What is known of the book in which an act takes its number, or that it opens or closes.
pub(crate) async fn facts(
    _registry: &Registry,
    _act: &Act,
    _stream: StreamId,
) -> Result<Option<BookFacts>, RegistryError> {
    Ok(None)
}
