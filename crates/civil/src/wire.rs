//! One declaration per record: its Rust type, its CBOR, its JSON, and its shape for the schemas.
//!
//! A record on the wire is a CBOR map with small unsigned keys, written down beside each field; in JSON the same
//! field has a name. Reading CBOR stops at the first fault, for the bytes were made by a program and are signed.
//! Reading JSON goes on and reports every faulty field with its JSON pointer (RFC 6901), for a person fills it in.

use ciborium::Value;
use serde_json::Value as Json;

use crate::cbor::{Malformed, Writer};
pub use crate::form::{FieldError, Form};
pub use crate::shape::{FieldShape, FieldType, Shape};

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

/// Whether a value, written out, is just that text.
pub(crate) fn reads(value: &impl std::fmt::Display, text: &str) -> bool {
    /// What of the text is still to come.
    struct Rest<'a>(&'a str);
    impl std::fmt::Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> std::fmt::Result {
            self.0 = self.0.strip_prefix(part).ok_or(std::fmt::Error)?;
            Ok(())
        }
    }
    let mut rest = Rest(text);
    std::fmt::write(&mut rest, format_args!("{value}")).is_ok() && rest.0.is_empty()
}

/// Types that are text on both wires, by `parse` and `Display`.
macro_rules! wire_text {
    ($($type:ty => $rule:literal, $parse:expr, $from_input:expr, $text:expr;)*) => {$(
        impl $crate::wire::Wire for $type {
            fn to_cbor(&self) -> ciborium::Value {
                ciborium::Value::Text(self.to_string())
            }
            fn write(&self, out: &mut $crate::cbor::Writer) {
                out.text(&self.to_string());
            }
            fn from_cbor(value: ciborium::Value) -> Result<Self, $crate::cbor::Malformed> {
                let shape = $crate::cbor::Malformed::Shape($rule);
                let text = value.into_text().map_err(|_| shape)?;
                let parsed: Self = $parse(&text).map_err(|_| shape)?;
                if $crate::wire::reads(&parsed, &text) { Ok(parsed) } else { Err(shape) }
            }
            fn to_json(&self) -> serde_json::Value {
                serde_json::Value::String(self.to_string())
            }
            fn from_json(json: &serde_json::Value, form: &mut $crate::wire::Form) -> Option<Self> {
                match json.as_str() {
                    Some(text) => form.value($from_input(text)),
                    None => form.fault("not_text", "Phải là chữ.", "Must be text."),
                }
            }
            fn vietnamese_text(&self) -> String {
                $text(self)
            }
            fn shape() -> $crate::wire::Shape {
                $crate::wire::Shape::Text($rule)
            }
        }
    )*};
}

/// Ids and hashes: bytes in CBOR, text in JSON.
macro_rules! wire_id {
    ($($type:ty, $size:literal, $from:expr, $bytes:expr;)*) => {$(
        impl $crate::wire::Wire for $type {
            fn to_cbor(&self) -> ciborium::Value {
                ciborium::Value::Bytes($bytes(self).to_vec())
            }
            fn from_cbor(value: ciborium::Value) -> Result<Self, $crate::cbor::Malformed> {
                let shape = $crate::cbor::Malformed::Shape("id");
                let bytes: [u8; $size] = value.into_bytes().map_err(|_| shape)?.try_into().map_err(|_| shape)?;
                Ok($from(bytes))
            }
            fn to_json(&self) -> serde_json::Value {
                serde_json::Value::String(self.to_string())
            }
            fn from_json(json: &serde_json::Value, form: &mut $crate::wire::Form) -> Option<Self> {
                let id = json.as_str().and_then(|text| text.parse().ok());
                id.or_else(|| form.fault("not_an_id", "Không phải mã định danh.", "Not an id of this kind."))
            }
            fn shape() -> $crate::wire::Shape {
                $crate::wire::Shape::Bytes($size)
            }
        }
    )*};
}

/// Enumerations that stand elsewhere and are on the wire by the same code and name: `ALL`, `code`, `name`, `vietnamese`.
macro_rules! wire_code {
    ($($type:ty => $rule:literal;)*) => {$(
        impl $crate::wire::Wire for $type {
            fn to_cbor(&self) -> ciborium::Value {
                ciborium::Value::Integer(self.code().into())
            }
            fn from_cbor(value: ciborium::Value) -> Result<Self, $crate::cbor::Malformed> {
                let code = value.as_integer().and_then(|code| u64::try_from(code).ok());
                let known = code.and_then(|code| Self::ALL.iter().copied().find(|known| u64::from(known.code()) == code));
                known.ok_or($crate::cbor::Malformed::Shape($rule))
            }
            fn to_json(&self) -> serde_json::Value {
                serde_json::Value::String(self.name().to_owned())
            }
            fn from_json(json: &serde_json::Value, form: &mut $crate::wire::Form) -> Option<Self> {
                let known = json.as_str().and_then(|name| Self::ALL.iter().copied().find(|known| known.name() == name));
                known.or_else(|| form.not_in_list(&Self::ALL.iter().map(|known| known.name()).collect::<Vec<_>>()))
            }
            fn vietnamese_text(&self) -> String {
                self.vietnamese().to_owned()
            }
            fn shape() -> $crate::wire::Shape {
                let codes = Self::ALL.iter().map(|known| (u64::from(known.code()), known.name()));
                $crate::wire::Shape::Codes($rule, codes.collect())
            }
        }
    )*};
}

