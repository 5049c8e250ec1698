//! Figures: the national table, and the forms of the ministry for any area and period as the ledger stood at any position. They come from projections.

use std::collections::BTreeMap;

use civil::id::OfficeId;
use civil::unit::{UnitId, catalogue};
use civil::value::Date;
use projections::{measure, statistics};
use serde::Serialize;

pub use projections::measure::{Area, Figure, Figures, Form, Question, Table};
pub use projections::statistics::{ProvinceRow, SixColumns};

use crate::Registry;
use crate::error::RegistryError;

/// A form filled in, with all that has to be said to have it filled in again the same.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Which form.
    pub form: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The office or unit; none for the country.
    #[serde(flatten)]
    pub area: ReportArea,
    /// The day whose administrative units are meant.
    pub units_on: String,
    /// The first day of registration that counts.
    pub from: String,
    /// The last.
    pub to: String,
    /// The position of the last event that counts.
    pub position: u64,
    /// `registered` or `corrected`.
    pub basis: &'static str,
    /// The columns, in their order.
    pub columns: Vec<ReportColumn>,
    /// The lines.
    pub lines: Vec<ReportLine>,
}

/// Where it was registered; the whole country where both are left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReportArea {
    /// One office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<u32>,
    /// A unit of any level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A column of a form.
#[derive(Debug, Clone, Serialize)]
pub struct ReportColumn {
    /// Its stable name.
    pub key: String,
    /// As the form words it.
    pub label: String,
}

/// A line of a form.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine {
    /// Its stable name.
    pub key: String,
    /// In Vietnamese.
    pub label: String,
    /// By the names of the columns.
    pub cells: BTreeMap<String, ReportCell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ReportCell {
    /// So many.
    Count(u64),
    /// A mean, with one decimal: `25.4`.
    Mean(String),
    /// Nothing was registered of which it could be said; it is not zero.
    Blank,
}

/// The days of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day of registration that counts.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// The day whose administrative units are meant.
    pub units_on: Date,
}

impl Registry {
    /// The days that are meant when some are left out: to today, from 1 January of the last day's year, by the units of the last
    /// day or of today, whichever is earlier. None when the last day is left out and the clock shows none.
    pub fn period(&self, from: Option<Date>, to: Option<Date>, units_on: Option<Date>) -> Option<Period> {
        let today = self.today();
        let to = to.or(today)?;
        Some(Period {
            from: from.or(to.first_of_year()).unwrap_or(to),
            to,
            units_on: units_on.unwrap_or(today.map_or(to, |today| today.min(to))),
        })
    }

    /// The question that is meant when some of it is left out: as the log stands now, as the acts were registered.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn question(
        &self,
        form: Form,
        area: Area,
        period: Period,
        position: Option<u64>,
        figures: Option<Figures>,
    ) -> Result<Question, RegistryError> {
        Ok(Question {
            form,
            area,
            units_on: period.units_on,
            from: period.from,
            to: period.to,
            position: match position {
                Some(position) => position,
                None => self.last_position().await?,
            },
            figures: figures.unwrap_or(Figures::AsRegistered),
        })
    }

    /// What was registered in a year, or ever, by the provinces of a day.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn statistics(
        &self,
        year: Option<u16>,
        provinces_on: Date,
    ) -> Result<Vec<ProvinceRow>, RegistryError> {
        let months = year.map_or(statistics::Months::ALL, statistics::Months::of_year);
        Ok(statistics::by_province(&self.ledger.reader_of_all().await?, provinces_on, months).await?)
    }

    /// The position of the last event of the log, as the store has it.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn last_position(&self) -> Result<u64, RegistryError> {
        Ok(self.ledger.stored_head().await?.size.saturating_sub(1))
    }

    /// A form, filled in.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such office or unit, or the log does not reach that position; [`RegistryError::Fault`].
    #[tracing::instrument(name = "registry.report", skip_all, fields(form = question.form.name(), position = question.position), err(level = "debug"))]
    pub async fn report(&self, question: &Question) -> Result<Report, RegistryError> {
        match &question.area {
            Area::Office(office) if self.with_directory(|known| known.office(*office).is_none()) => {
                return Err(RegistryError::NotFound("office"));
            }
            Area::Unit(unit) if catalogue().unit(unit).is_none() => {
                return Err(RegistryError::NotFound("unit"));
            }
            _ => {}
        }
        // A figure of what is still to come would be another one later.
        if self.last_position().await? < question.position {
            return Err(RegistryError::NotFound("position"));
        }
        let table = measure::table(&self.ledger.reader_of_all().await?, question).await?;
        Ok(Report::of(question, table))
    }
}

