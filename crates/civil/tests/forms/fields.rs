//! Every field of every page of the paper books (Circular 04/2020, Annexes) has its place in an act.
//!
//! `book_pages.csv`: the kind, what the page prints, and where it stands: a pointer into the act; `/entry=late` a tick; `kind=…` a
//! kind of its own; `entry` the entry that the act is about; `event` one event for each copy; `paper` what only paper has.

use civil::act::Act;
use civil::kind::Kind;
use civil::shape::Shape;

const PAGES: &str = include_str!("book_pages.csv");

fn rows() -> Vec<(Kind, String, String)> {
    let mut reader = csv::Reader::from_reader(PAGES.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| {
        (
            Kind::named(&row[0]).unwrap(),
            row[1].to_owned(),
            row[2].to_owned(),
        )
    })
    .collect()
}

/// What stands at a pointer of acts of that kind.
fn shape_at(kind: Kind, pointer: &str) -> Option<Shape> {
    let mut shape = Act::shape(kind);
    for step in pointer.strip_prefix('/')?.split('/') {
        if let Shape::Stated(value) = shape {
            shape = *value;
        }
        shape = match shape {
            Shape::Record(_, fields) | Shape::Tuple(_, fields) => {
                fields.into_iter().find(|field| field.name == step)?.shape
            }
            Shape::List(item) if step == "0" => *item,
            _ => return None,
        };
    }
    Some(shape)
}

/// Whether the act has that place.
fn is_there(kind: Kind, place: &str) -> bool {
    match place.split_once('=') {
        Some(("kind", name)) => Kind::named(name).is_some(),
        Some((pointer, tick)) => {
            let codes = shape_at(kind, pointer);
            matches!(codes, Some(Shape::Codes(_, codes)) if codes.iter().any(|(_, name)| *name == tick))
        }
        None => ["paper", "entry", "event"].contains(&place) || shape_at(kind, place).is_some(),
    }
}

#[test]
fn every_field_of_the_paper_books_has_its_place_in_an_act() {
    let rows = rows();
    assert_eq!(rows.len(), PAGES.lines().count() - 1);
    let lost: Vec<_> = rows
        .iter()
        .filter(|(kind, _, place)| !is_there(*kind, place))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_book_of_a_form_is_on_the_list() {
    // The divorce from abroad and the confirmation of information have no page that was read.
    const UNREAD: [Kind; 5] = [
        Kind::ForeignDissolution,
        Kind::InformationConfirmation,
        Kind::Correction,
        Kind::Supplement,
        Kind::EthnicityRedetermination,
    ];
    let rows = rows();
    for kind in Kind::ALL
        .iter()
        .filter(|kind| kind.book().is_some() && !UNREAD.contains(kind))
    {
        assert!(rows.iter().any(|(known, ..)| known == kind), "{kind:?}");
    }
}

#[test]
fn a_place_that_no_act_has_is_found() {
    for place in [
        "/child/height",
        "/entry=sometimes",
        "kind=nothing",
        "nowhere",
        "/child/name/full/x",
    ] {
        assert!(!is_there(Kind::Birth, place), "{place}");
    }
    assert!(is_there(Kind::Guardianship, "/wards/0/born_on"));
}
