//! Records on the wire: the declaration from which everything else of a record is made.

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

pub(crate) use {record, record_least, record_wire, record_words};