/// The unit that a text names on a day: its id (`00004@2025-07-01`), or its code on that day.
pub fn unit_named(text: &str, on: Date) -> Option<UnitId> {
    let by_id = UnitId::parse(text).ok().and_then(|id| catalogue().unit(&id));
    by_id.or_else(|| catalogue().on(text, on)).map(|unit| unit.id)
}

impl Report {
    fn of(question: &Question, table: Table) -> Self {
        let area = match &question.area {
            Area::Country => ReportArea::default(),
            Area::Office(OfficeId(office)) => ReportArea {
                office: Some(*office),
                unit: None,
            },
            Area::Unit(unit) => ReportArea {
                office: None,
                unit: Some(unit.to_string()),
            },
        };
        let line = |line: measure::Line| ReportLine {
            cells: table
                .columns
                .iter()
                .map(|column| column.key.clone())
                .zip(line.cells.into_iter().map(ReportCell::from))
                .collect(),
            key: line.key,
            label: line.label,
        };
        let column = |column: &measure::Column| ReportColumn {
            key: column.key.clone(),
            label: column.label.clone(),
        };
        Self {
            form: question.form.name(),
            title: question.form.vietnamese(),
            area,
            units_on: question.units_on.to_string(),
            from: question.from.to_string(),
            to: question.to.to_string(),
            position: question.position,
            basis: question.figures.name(),
            columns: table.columns.iter().map(column).collect(),
            lines: table.lines.into_iter().map(line).collect(),
        }
    }

    /// The same as CSV (RFC 4180): a head with the words of the form, then the lines. A blank cell is empty.
    pub fn csv(&self) -> String {
        let mut text = String::new();
        let head = self.columns.iter().map(|column| column.label.clone());
        push_record(&mut text, std::iter::once("Địa bàn".to_owned()).chain(head));
        for line in &self.lines {
            let cells = self
                .columns
                .iter()
                .map(|column| match line.cells.get(&column.key) {
                    Some(ReportCell::Count(count)) => count.to_string(),
                    Some(ReportCell::Mean(mean)) => mean.clone(),
                    Some(ReportCell::Blank) | None => String::new(),
                });
            push_record(&mut text, std::iter::once(line.label.clone()).chain(cells));
        }
        text
    }
}

impl From<Option<Figure>> for ReportCell {
    fn from(figure: Option<Figure>) -> Self {
        match figure {
            None => Self::Blank,
            Some(Figure::Count(count)) => Self::Count(count),
            Some(mean @ Figure::Tenths(_)) => Self::Mean(mean.to_string()),
        }
    }
}

fn push_record(text: &mut String, fields: impl Iterator<Item = String>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&field.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&field);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_with_a_comma_or_a_quote_is_quoted() {
        let mut text = String::new();
        let fields = ["Khai sinh, đăng ký mới", "12", "", "xã \"Đá\""];
        push_record(&mut text, fields.into_iter().map(str::to_owned));
        assert_eq!(text, "\"Khai sinh, đăng ký mới\",12,,\"xã \"\"Đá\"\"\"\r\n");
    }

    #[test]
    fn a_unit_is_named_by_its_id_or_by_its_code_on_a_day() {
        let day = |text: &str| Date::parse(text).unwrap();
        let id = |text: &str, on: &str| unit_named(text, day(on)).map(|unit| unit.to_string());
        assert_eq!(
            id("00004@2025-07-01", "2020-01-01").as_deref(),
            Some("00004@2025-07-01")
        );
        assert_eq!(id("00004", "2025-06-30"), id("00004@..", "2026-01-01"));
        assert_eq!(id("00004", "2025-07-01").as_deref(), Some("00004@2025-07-01"));
        assert_eq!(id("99999", "2025-07-01"), None);
    }
}
