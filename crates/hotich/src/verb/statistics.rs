//! `hotich statistics`: a form of the ministry, filled in from the ledger.

use civil::id::OfficeId;
use civil::value::Date;
use registry::Registry;
use registry::statistics::{Area, Figures, Form, Question, unit_named};

use crate::args::Statistics;
use crate::outcome::{Error, Outcome, Result};

/// Fills the form in and writes it as CSV, or as JSON with all that has to be said to have it filled in again the same.
pub async fn run(args: Statistics) -> Result<Outcome> {
    let registry = args.data.open().await?;
    let question = question(&args, &registry).await?;
    let report = registry.report(&question).await?;
    registry.ledger().close().await?;
    let text = if args.json {
        let json = serde_json::to_value(&report).map_err(Error::using)?;
        format!("{json:#}\n")
    } else {
        report.csv()
    };
    match &args.out {
        Some(file) => std::fs::write(file, text)?,
        None => print!("{text}"),
    }
    Ok(Outcome::Well)
}

async fn question(args: &Statistics, registry: &Registry) -> Result<Question> {
    let form = Form::ALL.into_iter().find(|form| form.name() == args.form);
    let form = form.ok_or_else(|| Error::using(format!("there is no form {}", args.form)))?;
    let no_clock = || Error::using("the clock of this machine shows no day: give --to");
    let today = registry.today();
    let to = day(args.to.as_deref())?.or(today).ok_or_else(no_clock)?;
    let units_on = match day(args.units_on.as_deref())? {
        Some(day) => day,
        None => today.map_or(to, |today| today.min(to)),
    };
    let from = day(args.from.as_deref())?.or(to.first_of_year()).unwrap_or(to);
    if to < from {
        return Err(Error::using(format!("--to {to} is before --from {from}")));
    }
    Ok(Question {
        form,
        area: area(args, units_on)?,
        units_on,
        from,
        to,
        position: match args.position {
            Some(position) => position,
            None => registry.last_position().await?,
        },
        figures: if args.corrected {
            Figures::AsCorrected
        } else {
            Figures::AsRegistered
        },
    })
}

fn day(text: Option<&str>) -> Result<Option<Date>> {
    text.map(Date::parse).transpose().map_err(Error::using)
}

fn area(args: &Statistics, units_on: Date) -> Result<Area> {
    match (args.office, &args.unit) {
        (Some(office), _) => Ok(Area::Office(OfficeId(office))),
        (None, None) => Ok(Area::Country),
        (None, Some(text)) => unit_named(text, units_on)
            .map(Area::Unit)
            .ok_or_else(|| Error::using(format!("no unit of {units_on} is called {text}"))),
    }
}
