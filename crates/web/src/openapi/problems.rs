//! Which problems an operation may answer: told by what it takes, so that no operation forgets one.

use serde_json::{Map, Value, json};

use crate::problem::MEDIA_TYPE;

/// What an operation takes.
#[derive(Debug, Clone, Copy)]
struct Taken {
    body: bool,
    token: bool,
    path: bool,
    query: bool,
}

/// A status, what it means, and whether an operation may answer it.
type Status = (&'static str, &'static str, fn(&Taken) -> bool);

const STATUSES: [Status; 10] = [
    (
        "400",
        "A parameter or the body cannot be read; every fault is listed",
        |taken| taken.body || taken.path || taken.query,
    ),
    ("401", "No reader's token, or one that is not known", |taken| {
        taken.token
    }),
    (
        "403",
        "The token, or the key that signs, is of another office or may not do this",
        |taken| taken.body,
    ),
    ("404", "There is no such thing", |taken| {
        taken.path || taken.query || taken.body
    }),
    (
        "409",
        "What was signed for has moved: look again and sign again",
        |taken| taken.body,
    ),
    ("413", "The body is too large", |taken| taken.body),
    ("415", "The body is not JSON", |taken| taken.body),
    (
        "422",
        "Refused by law or form; every reason is listed with its field",
        |taken| taken.body,
    ),
    ("500", "A mistake of ours; nothing was recorded", |_| true),
    ("503", "Not now: try again after `Retry-After`", |_| true),
];

/// Adds to every operation the problems that it may answer and does not tell of itself, and to all of them the rest as the default.
pub(super) fn add(document: &mut Value) {
    let Some(Value::Object(paths)) = document.pointer_mut("/paths") else {
        return;
    };
    let operations = paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut);
    for operation in operations {
        let taken = Taken::by(operation);
        let Some(Value::Object(responses)) = operation.get_mut("responses") else {
            continue;
        };
        for (status, means, may) in &STATUSES {
            if may(&taken) && !responses.contains_key(*status) {
                responses.insert((*status).to_owned(), problem(means));
            }
        }
        responses.insert("default".to_owned(), problem("Any other problem (RFC 9457)"));
    }
}

impl Taken {
    fn by(operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array();
        let lies_in = |place: &str| parameters.is_some_and(|all| all.iter().any(|one| one["in"] == place));
        Self {
            body: operation.get("requestBody").is_some(),
            token: operation.get("security").is_some(),
            path: lies_in("path"),
            query: lies_in("query"),
        }
    }
}

pub(super) fn problem(means: &str) -> Value {
    json!({
        "description": means,
        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } }
    })
}
