//! The essay at the crate's root names tests that exist.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::path::Path;

fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_invariant_of_the_essay_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let essay = std::fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let (_, invariants) = essay.split_once("# Invariants").unwrap();
    let mut all = String::new();
    sources(&root.join("src"), &mut all);
    sources(&root.join("tests"), &mut all);
    let is_name = |name: &&str| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit())
    };
    let named: Vec<&str> = invariants.split('`').skip(1).step_by(2).filter(is_name).collect();
    assert!(named.len() > 15);
    for name in named {
        // A function, or a case of a table of tests.
        let there = all.contains(&format!("fn {name}(")) || all.contains(&format!("    {name}: "));
        assert!(there, "there is no test {name}");
    }
}
