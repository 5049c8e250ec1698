//! The bytes of a content (RFC 0004, section 1).

use std::collections::BTreeSet;

use ciborium::Value;

use super::content::{PaperContent, SignedBy};
use super::field::{FieldId, PaperField};
use crate::cbor::{self, Malformed};
use crate::law::{Paper, PaperForm};
use crate::value::Date;

/// The version of the bytes; [`crate::content`] writes 1.
const VERSION: u64 = 2;
const SHAPE: Malformed = Malformed::Shape("paper content");

impl PaperContent {
    /// The bytes of which the hash stands in the issuing act (RFC 0004).
    pub fn encode(&self) -> Vec<u8> {
        let texts = |texts: &[String]| Value::Array(texts.iter().map(|known| text(known)).collect());
        let field = |field: &PaperField| {
            let id = Value::Integer(field.id.number().into());
            Value::Array(vec![id, text(&field.value)])
        };
        let signed = &self.signed;
        cbor::encode(&Value::Array(vec![
            Value::Integer(VERSION.into()),
            Value::Integer(self.paper.code().into()),
            Value::Integer(self.form.code().into()),
            texts(&self.title),
            texts(&self.header),
            text(&self.number),
            text(&self.place),
            text(&self.issued_on.to_string()),
            Value::Array(self.fields.iter().map(field).collect()),
            texts(&self.notes),
            Value::Array(
                [&signed.heading, &signed.on_behalf, &signed.title, &signed.name]
                    .map(|known| text(known))
                    .to_vec(),
            ),
        ]))
    }

    /// Reads the bytes back.
    ///
    /// # Errors
    /// [`Malformed`], also for what no paper could say: an unknown paper, a field twice.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let items: [Value; 11] = array(cbor::decode(bytes)?)?;
        let [
            version,
            paper,
            form,
            title,
            header,
            number,
            place,
            issued_on,
            fields,
            notes,
            signed,
        ] = items;
        if uint(&version)? != VERSION {
            return Err(SHAPE);
        }
        let fields = list(fields)?.into_iter().map(|pair| {
            let [id, value] = array(pair)?;
            let id = u16::try_from(uint(&id)?).map_err(|_| SHAPE)?;
            let (id, value) = (FieldId::numbered(id), owned(value)?);
            Ok(PaperField { id, value })
        });
        let fields = fields.collect::<Result<Vec<_>, Malformed>>()?;
        let ids: BTreeSet<FieldId> = fields.iter().map(|field| field.id).collect();
        let paper = Paper::of_code(uint(&paper)?).ok_or(SHAPE)?;
        if ids.len() != fields.len() || ids.iter().any(|id| id.name(paper).is_none()) {
            return Err(SHAPE);
        }
        let [heading, on_behalf, by, name] = array(signed)?;
        Ok(Self {
            paper,
            form: PaperForm::of_code(uint(&form)?).ok_or(SHAPE)?,
            title: texts(title)?,
            header: texts(header)?,
            number: owned(number)?,
            place: owned(place)?,
            issued_on: Date::parse(&owned(issued_on)?).map_err(|_| SHAPE)?,
            fields,
            notes: texts(notes)?,
            signed: SignedBy {
                heading: owned(heading)?,
                on_behalf: owned(on_behalf)?,
                title: owned(by)?,
                name: owned(name)?,
            },
        })
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn list(value: Value) -> Result<Vec<Value>, Malformed> {
    value.into_array().map_err(|_| SHAPE)
}

fn array<const N: usize>(value: Value) -> Result<[Value; N], Malformed> {
    list(value)?.try_into().map_err(|_| SHAPE)
}

fn owned(value: Value) -> Result<String, Malformed> {
    value.into_text().map_err(|_| SHAPE)
}

fn texts(value: Value) -> Result<Vec<String>, Malformed> {
    list(value)?.into_iter().map(owned).collect()
}

fn uint(value: &Value) -> Result<u64, Malformed> {
    let integer = value.as_integer().ok_or(SHAPE)?;
    integer.try_into().map_err(|_| SHAPE)
}
