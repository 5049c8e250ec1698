use super::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn what_comes_after_15_00_or_on_a_day_off_is_due_on_the_next_working_day() {
    let due = |date: &str, time: &str| notice_due((day(date), TimeOfDay::parse(time).unwrap())).to_string();
    assert_eq!(due("2026-11-20", "15:00"), "2026-11-20");
    assert_eq!(due("2026-11-20", "15:01"), "2026-11-23", "a Friday afternoon");
    assert_eq!(due("2026-11-21", "09:00"), "2026-11-23", "a Saturday");
    assert_eq!(due("2026-02-13", "15:30"), "2026-02-23", "the day before Tết");
    assert_eq!(due("2025-08-29", "16:00"), "2025-09-03", "before National Day");
    assert_eq!(
        due("2024-05-04", "09:00"),
        "2024-05-04",
        "a Saturday that was exchanged"
    );
}

#[test]
fn what_happened_on_a_day_off_is_due_on_the_next_working_day() {
    assert_eq!(due_on(day("2026-11-20")), day("2026-11-20"));
    assert_eq!(due_on(day("2026-11-22")), day("2026-11-23"));
}

/// The days off of five years, as the yearly announcements gave them.
#[test]
fn the_days_off_are_those_that_were_announced() {
    let off = |from: &str, to: &str| {
        let (from, to) = (day(from), day(to));
        (0..=from.days_between(to))
            .filter_map(|days| from.add_days(days))
            .all(|date| !is_working_day(date))
    };
    for (from, to) in [
        ("2023-01-01", "2023-01-02"),
        ("2023-01-20", "2023-01-26"),
        ("2023-04-29", "2023-05-03"),
        ("2023-09-01", "2023-09-04"),
        ("2024-02-08", "2024-02-14"),
        ("2024-04-18", "2024-04-18"),
        ("2024-04-27", "2024-05-01"),
        ("2024-08-31", "2024-09-03"),
        ("2025-01-25", "2025-02-02"),
        ("2025-04-05", "2025-04-07"),
        ("2025-04-30", "2025-05-04"),
        ("2025-08-30", "2025-09-02"),
        ("2026-02-14", "2026-02-22"),
        ("2026-04-25", "2026-04-27"),
        ("2026-04-30", "2026-05-03"),
        ("2026-09-01", "2026-09-02"),
        ("2027-05-01", "2027-05-03"),
    ] {
        assert!(off(from, to), "{from} to {to}");
        assert!(is_working_day(day(to).add_days(1).unwrap()), "the day after {to}");
    }
    assert!(is_working_day(day("2025-04-26")));
    assert!(holidays_are_known(2023) && holidays_are_known(2027) && !holidays_are_known(2022));
}

#[test]
fn working_days_are_counted_without_the_first_day() {
    assert_eq!(add_working_days(day("2026-11-20"), 0), day("2026-11-20"));
    assert_eq!(add_working_days(day("2026-11-20"), 3), day("2026-11-25"));
    assert_eq!(add_working_days(day("2025-04-29"), 1), day("2025-05-05"));
    assert_eq!(add_working_days(day("9999-12-31"), 1), day("9999-12-31"));
}
