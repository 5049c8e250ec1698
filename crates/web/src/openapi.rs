//! The document of this API: OpenAPI 3.1, collected from the routes themselves.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::{FieldProblem, MEDIA_TYPE, Problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "hotich",
        description = "An event-sourced civil-status ledger (hộ tịch). An office drafts an act, its officer signs exactly the bytes \
                       that will be kept, the ledger records them and gives a receipt.\n\nBytes are base64 (standard, padded), \
                       hashes and keys hexadecimal, instants RFC 3339, days YYYY-MM-DD in Vietnam. Every failure is a problem \
                       (RFC 9457) with a stable code."
    ),
    components(schemas(Problem, FieldProblem)),
    tags(
        (name = "acts", description = "Acts on their way to a signature"),
        (name = "events", description = "Signed events, recorded and read back"),
        (name = "entries", description = "Register entries, folded from events"),
        (name = "offices", description = "Offices, their keys, books and notices"),
        (name = "statistics", description = "Counts"),
        (name = "kinds", description = "The kinds of event and the schemas of acts"),
        (name = "log", description = "What the log says about itself"),
        (name = "operation", description = "For operators"),
    )
)]
struct Head;

/// The document, as it stands in `schemas/openapi.json`.
pub fn document() -> Value {
    let routes = OpenApiRouter::with_openapi(Head::openapi())
        .merge(crate::bounded())
        .merge(crate::watched());
    let mut document = routes.into_openapi();
    let reader = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A reader's token of an office, made with `hotich keys`"))
            .build(),
    );
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("reader", reader);
    let mut document = serde_json::to_value(document).unwrap_or_default();
    add_acts(&mut document);
    add_problems(&mut document);
    document
}

/// The acts' own schemas, and a draft's act as one of them.
fn add_acts(document: &mut Value) {
    const PREFIX: &str = "#/components/schemas/";
    let schemas = civil::json_schema::components(PREFIX);
    let acts = schemas.keys().filter(|name| name.starts_with("act_"));
    let acts: Vec<Value> = acts
        .map(|name| json!({ "$ref": format!("{PREFIX}{name}") }))
        .collect();
    if let Some(act) = document.pointer_mut("/components/schemas/ActRequest/properties/act") {
        let description = act.get("description").cloned().unwrap_or_default();
        *act = json!({ "description": description, "anyOf": acts });
    }
    if let Some(Value::Object(known)) = document.pointer_mut("/components/schemas") {
        known.extend(schemas);
    }
}

/// Every operation may answer a problem: said once for each, as the default.
fn add_problems(document: &mut Value) {
    let problem = json!({
        "description": "A problem (RFC 9457): 400 or 422 with every faulty field, 401 or 403, 404, 409 with the present head, \
                        413, 503 with Retry-After, 500",
        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } }
    });
    let Some(Value::Object(paths)) = document.pointer_mut("/paths") else {
        return;
    };
    for operation in paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
    {
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            responses.insert("default".to_owned(), problem.clone());
        }
    }
}
