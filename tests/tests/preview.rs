//! `hotich paper preview`: what a lawyer who writes a form sees.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use hotich_tests::{Folder, hotich};

const PREVIEW: [&str; 2] = ["paper", "preview"];

fn line<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&PREVIEW[..], more].concat()
}

#[test]
fn a_preview_needs_no_ledger_and_is_the_same_file_twice() {
    let folder = Folder::new();
    let page = |out: &str| {
        let told = hotich(
            folder.path(),
            &line(&["birth", "--on", "2026-11-22", "--out", out]),
        )
        .with(0);
        assert!(
            told.out
                .contains("GIẤY KHAI SINH (BẢN SAO) by template birth-2016"),
            "{}",
            told.out
        );
        std::fs::read(folder.path().join(out)).unwrap()
    };
    let pdf = page("one.pdf");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert!(pdf == page("two.pdf"), "two previews differ");
}

#[test]
fn a_preview_of_a_paper_that_does_not_exist_names_those_that_do() {
    let folder = Folder::new();
    let told = hotich(folder.path(), &line(&["brith", "--out", "x.pdf"])).with(2);
    for name in ["birth", "GIẤY KHAI SINH", "information_confirmation"] {
        assert!(told.err.contains(name), "{}", told.err);
    }
    let no_copy = line(&[
        "marital_status_confirmation",
        "--on",
        "2026-11-22",
        "--out",
        "x.pdf",
    ]);
    hotich(folder.path(), &no_copy).with(2);
}

#[test]
fn a_lawyer_tries_a_changed_form_a_new_one_and_is_told_of_a_mistake_in_words() {
    let folder = Folder::new();
    let forms = folder.path().join("forms");
    std::fs::create_dir(&forms).unwrap();
    let write = |name: &str, text: &str| std::fs::write(forms.join(name), text).unwrap();
    let preview = |more: &[&str]| {
        let given = [
            "birth",
            "--on",
            "2026-11-22",
            "--templates",
            "forms",
            "--out",
            "x.pdf",
        ];
        hotich(folder.path(), &line(&[&given[..], more].concat()))
    };
    let form = "#import \"form.typ\": *\n#show: paper\n#field(\"Họ tên\", it.child.name)\n";
    write("birth-2031.typ", form);
    let told = preview(&["--template", "birth-2031"]).with(0);
    assert!(told.out.contains("by template birth-2031"), "{}", told.out);
    write(
        "birth-2016.typ",
        &form.replace("it.child.name", "it.child.nickname"),
    );
    let told = preview(&[]).with(2);
    assert!(told.err.contains("nickname"), "{}", told.err);
    let nowhere = ["birth", "--templates", "nowhere", "--out", "x.pdf"];
    let told = hotich(folder.path(), &line(&nowhere)).with(2);
    assert!(told.err.contains("nowhere"), "{}", told.err);
}
