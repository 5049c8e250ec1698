//! People as the ledger knows them, for decisions and for readers.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::person::PersonView;

use crate::Registry;
use crate::error::RegistryError;

/// What is known of the people whom an act links, by their pointers in it.
pub(crate) async fn facts(
    _registry: &Registry,
    _act: &Act,
) -> Result<BTreeMap<String, PersonView>, RegistryError> {
    Ok(BTreeMap::new())
}
