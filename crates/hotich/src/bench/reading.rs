//! What readers wait for: reports of the country, of a province and of an office, and the entries that may be of the same person.

use std::time::Instant;

use civil::id::OfficeId;
use civil::kind::BookType;
use civil::unit::UnitId;
use civil::value::Date;
use ledger::Location;
use registry::Registry;
use registry::lists::EntryView;
use registry::statistics::{Area, Figures, Form, Question};
use serde_json::{Map, json};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Row as _};

use super::figures::{Report, median};
use crate::args::Data;
use crate::outcome::{Error, Result};

/// The plainest way to read all of the log: to count it.
const COUNT: &str = "select count(*) from event";
/// The year of the nation that `hotich demo --national` writes.
const YEAR: u16 = 2023;
/// So many offices are asked for births.
const OFFICES: u32 = 100;
/// So many births are compared with all others.
const BIRTHS: u16 = 20;

/// Asks each question so many times of a ledger that exists, in turn with the reference.
///
/// # Errors
/// When there is no ledger, or none of that nation.
pub async fn run(data: &Data, rounds: usize) -> Result<Report> {
    let registry = data.open().await?;
    let births = births(&registry).await?;
    let location = data.location()?;
    let mut reference = Vec::new();
    let questions = questions(&registry).await?;
    let mut waits = vec![Vec::new(); questions.len() + 2];
    for _ in 0..rounds.max(1) {
        reference.push(count(&location).await?);
        let mut took = Vec::new();
        for (_, question) in &questions {
            let began = Instant::now();
            registry.report(question).await?;
            took.push(ms(began));
        }
        let began = Instant::now();
        registry.statistics(Some(YEAR), day(12, 31)?).await?;
        took.push(ms(began));
        took.push(candidates(&registry, &births).await?);
        for (waits, took) in waits.iter_mut().zip(took) {
            waits.push(took);
        }
    }
    let events = registry.last_position().await? + 1;
    let engine = format!("{:?}", registry.ledger().engine());
    registry.ledger().close().await?;
    let names = questions.iter().map(|(name, _)| name.as_str());
    let names = names.chain([
        "six columns, as the first page shows them",
        "candidates of a birth",
    ]);
    let reference = median(reference);
    let mut text = format!(
        "reading, {engine}, {events} events, {rounds} rounds\n  {:<44} {reference:>9.1} ms\n",
        "plain count of the events"
    );
    let mut figures = Map::new();
    for (name, waits) in names.zip(waits) {
        let wait = median(waits);
        let ratio = wait / reference.max(1e-3);
        text += &format!("  {name:<44} {wait:>9.1} ms  {ratio:.2} ×\n");
        figures.insert(name.to_owned(), json!({ "ms": wait, "ratio": ratio }));
    }
    let json = json!({ "engine": engine, "events": events, "reference_ms": reference, "figures": figures });
    Ok(Report { text, json })
}

/// Reports of a year as it stands, of a year as it stood half-way, and of a part of it.
async fn questions(registry: &Registry) -> Result<Vec<(String, Question)>> {
    let last = registry.last_position().await?;
    let year = |form, area| -> Result<Question> {
        Ok(Question {
            form,
            area,
            units_on: day(12, 31)?,
            from: day(1, 1)?,
            to: day(12, 31)?,
            position: last,
            figures: Figures::AsCorrected,
        })
    };
    let mut questions = Vec::new();
    for form in Form::ALL {
        questions.push((format!("{}, country", form.name()), year(form, Area::Country)?));
    }
    let country = year(Form::Form13a, Area::Country)?;
    let half_way = Question {
        position: last / 2,
        ..country
    };
    let part = Question {
        from: day(1, 10)?,
        to: day(9, 20)?,
        ..country
    };
    let province = UnitId::parse("79@..").map_err(Error::using)?;
    questions.extend([
        ("13a, country, at half of the positions".to_owned(), half_way),
        ("13a, country, part of the year".to_owned(), part),
        (
            "13a, the largest province".to_owned(),
            year(Form::Form13a, Area::Unit(province))?,
        ),
        (
            "13a, an office".to_owned(),
            year(Form::Form13a, Area::Office(OfficeId(1)))?,
        ),
    ]);
    Ok(questions)
}

/// Some births of the first office that registered any.
async fn births(registry: &Registry) -> Result<Vec<EntryView>> {
    for office in 1..=OFFICES {
        let book = registry.book_entries(OfficeId(office), BookType::Births, YEAR, None, BIRTHS);
        let births = book.await?;
        if !births.is_empty() {
            return Ok(births);
        }
    }
    Err(Error::using(
        "no birth of 2023: it is no ledger of `hotich demo --national`",
    ))
}

/// How long a birth waits for its candidates, on average over some.
async fn candidates(registry: &Registry, births: &[EntryView]) -> Result<f64> {
    let began = Instant::now();
    for birth in births {
        registry.duplicates_of(birth.id).await?;
    }
    Ok(ms(began) / births.len() as f64)
}

/// How long the reference takes.
async fn count(location: &Location) -> Result<f64> {
    macro_rules! timed {
        ($connection:expr) => {{
            let mut connection = $connection.await.map_err(Error::using)?;
            let began = Instant::now();
            let row = sqlx::query(COUNT).fetch_one(&mut connection).await;
            let counted: i64 = row.and_then(|row| row.try_get(0)).map_err(Error::using)?;
            let took = ms(began);
            connection.close().await.map_err(Error::using)?;
            (counted, took)
        }};
    }
    let (counted, took) = match location {
        Location::File(file) => {
            let options = SqliteConnectOptions::new().filename(file).read_only(true);
            timed!(SqliteConnection::connect_with(&options))
        }
        Location::Postgres(options) => timed!(PgConnection::connect_with(options)),
    };
    match counted {
        0 => Err(Error::using("the ledger is empty")),
        _ => Ok(took),
    }
}

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn day(month: u8, day: u8) -> Result<Date> {
    Date::new(YEAR, month, day).map_err(Error::using)
}