/// An enumeration with a code for CBOR, a name for JSON and a Vietnamese label.
macro_rules! codes {
    ($(#[$doc:meta])* pub enum $name:ident $rule:literal {
        $($(#[$variant_doc:meta])* $variant:ident = $code:literal $json:literal $vi:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant = $code,)*
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $json),* }
            }

            /// Its name on forms and papers.
            pub const fn vietnamese(self) -> &'static str {
                match self { $(Self::$variant => $vi),* }
            }
        }

        impl $crate::wire::Wire for $name {
            fn to_cbor(&self) -> ciborium::Value {
                ciborium::Value::Integer((*self as u64).into())
            }
            fn write(&self, out: &mut $crate::cbor::Writer) {
                out.uint(*self as u64);
            }
            fn from_cbor(value: ciborium::Value) -> Result<Self, $crate::cbor::Malformed> {
                match value.as_integer().and_then(|code| u64::try_from(code).ok()) {
                    $(Some($code) => Ok(Self::$variant),)*
                    _ => Err($crate::cbor::Malformed::Shape($rule)),
                }
            }
            fn to_json(&self) -> serde_json::Value {
                serde_json::Value::String(self.name().to_owned())
            }
            fn from_json(json: &serde_json::Value, form: &mut $crate::wire::Form) -> Option<Self> {
                match json.as_str() {
                    $(Some($json) => Some(Self::$variant),)*
                    _ => {
                        const NAMES: &[&str] = &[$($json),*];
                        form.not_in_list(NAMES)
                    }
                }
            }
            fn vietnamese_text(&self) -> String {
                self.vietnamese().to_owned()
            }
            fn shape() -> $crate::wire::Shape {
                $crate::wire::Shape::Codes($rule, vec![$(($code, $json)),*])
            }
        }
    };
}

/// A record: `key name: Type, "label";` per field. The key is for ever; a field that is gone leaves its key unused.
macro_rules! record {
    ($($record:tt)*) => {
        $crate::wire::record_wire! { $($record)* }
        $crate::wire::record_least! { $($record)* }
    };
}

