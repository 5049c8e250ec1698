//! What a client author must know of parameters beyond their types: the words that they take, and an example of each.

use civil::kind::{BookType, Kind};
use civil::{act::TaskKind, law};
use registry::statistics::{Figures, Form};
use serde_json::{Map, Value, json};

/// An example for each parameter, by its name.
const EXAMPLES: [(&str, &str); 29] = [
    ("after", "019a0000-0000-7000-8000-000000000000"),
    ("as_of", "2026-03-02"),
    ("bodies", "true"),
    ("born", "1994"),
    ("entry", "019a0000-0000-7000-8000-000000000000"),
    ("code", "7K3QX-9M2TD-R5WBN-0C8HV"),
    ("event_id", "019a0000-0000-7000-8000-000000000000"),
    ("from", "2026-01-01"),
    ("id", "019a0000-0000-7000-8000-000000000000"),
    ("hotich-purpose", "paper; case=H29.12-260302-0001"),
    ("if-none-match", "\"f3a1\""),
    ("known_at", "2026-03-02T07:00:00+07:00"),
    ("limit", "50"),
    ("name", "nguyen thi hoa"),
    ("occurred_on", "2026-02"),
    ("office", "7"),
    ("on", "2026-03-02"),
    ("paper", "7K3QX-9M2TD-R5WBN-0C8HV"),
    ("path", "0/x001/067"),
    ("personal_number", "066194001234"),
    ("position", "41999"),
    ("provinces_on", "2025-07-01"),
    (
        "reader",
        "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
    ),
    ("received_on", "2026-03-02"),
    ("ref", "019a0000-0000-7000-8000-000000000000.child"),
    ("to", "2026-12-31"),
    ("unit", "00004"),
    ("units_on", "2025-07-01"),
    ("year", "2026"),
];

/// The words that a parameter of an operation takes.
fn words(path: &str, name: &str) -> Option<Vec<&'static str>> {
    Some(match (path, name) {
        ("/v1/statistics/{form}", "form") => Form::ALL.map(Form::name).to_vec(),
        ("/v1/statistics/{form}", "basis") => Figures::ALL.map(Figures::name).to_vec(),
        ("/v1/statistics/{form}", "format") => vec!["json", "csv"],
        ("/v1/tasks", "kind") => TaskKind::ALL.iter().map(|kind| kind.name()).collect(),
        ("/v1/notices", "state") => vec!["open", "overdue", "closed"],
        ("/v1/law", "kind") => law::KINDS.to_vec(),
        ("/v1/kinds/{kind}", "kind") => Kind::ALL.iter().map(|kind| kind.name()).collect(),
        (_, "book") => BookType::ALL.iter().map(|book| book.name()).collect(),
        _ => return None,
    })
}

/// Adds words and examples to every parameter that does not tell them itself.
pub(super) fn add(document: &mut Value) {
    let Some(Value::Object(paths)) = document.pointer_mut("/paths") else {
        return;
    };
    for (path, item) in paths {
        let operations = item.as_object_mut().into_iter().flat_map(Map::values_mut);
        let parameters = operations
            .filter_map(|operation| operation.get_mut("parameters"))
            .filter_map(Value::as_array_mut)
            .flatten();
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            if let Some(words) = words(path, &name) {
                parameter["example"] = json!(words.first());
                parameter["schema"]["enum"] = json!(words);
            } else if let Some(example) = example(&name, &parameter["schema"]) {
                parameter["example"] = example;
            }
        }
    }
}

/// As a number where the parameter is one.
fn example(name: &str, schema: &Value) -> Option<Value> {
    if schema["type"] == "integer" && matches!(name, "id" | "from") {
        return Some(json!(7));
    }
    if schema.get("format").is_none()
        && matches!((name, schema["type"].as_str()), ("from" | "to", Some("string")))
    {
        return Some(json!("now"));
    }
    let (_, text) = EXAMPLES.iter().find(|(known, _)| *known == name)?;
    Some(match schema["type"].as_str() {
        Some("integer") => json!(text.parse::<u64>().ok()?),
        Some("boolean") => json!(*text == "true"),
        _ => json!(text),
    })
}
