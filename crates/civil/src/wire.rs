//! One declaration per record: its Rust type, its CBOR, its JSON, and its shape for the schemas.
//!
//! A record on the wire is a CBOR map with small unsigned keys, written down beside each field; in JSON the same
//! field has a name. Reading CBOR stops at the first fault, for the bytes were made by a program and are signed.
//! Reading JSON goes on and reports every faulty field with its JSON pointer (RFC 6901), for a person fills it in.
//!
//! Here is what a value on the wire can do, and the values that hold others; `word` has those of one word, `record` the records.

mod record;
mod word;

use ciborium::Value;
use serde_json::Value as Json;

use crate::cbor::{Malformed, Writer};
pub use crate::form::{FieldError, Form};
pub use crate::shape::{FieldShape, FieldType, Shape};

pub(crate) use record::{record, record_least, record_wire, record_words};
pub(crate) use word::{codes, reads, wire_code, wire_id, wire_text};

/// A value with one CBOR and one JSON form.
pub trait Wire: Sized {
    /// Its CBOR.
    fn to_cbor(&self) -> Value;
    /// Writes the bytes of its CBOR. The same as [`Wire::to_cbor`] makes, without the tree, because every body is
    /// written again each time it is read (`what_is_written_is_what_the_tree_says`).
    fn write(&self, out: &mut Writer) {
        out.tree(&self.to_cbor());
    }
    /// From CBOR.
    ///
    /// # Errors
    /// [`Malformed::Shape`] when it is not the CBOR of such a value.
    fn from_cbor(value: Value) -> Result<Self, Malformed>;
    /// Its JSON.
    fn to_json(&self) -> Json;
    /// From JSON; faults go to the form.
    fn from_json(json: &Json, form: &mut Form) -> Option<Self>;
    /// Its shape.
    fn shape() -> Shape;
    /// What an officer reads.
    fn vietnamese_text(&self) -> String {
        match self.to_json() {
            Json::String(text) => text,
            other => other.to_string(),
        }
    }
    /// The same in a sentence: what is made of parts with the names of its parts, and nothing of how it is written down for programs.
    fn words(&self) -> String {
        self.vietnamese_text()
    }
    /// The field that a path of names leads to; `None` when there is no such field, or it is not one by itself.
    fn field(path: &[&str]) -> Option<FieldType> {
        path.is_empty().then(FieldType::of::<Self>)
    }
    /// The JSON pointer of the field that a path of keys leads to: the reverse of [`Wire::field`].
    fn pointer(keys: &[u64]) -> Option<String> {
        keys.is_empty().then(String::new)
    }
    /// What stands for it when the field is left out; `None` when it must be there.
    fn absent() -> Option<Self> {
        None
    }
    /// Whether the field is left out for this value.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Wire> Wire for Option<T> {
    fn to_cbor(&self) -> Value {
        self.as_ref().map_or(Value::Null, Wire::to_cbor)
    }
    fn write(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write(out),
            None => out.tree(&Value::Null),
        }
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        T::from_cbor(value).map(Some)
    }
    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, Wire::to_json)
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        if json.is_null() {
            Some(None)
        } else {
            T::from_json(json, form).map(Some)
        }
    }
    fn shape() -> Shape {
        T::shape()
    }
    fn vietnamese_text(&self) -> String {
        self.as_ref().map_or_else(String::new, Wire::vietnamese_text)
    }
    fn words(&self) -> String {
        self.as_ref().map_or_else(String::new, Wire::words)
    }
    fn field(path: &[&str]) -> Option<FieldType> {
        T::field(path)
    }
    fn pointer(keys: &[u64]) -> Option<String> {
        T::pointer(keys)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn to_cbor(&self) -> Value {
        Value::Array(self.iter().map(Wire::to_cbor).collect())
    }
    fn write(&self, out: &mut Writer) {
        out.array(self.len());
        self.iter().for_each(|item| item.write(out));
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        match value {
            Value::Array(items) if !items.is_empty() => items.into_iter().map(T::from_cbor).collect(),
            _ => Err(Malformed::Shape("list")),
        }
    }
    fn to_json(&self) -> Json {
        Json::Array(self.iter().map(Wire::to_json).collect())
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        let Some(items) = json.as_array() else {
            return form.fault("not_a_list", "Phải là một danh sách.", "Must be a list.");
        };
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| form.at(index, |form| T::from_json(item, form)))
            .collect();
        read.into_iter().collect()
    }
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
    fn words(&self) -> String {
        self.iter().map(Wire::words).collect::<Vec<_>>().join("; ")
    }
    fn field(path: &[&str]) -> Option<FieldType> {
        let (step, rest) = path.split_first()?;
        let index: u32 = step.parse().ok()?;
        // `00` and `+0` would be second names of the first item.
        if index.to_string() != *step {
            return None;
        }
        T::field(rest).map(|field| field.below(u64::from(index), &format!("({})", u64::from(index) + 1)))
    }
    fn pointer(keys: &[u64]) -> Option<String> {
        let (index, rest) = keys.split_first()?;
        let index = u32::try_from(*index).ok()?;
        T::pointer(rest).map(|below| format!("/{index}{below}"))
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Wire> Wire for Box<T> {
    fn to_cbor(&self) -> Value {
        T::to_cbor(self)
    }
    fn write(&self, out: &mut Writer) {
        T::write(self, out);
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        T::from_cbor(value).map(Self::new)
    }
    fn to_json(&self) -> Json {
        T::to_json(self)
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        T::from_json(json, form).map(Self::new)
    }
    fn shape() -> Shape {
        T::shape()
    }
    fn vietnamese_text(&self) -> String {
        T::vietnamese_text(self)
    }
    fn words(&self) -> String {
        T::words(self)
    }
    fn field(path: &[&str]) -> Option<FieldType> {
        T::field(path)
    }
    fn pointer(keys: &[u64]) -> Option<String> {
        T::pointer(keys)
    }
}

impl Wire for bool {
    fn to_cbor(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        value.as_bool().ok_or(Malformed::Shape("bool"))
    }
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        json.as_bool()
            .or_else(|| form.fault("not_a_bool", "Phải là đúng hoặc sai.", "Must be true or false."))
    }
    fn shape() -> Shape {
        Shape::Bool
    }
    fn words(&self) -> String {
        if *self { "có" } else { "không" }.to_owned()
    }
}

