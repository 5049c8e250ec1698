//! `GET /v1/statistics`: the six columns of the national table, by province.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::value::Date;
use registry::statistics::{ProvinceRow, SixColumns};
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

/// The six columns. Null where nothing was registered: blank is not zero.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Columns {
    /// Khai sinh.
    birth: Option<u64>,
    /// Kết hôn.
    marriage: Option<u64>,
    /// Khai tử.
    death: Option<u64>,
    /// Xác nhận tình trạng hôn nhân.
    marital_status_confirmation: Option<u64>,
    /// Nhận cha, mẹ, con.
    parent_child_recognition: Option<u64>,
    /// Giám hộ.
    guardianship: Option<u64>,
}

/// A province's row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProvinceAnswer {
    /// The province's code (and first day, where the code was used again); null for offices whose unit is not known.
    province: Option<String>,
    /// Its name; empty when not known.
    name: &'static str,
    #[serde(flatten)]
    columns: Columns,
}

/// What was registered, by province.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatisticsAnswer {
    /// The year of registration; null for all of them.
    year: Option<u16>,
    /// The day whose provinces these are.
    #[schema(format = "date")]
    provinces_on: String,
    /// Rows, by the provinces' codes.
    provinces: Vec<ProvinceAnswer>,
    /// The sum of each column.
    total: Columns,
}

/// Count registrations
///
/// As registered, by the province in which the office's unit lay on a day.
#[utoipa::path(
    get,
    path = "/v1/statistics",
    tag = "statistics",
    params(
        ("year" = Option<u16>, Query, description = "The year of registration; all when left out"),
        ("provinces_on" = Option<String>, Query, format = "date",
            description = "The day whose provinces are meant; when left out, the last day of the year or today, whichever is earlier"),
    ),
    responses((status = 200, description = "The table", body = StatisticsAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn get_statistics(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<StatisticsAnswer>, Problem> {
    let year = parameters
        .number("year", 1..=9999)
        .and_then(|year| u16::try_from(year).ok());
    let on = parameters.day("provinces_on");
    let usual = [
        year.and_then(|year| Date::new(year, 12, 31).ok()),
        web.registry().today(),
    ]
    .into_iter()
    .flatten()
    .min();
    if on.or(usual).is_none() {
        parameters.missing("provinces_on");
    }
    parameters.finish()?;
    let Some(on) = on.or(usual) else {
        return Err(Problem::new(&crate::problem::BAD_PARAMETER));
    };
    let rows = web.registry().statistics(year, on).await?;
    let total = total(&rows);
    let provinces = rows.into_iter().map(ProvinceAnswer::from).collect();
    Ok(Json(StatisticsAnswer {
        year,
        provinces_on: on.to_string(),
        provinces,
        total,
    }))
}

/// The sum of each column; blank where all of it is blank.
fn total(rows: &[ProvinceRow]) -> Columns {
    let sum = |column: usize| {
        rows.iter()
            .filter_map(|row| row.columns.cells()[column])
            .reduce(|one, other| one + other)
    };
    Columns {
        birth: sum(0),
        marriage: sum(1),
        death: sum(2),
        marital_status_confirmation: sum(3),
        parent_child_recognition: sum(4),
        guardianship: sum(5),
    }
}

impl From<SixColumns> for Columns {
    fn from(columns: SixColumns) -> Self {
        Self {
            birth: columns.birth,
            marriage: columns.marriage,
            death: columns.death,
            marital_status_confirmation: columns.marital_status_confirmation,
            parent_child_recognition: columns.parent_child_recognition,
            guardianship: columns.guardianship,
        }
    }
}

impl From<ProvinceRow> for ProvinceAnswer {
    fn from(row: ProvinceRow) -> Self {
        Self {
            province: row.province.map(|id| id.to_string()),
            name: row.name,
            columns: row.columns.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{House, birth};

    #[tokio::test]
    async fn blank_is_not_zero() {
        let house = House::founded().await;
        let opened = json!({
            "office": 7, "name": "UBND xã Hòa Phú", "level": "commune", "unit": "22270@..", "opened_on": "2019-01-01",
        });
        house
            .file(&house.ministry, json!({ "kind": "office_opened", "act": opened }))
            .await;
        let office = house.open_office(1, "UBND phường Tân Lập").await;
        let unknown = house
            .ministry
            .with_key(civil::cose::SecretKey::ed25519(&[33; 32]));
        house.grant(7, &unknown.key, "officer").await;
        let hoa_phu = crate::testing::Office {
            id: 7,
            key: unknown.key,
            token: house
                .web
                .registry()
                .make_token(civil::id::OfficeId(7), "test")
                .await
                .unwrap(),
        };
        for filed in [&office, &hoa_phu, &hoa_phu] {
            house.file(filed, birth("2026-03-02")).await;
        }
        let table = house.get("/v1/statistics?year=2026", &office).await.json();
        assert_eq!(table["provinces_on"], "2026-03-02");
        let rows = table["provinces"].as_array().unwrap();
        assert!(
            rows[0]["province"].is_null(),
            "first the offices whose unit is not known"
        );
        assert_eq!((&rows[0]["birth"], &rows[0]["death"]), (&json!(1), &json!(null)));
        assert_eq!(rows[1]["birth"], 2);
        assert_eq!(
            (&table["total"]["birth"], &table["total"]["guardianship"]),
            (&json!(3), &json!(null))
        );
        let table = house.get("/v1/statistics?year=2025", &office).await.json();
        assert_eq!(
            (&table["provinces"], &table["total"]["birth"]),
            (&json!([]), &json!(null))
        );
        let answer = house.get("/v1/statistics?year=soon", &office).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
    }
}