/// The record of the fields that must be there: so that a field that comes later touches no place that makes one.
macro_rules! record_least {
    ($(#[$doc:meta])* pub struct $name:ident $rule:literal $(shown by $shown:path)? { $($fields:tt)* }) => {
        $crate::wire::record_least! { @ $name [] [] $($fields)* }
    };
    (@ $name:ident [$($needed:tt)*] [$($set:tt)*]
        $(#[$doc:meta])* $key:literal $field:ident: Option<$type:ty>, $label:literal; $($rest:tt)*
    ) => {
        $crate::wire::record_least! { @ $name [$($needed)*] [$($set)* $field: None,] $($rest)* }
    };
    (@ $name:ident [$($needed:tt)*] [$($set:tt)*]
        $(#[$doc:meta])* $key:literal $field:ident: Vec<$type:ty>, $label:literal; $($rest:tt)*
    ) => {
        $crate::wire::record_least! { @ $name [$($needed)*] [$($set)* $field: Vec::new(),] $($rest)* }
    };
    (@ $name:ident [$($needed:tt)*] [$($set:tt)*]
        $(#[$doc:meta])* $key:literal $field:ident: $type:ty, $label:literal; $($rest:tt)*
    ) => {
        $crate::wire::record_least! { @ $name [$($needed)* $field: $type,] [$($set)* $field,] $($rest)* }
    };
    (@ $name:ident [$($needed:tt)*] [$($set:tt)*]) => {
        impl $name {
            /// Of what must be there alone, in the order of the keys; every other field is left out.
            #[allow(clippy::too_many_arguments, clippy::missing_const_for_fn, reason = "as many as the record has")]
            pub fn least($($needed)*) -> Self {
                Self { $($set)* }
            }
        }
    };
}

/// What [`record`] declares, but for `least`.
macro_rules! record_wire {
    ($(#[$doc:meta])* pub struct $name:ident $rule:literal $(shown by $shown:path)? {
        $($(#[$field_doc:meta])* $key:literal $field:ident: $type:ty, $label:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::wire::Wire for $name {
            fn to_cbor(&self) -> ciborium::Value {
                let mut pairs = Vec::new();
                $(if !$crate::wire::Wire::is_absent(&self.$field) {
                    pairs.push((ciborium::Value::Integer($key.into()), $crate::wire::Wire::to_cbor(&self.$field)));
                })*
                ciborium::Value::Map(pairs)
            }

            fn write(&self, out: &mut $crate::cbor::Writer) {
                out.map(0 $(+ usize::from(!$crate::wire::Wire::is_absent(&self.$field)))*);
                $(if !$crate::wire::Wire::is_absent(&self.$field) {
                    out.uint($key);
                    $crate::wire::Wire::write(&self.$field, out);
                })*
            }

            fn from_cbor(value: ciborium::Value) -> Result<Self, $crate::cbor::Malformed> {
                use $crate::cbor::Malformed;
                let ciborium::Value::Map(pairs) = value else { return Err(Malformed::Shape($rule)) };
                $(let mut $field: Option<$type> = None;)*
                for (key, value) in pairs {
                    match key.as_integer().and_then(|key| u64::try_from(key).ok()) {
                        $(Some($key) => $field = Some($crate::wire::Wire::from_cbor(value)?),)*
                        _ => return Err(Malformed::Shape($rule)),
                    }
                }
                Ok(Self {
                    $($field: match $field {
                        Some(value) => value,
                        None => <$type as $crate::wire::Wire>::absent()
                            .ok_or(Malformed::Shape(concat!($rule, ".", stringify!($field))))?,
                    },)*
                })
            }

            fn to_json(&self) -> serde_json::Value {
                let mut members = serde_json::Map::new();
                $(if !$crate::wire::Wire::is_absent(&self.$field) {
                    members.insert(stringify!($field).to_owned(), $crate::wire::Wire::to_json(&self.$field));
                })*
                serde_json::Value::Object(members)
            }

            fn from_json(json: &serde_json::Value, form: &mut $crate::wire::Form) -> Option<Self> {
                const NAMES: &[&str] = &[$(stringify!($field)),*];
                let Some(members) = json.as_object() else {
                    return form.fault("not_an_object", "Phải là một nhóm trường.", "Must be an object.");
                };
                form.only(members, NAMES);
                $(let $field: Option<$type> = form.at(stringify!($field), |form| {
                    match members.get(stringify!($field)) {
                        Some(value) => $crate::wire::Wire::from_json(value, form),
                        None => match <$type as $crate::wire::Wire>::absent() {
                            Some(value) => Some(value),
                            None => form.fault("missing", concat!("Thiếu: ", $label, "."), "Missing."),
                        },
                    }
                });)*
                Some(Self { $($field: $field?,)* })
            }

            $(fn vietnamese_text(&self) -> String {
                $shown(self)
            })?

            fn words(&self) -> String {
                $crate::wire::record_words! { self $(by $shown)?; $($field $label)* }
            }

            /// The whole record where the path ends here, else the field below.
            fn field(path: &[&str]) -> Option<$crate::wire::FieldType> {
                let Some((name, rest)) = path.split_first() else {
                    return Some($crate::wire::FieldType::of::<Self>());
                };
                $(if *name == stringify!($field) {
                    return <$type as $crate::wire::Wire>::field(rest).map(|field| field.below($key, $label));
                })*
                None
            }

            fn pointer(keys: &[u64]) -> Option<String> {
                let Some((key, rest)) = keys.split_first() else { return Some(String::new()) };
                match *key {
                    $($key => <$type as $crate::wire::Wire>::pointer(rest)
                        .map(|below| format!("/{}{below}", stringify!($field))),)*
                    _ => None,
                }
            }

            fn shape() -> $crate::wire::Shape {
                $crate::wire::Shape::Record($rule, vec![$($crate::wire::FieldShape {
                    key: $key,
                    name: stringify!($field),
                    label: $label,
                    required: <$type as $crate::wire::Wire>::absent().is_none(),
                    shape: <$type as $crate::wire::Wire>::shape(),
                }),*])
            }
        }
    };
}

/// A record in words: as it is shown, or part by part, each with its name.
macro_rules! record_words {
    ($record:ident by $shown:path; $($rest:tt)*) => { $shown($record) };
    ($record:ident; $($field:ident $label:literal)*) => {{
        let parts = [$(($label, $crate::wire::Wire::words(&$record.$field))),*];
        let stated = parts.into_iter().filter(|(_, words)| !words.is_empty());
        stated.map(|(label, words)| format!("{label}: {words}")).collect::<Vec<_>>().join(", ")
    }};
}

pub(crate) use {codes, record, record_least, record_wire, record_words, wire_code, wire_id, wire_text};
