//! Every paper is set, and read back by programs that we did not write (poppler; `ops/setup` installs it).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod page;

use std::sync::LazyLock;

use civil::id::EventId;
use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::PaperContent;
use civil::value::Date;
use extract::{Codes, Sheet, TypesetError, Typesetter, code_version, sample, sample_claim};
use page::Page;

/// One for all threads: what is not `Send` and `Sync` cannot stand here.
static SETTER: LazyLock<Typesetter> = LazyLock::new(|| Typesetter::new().expect("a typesetter"));

/// Days on which forms differ.
const DAYS: [&str; 3] = ["2018-06-01", "2026-11-22", "2027-03-01"];

fn day(day: &str) -> Date {
    Date::parse(day).unwrap()
}

/// Every paper in every form that there is on one of the days.
fn papers() -> Vec<(PaperContent, &'static str)> {
    let mut papers = Vec::new();
    for on in DAYS {
        for paper in Paper::ALL {
            for form in [PaperForm::Original, PaperForm::Copy] {
                let Some((title, _)) = form_in_force(*paper, form, day(on)) else {
                    continue;
                };
                let content =
                    sample(*paper, form, day(on)).unwrap_or_else(|error| panic!("{paper:?}: {error}"));
                papers.push((content, title.template.as_str()));
            }
        }
    }
    papers
}

fn set(content: &PaperContent, template: &str) -> Result<Vec<u8>, TypesetError> {
    let claim = sample_claim();
    SETTER.typeset(&Sheet {
        content,
        template,
        event: EventId::at(1_795_000_000_000, [4; 10]),
        at: 1_795_000_000,
        codes: Some(Codes {
            claim: &claim,
            url: "https://hotich.example/v/7K3QM-90ABC-DEFGH-JKMNP",
        }),
    })
}

fn birth() -> PaperContent {
    sample(Paper::Birth, PaperForm::Copy, day("2026-11-22")).unwrap()
}

/// Everything that varies, in order, as the page has it; blanks between words do not count, for lines break.
fn missing_on(page: &Page, content: &PaperContent) -> Option<String> {
    let text = page.text();
    let mut rest = text.as_str();
    for printed in content.printed() {
        let wanted: String = printed.split_whitespace().collect();
        match rest.find(&wanted) {
            Some(at) => rest = &rest[at + wanted.len()..],
            None => return Some(format!("{printed:?} in\n{text}")),
        }
    }
    None
}

#[test]
fn every_paper_shows_all_that_its_content_says() {
    let papers = papers();
    assert!(papers.len() > 60, "{} papers", papers.len());
    for (content, template) in papers {
        let name = format!("{:?} {:?} {}", content.paper, content.form, content.issued_on);
        let pdf = set(&content, template).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let page = Page::of(&pdf);
        assert_eq!(missing_on(&page, &content), None, "{name}");
        assert!(
            pdf.len() <= 140 * 1_024,
            "{name}: {} bytes before it is sealed",
            pdf.len()
        );
    }
}

/// What is left of a page when all that its content says is taken out: the words of the template.
fn words_of_the_template(page: &Page, content: &PaperContent) -> String {
    let text = page.text();
    let (mut rest, mut left) = (text.as_str(), String::new());
    for printed in content.printed() {
        let wanted: String = printed.split_whitespace().collect();
        let at = rest
            .find(&wanted)
            .unwrap_or_else(|| panic!("{printed:?} in {text}"));
        left.push_str(&rest[..at]);
        rest = &rest[at + wanted.len()..];
    }
    left + rest
}

#[test]
fn beside_its_content_a_page_has_the_words_of_its_template_and_nothing_that_varies() {
    for (content, template) in papers() {
        let mut other = content.clone();
        other.number = format!("1{}", content.number);
        other.place = "Hà Giang".to_owned();
        other.header = content.header.iter().map(|line| format!("{line} HAI")).collect();
        other.notes = content.notes.iter().map(|note| format!("Rằng: {note}")).collect();
        for (place, field) in other.fields.iter_mut().enumerate() {
            // A date stays a date, because its words are printed too.
            if !field.value.is_empty() && field.value.chars().any(char::is_alphabetic) {
                field.value = format!("Ξ{place} {}", field.value);
            }
        }
        let words = |content| words_of_the_template(&Page::of(&set(content, template).unwrap()), content);
        let name = format!("{:?} {:?} {}", content.paper, content.form, content.issued_on);
        assert_eq!(words(&content), words(&other), "{name}");
    }
}

#[test]
fn every_face_of_every_template_is_embedded_and_its_letters_are_told() {
    let mut seen = std::collections::BTreeSet::new();
    for (content, template) in papers() {
        if seen.insert(template) {
            let fonts = Page::of(&set(&content, template).unwrap()).fonts();
            assert!(!fonts.is_empty());
            for font in fonts {
                assert!(font.name.contains("NotoSerif"), "{template}: {font:?}");
                assert!(
                    font.embedded && font.subset && font.to_unicode,
                    "{template}: {font:?}"
                );
            }
        }
    }
}

