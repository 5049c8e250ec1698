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
        occasion: Occasion::Domestic,
        age: Some(age),
    }
}

const FOREIGN: Case = Case {
    occasion: Occasion::Foreign,
    age: None,
};

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
    assert!(rules.processing_time(Occasion::Domestic).is_none());
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
    let time = |date: &str| {
        rules("marriage", day(date), None)
            .processing_time(Occasion::Foreign)
            .unwrap()
    };
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
        .processing_time(Occasion::Foreign)
        .unwrap();
    assert_eq!((recognition.unit, recognition.limit), (Unit::WorkingDay, 10));
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
fn districts_were_competent_for_some_cases_until_they_were_abolished() {
    let competent = |kind: &str, date: &str, level| {
        let rules = rules(kind, day(date), None);
        rules.competences().any(|row| row.level == level)
    };
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
    assert!(competent("extract", "2025-06-30", Level::AnyOffice));
    assert!(competent("marginal_note", "2025-06-30", Level::HolderOfTheBook));
    let nothing_known = rules("birth", day("1985-01-01"), None);
    assert_eq!(nothing_known.competences().count(), 0);
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
    assert!(new.basis.article.contains("2014"));
    assert!(
        rules("birth", day("2026-11-22"), None)
            .marriage_age(Sex::Male, None)
            .is_none()
    );
}

#[test]
fn papers_bear_the_title_of_the_day_they_are_issued() {
    let title = |name, form, date: &str| paper(name, form, day(date)).map(|paper| paper.title.join(" "));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        title(Paper::Birth, PaperForm::Original, "2026-11-22"),
        text("GIẤY KHAI SINH")
    );
    assert_eq!(
        title(Paper::Birth, PaperForm::Copy, "2020-07-15"),
        text("TRÍCH LỤC KHAI SINH (BẢN SAO)")
    );
    assert_eq!(
        title(Paper::Birth, PaperForm::Copy, "2020-07-16"),
        text("GIẤY KHAI SINH (BẢN SAO)")
    );
    assert_eq!(
        title(Paper::Death, PaperForm::Original, "2027-02-28"),
        text("TRÍCH LỤC KHAI TỬ")
    );
    assert_eq!(
        title(Paper::Death, PaperForm::Original, "2027-03-01"),
        text("GIẤY CHỨNG TỬ")
    );
    assert_eq!(title(Paper::Marriage, PaperForm::Copy, "2027-03-01"), None);
    let copy = paper(Paper::Death, PaperForm::Copy, day("2026-11-22")).unwrap();
    assert_eq!(copy.suffix.as_deref(), Some("TLKT-BS"));
    let correction = paper(Paper::Correction, PaperForm::Original, day("2026-11-22")).unwrap();
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
            && rules.processing_time(Occasion::Domestic).is_none()
    );
}

#[test]
fn a_file_received_before_the_law_of_2026_is_finished_under_the_law_of_2014() {
    let old = rules("marriage", day("2027-02-26"), None);
    assert_eq!(old.name(), "decree_301_2026");
    assert!(old.are_known() && old.processing_time(Occasion::Domestic).is_some());
    let new = rules("marriage", day("2027-03-01"), None);
    assert!(!new.are_known(), "nothing of it was read but who registers");
    assert_eq!(new.competent_level(Case::default()), Some(Level::Commune));
    for kind in KINDS {
        let new = rules(kind, day("2027-03-01"), None);
        assert!(!new.are_known(), "{kind}");
        assert!(
            Occasion::ALL
                .iter()
                .all(|occasion| new.processing_time(*occasion).is_none()),
            "{kind}"
        );
        assert_eq!(new.waivers().count(), 0, "{kind}");
    }
}

#[test]
fn a_kind_of_file_that_no_text_of_the_day_knows_has_no_rule() {
    let known = |kind: &str, date: &str| rules(kind, day(date), None).are_known();
    assert!(!known("guardianship_supervision", "2025-01-08"));
    assert!(known("guardianship_supervision", "2025-01-09"));
    assert!(!known("information_confirmation", "2020-09-14"));
    assert!(known("information_confirmation", "2020-09-15"));
    assert!(known("adoption", "2026-11-22"));
    assert!(!known("birth", "2015-12-31"));
    assert!(!known("census", "2026-11-22"));
}

#[test]
fn what_was_settled_abroad_is_noted_by_the_district_until_2025_06_30_and_by_the_commune_since() {
    let noted = Case {
        occasion: Occasion::of("noted_from_abroad", false),
        age: None,
    };
    for kind in [
        "birth",
        "marriage",
        "death",
        "parent_child_recognition",
        "guardianship",
        "adoption",
        "change",
        "foreign_dissolution",
    ] {
        let level = |date: &str| rules(kind, day(date), None).competent_level(noted);
        assert_eq!(level("2025-06-30"), Some(Level::District), "{kind}");
        assert_eq!(level("2025-07-01"), Some(Level::Commune), "{kind}");
    }
    let time = |kind: &str| {
        let rules = rules(kind, day("2026-11-22"), None);
        let time = rules.processing_time(Occasion::Noted).unwrap();
        (time.limit, time.limit_with_verification)
    };
    assert_eq!(time("birth"), (0, Some(3)));
    assert_eq!(time("marriage"), (5, Some(8)));
    assert_eq!(time("foreign_dissolution"), (5, Some(8)));
}

