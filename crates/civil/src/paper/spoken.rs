//! Dates in words, as papers write them beside the figures ("ghi bằng chữ", Circular 04/2020, Art. 31).

use super::field::FieldId;
use crate::act::PersonRole;
use crate::law::Paper;
use crate::value::{Date, PartialDate};

/// The key of the birth date in a person.
const BORN_ON: u8 = 2;
/// The key of the day of death in its act.
const DIED_ON: u8 = 5;

/// What stands in words beside a field; none where the form wants none, or the figures are no date.
///
/// Made again from the printed figures, so it needs no place in the content.
pub fn in_words(paper: Paper, id: FieldId, value: &str) -> Option<String> {
    let wanted = match paper {
        Paper::Birth | Paper::BirthNoted => FieldId::of_person(PersonRole::Child, 0, BORN_ON),
        Paper::Death => Some(FieldId::of_act(DIED_ON)),
        _ => None,
    };
    if wanted != Some(id) {
        return None;
    }
    // Only the first letter is a capital, as at the beginning of a line.
    let words = read(value)?.in_words();
    let mut letters = words.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// `ngày 05 tháng 11 năm 2026`: days below ten and the first two months with a nought (Decree 30/2020, annex I).
pub fn day_line(day: Date) -> String {
    let month = match day.month() {
        month @ 1..=2 => format!("{month:02}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// A date as [`PartialDate::vietnamese`] writes it.
fn read(value: &str) -> Option<PartialDate> {
    let known = |part: &str| (part != "…").then(|| part.parse().ok());
    let parts: Vec<Option<Option<u16>>> = value.split('/').map(known).collect();
    let [day, month, year] = match parts.as_slice() {
        [year] => [None, None, *year],
        [month, year] => [None, *month, *year],
        [day, month, year] => [*day, *month, *year],
        _ => return None,
    };
    // A part that is there and no number makes it no date.
    let number = |part: Option<Option<u16>>| match part {
        Some(None) => Err(()),
        Some(Some(number)) => Ok(Some(number)),
        None => Ok(None),
    };
    let (day, month, year) = (number(day).ok()?, number(month).ok()?, number(year).ok()?);
    let narrow = |part: Option<u16>| part.map(u8::try_from).transpose().ok();
    PartialDate::new(year, narrow(month)?, narrow(day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_birth_is_written_out_as_far_as_it_is_known() {
        let born_on = FieldId::of_person(PersonRole::Child, 0, BORN_ON).unwrap();
        for (figures, words) in [
            (
                "14/05/2019",
                Some("Ngày mười bốn tháng năm năm hai nghìn không trăm mười chín"),
            ),
            ("05/2019", Some("Tháng năm năm hai nghìn không trăm mười chín")),
            ("1975", Some("Năm một nghìn chín trăm bảy mươi lăm")),
            ("14/05/…", Some("Ngày mười bốn tháng năm")),
            ("05/…/2019", Some("Ngày năm năm hai nghìn không trăm mười chín")),
            ("", None),
            ("khoảng 1975", None),
        ] {
            assert_eq!(
                in_words(Paper::Birth, born_on, figures).as_deref(),
                words,
                "{figures}"
            );
        }
        assert_eq!(in_words(Paper::Marriage, born_on, "14/05/2019"), None);
    }

    #[test]
    fn the_day_of_issue_is_written_as_administrative_papers_write_it() {
        let line = |day: &str| day_line(Date::parse(day).unwrap());
        assert_eq!(line("2026-02-05"), "ngày 05 tháng 02 năm 2026");
        assert_eq!(line("2026-11-22"), "ngày 22 tháng 11 năm 2026");
        assert_eq!(line("2026-03-01"), "ngày 01 tháng 3 năm 2026");
    }
}
