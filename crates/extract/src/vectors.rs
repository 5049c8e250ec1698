//! Vectors of content version 2: each sample in each form, what it says, its bytes and its hash.

use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::PaperContent;
use civil::value::Date;
use serde_json::{Value as Json, json};

use crate::{TypesetError, sample};

/// The day of issue of the vectors, but for what holds from another.
const DAYS: [(u16, u8, u8); 2] = [(2026, 11, 22), (2027, 3, 1)];

/// The vectors as JSON: a member of texts for people, the bytes in hexadecimal, and their BLAKE3.
///
/// # Errors
/// As [`sample`].
pub fn content_vectors() -> Result<String, TypesetError> {
    let mut vectors = Vec::new();
    for (year, month, day) in DAYS {
        let on = Date::new(year, month, day).map_err(|_| TypesetError::Broken("a day of the vectors"))?;
        for paper in Paper::ALL {
            for form in PaperForm::ALL {
                let known = form_in_force(*paper, *form, on).filter(|(_, known)| *known);
                if known.is_some() {
                    vectors.push(vector(&sample(*paper, *form, on)?));
                }
            }
        }
    }
    let made_by = "cargo run -p extract --example content_vectors > schemas/papers/contents.json";
    let document = json!({ "made_by": made_by, "contents": vectors });
    serde_json::to_string_pretty(&document).map_err(|_| TypesetError::Broken("the vectors"))
}

fn vector(content: &PaperContent) -> Json {
    let bytes = content.encode();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let fields = content.fields.iter().map(|field| {
        let label = field.id.label(content.paper);
        json!([field.id.number(), label, field.value])
    });
    let signed = &content.signed;
    json!({
        "paper": content.paper.word(),
        "form": content.form.word(),
        "title": content.title,
        "header": content.header,
        "number": content.number,
        "place": content.place,
        "issued_on": content.issued_on.to_string(),
        "fields": fields.collect::<Vec<_>>(),
        "notes": content.notes,
        "signed": [signed.heading, signed.on_behalf, signed.title, signed.name],
        "printed": content.printed(),
        "bytes": hex(&bytes),
        "blake3": hex(&content.hash()),
    })
}
