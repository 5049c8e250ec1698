//! The document of this API: OpenAPI 3.1, collected from the routes themselves.

mod access;
mod parameters;
mod problems;

use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

#[cfg(test)]
pub(crate) use self::access::is_personal;
use crate::problem::{FieldProblem, Problem};

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
        (name = "papers", description = "Papers: asked for, issued, handed over, and whether they still hold"),
        (name = "persons", description = "People, as officers have linked the places that name them"),
        (name = "offices", description = "Offices, their keys, books and notices"),
        (name = "statistics", description = "Counts"),
        (name = "law", description = "The rules of a day"),
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
    let auditor = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token of an auditor, made with `hotich keys token --auditor`",
            ))
            .build(),
    );
    let inspector = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token of an inspector, made with `hotich keys token --inspector`",
            ))
            .build(),
    );
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("reader", reader);
    components.add_security_scheme("auditor", auditor);
    components.add_security_scheme("inspector", inspector);
    let mut document = serde_json::to_value(document).unwrap_or_default();
    name_the_rest(&mut document);
    add_acts(&mut document);
    access::add(&mut document);
    parameters::add(&mut document);
    problems::add(&mut document);
    document
}

/// A parameter that takes the rest of an address is `{*name}` to the router and `{name}` to OpenAPI.
fn name_the_rest(document: &mut Value) {
    if let Some(paths) = document["paths"].as_object_mut() {
        let named = std::mem::take(paths).into_iter();
        paths.extend(named.map(|(path, item)| (path.replace("{*", "{"), item)));
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use axum::body::Body;
    use axum::http::{Method, Request, header};

    use super::*;
    use crate::testing::House;

    fn operations() -> Vec<(Method, String)> {
        let document = document();
        let paths = document["paths"].as_object().unwrap().clone();
        let methods = |(path, item): (String, Value)| {
            let item = item.as_object().unwrap().clone();
            item.into_iter()
                .map(move |(method, _)| (method.to_uppercase().parse().unwrap(), path.clone()))
        };
        paths.into_iter().flat_map(methods).collect()
    }

    #[test]
    fn the_document_in_schemas_is_that_of_this_program() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/openapi.json");
        let released = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            released == format!("{:#}\n", document()),
            "schemas/openapi.json is old; renew it: cargo run -p web --example openapi > schemas/openapi.json"
        );
    }

    #[tokio::test]
    async fn every_operation_of_the_document_is_in_the_router_and_no_other_method() {
        let house = House::founded().await;
        for (method, path) in operations() {
            let address = path.replace(['{', '}'], "");
            let request = Request::builder()
                .method(&method)
                .uri(&address)
                .body(Body::empty())
                .unwrap();
            let answer = house.ask(request).await;
            let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
            assert!(answer.status != 405, "{method} {path}");
            assert!(
                code != "no_such_address" || path == "/metrics",
                "{method} {path}: {}",
                answer.text()
            );
            let request = Request::delete(&address).body(Body::empty()).unwrap();
            let answer = house.ask(request).await;
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (405, "method_not_allowed"),
                "DELETE {path}"
            );
            let allowed = answer.header(header::ALLOW);
            let documented: BTreeSet<String> = operations()
                .into_iter()
                .filter(|(_, other)| *other == path)
                .map(|(method, _)| method.to_string())
                .collect();
            // Whoever answers GET answers HEAD.
            let allowed: BTreeSet<String> = allowed
                .split(',')
                .map(str::to_owned)
                .filter(|method| method != "HEAD")
                .collect();
            assert_eq!(allowed, documented, "{path}");
        }
    }

    /// A route that is added with its documentation is in the document; so no route may be added without. The files of the page that
    /// checks papers are no part of the API.
    #[test]
    fn no_route_is_added_without_its_documentation() {
        let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        let (undocumented, nested) = (concat!(".ro", "ute("), concat!(".ne", "st("));
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("middleware/tests.rs") && !path.ends_with("verifier/mod.rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    assert!(
                        !text.contains(undocumented) && !text.contains(nested),
                        "{}",
                        path.display()
                    );
                }
            }
        }
    }

    #[test]
    fn everything_the_document_refers_to_is_in_it() {
        fn references(value: &Value, found: &mut BTreeSet<String>) {
            match value {
                Value::Object(members) => {
                    found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                    members.values().for_each(|member| references(member, found));
                }
                Value::Array(items) => items.iter().for_each(|item| references(item, found)),
                _ => {}
            }
        }
        let document = document();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(found.contains("#/components/schemas/act_birth"));
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference} is nowhere");
        }
    }

    /// What stands in a description and nowhere else, a program cannot use.
    #[test]
    fn a_client_author_finds_everything_in_the_document() {
        let document = document();
        let mut names = BTreeSet::new();
        let mut missing = Vec::new();
        for (method, path) in operations() {
            let operation = &document["paths"][&path][method.as_str().to_lowercase()];
            let mut ask = |there: bool, what: String| {
                if !there {
                    missing.push(format!("{method} {path}: {what}"));
                }
            };
            for member in ["summary", "description", "operationId"] {
                ask(operation[member].is_string(), member.to_owned());
            }
            ask(
                names.insert(operation["operationId"].to_string()),
                "its own name".to_owned(),
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                for member in ["description", "schema", "example"] {
                    let name = &parameter["name"];
                    ask(!parameter[member].is_null(), format!("{member} of {name}"));
                }
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                ask(
                    response["description"].is_string(),
                    format!("description of {status}"),
                );
                let contents = response["content"].as_object();
                let has_schema =
                    contents.is_some_and(|all| all.values().all(|one| one["schema"].is_object()));
                ask(has_schema || status == "304", format!("schema of {status}"));
            }
            ask(operation["responses"]["500"].is_object(), "problems".to_owned());
        }
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            // The acts' schemas are titled in Vietnamese and tested where they are made.
            if name.starts_with(char::is_lowercase) {
                continue;
            }
            let parts = schema["allOf"].as_array().cloned().unwrap_or_default();
            for part in parts.iter().chain([schema]) {
                for (member, value) in part["properties"].as_object().into_iter().flatten() {
                    let text = value.to_string();
                    if !text.contains("\"description\"") && !text.contains("\"$ref\"") {
                        missing.push(format!("{name}: description of {member}"));
                    }
                    let says = value["description"].as_str().unwrap_or_default();
                    if says.contains("base64") && value["contentEncoding"].is_null() {
                        missing.push(format!("{name}: contentEncoding of {member}"));
                    }
                    if says.contains("hexadecimal") && value["pattern"].is_null() {
                        missing.push(format!("{name}: pattern of {member}"));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn what_asks_for_a_token_says_so() {
        let document = document();
        let open = [
            "/v/{code}",
            "/v1/status-list",
            "/v1/trust-list",
            "/v1/extracts/batch",
            "/v1/extracts/{paper}/proof",
            "/v1/extracts/{paper}/status",
            "/checkpoint",
            "/health",
            "/metrics",
            "/openapi.json",
            "/ready",
            "/tile/{path}",
            "/v1/kinds",
            "/v1/kinds/{kind}",
            "/v1/law",
        ];
        for (method, path) in operations() {
            let secured = !document["paths"][&path][method.as_str().to_lowercase()]["security"].is_null();
            let signed = path == "/v1/events" && method == Method::POST;
            assert_eq!(
                secured,
                !open.contains(&path.as_str()) && !signed,
                "{method} {path}"
            );
        }
    }

    #[tokio::test]
    async fn the_router_asks_for_a_token_where_the_document_says_so() {
        let house = House::founded().await;
        let document = document();
        for (method, path) in operations() {
            let secured = !document["paths"][&path][method.as_str().to_lowercase()]["security"].is_null();
            let request = Request::builder()
                .method(&method)
                .uri(path.replace(['{', '}'], ""))
                .body(Body::empty())
                .unwrap();
            assert_eq!(house.ask(request).await.status == 401, secured, "{method} {path}");
        }
    }
}
