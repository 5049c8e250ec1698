//! Entries that may be of the same person as the one at hand.

use civil::act::Act;
use civil::duplicate::Candidate;

use crate::Registry;
use crate::error::RegistryError;

/// The entries that may be of the same person as the one whom an act registers, the likeliest first.
pub(crate) async fn candidates(_registry: &Registry, _act: &Act) -> Result<Vec<Candidate>, RegistryError> {
    Ok(Vec::new())
}
