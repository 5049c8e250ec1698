//! Form 13a/BTP/HTQTCT/HT of Circular 04/2016: births, deaths and marriages of a commune, in 22 columns.

use civil::kind::Kind;
use civil::value::Sex;

use super::cell::Cell;
use super::dimensions::{AgeClass, Waited};
use super::tally::Tally;

/// The columns, in their order.
pub(super) const COLUMNS: [Cell; 22] = [
    Cell::count("births_new", "Khai sinh, đăng ký mới: tổng số", |of| {
        new(of, Kind::Birth, |_| Some(true))
    }),
    Cell::count(
        "births_kinh",
        "Khai sinh, đăng ký mới: dân tộc Kinh",
        |of| new(of, Kind::Birth, |of| of.kinh),
    ),
    Cell::count(
        "births_other_groups",
        "Khai sinh, đăng ký mới: dân tộc khác",
        |of| new(of, Kind::Birth, |of| of.kinh.map(|kinh| !kinh)),
    ),
    Cell::count("births_male", "Khai sinh, đăng ký mới: nam", |of| {
        new(of, Kind::Birth, |of| of.sex.map(|sex| sex == Sex::Male))
    }),
    Cell::count("births_female", "Khai sinh, đăng ký mới: nữ", |of| {
        new(of, Kind::Birth, |of| of.sex.map(|sex| sex == Sex::Female))
    }),
    Cell::count(
        "births_on_time",
        "Khai sinh, đăng ký mới: đúng hạn",
        |of| new(of, Kind::Birth, |of| of.late.map(|late| !late)),
    ),
    Cell::count(
        "births_late",
        "Khai sinh, đăng ký mới, quá hạn: tổng số",
        |of| new(of, Kind::Birth, |of| of.late),
    ),
    Cell::count(
        "births_late_of_the_year",
        "Khai sinh, đăng ký mới, quá hạn: trẻ em được sinh ra trong năm báo cáo",
        |of| late(of, |of| of.occurred_year.map(|year| year == of.counted_year)),
    ),
    Cell::count(
        "births_late_under_5",
        "Khai sinh, đăng ký mới, quá hạn: dưới 5 tuổi",
        |of| late(of, |of| of.waited.map(|waited| waited <= Waited::FiveYears as u8)),
    ),
    Cell::count("births_again", "Khai sinh, đăng ký lại", |of| {
        again(of, Kind::Birth)
    }),
    Cell::count("deaths_new", "Khai tử, đăng ký mới: tổng số", |of| {
        new(of, Kind::Death, |_| Some(true))
    }),
    Cell::count(
        "deaths_under_1",
        "Khai tử, đăng ký mới: dưới 1 tuổi",
        |of| died_at(of, AgeClass::Under1),
    ),
    Cell::count(
        "deaths_1_to_under_5",
        "Khai tử, đăng ký mới: từ 1 tuổi đến dưới 5 tuổi",
        |of| died_at(of, AgeClass::Under5),
    ),
    Cell::count(
        "deaths_from_5",
        "Khai tử, đăng ký mới: từ 5 tuổi trở lên",
        |of| died_at(of, AgeClass::From5),
    ),
    Cell::count(
        "deaths_on_time",
        "Khai tử, đăng ký mới: đúng hạn",
        |of| new(of, Kind::Death, |of| of.late.map(|late| !late)),
    ),
    Cell::count("deaths_late", "Khai tử, đăng ký mới: quá hạn", |of| {
        new(of, Kind::Death, |of| of.late)
    }),
    Cell::count("deaths_again", "Khai tử, đăng ký lại", |of| {
        again(of, Kind::Death)
    }),
    Cell::count(
        "marriages_new",
        "Kết hôn, đăng ký mới: tổng số (cặp)",
        |of| new(of, Kind::Marriage, |_| Some(true)),
    ),
    Cell::count(
        "marriages_first",
        "Kết hôn, đăng ký mới: kết hôn lần đầu (cặp)",
        |of| new(of, Kind::Marriage, |of| of.both_first),
    ),
    Cell::mean(
        "age_at_first_marriage_male",
        "Tuổi kết hôn trung bình lần đầu: nam",
        |of| is_new(of, Kind::Marriage).then_some(of.husbands),
    ),
    Cell::mean(
        "age_at_first_marriage_female",
        "Tuổi kết hôn trung bình lần đầu: nữ",
        |of| is_new(of, Kind::Marriage).then_some(of.wives),
    ),
    Cell::count("marriages_again", "Kết hôn, đăng ký lại", |of| {
        again(of, Kind::Marriage)
    }),
];

fn is_new(of: &Tally, kind: Kind) -> bool {
    of.kind == kind && of.is_new()
}

/// Asks of new registrations of that kind. Of the others of that kind the answer is no: an office that registered births, none of them new, has zero new ones.
pub(super) fn new(of: &Tally, kind: Kind, counts: impl Fn(&Tally) -> Option<bool>) -> Option<bool> {
    match (of.kind == kind, of.is_new()) {
        (false, _) => None,
        (true, false) => Some(false),
        (true, true) => counts(of),
    }
}

/// Asks of new registrations of births that were late.
fn late(of: &Tally, counts: impl Fn(&Tally) -> Option<bool>) -> Option<bool> {
    new(of, Kind::Birth, |of| match of.late? {
        true => counts(of),
        false => Some(false),
    })
}

fn died_at(of: &Tally, class: AgeClass) -> Option<bool> {
    new(of, Kind::Death, |of| of.age.map(|age| age == class as u8))
}

fn again(of: &Tally, kind: Kind) -> Option<bool> {
    (of.kind == kind).then(|| of.is_again())
}
