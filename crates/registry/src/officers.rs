//! Who signs: the role of the key, the appointment behind it, and the signer's relatives.

use civil::act::{Act, PersonRef, Role};
use civil::directory::Appointment;
use civil::id::KeyId;

use crate::Registry;
use crate::error::RegistryError;

/// What is known of the signer.
#[derive(Debug, Default)]
pub(crate) struct SignerFacts {
    /// Of the key.
    pub(crate) role: Option<Role>,
    /// Behind the key.
    pub(crate) appointment: Option<Appointment>,
    /// Parents, children, spouses, siblings.
    pub(crate) relatives: Vec<PersonRef>,
}

/// What is known of the holder of that key.
pub(crate) async fn facts(registry: &Registry, _act: &Act, key: KeyId) -> Result<SignerFacts, RegistryError> {
    let (role, appointment) = registry.with_directory(|known| {
        let role = known.key(key).map(|grant| grant.role);
        (role, known.appointment_of(key).cloned())
    });
    Ok(SignerFacts {
        role,
        appointment,
        relatives: Vec::new(),
    })
}
