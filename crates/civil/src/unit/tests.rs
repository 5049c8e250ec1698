use super::*;
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> UnitId {
    UnitId::parse(text).unwrap()
}

fn count(level: Level, date: &str) -> usize {
    catalogue()
        .units()
        .iter()
        .filter(|unit| unit.level == level && unit.exists_on(day(date)))
        .count()
}

fn names(units: &[&AdministrativeUnit]) -> Vec<String> {
    units
        .iter()
        .map(|unit| catalogue().full_name(&unit.id).unwrap())
        .collect()
}

#[test]
fn the_tables_have_no_finding() {
    assert_eq!(check(), Vec::<String>::new());
}

#[test]
fn the_totals_are_those_of_the_official_lists() {
    let totals = |date| [Level::Province, Level::District, Level::Commune].map(|level| count(level, date));
    assert_eq!(totals("2025-06-30"), [63, 696, 10_035]);
    assert_eq!(totals("2025-07-01"), [34, 0, 3_321]);
    assert_eq!(totals("2026-04-29"), [34, 0, 3_321]);
    assert_eq!(totals("2026-04-30"), [34, 0, 3_321]);
    let of_type = |kind, date| {
        catalogue()
            .units()
            .iter()
            .filter(|unit| unit.unit_type == kind && unit.exists_on(day(date)))
            .count()
    };
    assert_eq!(of_type(UnitType::Commune, "2025-07-01"), 2_621);
    assert_eq!(of_type(UnitType::Ward, "2025-07-01"), 687);
    assert_eq!(of_type(UnitType::SpecialZone, "2025-07-01"), 13);
    assert_eq!(of_type(UnitType::Ward, "2026-04-30"), 697);
    assert_eq!(of_type(UnitType::CentralCity, "2026-04-29"), 6);
    assert_eq!(of_type(UnitType::CentralCity, "2026-04-30"), 7);
}

#[test]
fn every_code_names_at_most_one_unit_on_any_day() {
    let mut by_code: BTreeMap<&str, Vec<&AdministrativeUnit>> = BTreeMap::new();
    for unit in catalogue().units() {
        by_code.entry(unit.id.code()).or_default().push(unit);
    }
    for units in by_code.values() {
        for date in [
            "1999-01-01",
            "2025-06-30",
            "2025-07-01",
            "2026-04-29",
            "2026-04-30",
            "2030-01-01",
        ] {
            assert!(units.iter().filter(|unit| unit.exists_on(day(date))).count() <= 1);
        }
    }
}

#[test]
fn every_unit_is_found_by_its_id_and_by_its_code_on_its_days() {
    for unit in catalogue().units() {
        assert_eq!(catalogue().unit(&unit.id), Some(unit));
        assert_eq!(
            catalogue().unit(&UnitId::parse(&unit.id.to_string()).unwrap()),
            Some(unit)
        );
        for date in [unit.id.valid_from(), unit.valid_to].into_iter().flatten() {
            assert_eq!(catalogue().on(unit.id.code(), date), Some(unit));
        }
    }
    assert_eq!(catalogue().unit(&id("99999@..")), None);
    assert_eq!(catalogue().on("00001", day("2025-07-01")), None);
    assert_eq!(catalogue().on("not a code", day("2025-07-01")), None);
}

#[test]
fn seven_province_codes_mean_another_province_since_2025() {
    let renamed: Vec<(&str, &str, &str)> = catalogue()
        .units()
        .iter()
        .filter(|unit| unit.level == Level::Province && unit.id.valid_from().is_none())
        .filter_map(|old| {
            let new = catalogue().on(old.id.code(), day("2025-07-01"))?;
            (old.short_name() != new.short_name()).then_some((
                old.id.code(),
                old.short_name(),
                new.short_name(),
            ))
        })
        .collect();
    let expected = [
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ];
    assert_eq!(renamed, expected);
}

#[test]
fn commune_codes_are_used_again_with_another_meaning() {
    let pairs: Vec<_> = catalogue()
        .units()
        .iter()
        .filter(|unit| unit.level == Level::Commune && unit.id.valid_from() == Some(day("2025-07-01")))
        .filter_map(|new| Some((catalogue().on(new.id.code(), day("2025-06-30"))?, new)))
        .collect();
    assert_eq!(pairs.len(), 3_316);
    let differs = |a: &AdministrativeUnit, b: &AdministrativeUnit| a.short_name() != b.short_name();
    let renamed = pairs.iter().filter(|(old, new)| differs(old, new)).count();
    // Three more if "Thị Trấn" in capitals, or a wrong type beside the name, hides that the names agree.
    assert_eq!(renamed, 1_842);
}