#[test]
fn papers_are_revoked_by_the_province_and_a_guardianship_ends_where_it_was_registered() {
    let level = |kind: &str, date: &str| rules(kind, day(date), None).competent_level(Case::default());
    assert_eq!(level("papers_revoked", "2025-06-30"), Some(Level::District));
    assert_eq!(level("papers_revoked", "2025-07-01"), Some(Level::Province));
    assert_eq!(
        level("guardianship_end", "2026-11-22"),
        Some(Level::HolderOfTheBook)
    );
    let abroad = Case {
        occasion: Occasion::Mission,
        age: None,
    };
    let mission = |kind: &str| rules(kind, day("2026-11-22"), None).competent_level(abroad);
    assert_eq!(mission("birth"), Some(Level::Mission));
    assert_eq!(mission("adoption"), None);
}

#[test]
fn the_times_that_the_law_sets_end_on_a_day() {
    let last = |limit: Limit, received: &str, start: &str| {
        let row = limit.on(day(received))?;
        row.last_day_after(day(start)).map(|day| day.to_string())
    };
    let text = |text: &str| Some(text.to_owned());
    // 2026-04-30 and 2026-05-01 are days off.
    assert_eq!(
        last(Limit::JudgmentNotice, "2026-04-27", "2026-04-27"),
        text("2026-05-06")
    );
    assert_eq!(
        last(Limit::Verification, "2026-01-05", "2026-01-05"),
        text("2026-01-25")
    );
    assert_eq!(last(Limit::Verification, "2020-07-15", "2020-07-15"), None);
    assert_eq!(
        last(Limit::PostingRecognitionForeign, "2025-06-30", "2025-06-30"),
        text("2025-07-07")
    );
    assert_eq!(
        last(Limit::PostingRecognitionForeign, "2025-07-01", "2025-07-01"),
        text("2025-07-08")
    );
    assert_eq!(
        last(Limit::PostingFoundling, "2026-03-02", "2026-03-02"),
        text("2026-03-09")
    );
    assert_eq!(
        last(Limit::ConfirmationValid, "2026-08-31", "2026-08-31"),
        text("2027-02-28")
    );
    assert_eq!(
        last(Limit::BookClose, "2026-12-31", "2026-12-31"),
        text("2027-01-05")
    );
    let lived = Limit::Lived.on(day("2026-11-22")).unwrap();
    assert_eq!((lived.value, lived.unit), (24, Unit::Hour));
    assert_eq!(lived.last_day_after(day("2026-11-22")), None);
    let before = Limit::RegisteredBefore.on(day("2026-11-22")).unwrap();
    assert_eq!((before.value, before.unit), (2016, Unit::Year));
}

#[test]
fn ages_of_consent_are_those_of_the_day() {
    let years = |age: Threshold, date: &str| age.years_on(day(date));
    assert_eq!(years(Threshold::ConsentOwn, "2026-11-22"), Some(9));
    assert_eq!(years(Threshold::ConsentParents, "2026-11-22"), Some(18));
    assert_eq!(years(Threshold::ConsentOwn, "2015-12-31"), None);
    assert_eq!(years(Threshold::ConsentOwn, "2027-03-01"), None);
    assert_eq!(years(Threshold::EthnicityConsentFrom, "2027-03-01"), Some(15));
    assert_eq!(years(Threshold::ParentPossible, "1900-01-01"), Some(9));
    assert_eq!(years(Threshold::MotherUsual, "1900-01-01"), Some(14));
}

#[test]
fn some_pay_no_fee_and_some_acts_cost_none() {
    let waivers = |kind: &str, date: &str| -> Vec<&str> {
        let rules = rules(kind, day(date), None);
        rules.waivers().map(|row| row.waiver.name()).collect()
    };
    assert_eq!(
        waivers("birth", "2026-11-22"),
        ["policy_family", "poor", "disabled", "on_time_birth"]
    );
    assert_eq!(
        waivers("correction", "2026-11-22"),
        ["policy_family", "poor", "disabled"]
    );
    assert!(waivers("marriage", "2026-11-22").contains(&"domestic_marriage"));
    assert!(waivers("birth", "2015-12-31").is_empty());
}

#[test]
fn a_digitised_entry_needs_a_second_person_of_any_office_from_2026_12_01() {
    let of = |kind, lane, case: &str, date: &str| four_eyes(kind, lane, case, day(date)).map(|row| row.of);
    use crate::{id::Lane, kind::Kind};
    assert_eq!(of(Kind::Birth, Lane::Digitised, "on_time", "2026-11-30"), None);
    assert_eq!(
        of(Kind::Birth, Lane::Digitised, "on_time", "2026-12-01"),
        Some(SecondPerson::AnyOffice)
    );
    assert_eq!(of(Kind::Birth, Lane::Acts, "on_time", "2026-12-01"), None);
}
