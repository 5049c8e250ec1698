//! What a value looks like: from this the CDDL and the JSON Schemas are written, so that they cannot drift.

use ciborium::Value;
use serde_json::Value as Json;

use crate::cbor::Malformed;
use crate::wire::{Form, Wire};

/// What a value looks like, for CDDL and JSON Schema.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Text; the name of the rule that says which.
    Text(&'static str),
    /// An unsigned integer up to that.
    Uint(u64),
    /// An unsigned integer from 1 up to that.
    Ordinal(u64),
    /// A truth value.
    Bool,
    /// Bytes of that many, hexadecimal (or UUID when 16) in JSON; 0 for any length.
    Bytes(usize),
    /// One of some codes, by rule name: (CBOR, JSON).
    Codes(&'static str, Vec<(u64, &'static str)>),
    /// One or more of these.
    List(Box<Shape>),
    /// None or more of these; the list itself is always there.
    Several(Box<Shape>),
    /// Such a value as a book states it.
    Stated(Box<Shape>),
    /// A record, by rule name: a map in CBOR, an object in JSON.
    Record(&'static str, Vec<FieldShape>),
    /// The same as an array of fixed length in CBOR, for records that can have no further field.
    Tuple(&'static str, Vec<FieldShape>),
    /// The name of a field of another record: a path of keys in CBOR, a pointer (RFC 6901) in JSON.
    Path,
    /// A value whose shape another field decides, or null.
    Any,
}

/// One field of a record.
#[derive(Debug, Clone)]
pub struct FieldShape {
    /// Its key in CBOR.
    pub key: u64,
    /// Its name in JSON.
    pub name: &'static str,
    /// Its name on the forms.
    pub label: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
}

/// The type of one field that a pointer names: how to read and show its value, and where it stands in the CBOR.
#[derive(Debug, Clone)]
pub struct FieldType {
    /// The keys (or indexes) on the way to it.
    pub keys: Vec<u64>,
    /// Its name on the forms.
    pub label: String,
    /// JSON to CBOR; faults go to the form.
    pub from_json: fn(&Json, &mut Form) -> Option<Value>,
    /// CBOR to JSON.
    pub to_json: fn(Value) -> Result<Json, Malformed>,
    /// CBOR to what an officer reads.
    pub to_text: fn(Value) -> Result<String, Malformed>,
    /// CBOR to words, whatever it holds.
    pub to_words: fn(Value) -> Result<String, Malformed>,
    /// CBOR to the one CBOR of the same value.
    pub recode: fn(Value) -> Result<Value, Malformed>,
}

impl FieldType {
    /// Of a value of type `T` that is a field by itself.
    pub fn of<T: Wire>() -> Self {
        Self {
            keys: Vec::new(),
            label: String::new(),
            from_json: |json, form| T::from_json(json, form).map(|value| value.to_cbor()),
            to_json: |value| T::from_cbor(value).map(|value| value.to_json()),
            to_text: |value| T::from_cbor(value).map(|value| value.vietnamese_text()),
            to_words: |value| T::from_cbor(value).map(|value| value.words()),
            recode: |value| T::from_cbor(value).map(|value| value.to_cbor()),
        }
    }

    /// The same field seen from one record further up.
    pub fn below(mut self, key: u64, label: &str) -> Self {
        self.keys.insert(0, key);
        self.label = if self.label.is_empty() {
            label.to_owned()
        } else {
            format!("{label} – {}", self.label)
        };
        self
    }
}