#[test]
fn ink_stays_within_the_margins_and_the_page_is_not_empty() {
    let mut seen = std::collections::BTreeSet::new();
    for (content, template) in papers() {
        if !seen.insert(template) {
            continue;
        }
        for ink in Page::of(&set(&content, template).unwrap()).ink() {
            assert!(ink.left_mm >= 29.0, "{template}: {ink:?}");
            assert!(ink.right_mm >= 17.0, "{template}: {ink:?}");
            assert!(ink.top_mm >= 18.0, "{template}: {ink:?}");
            assert!(ink.bottom_mm >= 8.0, "{template}: {ink:?}");
            assert!(ink.share > 0.01, "{template}: {ink:?}");
        }
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let content = birth();
    let once = set(&content, "birth-2016").unwrap();
    let other = Typesetter::new().unwrap();
    let claim = sample_claim();
    let again = other.typeset(&Sheet {
        content: &content,
        template: "birth-2016",
        event: EventId::at(1_795_000_000_000, [4; 10]),
        at: 1_795_000_000,
        codes: Some(Codes {
            claim: &claim,
            url: "https://hotich.example/v/7K3QM-90ABC-DEFGH-JKMNP",
        }),
    });
    assert!(once == again.unwrap(), "two typesetters differ");
    let mut other = content.clone();
    other.number = "577/2026/GKS-BS".to_owned();
    assert!(once != set(&other, "birth-2016").unwrap());
}

#[test]
fn very_long_names_break_and_three_generations_of_notes_go_on_to_a_second_page() {
    let mut content = birth();
    let long = "NGUYỄN PHÚC CÔNG TẰNG TÔN NỮ THỊ HOÀNG DIỄM-QUỲNH ".repeat(4);
    content.fields[0].value = long.trim().to_owned();
    // Nothing to break at: a name of sixty letters.
    content.fields[8].value = "H’ɃƠ̆N".repeat(12);
    let note = content.notes[1].clone();
    for generation in 0..8 {
        content
            .notes
            .push(note.replace("12/2026", &format!("{generation}/2026")));
    }
    let pdf = set(&content, "birth-2016").unwrap();
    let page = Page::of(&pdf);
    assert_eq!(page.pages(), 2);
    assert_eq!(missing_on(&page, &content), None);
    assert!(page.text().contains("Trang1/2"), "{}", page.text());
    for ink in page.ink() {
        assert!(ink.right_mm >= 17.0, "{ink:?}");
    }
}

#[test]
fn letters_with_two_marks_are_set_and_read_back() {
    let mut content = birth();
    let name = "H’ɃƠ̆N Ê̆BAN Ñ Č Ŭ Ô̆ Ư̆ ơ̆ ê̆ ô̆ ư̆ ƀ ỷ Ợ ĕ ĭ ŏ";
    content.fields[0].value = name.to_owned();
    let page = Page::of(&set(&content, "birth-2016").unwrap());
    assert!(
        page.text().contains(&name.split_whitespace().collect::<String>()),
        "{}",
        page.text()
    );
}

#[test]
fn a_letter_that_the_faces_lack_stops_the_paper_and_the_error_does_not_repeat_it() {
    let mut content = birth();
    content.fields[0].value = "山田 太郎".to_owned();
    let error = set(&content, "birth-2016").unwrap_err();
    assert!(matches!(error, TypesetError::Unwritable { .. }), "{error:?}");
    assert!(!error.to_string().contains('山'));
}

#[test]
fn a_template_that_does_not_exist_or_has_a_mistake_is_told() {
    assert!(matches!(
        set(&birth(), "birth-1899"),
        Err(TypesetError::NoTemplate(_))
    ));
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "birth-2016.typ",
        "#import \"form.typ\": *\n#show: paper\n#field(\"Họ\", it.child.nonsense)",
    );
    let setter = Typesetter::with_folder(folder.path()).unwrap();
    let content = birth();
    let sheet = Sheet {
        content: &content,
        template: "birth-2016",
        event: EventId::at(1, [1; 10]),
        at: 1_795_000_000,
        codes: None,
    };
    let error = setter.typeset(&sheet).unwrap_err();
    assert!(
        matches!(&error, TypesetError::Template { told } if told.contains("nonsense")),
        "{error:?}"
    );
    // Another text is another template, and so is another shared text.
    let ours = SETTER.template("birth-2016").unwrap().hash;
    assert_ne!(setter.template("birth-2016").unwrap().hash, ours);
    assert_eq!(setter.template("death-2016"), SETTER.template("death-2016"));
    write("form.typ", "#let paper(body) = body");
    let setter = Typesetter::with_folder(folder.path()).unwrap();
    assert_ne!(setter.template("death-2016"), SETTER.template("death-2016"));
}

#[test]
fn a_folder_may_bring_a_new_template_and_one_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("birth-2031.typ"), "#import \"form.typ\": *\n").unwrap();
    let setter = Typesetter::with_folder(folder.path()).unwrap();
    assert!(setter.template("birth-2031").is_some());
    assert_eq!(setter.template("birth-2016"), SETTER.template("birth-2016"));
    let error = Typesetter::with_folder(&folder.path().join("nowhere")).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn every_template_of_the_table_is_there_and_every_template_is_in_the_table() {
    let named: std::collections::BTreeSet<&str> =
        papers().into_iter().map(|(_, template)| template).collect();
    for name in &named {
        assert!(SETTER.template(name).is_some(), "{name}");
    }
    assert_eq!(format!("{:?}", *SETTER).matches('"').count() / 2, named.len());
}

#[test]
fn the_vectors_of_the_contents_are_those_that_the_code_writes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/papers/contents.json");
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept.trim_end() == extract::content_vectors().unwrap(),
        "write {path} again"
    );
}

#[test]
fn a_full_claim_takes_a_code_of_version_19_at_most() {
    assert_eq!(code_version(&sample_claim()), Some(19));
    assert_eq!(code_version(&"A".repeat(4_000)), None);
}
