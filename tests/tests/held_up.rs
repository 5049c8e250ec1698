//! What follows the log may be held up; what hangs on it is a hint, or says that it has to be asked again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use hotich_tests::{Country, Engine, act, psql};
use serde_json::json;

/// Looking for candidates refused the draft.
#[test]
fn a_search_that_is_held_up_refuses_no_draft() {
    let (mut country, server) = Country::settle(Engine::Postgres, 1);
    let api = country.api(&server).with_token(&country.ledger.token(1));
    let held_up = "alter table public_projection.search_1 add constraint held_up check (false) not valid";
    psql(country.ledger.data(), held_up).unwrap();
    let birth = act::birth("Nguyễn Thị An");
    let filed = country.officer(1).file("birth", &birth);
    api.post("/v1/events", &filed.request()).with(201);
    let key = country.officer(1).key_id();
    let request = json!({ "kind": "birth", "office": 1, "key": key, "act": birth });
    let draft = api.post("/v1/acts", &request).with(200);
    assert_eq!(
        draft.json["duplicates"],
        json!([]),
        "as far as the search has come"
    );
}
