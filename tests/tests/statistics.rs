//! Reports: a form asked for again at its position says the same, to the unit, whatever happened since.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use hotich_tests::{Database, Folder, hotich};
use serde_json::Value;

const FORMS: [&str; 5] = ["13a", "14a", "six_columns", "timeliness", "occurrence"];

/// A ledger with some hundred registrations of 2023, and what asks it.
struct Nation {
    folder: Folder,
    data: String,
}

impl Nation {
    fn settled(data: impl FnOnce(&Folder) -> String) -> Self {
        let folder = Folder::new();
        let data = data(&folder);
        let nation = Self { folder, data };
        let demo = ["demo", "--national", "--scale", "0.0003", "--data", &nation.data];
        hotich(nation.folder.path(), &demo).with(0);
        nation
    }

    fn ask(&self, form: &str, more: &[&str]) -> String {
        let data = ["statistics", form, "--data", &self.data];
        let period = [
            "--from",
            "2023-01-01",
            "--to",
            "2023-12-31",
            "--units-on",
            "2023-12-31",
        ];
        let line = [&data[..], &period[..], more].concat();
        hotich(self.folder.path(), &line).with(0).out
    }

    fn json(&self, form: &str, more: &[&str]) -> Value {
        let text = self.ask(form, &[more, &["--json"]].concat());
        serde_json::from_str(&text).unwrap()
    }
}

fn births(report: &Value) -> u64 {
    report["lines"][0]["cells"]["births_new"].as_u64().unwrap()
}

fn a_report_is_drawn_up_again_to_the_unit(nation: &Nation) {
    let whole = nation.json("13a", &[]);
    let last = whole["position"].as_u64().unwrap();
    let middle = (last * 9 / 10).to_string();
    let at_the_middle = ["--position", middle.as_str()];
    let sent: Vec<String> = FORMS.map(|form| nation.ask(form, &at_the_middle)).into();
    assert!(births(&nation.json("13a", &at_the_middle)) < births(&whole));
    hotich(nation.folder.path(), &["rebuild", "--data", &nation.data]).with(0);
    let again: Vec<String> = FORMS.map(|form| nation.ask(form, &at_the_middle)).into();
    assert_eq!(sent, again);
    assert_eq!(nation.json("13a", &["--position", &last.to_string()]), whole);

    let columns = nation.json("six_columns", &[]);
    let (total, of_provinces) = columns["lines"].as_array().unwrap().split_last().unwrap();
    assert_eq!(
        (&total["key"], &total["cells"]["birth"]),
        (&"total".into(), &births(&whole).into())
    );
    let of_provinces = of_provinces.iter();
    let of_provinces = of_provinces.filter_map(|line| line["cells"]["birth"].as_u64());
    assert_eq!(
        of_provinces.sum::<u64>(),
        births(&whole),
        "no birth was registered again"
    );

    // A head, and one line with a cell for each of the 22 columns behind the name of the country.
    let csv = nation.ask("13a", &[]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 2, "{csv}");
    assert_eq!(lines[1].split(',').count(), 23, "{csv}");
    assert!(
        lines[1].starts_with(&format!("Cả nước,{},", births(&whole))),
        "{csv}"
    );

    let line = [
        "bench",
        "reading",
        "--rounds",
        "1",
        "--json",
        "--data",
        &nation.data,
    ];
    let figures: Value = serde_json::from_str(&hotich(nation.folder.path(), &line).with(0).out).unwrap();
    assert!(
        figures["reading"]["figures"]["13a, country"]["ratio"]
            .as_f64()
            .unwrap()
            > 0.0
    );

    let reversed = [
        "statistics",
        "13a",
        "--data",
        &nation.data,
        "--from",
        "2026-03-02",
        "--to",
        "2026-02-02",
    ];
    hotich(nation.folder.path(), &reversed).with(2);
    let beyond = (last + 1).to_string();
    let line = ["statistics", "13a", "--data", &nation.data, "--position", &beyond];
    hotich(nation.folder.path(), &line).with(2);
}

#[test]
fn a_report_is_drawn_up_again_to_the_unit_from_the_embedded_ledger() {
    a_report_is_drawn_up_again_to_the_unit(&Nation::settled(|folder| folder.join("ledger")));
}

#[test]
fn a_report_is_drawn_up_again_to_the_unit_from_postgres() {
    let database = Database::create();
    a_report_is_drawn_up_again_to_the_unit(&Nation::settled(|_| database.url().to_owned()));
}
