//! Reader tokens: an office's right to read, until people sign in themselves; an auditor's, to the envelopes alone; and an inspector's, to
//! the log of accesses alone.
//!
//! The ledger keeps the BLAKE3 of a token and nothing else, so nobody can read with what they find in the store or in a
//! backup. A token is 32 bytes of chance: there is nothing to guess, and so no salt and no slow hash.

use std::fmt;
use std::str::FromStr;

use civil::id::OfficeId;

use crate::Registry;
use crate::error::RegistryError;

/// What every token begins with, so that a lost one is found by those who look for secrets in the wrong places.
pub const TOKEN_PREFIX: &str = "hotich_read_";

/// What an auditor's token begins with: it reads the envelopes of the whole country, and nothing else. The kind of a token is in its
/// text, of which the ledger keeps the hash, so none becomes one of the other kind.
pub const AUDITOR_PREFIX: &str = "hotich_audit_";

/// What an inspector's token begins with: it reads the log of accesses, and nothing else.
pub const INSPECTOR_PREFIX: &str = "hotich_inspect_";

/// The name of a token: the BLAKE3 of its text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenId([u8; 32]);

impl TokenId {
    /// The name of the token with that text.
    pub fn of(token: &str) -> Self {
        Self(*blake3::hash(token.as_bytes()).as_bytes())
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for TokenId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for TokenId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "TokenId({self})")
    }
}

impl FromStr for TokenId {
    type Err = civil::id::BadId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)
            .map_err(|_| civil::id::BadId("a token id (64 hexadecimal digits)"))?;
        Ok(Self(bytes))
    }
}

/// A token as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownToken {
    /// Its name.
    pub id: TokenId,
    /// The office that reads with it.
    pub office: OfficeId,
    /// What it is for, in the words of whoever made it.
    pub label: String,
    /// When it was made, milliseconds since 1970-01-01T00:00:00Z.
    pub created_at_ms: i64,
    /// When it was revoked; none while it is good.
    pub revoked_at_ms: Option<i64>,
}

impl Registry {
    /// Makes a token for an office and answers its text, which is kept nowhere and cannot be had again.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such office; [`RegistryError::Fault`].
    pub async fn make_token(&self, office: OfficeId, label: &str) -> Result<String, RegistryError> {
        let known =
            office == OfficeId::ADMINISTRATION || self.with_directory(|known| known.office(office).is_some());
        if !known {
            return Err(RegistryError::NotFound("office"));
        }
        self.new_token(TOKEN_PREFIX, office, label).await
    }

    /// Makes a token for an auditor, who may read every signed envelope and no body.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn make_auditor_token(&self, label: &str) -> Result<String, RegistryError> {
        self.new_token(AUDITOR_PREFIX, OfficeId::ADMINISTRATION, label)
            .await
    }

    /// Makes a token for an inspector, who may read who was shown what, and nothing of what was shown.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn make_inspector_token(&self, label: &str) -> Result<String, RegistryError> {
        self.new_token(INSPECTOR_PREFIX, OfficeId::ADMINISTRATION, label)
            .await
    }

    async fn new_token(&self, kind: &str, office: OfficeId, label: &str) -> Result<String, RegistryError> {
        let mut secret = [0; 32];
        self.chance.fill(&mut secret);
        let token = format!("{kind}{}", hex::encode(secret));
        self.ledger
            .add_token(&TokenId::of(&token).0, office.0, label)
            .await?;
        Ok(token)
    }

    /// Whether this is an auditor's token that was made and not revoked.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn is_auditor(&self, token: &str) -> Result<bool, RegistryError> {
        Ok(self.good_for(AUDITOR_PREFIX, token).await?.is_some())
    }

    /// Whether this is an inspector's token that was made and not revoked.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn is_inspector(&self, token: &str) -> Result<bool, RegistryError> {
        Ok(self.good_for(INSPECTOR_PREFIX, token).await?.is_some())
    }

    /// The office that reads with this token; none when it is not known or was revoked.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn reader_of(&self, token: &str) -> Result<Option<OfficeId>, RegistryError> {
        self.good_for(TOKEN_PREFIX, token).await
    }

    /// The office of a token of that kind, if it was made and not revoked.
    async fn good_for(&self, kind: &str, token: &str) -> Result<Option<OfficeId>, RegistryError> {
        if !token.starts_with(kind) {
            return Ok(None);
        }
        let found = self.ledger.find_token(&TokenId::of(token).0).await?;
        Ok(found
            .filter(|token| token.revoked_at_ms.is_none())
            .map(|token| OfficeId(token.office)))
    }

    /// Revokes a token; `false` when there is none, or it was revoked before.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn revoke_token(&self, id: TokenId) -> Result<bool, RegistryError> {
        Ok(self.ledger.revoke_token(&id.0).await?)
    }

    /// Every token, by office.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn tokens(&self) -> Result<Vec<KnownToken>, RegistryError> {
        let tokens = self.ledger.tokens().await?;
        let known = tokens.into_iter().map(|token| KnownToken {
            id: TokenId(token.hash),
            office: OfficeId(token.office),
            label: token.label,
            created_at_ms: token.created_at_ms,
            revoked_at_ms: token.revoked_at_ms,
        });
        Ok(known.collect())
    }
}
