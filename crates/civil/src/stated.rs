//! A value as a book states it: the value, how it was written, why it is missing, whether it was computed.
//!
//! A book of 1975 that gives a mother's age has no birth year; a torn page has no name. Neither is an empty string
//! (Circular 04/2020, Art. 18, 23, 29(9)).

use ciborium::Value;
use serde_json::{Map, Value as Json};

use crate::cbor::{Malformed, Writer};
use crate::value::Text;
use crate::wire::{FieldShape, FieldType, Form, Shape, Wire, codes};

codes! {
    /// Why a value is missing.
    pub enum Missing "missing" {
        /// The book has nothing there.
        NotInBook = 1 "not_in_book" "không ghi trong Sổ",
        /// The book has something there that cannot be read.
        Unreadable = 2 "unreadable" "không đọc được",
        /// The old software had it, or should have had it, and did not pass it on.
        NotTransferred = 3 "not_transferred" "chưa chuyển dữ liệu",
        /// It is not known to anyone (Decree 123/2015, Art. 14–15).
        Unknown = 4 "unknown" "không xác định",
    }
}

/// A value as a book states it (giá trị như ghi trong Sổ).
#[derive(Debug, Clone, PartialEq)]
pub struct Stated<T> {
    /// The value, when there is one.
    pub value: Option<T>,
    /// The text of the book, where it says it otherwise than the value does.
    pub as_written: Option<Text>,
    /// Why there is no value.
    pub missing: Option<Missing>,
    /// Whether the value was computed, for instance a birth year from an age (Circular 04/2020, Art. 23).
    pub computed: bool,
}

impl<T> Stated<T> {
    /// A plain value.
    pub const fn plain(value: T) -> Self {
        Self {
            value: Some(value),
            as_written: None,
            missing: None,
            computed: false,
        }
    }

    /// No value, and why.
    pub const fn missing(why: Missing) -> Self {
        Self {
            value: None,
            as_written: None,
            missing: Some(why),
            computed: false,
        }
    }
}

impl<T> From<T> for Stated<T> {
    fn from(value: T) -> Self {
        Self::plain(value)
    }
}

const MEMBERS: [&str; 4] = ["value", "as_written", "missing", "computed"];

impl<T: Wire> Stated<T> {
    fn full_from_json(members: &Map<String, Json>, form: &mut Form) -> Option<Self> {
        let value: Option<Option<T>> = read(members, "value", form);
        let as_written: Option<Option<Text>> = read(members, "as_written", form);
        let missing: Option<Option<Missing>> = read(members, "missing", form);
        let computed: Option<Option<bool>> = read(members, "computed", form);
        let (value, as_written, missing) = (value?, as_written?, missing?);
        let computed = computed?.unwrap_or(false);
        if value.is_some() == missing.is_some() {
            return form.fault(
                "value_or_reason",
                "Phải có giá trị hoặc lý do không có giá trị, không được có cả hai.",
                "Give either the value or the reason why it is missing.",
            );
        }
        if computed && value.is_none() {
            return form.at("computed", |form| {
                form.fault(
                    "nothing_computed",
                    "Không có giá trị nào được tính ra.",
                    "There is no value that could have been computed.",
                )
            });
        }
        Some(Self {
            value,
            as_written,
            missing,
            computed,
        })
    }
}

fn read<T: Wire>(members: &Map<String, Json>, name: &'static str, form: &mut Form) -> Option<Option<T>> {
    match members.get(name) {
        Some(json) => form.at(name, |form| Wire::from_json(json, form)),
        None => Some(None),
    }
}

impl<T: Wire> Wire for Stated<T> {
    fn to_cbor(&self) -> Value {
        let mut pairs = Vec::new();
        let mut put = |key: u8, value: Value| pairs.push((Value::Integer(key.into()), value));
        if let Some(value) = &self.value {
            put(0, value.to_cbor());
        }
        if let Some(text) = &self.as_written {
            put(1, text.to_cbor());
        }
        if let Some(why) = &self.missing {
            put(2, why.to_cbor());
        }
        if self.computed {
            put(3, Value::Bool(true));
        }
        Value::Map(pairs)
    }

