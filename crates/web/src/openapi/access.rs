//! What is said of every operation that shows people's data: that it is written down, and why it was asked may be said.

use serde_json::{Map, Value, json};

use crate::access::PURPOSE;

/// What an operation says that shows people's data: the one role in its `security`.
pub(super) const PERSONAL: &str = "personal_data";

/// Whether an operation shows people's data.
pub(crate) fn is_personal(operation: &Value) -> bool {
    let schemes = operation["security"].as_array().into_iter().flatten();
    let mut roles = schemes
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter_map(Value::as_array)
        .flatten();
    roles.any(|role| role == PERSONAL)
}

/// Adds the header, and why there may be no answer.
pub(super) fn add(document: &mut Value) {
    let Some(Value::Object(paths)) = document.pointer_mut("/paths") else {
        return;
    };
    let operations = paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut);
    for operation in operations.filter(|operation| is_personal(operation)) {
        if !operation["parameters"].is_array() {
            operation["parameters"] = json!([]);
        }
        if let Some(parameters) = operation["parameters"].as_array_mut() {
            parameters.push(json!({
                "name": PURPOSE.as_str(),
                "in": "header",
                "description": "Why it is read: `registration`, `paper`, `person`, `authority`, `quality`, `inspection` or `operation`, \
                    and perhaps the number of a case. It is written down with what is shown; it must not name a person.",
                "required": false,
                "schema": { "type": "string", "pattern": "^[a-z]+(; ?case=[A-Za-z0-9./-]{1,40})?$" },
            }));
        }
        if let Some(responses) = operation["responses"].as_object_mut() {
            responses.insert(
                "503".to_owned(),
                super::problems::problem(
                    "Not now: try again after `Retry-After`. With `access_not_written`: what would be shown could not be written down, \
                     so it is not shown",
                ),
            );
        }
    }
}
