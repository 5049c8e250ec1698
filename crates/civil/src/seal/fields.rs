//! Taking a decoded map apart, key by key.

use ciborium::Value;

use crate::cbor::Malformed;
use crate::value::Date;

/// The pairs of a map that have not been taken yet.
pub(super) struct Fields {
    pairs: Vec<(Value, Value)>,
    what: Malformed,
}

impl Fields {
    /// Of a map; `what` names it in errors.
    pub(super) fn of(value: Value, what: &'static str) -> Result<Self, Malformed> {
        let what = Malformed::Shape(what);
        let pairs = value.into_map().map_err(|_| what)?;
        Ok(Self { pairs, what })
    }

    /// Takes what stands under a key, if it is there.
    pub(super) fn maybe<T>(
        &mut self,
        key: u64,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, Malformed> {
        let named = Value::Integer(key.into());
        match self.pairs.iter().position(|(known, _)| *known == named) {
            None => Ok(None),
            Some(at) => read(self.pairs.remove(at).1).map(Some).ok_or(self.what),
        }
    }

    /// Takes what must stand under a key.
    pub(super) fn take<T>(
        &mut self,
        key: u64,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<T, Malformed> {
        self.maybe(key, read)?.ok_or(self.what)
    }

    /// Refuses keys that nobody took.
    pub(super) fn end(self) -> Result<(), Malformed> {
        if self.pairs.is_empty() {
            Ok(())
        } else {
            Err(self.what)
        }
    }
}

/// A map of those of the pairs that are there, in the order given.
pub(super) fn map<const N: usize>(pairs: [(u64, Option<Value>); N]) -> Value {
    let there = pairs.into_iter();
    Value::Map(
        there
            .filter_map(|(key, value)| Some((Value::Integer(key.into()), value?)))
            .collect(),
    )
}

pub(super) fn uint(value: Value) -> Option<u64> {
    value.as_integer()?.try_into().ok()
}

pub(super) fn text(value: Value) -> Option<String> {
    value.into_text().ok()
}

pub(super) fn bytes(value: Value) -> Option<Vec<u8>> {
    value.into_bytes().ok()
}

pub(super) fn fixed<const N: usize>(value: Value) -> Option<[u8; N]> {
    bytes(value)?.try_into().ok()
}

pub(super) fn date(value: Value) -> Option<Date> {
    Date::parse(&text(value)?).ok()
}

pub(super) fn list(value: Value) -> Option<Vec<Value>> {
    value.into_array().ok()
}
