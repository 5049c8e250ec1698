//! Documents of a shape in which every field is right.

use civil::act::{Act, amendable};
use civil::kind::Kind;
use civil::shape::{FieldShape, Shape};
use civil::value::{PersonName, Text};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// Letters of many peoples, marks without a single code point, signs and blanks.
const LETTERS: &[char] = &[
    'a', 'N', 'ễ', 'ƀ', 'Ƀ', 'ơ', '\u{306}', '\u{302}', '\u{323}', 'đ', 'Ê', '’', '\'', '`', '-', ' ',
    '\u{a0}', '.', '7', 'Ж', '山', 'ក', '\u{200d}', '🙂', '\n', 'ſ', '\u{301}', 'ﬁ', '가', '\u{1100}',
    '\u{1161}',
];

fn words() -> impl Strategy<Value = String> {
    vec(prop::sample::select(LETTERS), 1..24).prop_filter_map("no text", |letters| {
        let text: String = letters.into_iter().collect();
        Text::from_input(&text).ok().map(|text| text.to_string())
    })
}

fn name() -> impl Strategy<Value = String> {
    words().prop_filter("no name", |text| PersonName::parse(text).is_ok())
}

fn date() -> impl Strategy<Value = String> {
    (1..=9999_u16, 1..=12_u8, 1..=28_u8)
        .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

fn partial_date() -> impl Strategy<Value = String> {
    let parts = (any::<bool>(), any::<bool>(), any::<bool>(), date());
    parts.prop_filter_map("nothing known", |(year, month, day, date)| {
        let parts: Vec<&str> = date.split('-').collect();
        let year = if year { parts[0] } else { "XXXX" };
        match (month, day) {
            (true, true) => Some(format!("{year}-{}-{}", parts[1], parts[2])),
            (true, false) => Some(format!("{year}-{}", parts[1])),
            (false, true) => Some(format!("{year}-XX-{}", parts[2])),
            (false, false) => (year != "XXXX").then(|| year.to_owned()),
        }
    })
}

fn text(rule: &str) -> BoxedStrategy<String> {
    match rule {
        "date" => date().boxed(),
        "partial_date" => partial_date().boxed(),
        "time_of_day" => (0..24_u8, 0..60_u8)
            .prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
            .boxed(),
        "personal_number" => "[0-9]{12}".boxed(),
        "paper_code" => "[0-9A-HJKMNP-TV-Z]{20}".boxed(),
        "unit_id" => (
            "[0-9]{2}|[0-9]{3}|[0-9]{5}",
            prop_oneof![Just("..".to_owned()), date()],
        )
            .prop_map(|(code, from)| format!("{code}@{from}"))
            .boxed(),
        "sex" => prop::sample::select(vec!["male", "female", "undetermined"])
            .prop_map(str::to_owned)
            .boxed(),
        "ethnicity" => prop_oneof![Just("12".to_owned()), Just("99".to_owned()), words()].boxed(),
        "nationality" => prop_oneof![Just("VNM".to_owned()), Just("QQQ".to_owned()), words()].boxed(),
        "name_part" => name().boxed(),
        _ => words().boxed(),
    }
}

/// Any document of that shape.
pub fn right(shape: &Shape) -> BoxedStrategy<Json> {
    match shape {
        Shape::Text(rule) => text(rule).prop_map(Json::from).boxed(),
        Shape::Ordinal(max) => (1..=*max).prop_map(Json::from).boxed(),
        Shape::Uint(max) => (0..=*max).prop_map(Json::from).boxed(),
        Shape::Bool => any::<bool>().prop_map(Json::from).boxed(),
        Shape::Bytes(16) => any::<[u8; 16]>()
            .prop_map(|id| json!(uuid::Uuid::from_bytes(id).to_string()))
            .boxed(),
        Shape::Bytes(size) => {
            let size = if *size == 0 { 40 } else { *size };
            vec(any::<u8>(), size)
                .prop_map(|bytes| json!(hex::encode(bytes)))
                .boxed()
        }
        Shape::Codes(_, codes) => {
            let names: Vec<&str> = codes.iter().map(|(_, name)| *name).collect();
            prop::sample::select(names).prop_map(Json::from).boxed()
        }
        Shape::List(item) | Shape::Several(item) => vec(right(item), 0..3).prop_map(Json::Array).boxed(),
        Shape::Stated(value) => stated(value),
        Shape::Record("person_name", fields) => {
            prop_oneof![name().prop_map(Json::from), record(fields)].boxed()
        }
        Shape::Tuple("amended" | "reached", _) => amended(),
        Shape::Record(_, fields) | Shape::Tuple(_, fields) => record(fields),
        Shape::Path | Shape::Any => panic!("decided by another field"),
    }
}

fn stated(value: &Shape) -> BoxedStrategy<Json> {
    let long =
        (right(value), prop::option::of(words()), any::<bool>()).prop_map(|(value, as_written, computed)| {
            let mut members = json!({ "value": value, "computed": computed });
            if let Some(text) = as_written {
                members["as_written"] = json!(text);
            }
            members
        });
    let reasons = vec!["not_in_book", "unreadable", "not_transferred", "unknown"];
    let missing = prop::sample::select(reasons).prop_map(|why| json!({ "missing": why }));
    prop_oneof![3 => right(value), 1 => long, 1 => missing].boxed()
}

fn record(fields: &[FieldShape]) -> BoxedStrategy<Json> {
    let members: Vec<BoxedStrategy<Option<(&'static str, Json)>>> = fields
        .iter()
        .map(|field| {
            let name = field.name;
            let member = right(&field.shape).prop_map(move |value| (name, value));
            if field.required {
                member.prop_map(Some).boxed()
            } else {
                prop::option::of(member).boxed()
            }
        })
        .collect();
    members
        .prop_map(|members| {
            let members = members.into_iter().flatten();
            Json::Object(
                members
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect::<Map<_, _>>(),
            )
        })
        .boxed()
}

/// The fields of a shape that an amendment may change, with their shapes.
fn fields_of(kind: Kind, shape: &Shape, at: &str, found: &mut Vec<(String, Shape)>) {
    if !at.is_empty() && amendable(kind, at).is_some() {
        found.push((at.to_owned(), shape.clone()));
    }
    match shape {
        Shape::Record(_, fields) => {
            for field in fields {
                fields_of(kind, &field.shape, &format!("{at}/{}", field.name), found);
            }
        }
        Shape::List(item) => fields_of(kind, item, &format!("{at}/1"), found),
        _ => {}
    }
}

fn amended() -> BoxedStrategy<Json> {
    let kinds: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.book().is_some() && kind.opens_entry())
        .collect();
    let change = prop::sample::select(kinds).prop_flat_map(|kind| {
        let mut fields = Vec::new();
        fields_of(kind, &Act::shape(kind), "", &mut fields);
        let change = prop::sample::select(fields).prop_flat_map(|(field, shape)| {
            // A list that is left out is null on this wire, not empty.
            let value =
                || prop::option::of(right(&shape).prop_filter("empty list", |value| *value != json!([])));
            (Just(field), value(), value())
                .prop_map(|(field, from, to)| json!({ "field": field, "from": from, "to": to }))
        });
        (Just(kind), any::<[u8; 16]>(), vec(change, 1..3))
    });
    change
        .prop_map(|(kind, id, changes)| {
            let entry = uuid::Uuid::from_bytes(id).to_string();
            json!({ "entry": entry, "kind": kind.name(), "changes": changes })
        })
        .boxed()
}
