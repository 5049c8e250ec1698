//! Events → figures.

mod blocks;
mod forms;
mod positions;

use civil::act::{Act, Judgment};
use civil::id::{EntryId, OfficeId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::value::{Date, Ethnicity, PartialDate, Sex};

use super::{Area, Figure, Figures, Form, Question, Table, table};
use crate::testing::fixture::Fixture;
use crate::testing::{Chance, Scribe, Written, acts};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn count(figure: Option<Figure>) -> Option<u64> {
    match figure {
        Some(Figure::Count(count)) => Some(count),
        Some(Figure::Tenths(_)) => panic!("a mean is no count"),
        None => None,
    }
}

fn question(form: Form, area: Area) -> Question {
    Question {
        form,
        area,
        units_on: day("2025-03-03"),
        from: day("1900-01-01"),
        to: day("2099-12-31"),
        position: u64::from(u32::MAX),
        figures: Figures::AsRegistered,
    }
}

async fn ask(fixture: &Fixture, question: Question) -> Table {
    table(&fixture.reader(), &question).await.unwrap()
}

/// The cells of the only line, by their keys.
async fn cells(fixture: &Fixture, question: Question, keys: &[&str]) -> Vec<Option<u64>> {
    let table = ask(fixture, question).await;
    let [line] = table.lines.as_slice() else {
        panic!("{} lines", table.lines.len())
    };
    let key = line.key.clone();
    keys.iter().map(|cell| count(table.cell(&key, cell))).collect()
}

/// A birth, changed before it is signed.
fn birth(scribe: &mut Scribe, office: u32, on: Date, change: impl FnOnce(&mut civil::act::Birth)) -> Written {
    let book = scribe.number(OfficeId(office), BookType::Births);
    let act = acts::birth(&mut Chance::new(scribe.position()), book, on);
    let Act::Birth(mut birth) = act else {
        panic!("it is a birth")
    };
    birth.child.born_on = Some(Stated::plain(PartialDate::from(on.add_days(-10).unwrap())));
    birth.child.sex = Some(Stated::plain(Sex::Female));
    birth.child.ethnicity = Some(Stated::plain(Ethnicity::parse("12").unwrap()));
    change(&mut birth);
    scribe.register(Scribe::acts_of(OfficeId(office)), Act::Birth(birth))
}

fn amendment(scribe: &mut Scribe, kind: Kind, entry: EntryId, sex: Sex) -> Written {
    let amended = acts::amended(
        &scribe.entries[&entry].clone(),
        "/child/sex",
        Some(Stated::plain(sex)),
    );
    let book = scribe.number(OfficeId(2), BookType::Changes);
    let act = acts::amendment(kind, book, scribe.today(), vec![amended]);
    scribe.register(Scribe::acts_of(OfficeId(2)), act)
}

fn judgment() -> Judgment {
    Judgment::least(acts::text("Tòa án nhân dân khu vực 1"))
}
