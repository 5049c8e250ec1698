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
    let (from, to, units_on) = (
        day(args.from.as_deref())?,
        day(args.to.as_deref())?,
        day(args.units_on.as_deref())?,
    );
    let period = registry.period(from, to, units_on);
    let period = period.ok_or_else(|| Error::using("the clock of this machine shows no day: give --to"))?;
    if period.to < period.from {
        return Err(Error::using(format!(
            "--to {} is before --from {}",
            period.to, period.from
        )));
    }
    let area = area(args, period.units_on)?;
    let figures = args.corrected.then_some(Figures::AsCorrected);
    Ok(registry
        .question(form, area, period, args.position, figures)
        .await?)
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
