//! What holds for every input, tried with many.

use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Any mixture of known and unknown parts of dates near leap years.
fn partial_dates() -> impl Strategy<Value = PartialDate> {
    let year = prop::option::of(1896_u16..=1905);
    let month = prop::option::of(1_u8..=12);
    let day = prop::option::of(1_u8..=31);
    (year, month, day).prop_filter_map("no date", |(year, month, day)| {
        PartialDate::new(year, month, day).ok()
    })
}

/// Every day that the parts allow; only for dates with a year.
fn days_of(date: &PartialDate) -> Vec<Date> {
    let first = Date::new(date.year().unwrap(), 1, 1).unwrap();
    let fits = |day: &Date| {
        Some(day.year()) == date.year()
            && date.month().is_none_or(|month| month == day.month())
            && date.day().is_none_or(|of_month| of_month == day.day())
    };
    (0..366)
        .filter_map(|days| first.add_days(days))
        .filter(fits)
        .collect()
}

/// Does no piece of the input (of four characters or more) stand in the error?
fn hides(error: &ValueError, input: &str) -> bool {
    input.chars().count() < 4 || !(error.vi.contains(input) || error.en.contains(input))
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic_and_no_error_repeats_it(text in "\\PC{0,40}|[0-9@.X:/-]{0,14}") {
        let errors = [
            Text::parse(&text).err(),
            Date::parse(&text).err(),
            PartialDate::parse(&text).err(),
            PartialDate::parse_written(&text).err(),
            TimeOfDay::parse(&text).err(),
            PersonName::parse(&text).err(),
            PersonalNumber::parse(&text).err(),
            Sex::parse(&text).err(),
            Ethnicity::parse(&text).err(),
            Nationality::parse(&text).err(),
            crate::unit::UnitId::parse(&text).err(),
            crate::list::PaperKind::parse(&text).err(),
        ];
        for error in errors.into_iter().flatten() {
            prop_assert!(hides(&error, &text), "{}", error.code);
        }
    }

    #[test]
    fn a_value_prints_what_it_was_parsed_from(text in "[0-9X]{4}(-[0-9X]{2}){0,2}|[0-2][0-9]:[0-5][0-9]|[0-9]{12}") {
        if let Ok(date) = Date::parse(&text) {
            prop_assert_eq!(date.to_string(), text.clone());
            prop_assert_eq!(PartialDate::parse(&text).unwrap(), date.into());
        }
        if let Ok(date) = PartialDate::parse(&text) {
            prop_assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
        }
        if let Ok(time) = TimeOfDay::parse(&text) {
            prop_assert_eq!(time.to_string(), text.clone());
        }
        if let Ok(number) = PersonalNumber::parse(&text) {
            prop_assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn what_the_edge_normalises_is_stable(text in "\\PC{0,60}") {
        let once = Text::normalise(&text);
        prop_assert_eq!(&Text::normalise(&once), &once);
        if let Ok(value) = Text::from_input(&text) {
            prop_assert_eq!(Text::parse(value.as_str()), Ok(value));
        }
    }

    #[test]
    fn folding_is_stable_and_blind_to_composition_and_case(text in "[\u{20}-\u{24F}\u{1E00}-\u{1EFF}\u{300}-\u{323}]{0,40}") {
        let folded = fold_for_search(&text);
        prop_assert_eq!(&fold_for_search(&folded), &folded);
        prop_assert_eq!(&fold_for_search(&text.nfd().collect::<String>()), &folded);
        prop_assert_eq!(&fold_for_search(&text.nfc().collect::<String>()), &folded);
        prop_assert_eq!(&fold_for_search(&text.to_lowercase()), &folded);
        prop_assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "));
    }

    #[test]
    fn a_comparison_agrees_with_all_the_days_the_parts_allow(a in partial_dates(), b in partial_dates()) {
        prop_assume!(a.year().is_some() && b.year().is_some());
        let (days_a, days_b) = (days_of(&a), days_of(&b));
        let pairs = || days_a.iter().flat_map(|a| days_b.iter().map(move |b| (a, b)));
        let before = Certainty::from_bounds(pairs().any(|(a, b)| a < b), pairs().all(|(a, b)| a < b));
        let same = Certainty::from_bounds(pairs().any(|(a, b)| a == b), pairs().all(|(a, b)| a == b));
        prop_assert_eq!(a.is_before(&b), before);
        prop_assert_eq!(b.is_after(&a), before);
        prop_assert_eq!(a.is_same_day(&b), same);
        prop_assert_eq!((a.earliest(), a.latest()), (days_a.first().copied(), days_a.last().copied()));
        let ages: Vec<i32> = pairs().map(|(a, b)| a.full_years_until(*b)).collect();
        prop_assert_eq!(a.full_years_until(&b), Some((*ages.iter().min().unwrap(), *ages.iter().max().unwrap())));
    }

    #[test]
    fn days_and_years_are_counted_forth_and_back(year in 1_u16..9000, month in 1_u8..=12, day in 1_u8..=28, days in -40_000_i64..40_000, years in 0_u16..150) {
        let date = Date::new(year, month, day).unwrap();
        if let Some(moved) = date.add_days(days) {
            prop_assert_eq!(date.days_between(moved), days);
            prop_assert_eq!(moved.add_days(-days), Some(date));
        }
        let birthday = date.add_years(years).unwrap();
        prop_assert_eq!(date.full_years_until(birthday), i32::from(years));
        prop_assert_eq!(date.full_years_until(birthday.add_days(-1).unwrap()), if years == 0 { 0 } else { i32::from(years) - 1 });
    }
}
