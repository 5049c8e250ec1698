use super::*;

fn partial(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

#[test]
fn one_date_has_one_edtf_text() {
    for text in [
        "2019-05-14",
        "2019-05",
        "2019",
        "2019-XX-05",
        "XXXX-05-14",
        "XXXX-05",
        "XXXX-XX-14",
        "XXXX-02-29",
        "0987",
    ] {
        assert_eq!(partial(text).to_string(), text);
    }
    assert_eq!(partial("2019-XX-XX").to_string(), "2019");
    assert_eq!(partial("XXXX-05-XX").to_string(), "XXXX-05");
}

#[test]
fn what_cannot_be_a_date_is_refused_by_name() {
    for (text, code) in [
        ("XXXX", "nothing_known"),
        ("XXXX-XX-XX", "nothing_known"),
        ("2019-13", "no_such_day"),
        ("2019-02-29", "no_such_day"),
        ("XXXX-02-30", "no_such_day"),
        ("2019-00", "no_such_day"),
        ("0000", "no_such_day"),
        ("19", "not_a_partial_date"),
        ("", "not_a_partial_date"),
        ("2019-5", "not_a_partial_date"),
        ("2019-05-14-01", "not_a_partial_date"),
        ("197X", "not_a_partial_date"),
        ("2019-xx-05", "not_a_partial_date"),
        ("2019-", "not_a_partial_date"),
    ] {
        assert_eq!(PartialDate::parse(text).unwrap_err().code, code, "{text}");
    }
}

#[test]
fn books_and_spreadsheets_write_dates_their_own_way() {
    for (written, edtf) in [
        ("14/05/2019", "2019-05-14"),
        ("14.5.2019", "2019-05-14"),
        ("01.2019", "2019-01"),
        (" 1950 ", "1950"),
        ("5-1962", "1962-05"),
    ] {
        assert_eq!(PartialDate::parse_written(written).unwrap().to_string(), edtf);
    }
    assert_eq!(
        PartialDate::parse_written("29/02/2019").unwrap_err().code,
        "no_such_day"
    );
    for text in ["", "14/05/19", "2019/05/14", "mùa xuân", "1/2/3/2019"] {
        assert_eq!(
            PartialDate::parse_written(text).unwrap_err().code,
            "not_a_partial_date"
        );
    }
}

#[test]
fn the_bounds_are_the_first_and_last_day_that_exist() {
    let bounds = |text: &str| {
        let date = partial(text);
        (
            date.earliest().unwrap().to_string(),
            date.latest().unwrap().to_string(),
        )
    };
    let expect = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(bounds("2019"), expect("2019-01-01", "2019-12-31"));
    assert_eq!(bounds("2019-02"), expect("2019-02-01", "2019-02-28"));
    assert_eq!(bounds("2020-02"), expect("2020-02-01", "2020-02-29"));
    assert_eq!(bounds("2019-XX-31"), expect("2019-01-31", "2019-12-31"));
    assert_eq!(bounds("2019-05-14"), expect("2019-05-14", "2019-05-14"));
    assert_eq!(partial("XXXX-05-14").earliest(), None);
    assert_eq!(partial("XXXX-05-14").latest(), None);
}

#[test]
fn comparisons_say_how_sure_they_are() {
    use Certainty::{Definitely, Impossible, Possibly};
    assert_eq!(partial("2018").is_before(&partial("2019")), Definitely);
    assert_eq!(partial("2019").is_before(&partial("2019-05-14")), Possibly);
    assert_eq!(partial("2019").is_before(&partial("2019")), Possibly);
    assert_eq!(partial("2019").is_before(&partial("2019-01-01")), Impossible);
    assert_eq!(
        partial("2019-05-14").is_before(&partial("2019-05-14")),
        Impossible
    );
    assert_eq!(partial("2020").is_after(&partial("2019")), Definitely);
    assert_eq!(partial("XXXX-05-14").is_before(&partial("1900")), Possibly);
    assert_eq!(
        partial("2019-05-14").is_same_day(&partial("2019-05-14")),
        Definitely
    );
    assert_eq!(partial("2019-05").is_same_day(&partial("2019-XX-14")), Possibly);
    assert_eq!(partial("2019-05").is_same_day(&partial("2019-06")), Impossible);
    assert_eq!(partial("2019").is_same_day(&partial("XXXX-02-29")), Impossible);
}

#[test]
fn an_age_from_years_alone_is_a_range() {
    assert_eq!(partial("1950").full_years_until(&partial("1975")), Some((24, 25)));
    assert_eq!(
        partial("2001-05-14").full_years_until(&partial("2021-05-14")),
        Some((20, 20))
    );
    assert_eq!(partial("XXXX-05").full_years_until(&partial("2021")), None);
}

#[test]
fn a_partial_date_is_printed_without_inventing_anything() {
    for (text, figures) in [
        ("2019-05-14", "14/05/2019"),
        ("2019-05", "05/2019"),
        ("2019", "2019"),
        ("XXXX-05-14", "14/05/…"),
        ("2019-XX-05", "05/…/2019"),
        ("XXXX-05", "05/…"),
    ] {
        assert_eq!(partial(text).vietnamese(), figures);
    }
    assert_eq!(
        partial("2019-05").in_words(),
        "tháng năm năm hai nghìn không trăm mười chín"
    );
    assert_eq!(partial("XXXX-04-01").in_words(), "ngày một tháng tư");
}

#[test]
fn the_bounds_hold_every_day_that_the_parts_allow() {
    for year in [1900_u16, 2019, 2020] {
        for month in 0..=12_u8 {
            for day in 0..=31_u8 {
                let Ok(date) =
                    PartialDate::new(Some(year), (month > 0).then_some(month), (day > 0).then_some(day))
                else {
                    continue;
                };
                let (earliest, latest) = (date.earliest().unwrap(), date.latest().unwrap());
                assert!(earliest <= latest);
                assert!(
                    date.is_same_day(&earliest.into()).can_be() && date.is_same_day(&latest.into()).can_be()
                );
                assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
            }
        }
    }
}
