//! [`Caller`]: who asks. The one seam where reading is authorised; sign-in of people will come in here.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use civil::id::OfficeId;

use crate::Web;
use crate::problem::{Problem, TOKEN_MISSING, TOKEN_OF_ANOTHER_OFFICE, TOKEN_UNKNOWN};

/// Whoever may read: for now an office, by a token made with `hotich keys`. An endpoint that takes no `Caller` is open
/// to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// For which office they read.
    pub office: OfficeId,
}

impl Caller {
    /// Answers when the caller reads for that office.
    ///
    /// # Errors
    /// [`TOKEN_OF_ANOTHER_OFFICE`].
    pub fn of_office(&self, office: OfficeId) -> Result<(), Problem> {
        if self.office == office {
            Ok(())
        } else {
            Err(Problem::new(&TOKEN_OF_ANOTHER_OFFICE))
        }
    }
}

impl FromRequestParts<Arc<Web>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let missing = || Problem::new(&TOKEN_MISSING);
        let value = parts.headers.get(header::AUTHORIZATION).ok_or_else(missing)?;
        let (scheme, token) = value
            .to_str()
            .ok()
            .and_then(|text| text.split_once(' '))
            .ok_or_else(missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(missing());
        }
        let office = web.registry().reader_of(token.trim()).await?;
        office
            .map(|office| Self { office })
            .ok_or_else(|| Problem::new(&TOKEN_UNKNOWN))
    }
}
