//! `GET /v1/statistics/{form}`: a form of the ministry, for any area and period, as the ledger stood at any position.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use registry::statistics::{Area, Figures, Form, Question, Report, ReportCell, unit_named};
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::Parameters;
use crate::problem::{BAD_PARAMETER, NOT_FOUND, Problem};
use crate::{Caller, Web};

/// A form filled in, with all that has to be said to have it filled in again the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormAnswer {
    /// Which form.
    form: &'static str,
    /// Its title.
    title: &'static str,
    /// The office; left out where others are counted too.
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<u32>,
    /// The administrative unit; left out for an office and for the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// The day whose administrative units are meant.
    #[schema(format = "date")]
    units_on: String,
    /// The first day of registration that counts.
    #[schema(format = "date")]
    from: String,
    /// The last.
    #[schema(format = "date")]
    to: String,
    /// The position of the last event that counts. Asked for again, the form says the same for ever.
    position: u64,
    /// `registered`: as the acts were registered; `corrected`: as later acts up to the position have changed them.
    basis: &'static str,
    /// The columns, in their order.
    columns: Vec<FormColumn>,
    /// The lines.
    lines: Vec<FormLine>,
}

/// A column.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormColumn {
    /// Its stable name.
    key: String,
    /// As the form words it.
    label: String,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormLine {
    /// Its stable name.
    key: String,
    /// In Vietnamese.
    label: String,
    /// By the names of the columns.
    cells: BTreeMap<String, FormCell>,
}

/// What stands in a cell.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum FormCell {
    /// So many.
    Count(u64),
    /// A mean, with one decimal: `25.4`.
    Mean(String),
    /// Nothing was registered of which it could be said; it is not zero.
    Blank,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
}

/// Fill in a form of the ministry
///
/// Forms 13a and 14a, the six columns, timeliness, and births and deaths by year of occurrence and of registration.
#[utoipa::path(
    get,
    path = "/v1/statistics/{form}",
    tag = "statistics",
    params(
        ("form" = String, Path, description = "`13a`, `14a`, `six_columns`, `timeliness` or `occurrence`"),
        ("office" = Option<u32>, Query, description = "One office; with neither office nor unit the whole country"),
        ("unit" = Option<String>, Query, description = "A province, district or commune: its id, or its code on the day `units_on`"),
        ("units_on" = Option<String>, Query, format = "date",
            description = "The day whose administrative units are meant; the last day of the period or today, whichever is earlier"),
        ("from" = Option<String>, Query, format = "date", description = "The first day of registration; 1 January of the last day's year"),
        ("to" = Option<String>, Query, format = "date", description = "The last day of registration; today"),
        ("position" = Option<u64>, Query, description = "The position of the last event that counts; the last of the log"),
        ("basis" = Option<String>, Query, description = "`registered` (usual) or `corrected`"),
        ("format" = Option<String>, Query, description = "`json` (usual) or `csv`"),
    ),
    responses((status = 200, description = "The form", content(
        (FormAnswer = "application/json"),
        (String = "text/csv"),
    ))),
    security(("reader" = []))
)]
pub(crate) async fn get_form(
    State(web): State<Arc<Web>>,
    _: Caller,
    Path(form): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let form = Form::ALL.into_iter().find(|known| known.name() == form);
    let form = form
        .ok_or_else(|| Problem::new(&NOT_FOUND).saying("There is no such form.", "Không có biểu mẫu này."))?;
    let (question, format) = question(&web, form, parameters).await?;
    let report = web.registry().report(&question).await?;
    Ok(match format {
        Format::Json => Json(FormAnswer::from(report)).into_response(),
        Format::Csv => {
            let media_type = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
            (media_type, report.csv()).into_response()
        }
    })
}

async fn question(web: &Web, form: Form, mut parameters: Parameters) -> Result<(Question, Format), Problem> {
    let (from, to) = (parameters.day("from"), parameters.day("to"));
    let period = web.registry().period(from, to, parameters.day("units_on"));
    if period.is_none() {
        parameters.missing("to");
    }
    let area = area(&mut parameters, period.map(|period| period.units_on));
    let position = parameters.number("position", 0..=i64::MAX.unsigned_abs());
    let figures = parameters.one_of("basis", &Figures::ALL.map(|figures| (figures.name(), figures)));
    let format = parameters.one_of("format", &[("json", Format::Json), ("csv", Format::Csv)]);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        parameters.reversed("to");
    }
    parameters.finish()?;
    let period = period.ok_or_else(|| Problem::new(&BAD_PARAMETER))?;
    let question = web
        .registry()
        .question(form, area, period, position, figures)
        .await?;
    Ok((question, format.unwrap_or(Format::Json)))
}