#[test]
fn every_old_province_and_commune_has_exactly_one_default_successor() {
    let ended = catalogue().units().iter().filter(|unit| unit.valid_to.is_some());
    let without_district = ended.filter(|unit| unit.level != Level::District);
    let mut old_units = 0;
    for unit in without_district {
        let successors = catalogue().successors(&unit.id);
        assert_eq!(
            successors
                .iter()
                .filter(|succession| succession.is_default)
                .count(),
            1,
            "{}",
            unit.id
        );
        assert!(successors.iter().all(|succession| succession.from == unit.id));
        old_units += 1;
    }
    assert_eq!(old_units, 63 + 10_035 + 1 + 10);
    let all = catalogue().successions();
    assert_eq!(all.len(), 63 + 10_570 + 11);
    let split: BTreeSet<UnitId> = all
        .iter()
        .filter(|succession| !succession.whole)
        .map(|succession| succession.from)
        .collect();
    assert_eq!(split.len(), 441);
}

#[test]
fn a_successor_begins_the_day_after_its_predecessor_ends() {
    for succession in catalogue().successions() {
        let old = catalogue().unit(&succession.from).unwrap();
        assert_eq!(
            old.valid_to.and_then(|last| last.add_days(1)),
            succession.to.valid_from()
        );
        assert!(catalogue().unit(&succession.to).is_some());
        assert!(catalogue().predecessors(&succession.to).contains(succession));
    }
    for unit in catalogue().units() {
        assert_eq!(
            catalogue().predecessors(&unit.id).is_empty(),
            unit.id.valid_from().is_none(),
            "{}",
            unit.id
        );
    }
}

#[test]
fn five_island_districts_without_communes_became_special_zones() {
    let districts: Vec<&str> = catalogue()
        .units()
        .iter()
        .filter(|unit| unit.level == Level::District && !catalogue().successors(&unit.id).is_empty())
        .map(|unit| unit.id.code())
        .collect();
    assert_eq!(districts, ["318", "471", "498", "536", "755"]);
    for code in districts {
        let island = catalogue().on(code, day("2025-06-30")).unwrap();
        assert!(catalogue().children(&island.id).is_empty());
        let successors = catalogue().successors(&island.id);
        assert_eq!(
            catalogue().unit(&successors[0].to).unwrap().unit_type,
            UnitType::SpecialZone
        );
    }
}

#[test]
fn dong_nai_is_a_province_before_and_a_city_from_2026_04_30() {
    let commune = catalogue()
        .on("26041", day("2026-01-01"))
        .or_else(|| {
            catalogue()
                .search("Trấn Biên", Some(day("2026-01-01")))
                .first()
                .copied()
        })
        .unwrap();
    let names = |date| catalogue().province_on(&commune.id, day(date)).unwrap().name;
    assert_eq!(names("2026-04-29"), "Tỉnh Đồng Nai");
    assert_eq!(names("2026-04-30"), "Thành phố Đồng Nai");
    assert_eq!(
        catalogue().province_of(&commune.id).unwrap().name,
        "Tỉnh Đồng Nai"
    );
    assert_eq!(
        catalogue().unit(&id("26116@2025-07-01")).unwrap().name,
        "Xã Tân Phú"
    );
    assert_eq!(
        catalogue().full_name(&id("26116@2026-04-30")).unwrap(),
        "Phường Tân Phú, Thành phố Đồng Nai"
    );
    assert_eq!(
        catalogue()
            .children_on(&id("75@2025-07-01"), day("2026-04-29"))
            .len(),
        95
    );
    assert_eq!(
        catalogue()
            .children_on(&id("75@2026-04-30"), day("2026-04-30"))
            .len(),
        95
    );
    assert_eq!(
        catalogue()
            .children_on(&id("75@2026-04-30"), day("2026-04-29"))
            .len(),
        0
    );
    assert_eq!(catalogue().children(&id("75@2026-04-30")).len(), 95);
    let chain = catalogue().successors(&id("75@2025-07-01"));
    assert_eq!(chain.len(), 1);
    assert_eq!(chain[0].to, id("75@2026-04-30"));
}