macro_rules! wire_uint {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn to_cbor(&self) -> Value {
                Value::Integer((*self).into())
            }
            fn from_cbor(value: Value) -> Result<Self, Malformed> {
                value.as_integer().and_then(|number| number.try_into().ok()).ok_or(Malformed::Shape("number"))
            }
            fn to_json(&self) -> Json {
                Json::from(*self)
            }
            fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
                let number = json.as_u64().and_then(|number| Self::try_from(number).ok());
                number.or_else(|| form.fault("not_a_number", "Phải là một số nguyên dương.", "Must be a whole number in range."))
            }
            fn shape() -> Shape {
                Shape::Uint(Self::MAX as u64)
            }
        }
    )*};
}
wire_uint!(u8, u16, u32, u64);

/// Bytes of any length; hexadecimal in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Octets(pub Vec<u8>);

impl Wire for Octets {
    fn to_cbor(&self) -> Value {
        Value::Bytes(self.0.clone())
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        value
            .into_bytes()
            .map(Self)
            .map_err(|_| Malformed::Shape("bytes"))
    }
    fn to_json(&self) -> Json {
        Json::String(hex::encode(&self.0))
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        let bytes = json.as_str().and_then(|text| hex::decode(text).ok()).map(Self);
        bytes.or_else(|| form.fault("not_hex", "Phải là chuỗi thập lục phân.", "Must be hexadecimal."))
    }
    fn shape() -> Shape {
        Shape::Bytes(0)
    }
}
