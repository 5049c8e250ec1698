//! Every row of every table, broken in every way that a slip of the pen breaks a row, is found.

use super::check::{SOURCES, Source, check};
use super::{KINDS, role_covers};
use crate::act::Role;
use crate::id::Lane;
use crate::kind::{Group, Kind};
use crate::value::Date;

/// A table taken apart.
struct Pieces {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Pieces {
    fn of(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        Self {
            columns: texts(reader.headers().unwrap()),
            rows: reader.records().map(|row| texts(&row.unwrap())).collect(),
        }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    fn text(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns).unwrap();
        for row in &self.rows {
            writer.write_record(row).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    /// The same columns with these rows.
    fn having(&self, rows: Vec<Vec<String>>) -> String {
        let columns = self.columns.clone();
        Self { columns, rows }.text()
    }

    /// All rows, one of them with another text in a column.
    fn with(&self, row: usize, column: usize, text: &str) -> String {
        let mut rows = self.rows.clone();
        rows[row][column] = text.to_owned();
        self.having(rows)
    }
}

/// Does the check find more in the second text than in the first?
fn worsens(source: &Source, text: &str, changed: &str) -> bool {
    (source.findings)(text).len() < (source.findings)(changed).len()
}

fn breaks(source: &Source, changed: &str) -> bool {
    worsens(source, source.text, changed)
}

#[test]
fn the_tables_have_no_finding() {
    assert_eq!(check(), Vec::<String>::new());
}

#[test]
fn every_file_of_the_law_is_read_by_the_program() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/law");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".csv"))
        .collect();
    let mut read: Vec<&str> = SOURCES.iter().map(|source| source.file).collect();
    files.sort();
    read.sort_unstable();
    assert_eq!(files, read);
}

#[test]
fn a_row_of_any_table_that_is_broken_is_found() {
    // What nobody may write into a column.
    const WRONG: [(&str, &str); 17] = [
        ("kind", "census"),
        ("from", "2016-13-01"),
        ("to", "tomorrow"),
        ("confidence", "sure"),
        ("article", ""),
        ("case", ""),
        ("level", "village"),
        ("unit", "moon"),
        ("value", "some"),
        ("years", "many"),
        ("days", ""),
        ("waiver", "rich"),
        ("of", "nobody"),
        ("roles", "officer|king"),
        ("lanes", "kitchen"),
        ("pointer", "/child/shoe_size"),
        ("entry", "sideways"),
    ];
    let mut broken = 0;
    for source in &SOURCES {
        let file = source.file;
        let pieces = Pieces::of(source.text);
        for (index, row) in pieces.rows.iter().enumerate() {
            let alone = pieces.having(vec![row.clone()]);
            let twice = pieces.having(vec![row.clone(), row.clone()]);
            assert!(worsens(source, &alone, &twice), "{file}: row {index} twice");
            for (column, wrong) in WRONG {
                let Some(place) = pieces.column(column) else {
                    continue;
                };
                // Where no age is checked, none is asked for.
                if column == "years" && row.iter().any(|field| field == "no_check") {
                    continue;
                }
                let mut changed = row.clone();
                wrong.clone_into(&mut changed[place]);
                assert!(
                    worsens(source, &alone, &pieces.having(vec![changed])),
                    "{file}: row {index}, {column} = {wrong}"
                );
                broken += 1;
            }
        }
    }
    assert!(broken > 2_000, "{broken}");
}

#[test]
fn a_day_left_out_or_counted_twice_between_two_rows_is_found() {
    let mut moved = 0;
    for source in SOURCES.iter().filter(|source| source.file != "holidays.csv") {
        let pieces = Pieces::of(source.text);
        let (Some(from), Some(to)) = (pieces.column("from"), pieces.column("to")) else {
            panic!("{} has no days", source.file)
        };
        for row in 0..pieces.rows.len() {
            let Ok(end) = Date::parse(&pieces.rows[row][to]) else {
                continue;
            };
            let next = end.add_days(1).unwrap().to_string();
            // Only where some row of the same key goes on the next day: it is the one that differs in the fewest fields.
            let follows = |other: &Vec<String>| {
                other[from] == next
                    && ["kind", "case", "age", "name", "region", "sex", "paper", "form"]
                        .iter()
                        .filter_map(|column| pieces.column(column))
                        .all(|column| other[column] == pieces.rows[row][column])
            };
            let eras = source.file == "rule_sets.csv";
            if !eras && !pieces.rows.iter().any(follows) {
                continue;
            }
            for days in [-1, 1] {
                let shifted = end.add_days(days).unwrap().to_string();
                assert!(
                    breaks(source, &pieces.with(row, to, &shifted)),
                    "{}: row {row} ends on {shifted}",
                    source.file
                );
                moved += 1;
            }
        }
    }
    assert!(moved > 100, "{moved}");
}

#[test]
fn a_rule_that_is_asked_for_by_name_has_a_row() {
    for file in ["limits.csv", "ages.csv", "roles.csv"] {
        let source = SOURCES.iter().find(|source| source.file == file).unwrap();
        let pieces = Pieces::of(source.text);
        let name = pieces.column("name").or_else(|| pieces.column("kind")).unwrap();
        for row in 0..pieces.rows.len() {
            let gone = &pieces.rows[row][name];
            let rows = pieces.rows.iter().filter(|other| other[name] != *gone);
            let without = Pieces {
                columns: pieces.columns.clone(),
                rows: rows.cloned().collect(),
            };
            assert!(breaks(source, &without.text()), "{file} without {gone}");
        }
    }
}

#[test]
fn two_rows_of_different_ages_that_fit_one_case_are_found() {
    let source = SOURCES
        .iter()
        .find(|source| source.file == "competence.csv")
        .unwrap();
    let under = format!(
        "{}birth,domestic,under_14,2025-07-01,2027-02-28,commune,high,x\n",
        source.text
    );
    assert!(breaks(source, &under));
}

#[test]
fn the_kinds_of_files_are_those_of_the_events_but_the_offices_own() {
    let of_files = |kind: &&Kind| {
        let own = matches!(
            kind.group(),
            Group::Administration | Group::Keeping | Group::Office
        );
        !own || **kind == Kind::InformationConfirmation
    };
    let kinds: Vec<&str> = Kind::ALL
        .iter()
        .filter(of_files)
        .map(|kind| kind.name())
        .collect();
    assert_eq!(kinds, KINDS);
}

/// As it stood in `Directory::authorise` before there was a table.
fn covered_by_hand(role: Role, kind: Kind, lane: Lane) -> bool {
    match (kind.group(), role) {
        (Group::Administration, role) => role == Role::Administrator && lane == Lane::Acts,
        (Group::Keeping, role) => role == Role::Keeper && lane == Lane::Desk,
        (_, Role::Administrator | Role::Keeper) => false,
        (Group::Paper, _) => lane == Lane::Desk,
        (_, Role::Desk) => false,
        (_, Role::Officer | Role::Head) => lane != Lane::Desk,
    }
}

#[test]
fn the_kinds_of_before_may_be_signed_by_whom_they_always_could() {
    let today = Date::new(2026, 11, 22).unwrap();
    for kind in Kind::ALL.iter().copied().filter(|kind| kind.code() < 80) {
        for role in Role::ALL.iter().copied() {
            for lane in Lane::ALL {
                assert_eq!(
                    role_covers(role, kind, lane, today),
                    covered_by_hand(role, kind, lane),
                    "{} {} {}",
                    role.name(),
                    kind.name(),
                    lane.name()
                );
            }
        }
    }
}