    fn write(&self, out: &mut Writer) {
        let parts = [
            self.value.is_some(),
            self.as_written.is_some(),
            self.missing.is_some(),
            self.computed,
        ];
        out.map(parts.into_iter().filter(|present| *present).count());
        if let Some(value) = &self.value {
            value.write(out.uint(0));
        }
        if let Some(text) = &self.as_written {
            text.write(out.uint(1));
        }
        if let Some(why) = &self.missing {
            why.write(out.uint(2));
        }
        if self.computed {
            self.computed.write(out.uint(3));
        }
    }

    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        const SHAPE: Malformed = Malformed::Shape("stated");
        let Value::Map(pairs) = value else {
            return Err(SHAPE);
        };
        let mut stated = Self {
            value: None,
            as_written: None,
            missing: None,
            computed: false,
        };
        for (key, value) in pairs {
            match key.as_integer().and_then(|key| u8::try_from(key).ok()) {
                Some(0) => stated.value = Some(T::from_cbor(value)?),
                Some(1) => stated.as_written = Some(Text::from_cbor(value)?),
                Some(2) => stated.missing = Some(Missing::from_cbor(value)?),
                Some(3) if value == Value::Bool(true) => stated.computed = true,
                _ => return Err(SHAPE),
            }
        }
        if stated.value.is_some() == stated.missing.is_some() || (stated.computed && stated.value.is_none()) {
            Err(SHAPE)
        } else {
            Ok(stated)
        }
    }

    fn to_json(&self) -> Json {
        if let (Some(value), None, false) = (&self.value, &self.as_written, self.computed) {
            return value.to_json();
        }
        let mut members = Map::new();
        let mut put = |name: &str, json: Json| members.insert(name.to_owned(), json);
        if let Some(value) = &self.value {
            put("value", value.to_json());
        }
        if let Some(text) = &self.as_written {
            put("as_written", text.to_json());
        }
        if let Some(why) = &self.missing {
            put("missing", why.to_json());
        }
        if self.computed {
            put("computed", Json::Bool(true));
        }
        Json::Object(members)
    }

    /// The plain value alone, or an object with any of `value`, `as_written`, `missing`, `computed`.
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        match json.as_object() {
            Some(members)
                if !members.is_empty() && members.keys().all(|name| MEMBERS.contains(&name.as_str())) =>
            {
                Self::full_from_json(members, form)
            }
            _ => T::from_json(json, form).map(Self::plain),
        }
    }

    fn vietnamese_text(&self) -> String {
        match (&self.value, &self.missing) {
            (Some(value), _) => value.vietnamese_text(),
            (None, Some(why)) => format!("({})", why.vietnamese()),
            (None, None) => String::new(),
        }
    }

    fn words(&self) -> String {
        match &self.value {
            Some(value) => value.words(),
            None => self.vietnamese_text(),
        }
    }

    fn shape() -> Shape {
        Shape::Stated(Box::new(T::shape()))
    }

    fn field(path: &[&str]) -> Option<FieldType> {
        path.is_empty().then(FieldType::of::<Self>)
    }
}

/// Whether this is the CBOR of a stated value without the value itself: it has the reason (a code, key 2) and no value (key
/// 0). No other map of the format that can be a field has a number at its key 2 and nothing at its key 0.
pub fn states_no_value(value: &Value) -> bool {
    let at = |wanted: u8| {
        let pairs = value.as_map()?;
        let found = pairs
            .iter()
            .find(|(key, _)| *key == Value::Integer(wanted.into()));
        found.map(|(_, value)| value)
    };
    at(0).is_none() && at(2).is_some_and(Value::is_integer)
}

/// The shape of a stated value as a record, for the schemas.
pub fn stated_fields(shape: Shape) -> Vec<FieldShape> {
    let field = |key, name, label, shape| FieldShape {
        key,
        name,
        label,
        required: false,
        shape,
    };
    vec![
        field(0, "value", "Giá trị", shape),
        field(1, "as_written", "Như ghi trong Sổ", Text::shape()),
        field(2, "missing", "Lý do không có", Missing::shape()),
        field(3, "computed", "Tính ra", Shape::Bool),
    ]
}
