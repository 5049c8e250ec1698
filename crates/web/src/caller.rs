//! [`Caller`]: who asks, where nothing of anybody is shown. People's data are shown to an [`Access`](crate::access::Access) alone.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use civil::id::OfficeId;

use crate::Web;
use crate::problem::{Problem, TOKEN_MISSING, TOKEN_UNKNOWN};

/// Whoever may read what is nobody's: offices, counts, hashes. For now an office, by a token made with `hotich keys`; sign-in of people
/// will come in here and in `Access`. An endpoint that takes neither is open to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// For which office they read.
    pub office: OfficeId,
}

/// The token that a request shows.
pub(crate) fn token(parts: &Parts) -> Result<&str, Problem> {
    let missing = || Problem::new(&TOKEN_MISSING);
    let value = parts.headers.get(header::AUTHORIZATION).ok_or_else(missing)?;
    let (scheme, token) = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .ok_or_else(missing)?;
    match scheme.eq_ignore_ascii_case("bearer") {
        true => Ok(token.trim()),
        false => Err(missing()),
    }
}

impl FromRequestParts<Arc<Web>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let office = web.registry().reader_of(token(parts)?).await?;
        office
            .map(|office| Self { office })
            .ok_or_else(|| Problem::new(&TOKEN_UNKNOWN))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, header};
    use registry::TokenId;

    use crate::testing::House;

    async fn with(house: &House, authorization: &str) -> (u16, String, String) {
        let request = Request::get("/v1/offices").header(header::AUTHORIZATION, authorization);
        let answer = house.ask(request.body(Body::empty()).unwrap()).await;
        let code = if answer.status == 200 {
            String::new()
        } else {
            answer.problem()
        };
        (
            answer.status,
            code,
            answer.header(header::WWW_AUTHENTICATE).to_owned(),
        )
    }

    #[tokio::test]
    async fn only_a_token_that_was_made_and_not_revoked_reads() {
        let house = House::founded().await;
        let token = house.ministry.token.clone();
        let challenge = "Bearer realm=\"hotich\"".to_owned();
        let refused = |code: &str| (401, code.to_owned(), challenge.clone());
        assert_eq!(with(&house, &format!("bearer {token}")).await.0, 200);
        for none in ["", "Bearer", "Basic b2ZmaWNlOjE=", token.as_str()] {
            assert_eq!(with(&house, none).await, refused("token_missing"), "{none}");
        }
        for wrong in [&token[..token.len() - 1], "x", "hotich_read_"] {
            assert_eq!(
                with(&house, &format!("Bearer {wrong}")).await,
                refused("token_unknown"),
                "{wrong}"
            );
        }
        assert!(
            house
                .web
                .registry()
                .revoke_token(TokenId::of(&token))
                .await
                .unwrap()
        );
        assert_eq!(
            with(&house, &format!("Bearer {token}")).await,
            refused("token_unknown")
        );
    }
}
