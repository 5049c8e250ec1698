//! The content as a template reads it (`content.json`).

use civil::act::PersonRole;
use civil::paper::{PaperContent, day_line, in_words};
use serde_json::{Map, Value as Json, json};

use crate::{Sheet, TypesetError};

/// Roles of which a paper may name several: lists in the template.
const SEVERAL: [PersonRole; 3] = [PersonRole::Guardian, PersonRole::Ward, PersonRole::Supervisor];

/// Fields of the act of which there may be several.
const LISTED: &str = "changes";

/// `paper`, `form`, `title`, `header`, `number`, `place`, `issued`, one member for each person by role, `act`, `notes`, `signed`, `url`.
pub(crate) fn of(sheet: &Sheet<'_>) -> Result<String, TypesetError> {
    let content = sheet.content;
    let mut page = Map::new();
    let mut act = Map::new();
    for field in &content.fields {
        let name = field.id.name(content.paper);
        let name = name.ok_or(TypesetError::Broken("a field of no paper"))?;
        let record = match field.id.role() {
            None => &mut act,
            Some(role) => person(&mut page, role, field.id.index())
                .ok_or(TypesetError::Broken("people out of order"))?,
        };
        if field.id.is_of_act() && name == LISTED {
            let lines = record.entry(LISTED).or_insert_with(|| json!([]));
            lines
                .as_array_mut()
                .into_iter()
                .for_each(|lines| lines.push(json!(field.value)));
            continue;
        }
        record.insert(name.to_owned(), json!(field.value));
        if let Some(words) = in_words(content.paper, field.id, &field.value) {
            record.insert(format!("{name}_in_words"), json!(words));
        }
    }
    page.insert("act".to_owned(), Json::Object(act));
    page.extend(around(sheet, content));
    Ok(Json::Object(page).to_string())
}

/// The record of a person, in which fields are put.
fn person(page: &mut Map<String, Json>, role: PersonRole, index: usize) -> Option<&mut Map<String, Json>> {
    if !SEVERAL.contains(&role) {
        return page
            .entry(role.name())
            .or_insert_with(|| json!({}))
            .as_object_mut();
    }
    let people = page
        .entry(role.name())
        .or_insert_with(|| json!([]))
        .as_array_mut()?;
    if people.len() == index {
        people.push(json!({}));
    }
    people.get_mut(index)?.as_object_mut()
}

/// What stands around the fields.
fn around(sheet: &Sheet<'_>, content: &PaperContent) -> Map<String, Json> {
    let signed = &content.signed;
    let day = day_line(content.issued_on);
    let issued = match content.place.as_str() {
        "" => day,
        place => format!("{place}, {day}"),
    };
    let around = json!({
        "paper": content.paper.word(),
        "form": content.form.word(),
        "title": content.title,
        "header": content.header,
        "number": content.number,
        "issued": issued,
        "notes": content.notes,
        "signed": {
            "heading": signed.heading,
            "on_behalf": signed.on_behalf,
            "title": signed.title,
            "name": signed.name,
        },
        "url": sheet.codes.map(|codes| codes.url),
    });
    match around {
        Json::Object(members) => members,
        _ => Map::new(),
    }
}
