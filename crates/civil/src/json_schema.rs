//! The JSON Schema (2020-12) of the acts as the API takes them, from the shapes that also read them.
//!
//! A schema tells a form what to ask for. It is looser than the reader in places that JSON Schema cannot say (text in
//! NFC, a day that the calendar has); the reader reports those faults with their pointers.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::act::Act;
use crate::kind::Kind;
use crate::shape::{FieldShape, Shape};
use crate::stated::stated_fields;

/// The schema of acts of that kind, complete in itself: the records that it uses stand in its `$defs`.
pub fn schema_of(kind: Kind) -> Json {
    let mut definitions = Definitions::new("#/$defs/");
    let mut schema = definitions.act(kind);
    let identity = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:hotich:act:{}:1", kind.name()),
    });
    extend(&mut schema, identity);
    let definitions: Map<String, Json> = definitions.found.into_iter().collect();
    if !definitions.is_empty() {
        extend(&mut schema, json!({ "$defs": definitions }));
    }
    schema
}

/// The schemas of all acts (under `act_` and the name of the kind) and of the records and codes that they use, each
/// referring to the others as `prefix` and a name: for one document that holds them all, as OpenAPI is.
pub fn components(prefix: &str) -> BTreeMap<String, Json> {
    let mut definitions = Definitions::new(prefix);
    let acts: Vec<(String, Json)> = Kind::ALL
        .iter()
        .map(|kind| (format!("act_{}", kind.name()), definitions.act(*kind)))
        .collect();
    definitions.found.into_iter().chain(acts).collect()
}

/// The records and codes that were met, by name.
struct Definitions<'a> {
    prefix: &'a str,
    found: BTreeMap<String, Json>,
}

impl<'a> Definitions<'a> {
    fn new(prefix: &'a str) -> Self {
        Self {
            prefix,
            found: BTreeMap::new(),
        }
    }

    fn act(&mut self, kind: Kind) -> Json {
        let mut schema = match Act::shape(kind) {
            Shape::Record(_, fields) => self.object(&fields),
            shape => self.of(&shape),
        };
        extend(&mut schema, json!({ "title": kind.vietnamese() }));
        schema
    }

    fn of(&mut self, shape: &Shape) -> Json {
        match shape {
            Shape::Text(rule) => text(rule),
            Shape::Uint(max) => json!({ "type": "integer", "minimum": 0, "maximum": max }),
            Shape::Ordinal(max) => json!({ "type": "integer", "minimum": 1, "maximum": max }),
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Bytes(16) => json!({ "type": "string", "format": "uuid" }),
            Shape::Bytes(0) => json!({ "type": "string", "pattern": "^([0-9a-fA-F]{2})+$" }),
            Shape::Bytes(size) => {
                json!({ "type": "string", "pattern": format!("^[0-9a-fA-F]{{{}}}$", size * 2) })
            }
            Shape::Path => json!({ "type": "string", "format": "json-pointer" }),
            Shape::Any => json!({}),
            Shape::List(item) | Shape::Several(item) => json!({ "type": "array", "items": self.of(item) }),
            Shape::Stated(value) => {
                let stated = self.stated(value);
                json!({ "anyOf": [self.of(value), stated] })
            }
            Shape::Codes(name, codes) => {
                let names: Vec<&str> = codes.iter().map(|(_, name)| *name).collect();
                self.definition(name, |_| json!({ "type": "string", "enum": names }))
            }
            Shape::Record("person_name", fields) => self.definition(
                "person_name",
                |definitions| json!({ "anyOf": [text("name_part"), definitions.object(fields)] }),
            ),
            Shape::Record(name, fields) | Shape::Tuple(name, fields) => {
                self.definition(name, |definitions| definitions.object(fields))
            }
        }
    }

    /// The long form of a stated value: the value or why there is none.
    fn stated(&mut self, value: &Shape) -> Json {
        let mut schema = self.object(&stated_fields(value.clone()));
        let either = json!({ "oneOf": [{ "required": ["value"] }, { "required": ["missing"] }] });
        extend(&mut schema, either);
        schema
    }

    fn object(&mut self, fields: &[FieldShape]) -> Json {
        let mut properties = Map::new();
        for field in fields {
            let mut schema = self.of(&field.shape);
            extend(&mut schema, json!({ "title": field.label }));
            properties.insert(field.name.to_owned(), schema);
        }
        let required: Vec<&str> = fields
            .iter()
            .filter(|field| field.required)
            .map(|field| field.name)
            .collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }

    fn definition(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.found.contains_key(name) {
            let schema = make(self);
            self.found.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("{}{name}", self.prefix) })
    }
}

/// A text by the name of its rule.
fn text(rule: &str) -> Json {
    match rule {
        "date" => json!({ "type": "string", "format": "date" }),
        "partial_date" => json!({
            "type": "string",
            "pattern": "^([0-9]{4}|XXXX)(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?$",
            "description": "EDTF: 2019-05-14, 2019-05, 2019, XXXX-05-14",
        }),
        "time_of_day" => json!({ "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$" }),
        "personal_number" => json!({ "type": "string", "pattern": "^[0-9]{12}$" }),
        "paper_code" => json!({
            "type": "string",
            "pattern": "^[0-9A-HJKMNP-TV-Z]{20}$",
            "description": "Crockford base32: 7K2MD0Q9XHVV3TA1ZC4E",
        }),
        "unit_id" => json!({
            "type": "string",
            "pattern": "^([0-9]{2}|[0-9]{3}|[0-9]{5})@([0-9]{4}-[0-9]{2}-[0-9]{2}|\\.\\.)$",
            "description": "code and first day: 10429@2025-07-01, or 10429@.. for the lists of 2024",
        }),
        "sex" => json!({ "type": "string", "enum": ["male", "female", "undetermined"] }),
        "name_part" => json!({ "type": "string", "minLength": 1, "maxLength": 500 }),
        "ethnicity" => json!({
            "type": "string",
            "minLength": 1,
            "maxLength": 4000,
            "description": "two digits of the list of ethnic groups, or the words of the book",
        }),
        "nationality" => json!({
            "type": "string",
            "minLength": 1,
            "maxLength": 4000,
            "description": "three letters of ISO 3166-1 or ICAO 9303, or the words of the book",
        }),
        _ => json!({ "type": "string", "minLength": 1, "maxLength": 4000 }),
    }
}

fn extend(schema: &mut Json, more: Json) {
    if let (Json::Object(schema), Json::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}