#[test]
fn a_full_name_has_the_district_until_2025_and_none_since() {
    assert_eq!(
        catalogue().full_name(&id("00001@..")).unwrap(),
        "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"
    );
    assert_eq!(
        catalogue().full_name(&id("00004@2025-07-01")).unwrap(),
        "Phường Ba Đình, Thành phố Hà Nội"
    );
    assert_eq!(
        catalogue().full_name(&id("001@..")).unwrap(),
        "Quận Ba Đình, Thành phố Hà Nội"
    );
    assert_eq!(catalogue().full_name(&id("01@..")).unwrap(), "Thành phố Hà Nội");
    assert_eq!(catalogue().full_name(&id("99999@..")), None);
}

#[test]
fn the_levels_below_a_unit_are_its_children() {
    let hanoi = catalogue().children(&id("01@.."));
    assert_eq!(hanoi.len(), 30);
    assert!(hanoi.iter().all(|unit| unit.level == Level::District));
    assert_eq!(catalogue().children(&id("001@..")).len(), 13);
    assert_eq!(catalogue().children(&id("01@2025-07-01")).len(), 126);
    let communes: usize = catalogue()
        .units()
        .iter()
        .filter(|unit| unit.level == Level::District)
        .map(|unit| catalogue().children(&unit.id).len())
        .sum();
    assert_eq!(communes, 10_035);
}

#[test]
fn a_search_forgives_marks_case_and_tone_positions() {
    let before = Some(day("2025-06-30"));
    let after = Some(day("2025-07-01"));
    assert_eq!(
        names(&catalogue().search("phuc xa", before)),
        ["Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"]
    );
    assert_eq!(
        names(&catalogue().search("PHƯỜNG PHÚC XÁ", None)),
        ["Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"]
    );
    assert_eq!(
        catalogue().search("Yên Hoà, Hà Nội", after),
        catalogue().search("yen hòa, ha noi", after)
    );
    assert_eq!(catalogue().search("Yên Hoà, Hà Nội", after).len(), 1);
    assert_eq!(
        names(&catalogue().search("Thừa Thiên Huế", before)),
        ["Thành phố Huế"]
    );
    assert_eq!(
        catalogue().search("Tỉnh Lào Cai", after)[0].id,
        id("15@2025-07-01")
    );
    assert!(catalogue().search("", None).is_empty());
    assert!(catalogue().search(" , ", None).is_empty());
    assert!(catalogue().search("Atlantis", None).is_empty());
}

#[test]
fn the_name_that_fits_best_comes_first_and_the_higher_unit_before_the_lower() {
    let found = catalogue().search("ba dinh", Some(day("2025-06-30")));
    assert_eq!(found[0].name, "Quận Ba Đình");
    assert!(found.iter().skip(1).any(|unit| unit.level == Level::Commune));
}

#[test]
fn both_spellings_of_a_name_find_the_unit() {
    for unit in catalogue().units() {
        let Some(variant) = unit.name_variant else {
            continue;
        };
        let date = unit.valid_to.or(unit.id.valid_from()).unwrap();
        for name in [unit.name, variant] {
            assert!(
                catalogue().search(name, Some(date)).contains(&unit),
                "{}",
                unit.id
            );
        }
    }
}

#[test]
fn the_tables_are_plain_enough_for_the_reader_of_lines() {
    for table in [
        read::PROVINCES,
        read::DISTRICTS,
        read::COMMUNES,
        read::SUCCESSIONS,
    ] {
        assert!(!table.contains(['"', '\r', '\t']) && !table.contains("  ") && table.ends_with('\n'));
        assert!(unicode_normalization::is_nfc(table));
        let columns = table.lines().next().unwrap().split(',').count();
        assert!(read::lines(table).all(|line| line.split(',').count() == columns));
    }
    let rows = |table| read::lines(table).count();
    let units = rows(read::PROVINCES) + rows(read::DISTRICTS) + rows(read::COMMUNES);
    assert_eq!(
        (units, rows(read::SUCCESSIONS)),
        (catalogue().units().len(), catalogue().successions().len())
    );
}
