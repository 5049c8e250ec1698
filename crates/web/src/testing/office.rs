//! An office in a test.

use civil::cose::SecretKey;
use serde_json::{Value as Json, json};

/// An office with the key of its officer and a token to read with.
pub(crate) struct Office {
    pub(crate) id: u32,
    pub(crate) key: SecretKey,
    pub(crate) token: String,
}

impl Office {
    /// The request as this office makes it, where it does not say otherwise.
    pub(crate) fn signing(&self, mut request: Json) -> Json {
        if request.get("office").is_none() {
            request["office"] = json!(self.id);
        }
        if request.get("key").is_none() {
            request["key"] = json!(self.key.public().id().to_string());
        }
        request
    }

    /// Another office with that key.
    pub(crate) async fn elsewhere(&self, id: u32, key: SecretKey, house: &super::House) -> Self {
        let made = house.web.registry().make_token(civil::id::OfficeId(id), "test");
        let token = made.await.unwrap();
        Self { id, key, token }
    }

    /// The same office with another key.
    pub(crate) fn with_key(&self, key: SecretKey) -> Self {
        Self {
            id: self.id,
            key,
            token: self.token.clone(),
        }
    }
}