fn area(parameters: &mut Parameters, units_on: Option<civil::value::Date>) -> Area {
    let office = parameters.office("office");
    let unit = parameters.unit("unit", |text| unit_named(text, units_on?));
    match (office, unit) {
        (Some(_), Some(_)) => {
            parameters.clashes("unit", "office");
            Area::Country
        }
        (Some(office), None) => Area::Office(office),
        (None, Some(unit)) => Area::Unit(unit),
        (None, None) => Area::Country,
    }
}

impl From<Report> for FormAnswer {
    fn from(report: Report) -> Self {
        let column = |column: registry::statistics::ReportColumn| FormColumn {
            key: column.key,
            label: column.label,
        };
        let cell = |cell: ReportCell| match cell {
            ReportCell::Count(count) => FormCell::Count(count),
            ReportCell::Mean(mean) => FormCell::Mean(mean),
            ReportCell::Blank => FormCell::Blank,
        };
        let line = |line: registry::statistics::ReportLine| FormLine {
            key: line.key,
            label: line.label,
            cells: line
                .cells
                .into_iter()
                .map(|(key, value)| (key, cell(value)))
                .collect(),
        };
        Self {
            form: report.form,
            title: report.title,
            office: report.area.office,
            unit: report.area.unit,
            units_on: report.units_on,
            from: report.from,
            to: report.to,
            position: report.position,
            basis: report.basis,
            columns: report.columns.into_iter().map(column).collect(),
            lines: report.lines.into_iter().map(line).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::testing::{House, birth};

    fn cell<'a>(form: &'a Json, key: &str) -> &'a Json {
        &form["lines"][0]["cells"][key]
    }

    #[tokio::test]
    async fn a_form_says_the_same_when_its_position_is_asked_for_again() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND phường Tân Lập").await;
        let (_, receipt) = house.file(&office, birth("2026-03-02")).await;
        let form = house.get("/v1/statistics/13a?office=1", &office).await.json();
        assert_eq!(form["position"], receipt["position"]);
        assert_eq!(
            (&form["from"], &form["to"]),
            (&json!("2026-01-01"), &json!("2026-03-02"))
        );
        assert_eq!(form["columns"].as_array().unwrap().len(), 22);
        assert_eq!(cell(&form, "births_new"), 1);
        assert_eq!(cell(&form, "births_late"), 0);
        assert!(cell(&form, "deaths_new").is_null(), "blank is not zero");
        assert_eq!(form["lines"][0]["label"], "UBND phường Tân Lập");

        house.file(&office, birth("2026-03-02")).await;
        let now = house.get("/v1/statistics/13a?office=1", &office).await.json();
        assert_eq!(cell(&now, "births_new"), 2);
        let address = format!("/v1/statistics/13a?office=1&position={}", receipt["position"]);
        assert_eq!(house.get(&address, &office).await.json(), form);
    }

    #[tokio::test]
    async fn the_answer_is_the_report_of_the_registry() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND phường Tân Lập").await;
        house.file(&office, birth("2026-03-02")).await;
        let day = |text: &str| civil::value::Date::parse(text).unwrap();
        for form in Form::ALL {
            let question = Question {
                form,
                area: Area::Country,
                units_on: day("2026-03-02"),
                from: day("2026-01-01"),
                to: day("2026-03-02"),
                position: house.web.registry().last_position().await.unwrap(),
                figures: Figures::AsCorrected,
            };
            let report = house.web.registry().report(&question).await.unwrap();
            let address = format!("/v1/statistics/{}?basis=corrected", form.name());
            let answer = house.get(&address, &office).await.json();
            assert_eq!(answer, serde_json::to_value(&report).unwrap());
            let csv = house.get(&format!("{address}&format=csv"), &office).await;
            assert_eq!(csv.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
            assert_eq!(csv.text(), report.csv());
        }
    }

    #[tokio::test]
    async fn what_is_not_there_is_said_to_be_not_there() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND phường Tân Lập").await;
        let code = async |address: &str| {
            let answer = house.get(address, &office).await;
            (answer.status, answer.problem())
        };
        let (missing, faulty) = ("not_found".to_owned(), "bad_parameter".to_owned());
        assert_eq!(code("/v1/statistics/99z").await, (404, missing.clone()));
        assert_eq!(code("/v1/statistics/13a?office=9").await, (404, missing.clone()));
        assert_eq!(code("/v1/statistics/13a?position=1000000").await, (404, missing));
        assert_eq!(code("/v1/statistics/13a?unit=99999").await, (400, faulty.clone()));
        assert_eq!(
            code("/v1/statistics/13a?unit=01&office=1").await,
            (400, faulty.clone())
        );
        assert_eq!(
            code("/v1/statistics/13a?from=2026-03-01&to=2026-02-01").await,
            (400, faulty.clone())
        );
        assert_eq!(code("/v1/statistics/13a?basis=guessed").await, (400, faulty));
    }
}
