//! Timeliness and completeness: how soon after they happened births and deaths are registered. Of new registrations; each column counts those of the columns
//! before it of the same event.

use civil::kind::Kind;

use super::cell::Cell;
use super::dimensions::Waited;
use super::form_13a::new;
use super::tally::Tally;

/// The columns, in their order.
pub(super) const COLUMNS: [Cell; 9] = [
    Cell::count("births_within_60_days", "Khai sinh: trong 60 ngày", |of| {
        waited(of, Kind::Birth, Waited::SixtyDays)
    }),
    Cell::count("births_within_a_year", "Khai sinh: dưới 1 tuổi", |of| {
        waited(of, Kind::Birth, Waited::Year)
    }),
    Cell::count("births_under_5", "Khai sinh: dưới 5 tuổi", |of| {
        waited(of, Kind::Birth, Waited::FiveYears)
    }),
    Cell::count("births", "Khai sinh, đăng ký mới: tổng số", |of| {
        new(of, Kind::Birth, |_| Some(true))
    }),
    Cell::count("births_day_unknown", "Khai sinh: không rõ ngày", |of| {
        new(of, Kind::Birth, |of| Some(of.waited.is_none()))
    }),
    Cell::count("deaths_within_15_days", "Khai tử: trong 15 ngày", |of| {
        waited(of, Kind::Death, Waited::FifteenDays)
    }),
    Cell::count("deaths_within_a_year", "Khai tử: trong 1 năm", |of| {
        waited(of, Kind::Death, Waited::Year)
    }),
    Cell::count("deaths", "Khai tử, đăng ký mới: tổng số", |of| {
        new(of, Kind::Death, |_| Some(true))
    }),
    Cell::count("deaths_day_unknown", "Khai tử: không rõ ngày", |of| {
        new(of, Kind::Death, |of| Some(of.waited.is_none()))
    }),
];

fn waited(of: &Tally, kind: Kind, most: Waited) -> Option<bool> {
    new(of, kind, |of| of.waited.map(|waited| waited <= most as u8))
}
