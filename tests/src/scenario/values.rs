//! What a scenario writes for a value, and the values that it compares.

use civil::value::Date;
use serde_json::Value as Json;

/// A value as written: JSON where it reads as JSON, else text.
pub(super) fn value(written: &str) -> Json {
    serde_json::from_str(written).unwrap_or_else(|_| Json::String(written.to_owned()))
}

/// Puts a value at a pointer, making the objects and the next item of a list on the way; nothing takes the field out.
pub(super) fn put(document: &mut Json, pointer: &str, value: Option<Json>) -> Result<(), String> {
    let steps: Vec<&str> = pointer
        .strip_prefix('/')
        .ok_or("a pointer begins with /")?
        .split('/')
        .collect();
    let (last, way) = steps.split_last().ok_or("an empty pointer")?;
    let mut at = document;
    for (step, next) in way.iter().zip(steps.iter().skip(1)) {
        at = below(at, step)?;
        if at.is_null() {
            *at = if next.parse::<usize>().is_ok() {
                Json::Array(Vec::new())
            } else {
                Json::Object(Default::default())
            };
        }
    }
    match value {
        Some(value) => *below(at, last)? = value,
        None => take(at, last)?,
    }
    Ok(())
}

fn below<'a>(at: &'a mut Json, step: &str) -> Result<&'a mut Json, String> {
    match at {
        Json::Object(members) => Ok(members.entry(step).or_insert(Json::Null)),
        Json::Array(items) => {
            let index: usize = step
                .parse()
                .map_err(|_| format!("{step} is no place in a list"))?;
            if index == items.len() {
                items.push(Json::Null);
            }
            items
                .get_mut(index)
                .ok_or(format!("the list has no place {index}"))
        }
        _ => Err(format!("nothing can stand at {step}")),
    }
}

fn take(at: &mut Json, step: &str) -> Result<(), String> {
    match at {
        Json::Object(members) => drop(members.remove(step)),
        Json::Array(items) => {
            let index: usize = step
                .parse()
                .map_err(|_| format!("{step} is no place in a list"))?;
            if index < items.len() {
                items.remove(index);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether a text holds these words; `…` stands for anything between them.
pub(super) fn holds(text: &str, words: &str) -> bool {
    let mut left = text;
    words.split('…').all(|part| match left.split_once(part) {
        Some((_, rest)) => {
            left = rest;
            true
        }
        None => false,
    })
}

/// A text as it stands behind the question mark of an address.
pub(super) fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The millisecond before an instant of the API (RFC 3339, UTC).
pub(super) fn a_millisecond_before(instant: &str) -> Option<String> {
    let (day, time) = instant.strip_suffix('Z')?.split_once('T')?;
    let (seconds, thousandths) = time.split_once('.').unwrap_or((time, "0"));
    let mut ms: i64 = 0;
    for part in seconds.split(':') {
        ms = ms * 60 + part.parse::<i64>().ok()?;
    }
    ms = ms * 1_000 + format!("{thousandths:0<3}").get(..3)?.parse::<i64>().ok()? - 1;
    let day = Date::parse(day).ok()?.add_days(ms.div_euclid(DAY_MS))?;
    let ms = ms.rem_euclid(DAY_MS);
    let (seconds, thousandths) = (ms / 1_000, ms % 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    Some(format!(
        "{day}T{hour:02}:{minute:02}:{second:02}.{thousandths:03}Z"
    ))
}

const DAY_MS: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_goes_where_its_pointer_says_and_nothing_takes_it_out() {
        let mut act = json!({ "child": { "name": "An" } });
        put(&mut act, "/child/sex", Some(value("male"))).unwrap();
        put(&mut act, "/wards/0/name", Some(value("Bình"))).unwrap();
        put(&mut act, "/wards/1", Some(value(r#"{ "name": "Châu" }"#))).unwrap();
        put(&mut act, "/child/name", None).unwrap();
        let all = json!({ "child": { "sex": "male" }, "wards": [{ "name": "Bình" }, { "name": "Châu" }] });
        assert_eq!(act, all);
        assert!(put(&mut act, "/wards/7", Some(json!(1))).is_err());
    }

    #[test]
    fn three_dots_stand_for_anything() {
        assert!(holds(
            "Cải chính hộ tịch: ngày sinh từ “1” thành “2”; theo Trích lục",
            "Cải chính…thành “2”"
        ));
        assert!(!holds("Bổ sung: ngày sinh", "sinh…Bổ sung"));
    }

    #[test]
    fn an_instant_has_one_before_it() {
        let before = |instant: &str| a_millisecond_before(instant).unwrap();
        assert_eq!(before("2027-03-05T01:00:00.25Z"), "2027-03-05T01:00:00.249Z");
        assert_eq!(before("2027-03-01T00:00:00Z"), "2027-02-28T23:59:59.999Z");
        assert_eq!(escaped("H'Hen Niê"), "H%27Hen%20Ni%C3%AA");
    }
}
