//! Values of one word on the wire: text, ids and codes, declared by macros.

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

pub(crate) use {codes, wire_code, wire_id, wire_text};
