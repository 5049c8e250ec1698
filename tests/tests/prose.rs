//! Documents that a test reads: what README and ARCHITECTURE promise is in the tree, and the tree keeps the house rules.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use hotich_tests::tree;

/// How many lines a Rust file may have before it surely holds two nouns.
const LINES_MAX: usize = 600;

#[test]
fn every_place_that_one_event_passes_exists() {
    let readme = tree::read("README.md");
    let (_, section) = readme
        .split_once("The way of one event")
        .expect("README tells the way of one event");
    let section = section.split("\n#").next().unwrap();
    let places: Vec<(&str, &str)> = code_spans(section)
        .filter_map(|span| span.split_once(": "))
        .collect();
    assert!(places.len() >= 6, "README marks only {places:?}");
    for (path, item) in places {
        assert!(tree::root().join(path).is_file(), "README: there is no {path}");
        assert!(
            defines(&tree::read(path), item),
            "README: {path} does not define {item}"
        );
    }
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let architecture = tree::read("ARCHITECTURE.md");
    let invariants: Vec<&str> = architecture
        .split("**Invariant")
        .skip(1)
        .map(|rest| rest.split("\n\n").next().unwrap())
        .collect();
    assert!(!invariants.is_empty(), "ARCHITECTURE states no invariant");
    for invariant in invariants {
        let named = invariant
            .split_once("(test: ")
            .and_then(|(_, rest)| rest.split_once(')'));
        let (named, _) = named.unwrap_or_else(|| panic!("no (test: crate::name) in:\n{invariant}"));
        for test in named.split(',').map(|test| test.trim().trim_matches('`')) {
            assert!(exists(test), "ARCHITECTURE: there is no test {test}");
        }
    }
}

#[test]
fn every_fault_of_the_reliability_page_names_a_test_that_exists_and_a_figure() {
    let page = tree::read("ops/reliability.md");
    let (_, section) = page.split_once("\n## Faults and attacks\n").expect("the section");
    let section = section.split("\n## ").next().unwrap();
    let rows: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > 20, "the table has {} rows", rows.len());
    for row in rows {
        let [fault, tests, figure] = row.split('|').map(str::trim).collect::<Vec<_>>()[1..4] else {
            panic!("not three cells: {row}");
        };
        assert!(!fault.is_empty() && !figure.is_empty(), "{row}");
        let tests: Vec<&str> = code_spans(tests).collect();
        assert!(!tests.is_empty(), "no test: {row}");
        for test in tests {
            assert!(exists(test), "ops/reliability.md: there is no test {test}");
        }
    }
}

/// Whether a test (`crate::name`) exists.
fn exists(test: &str) -> bool {
    let (krate, _) = test
        .split_once("::")
        .unwrap_or_else(|| panic!("{test} names no crate"));
    let name = test.rsplit("::").next().unwrap();
    tree::files_ending(&folder(krate), &[".rs"])
        .iter()
        .any(|source| defines_function(&tree::read(source), name))
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for document in tree::files_ending("", &[".md"]) {
        let folder = tree::root().join(&document).parent().unwrap().to_owned();
        for target in tree::read(&document)
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = target.split('#').next().unwrap();
            let elsewhere = path.is_empty() || path.contains("://") || path.contains(char::is_whitespace);
            assert!(
                elsewhere || folder.join(path).exists(),
                "{document}: there is no {target}"
            );
        }
    }
}

#[test]
fn the_tree_names_no_registry_host_and_no_path_of_one_machine() {
    // Put together here, so that this file names none either.
    let hosts = [
        ("crates", "io"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("deb.debian", "org"),
        ("registry.npmjs", "org"),
    ];
    let hosts = hosts.map(|(name, domain)| format!("{name}.{domain}"));
    let machine = ["work", "root", "farm"].map(|folder| format!("/{folder}/"));
    for path in tree::files("")
        .into_iter()
        .filter(|path| !path.ends_with("Cargo.lock"))
    {
        let Ok(text) = std::fs::read_to_string(tree::root().join(&path)) else {
            continue;
        };
        for name in hosts.iter().chain(&machine) {
            let line = text.lines().position(|line| line.contains(name.as_str()));
            assert_eq!(line, None, "{path} names {name} (line counted from 0)");
        }
    }
}

#[test]
fn no_rust_file_holds_two_nouns() {
    for path in tree::files_ending("", &[".rs"]) {
        let lines = tree::read(&path).lines().count();
        assert!(lines <= LINES_MAX, "{path} has {lines} lines");
    }
}

#[test]
fn no_test_is_ignored_retried_or_waits_for_a_clock() {
    for path in tree::files_ending("", &[".rs"])
        .into_iter()
        .filter(|path| path != THIS_FILE)
    {
        let text = tree::read(&path);
        for habit in ["#[ignore", "thread::sleep", "todo!(", "unimplemented!("] {
            assert!(!text.contains(habit), "{path} has {habit}");
        }
    }
}

/// Names what the others must not.
const THIS_FILE: &str = "tests/tests/prose.rs";

/// What stands between backticks.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether a source defines an item (`name`, `Type::name`), or a document has it at all.
fn defines(source: &str, item: &str) -> bool {
    let item = item.trim_end_matches("()");
    let name = item.rsplit("::").next().unwrap();
    [
        "fn",
        "struct",
        "enum",
        "trait",
        "type",
        "const",
        "static",
        "mod",
        "macro_rules!",
        "create table",
    ]
    .iter()
    .any(|keyword| follows(source, keyword, name))
}

fn defines_function(source: &str, name: &str) -> bool {
    follows(source, "fn", name)
}

/// Whether `name` as a whole word follows `keyword` and a space.
fn follows(source: &str, keyword: &str, name: &str) -> bool {
    source
        .split(&format!("{keyword} {name}"))
        .skip(1)
        .any(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

/// The folder of a crate.
fn folder(krate: &str) -> String {
    match krate {
        "projections" => krate.to_owned(),
        "tests" | "hotich-tests" | "hotich_tests" => "tests".to_owned(),
        _ => format!("crates/{krate}"),
    }
}

#[test]
fn a_definition_is_found_by_its_whole_name() {
    assert!(defines("pub async fn append(&self)", "Ledger::append"));
    assert!(!defines("pub fn append_all(&self)", "append"));
    assert!(!defines("// append", "append"));
}
