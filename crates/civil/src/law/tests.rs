use super::*;
use crate::value::{Certainty, Date, PartialDate, Sex};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn partial(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

fn domestic(age: i32) -> Case {
    Case {
        foreign_element: false,
        age: Some(age),
    }
}

const FOREIGN: Case = Case {
    foreign_element: true,
    age: None,
};

#[test]
fn the_tables_have_no_finding() {
    assert_eq!(check(), Vec::<String>::new());
}

#[test]
fn exactly_one_rule_set_is_in_force_for_every_kind_on_every_day_from_1959_to_2030() {
    let mut date = day("1959-01-01");
    let mut days = 0;
    while date <= day("2030-12-31") {
        let in_force = era::ERAS
            .rows()
            .iter()
            .filter(|era| era.period.contains(date))
            .count();
        assert_eq!(in_force, 1, "{date}");
        for kind in KINDS {
            let rules = rules(kind, date, None);
            assert!(!rules.name().is_empty() && rules.kind() == kind);
        }
        date = date.add_days(1).unwrap();
        days += 1;
    }
    assert_eq!(days, 26_298);
}

#[test]
fn no_two_rows_of_one_rule_hold_on_one_day() {
    let mut date = day("1959-01-01");
    while date <= day("2030-12-31") {
        for kind in KINDS {
            for foreign_element in [false, true] {
                let times = processing_time::PROCESSING_TIMES.rows().iter();
                let times = times.filter(|row| {
                    row.kind == kind && row.foreign_element == foreign_element && row.period.contains(date)
                });
                assert!(times.count() <= 1);
                for age in [None, Some(13), Some(14)] {
                    let case = Case { foreign_element, age };
                    let rows = competence::COMPETENCES.rows().iter();
                    assert!(
                        rows.filter(|row| row.kind == kind && row.fits(case) && row.period.contains(date))
                            .count()
                            <= 1
                    );
                }
            }
        }
        date = date.add_days(1).unwrap();
    }
}

#[test]
fn while_law_60_2014_is_in_force_every_kind_has_a_competent_office_and_a_processing_time() {
    for date in [
        "2016-01-01",
        "2020-07-16",
        "2025-06-30",
        "2025-07-01",
        "2026-11-22",
        "2027-02-28",
    ] {
        for kind in KINDS {
            let rules = rules(kind, day(date), None);
            assert!(!rules.known_in_part());
            for foreign_element in [false, true] {
                assert!(
                    rules
                        .competent_level(Case {
                            foreign_element,
                            age: Some(30)
                        })
                        .is_some(),
                    "{kind} {date}"
                );
                assert!(rules.processing_time(foreign_element).is_some(), "{kind} {date}");
            }
        }
    }
}

#[test]
fn the_law_at_reception_counts_and_not_the_latest() {
    let name = |received: &str| rules("birth", day(received), None).name();
    assert_eq!(name("2015-12-31"), "decree_158_2005");
    assert_eq!(name("2016-01-01"), "law_60_2014");
    assert_eq!(name("2025-06-30"), "decree_07_2025");
    assert_eq!(name("2025-07-01"), "decree_120_2025");
    assert_eq!(name("2027-02-28"), "decree_301_2026");
    assert_eq!(name("2027-03-01"), "law_03_2026");
    assert_eq!(name("0001-01-01"), "before_1956");
    assert_eq!(name("9999-12-31"), "law_03_2026");
}

#[test]
fn law_03_2026_is_known_in_part_and_nothing_of_it_is_guessed() {
    let rules = rules("birth", day("2027-03-01"), None);
    assert!(rules.known_in_part());
    assert_eq!(rules.time_limit_days(), None);
    assert!(rules.processing_time(false).is_none());
    assert_eq!(rules.competent_level(Case::default()), Some(Level::Commune));
}

#[test]
fn a_birth_is_declared_within_60_days_and_a_death_within_15() {
    let late = |kind: &str, received: &str, occurred: &str| {
        rules(kind, day(received), Some(&partial(occurred))).is_late()
    };
    assert_eq!(
        rules("birth", day("2026-01-01"), None).time_limit_days(),
        Some(60)
    );
    assert_eq!(
        rules("death", day("2026-01-01"), None).time_limit_days(),
        Some(15)
    );
    assert_eq!(rules("marriage", day("2026-01-01"), None).time_limit_days(), None);
    assert_eq!(
        late("birth", "2026-03-02", "2026-01-01"),
        Some(Certainty::Impossible)
    );
    assert_eq!(
        late("birth", "2026-03-03", "2026-01-01"),
        Some(Certainty::Definitely)
    );
    assert_eq!(late("birth", "2026-03-03", "2026"), Some(Certainty::Possibly));
    assert_eq!(late("birth", "2026-03-03", "XXXX-05"), Some(Certainty::Possibly));
    assert_eq!(
        late("death", "2026-01-16", "2026-01-01"),
        Some(Certainty::Impossible)
    );
    assert_eq!(
        late("death", "2026-01-17", "2026-01-01"),
        Some(Certainty::Definitely)
    );
    assert_eq!(rules("birth", day("2026-01-01"), None).is_late(), None);
}

#[test]
fn the_district_was_competent_until_2025_06_30_and_the_commune_is_since() {
    let level = |kind: &str, date: &str, case: Case| rules(kind, day(date), None).competent_level(case);
    for kind in ["change", "correction"] {
        assert_eq!(level(kind, "2025-06-30", domestic(13)), Some(Level::Commune));
        assert_eq!(level(kind, "2025-06-30", domestic(14)), Some(Level::District));
        assert_eq!(level(kind, "2025-06-30", Case::default()), None);
        assert_eq!(level(kind, "2025-07-01", domestic(14)), Some(Level::Commune));
        assert_eq!(level(kind, "2025-07-01", domestic(13)), Some(Level::Commune));
    }
    for kind in [
        "birth",
        "marriage",
        "death",
        "parent_child_recognition",
        "guardianship",
        "divorce",
    ] {
        assert_eq!(level(kind, "2025-06-30", domestic(30)), Some(Level::Commune));
        assert_eq!(level(kind, "2025-06-30", FOREIGN), Some(Level::District));
        assert_eq!(level(kind, "2025-07-01", FOREIGN), Some(Level::Commune));
    }
    assert_eq!(
        level("ethnicity_redetermination", "2025-06-30", domestic(20)),
        Some(Level::District)
    );
    assert_eq!(
        level("supplement", "2025-06-30", domestic(20)),
        Some(Level::Commune)
    );
    assert_eq!(
        level("extract", "2026-11-22", Case::default()),
        Some(Level::AnyOffice)
    );
    assert_eq!(
        level("marginal_note", "2026-11-22", Case::default()),
        Some(Level::HolderOfTheBook)
    );
    assert_eq!(level("birth", "2015-12-31", Case::default()), None);
}

#[test]
fn a_foreign_marriage_took_15_days_and_takes_5_working_days_since_2025() {
    let time = |date: &str| rules("marriage", day(date), None).processing_time(true).unwrap();
    assert_eq!(
        (time("2025-06-30").unit, time("2025-06-30").limit),
        (Unit::Day, 15)
    );
    let now = time("2025-07-01");
    assert_eq!(
        (now.unit, now.limit, now.limit_with_verification),
        (Unit::WorkingDay, 5, Some(10))
    );
    let recognition = rules("parent_child_recognition", day("2025-07-01"), None)
        .processing_time(true)
        .unwrap();
    assert_eq!((recognition.limit, recognition.posting), (10, Some(5)));
}

#[test]
fn until_2014_a_man_marries_after_entering_his_20th_year_and_since_2015_at_20_full_years() {
    use Certainty::{Definitely, Impossible};
    let man =
        |born: &str, married: &str| old_enough_to_marry(Sex::Male, &partial(born), &partial(married), None);
    let woman =
        |born: &str, married: &str| old_enough_to_marry(Sex::Female, &partial(born), &partial(married), None);
    assert_eq!(man("1960-05-14", "1979-05-14"), Impossible);
    assert_eq!(man("1960-05-14", "1979-05-15"), Definitely);
    assert_eq!(woman("1960-05-14", "1977-05-14"), Impossible);
    assert_eq!(woman("1960-05-14", "1977-05-15"), Definitely);
    assert_eq!(man("1995-06-01", "2014-12-31"), Definitely);
    assert_eq!(man("1995-06-01", "2015-01-01"), Impossible);
    assert_eq!(man("1995-06-01", "2015-06-01"), Definitely);
    assert_eq!(woman("2007-11-22", "2025-11-21"), Impossible);
    assert_eq!(woman("2007-11-22", "2025-11-22"), Definitely);
}

#[test]
fn under_age_is_said_only_when_it_is_certain() {
    let under_age = |kind: &str, born: &str, married: &str| {
        rules(kind, day("2026-11-22"), None).under_age(Sex::Female, &partial(born), &partial(married))
    };
    assert!(under_age("marriage", "2010", "2026-11-22"));
    assert!(!under_age("marriage", "2008", "2026-11-22"));
    assert!(!under_age("marriage", "1950", "1960"));
    assert!(!under_age("birth", "2010", "2026-11-22"));
}

#[test]
fn a_level_that_is_competent_in_some_case_is_not_said_to_be_incompetent() {
    let competent = |kind: &str, date: &str, level| rules(kind, day(date), None).competent(level);
    assert!(
        competent("correction", "2025-06-30", Level::District)
            && competent("correction", "2025-06-30", Level::Commune)
    );
    assert!(!competent("correction", "2025-07-01", Level::District));
    assert!(!competent(
        "ethnicity_redetermination",
        "2025-06-30",
        Level::Commune
    ));
    assert!(
        competent("extract", "2025-06-30", Level::District)
            && competent("marginal_note", "2025-06-30", Level::District)
    );
    assert!(
        competent("birth", "1985-01-01", Level::District),
        "nothing is known of 1985"
    );
}

#[test]
fn before_the_law_of_1959_reached_a_region_no_age_is_checked() {
    let child = |married: &str, region| {
        old_enough_to_marry(Sex::Female, &partial("1950-01-01"), &partial(married), region)
    };
    assert_eq!(child("1960-01-12", Some(Region::North)), Certainty::Definitely);
    assert_eq!(child("1960-01-13", Some(Region::North)), Certainty::Impossible);
    assert_eq!(child("1960-01-13", Some(Region::South)), Certainty::Definitely);
    assert_eq!(child("1960-01-13", None), Certainty::Possibly);
}

#[test]
fn with_years_alone_only_the_impossible_is_said() {
    let woman =
        |born: &str, married: &str| old_enough_to_marry(Sex::Female, &partial(born), &partial(married), None);
    assert_eq!(woman("1960", "1976"), Certainty::Possibly, "no law in the South");
    assert_eq!(woman("1961", "1978"), Certainty::Possibly);
    assert_eq!(woman("1962", "1978"), Certainty::Impossible);
    assert_eq!(woman("1950", "1978"), Certainty::Definitely);
    assert_eq!(woman("XXXX-05", "1978"), Certainty::Possibly);
    let unknown_sex = old_enough_to_marry(
        Sex::Undetermined,
        &partial("1981-01-01"),
        &partial("2000-01-01"),
        None,
    );
    assert_eq!(unknown_sex, Certainty::Possibly, "a woman could, a man could not");
}

#[test]
fn the_age_rule_is_that_of_the_day_of_the_marriage_and_not_of_the_reception() {
    let old = rules("marriage", day("2026-11-22"), Some(&partial("1978")))
        .marriage_age(Sex::Male, None)
        .unwrap();
    assert_eq!(old.rule, AgeRule::EnteredYear(20));
    let new = rules("marriage", day("2026-11-22"), None)
        .marriage_age(Sex::Female, None)
        .unwrap();
    assert_eq!(new.rule, AgeRule::FullYears(18));
    assert!(new.article.contains("2014"));
    assert!(
        rules("birth", day("2026-11-22"), None)
            .marriage_age(Sex::Male, None)
            .is_none()
    );
}

#[test]
fn papers_bear_the_title_of_the_day_they_are_issued() {
    let title =
        |name: &str, form, date: &str| paper(name, form, day(date)).map(|paper| paper.title.join(" "));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        title("birth", PaperForm::Original, "2026-11-22"),
        text("GIẤY KHAI SINH")
    );
    assert_eq!(
        title("birth", PaperForm::Copy, "2020-07-15"),
        text("TRÍCH LỤC KHAI SINH (BẢN SAO)")
    );
    assert_eq!(
        title("birth", PaperForm::Copy, "2020-07-16"),
        text("GIẤY KHAI SINH (BẢN SAO)")
    );
    assert_eq!(
        title("death", PaperForm::Original, "2027-02-28"),
        text("TRÍCH LỤC KHAI TỬ")
    );
    assert_eq!(
        title("death", PaperForm::Original, "2027-03-01"),
        text("GIẤY CHỨNG TỬ")
    );
    assert_eq!(title("marriage", PaperForm::Copy, "2027-03-01"), None);
    let copy = paper("death", PaperForm::Copy, day("2026-11-22")).unwrap();
    assert_eq!(copy.suffix.as_deref(), Some("TLKT-BS"));
    let correction = rules("correction", day("2026-11-22"), None)
        .paper(PaperForm::Original, day("2026-11-22"))
        .unwrap();
    assert_eq!(
        (correction.title.join("|"), correction.suffix.as_deref()),
        ("TRÍCH LỤC|CẢI CHÍNH HỘ TỊCH".to_owned(), Some("TLCCHT"))
    );
}

#[test]
fn an_unknown_kind_has_the_texts_of_the_day_and_no_rule() {
    let rules = rules("census", day("2026-11-22"), None);
    assert_eq!((rules.kind(), rules.name()), ("", "decree_301_2026"));
    assert!(
        rules.time_limit().is_none()
            && rules.competence(Case::default()).is_none()
            && rules.processing_time(false).is_none()
    );
}
