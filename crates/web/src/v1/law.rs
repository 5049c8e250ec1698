//! `GET /v1/law`: the rules for a file, as the dated data have them.

use axum::Json;
use axum::extract::State;
use civil::law::{Basis, KINDS, Limit, RuleSet, Threshold, rules};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

use crate::Web;
use crate::parameters::Parameters;
use crate::problem::{BAD_PARAMETER, Problem};

/// The rules for a file of one kind, received on one day. What is not known is left out, and nothing is guessed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LawAnswer {
    /// The kind of event.
    kind: &'static str,
    /// The day of reception, by which the rules are chosen.
    #[schema(format = "date")]
    received_on: String,
    /// The stable name of the rule set.
    rule_set: &'static str,
    /// The texts in force, in Vietnamese.
    title_vi: &'static str,
    /// The same in English.
    title_en: &'static str,
    /// Where the days of the rule set stand.
    article: &'static str,
    /// Whether there is a rule for this kind on that day.
    known: bool,
    /// Until when an event has to be declared, in days after it.
    time_limit: Option<Amount>,
    /// Whether the file is late: `definitely`, `possibly`, `impossible`; null without a day of the event or without a limit.
    late: Option<&'static str>,
    /// Who registers.
    competence: Vec<CompetenceRow>,
    /// In what time the office answers.
    processing_times: Vec<TimeRow>,
    /// The fields of a new registration with the given tick.
    required_fields: Vec<FieldRow>,
    /// The grounds on which no fee is taken.
    waivers: Vec<WaiverRow>,
    /// Other times that the law sets, whatever the kind.
    limits: Vec<Amount>,
    /// Ages that rules ask about, in full years, whatever the kind.
    ages: Vec<Amount>,
}

/// Where a rule stands and how sure we are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    /// Law, decree or circular, and article.
    article: String,
    /// `high`, `medium` or `assumed`.
    confidence: &'static str,
}

/// So much of something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Amount {
    /// What it is called.
    name: &'static str,
    /// How much.
    value: u16,
    /// Of what: `day`, `working_day`, `month`, `hour`, `year`, `day_of_january`.
    unit: &'static str,
    #[serde(flatten)]
    source: Source,
}

/// Which office registers, in one case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CompetenceRow {
    /// `domestic`, `foreign`, `again`, `noted` or `mission`.
    case: &'static str,
    /// `any`, `under_14` or `from_14`.
    age: &'static str,
    /// The level of the office.
    level: &'static str,
    #[serde(flatten)]
    source: Source,
}

/// In what time the office answers, in one case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeRow {
    /// As in `competence`.
    case: &'static str,
    /// `day` or `working_day`.
    unit: &'static str,
    /// The time; 0 is at once.
    limit: u16,
    /// The time in all, if something has to be verified.
    limit_with_verification: Option<u16>,
    #[serde(flatten)]
    source: Source,
}

/// A field of a new registration.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldRow {
    /// A JSON pointer; `*` is each item of a list.
    pointer: &'static str,
    /// Whether leaving it out raises a warning.
    warn: bool,
    #[serde(flatten)]
    source: Source,
}

/// A ground on which no fee is taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaiverRow {
    /// Its name.
    waiver: &'static str,
    #[serde(flatten)]
    source: Source,
}

/// Read the rules for a file
///
/// Chosen by kind and day of reception, never the latest: a file received before a new law is finished under the old one.
#[utoipa::path(
    get,
    path = "/v1/law",
    tag = "law",
    params(
        ("kind" = String, Query, description = "The kind of event"),
        ("received_on" = Option<String>, Query, format = "date", description = "The day of reception; today"),
        ("occurred_on" = Option<String>, Query, description = "When the thing itself happened (EDTF)"),
        ("entry" = Option<String>, Query, description = "The tick: `on_time`, `again`, …"),
    ),
    responses((status = 200, description = "The rules", body = LawAnswer))
)]
pub(crate) async fn get_law(
    State(web): State<Arc<Web>>,
    mut parameters: Parameters,
) -> Result<Json<LawAnswer>, Problem> {
    let kind = parameters.one_of("kind", &KINDS.map(|kind| (kind, kind)));
    if kind.is_none() {
        parameters.missing("kind");
    }
    let received_on = parameters.day("received_on").or_else(|| web.registry().today());
    if received_on.is_none() {
        parameters.missing("received_on");
    }
    let occurred_on = parameters.partial_day("occurred_on");
    let entry = parameters.text("entry").unwrap_or_default();
    parameters.finish()?;
    let (Some(kind), Some(received_on)) = (kind, received_on) else {
        return Err(Problem::new(&BAD_PARAMETER));
    };
    let rules = rules(kind, received_on, occurred_on.as_ref());
    Ok(Json(LawAnswer::of(&rules, &entry)))
}

impl LawAnswer {
    fn of(rules: &RuleSet, entry: &str) -> Self {
        let day = rules.received_on();
        let limits = Limit::ALL.iter().filter_map(|limit| limit.on(day));
        let ages = Threshold::ALL.iter().filter_map(|age| age.on(day));
        Self {
            kind: rules.kind(),
            received_on: day.to_string(),
            rule_set: rules.name(),
            title_vi: rules.title_vi(),
            title_en: rules.title_en(),
            article: rules.article(),
            known: rules.are_known(),
            time_limit: rules
                .time_limit()
                .map(|row| Amount::of("declaration", row.days, "day", &row.basis)),
            late: rules.is_late().map(certainty),
            competence: rules.competences().map(CompetenceRow::of).collect(),
            processing_times: rules.processing_times().map(TimeRow::of).collect(),
            required_fields: rules.required_fields(entry).map(FieldRow::of).collect(),
            waivers: rules.waivers().map(WaiverRow::of).collect(),
            limits: limits
                .map(|row| Amount::of(row.limit.word(), row.value, row.unit.word(), &row.basis))
                .collect(),
            ages: ages
                .map(|row| Amount::of(row.threshold.word(), row.years, "year", &row.basis))
                .collect(),
        }
    }
}

fn certainty(certainty: civil::value::Certainty) -> &'static str {
    match certainty {
        civil::value::Certainty::Definitely => "definitely",
        civil::value::Certainty::Possibly => "possibly",
        civil::value::Certainty::Impossible => "impossible",
    }
}

impl From<&Basis> for Source {
    fn from(basis: &Basis) -> Self {
        Self {
            article: basis.article.clone(),
            confidence: basis.confidence.word(),
        }
    }
}

impl Amount {
    fn of(name: &'static str, value: u16, unit: &'static str, basis: &Basis) -> Self {
        Self {
            name,
            value,
            unit,
            source: basis.into(),
        }
    }
}

impl CompetenceRow {
    fn of(row: &civil::law::Competence) -> Self {
        Self {
            case: row.occasion.word(),
            age: row.age.word(),
            level: row.level.word(),
            source: (&row.basis).into(),
        }
    }
}

impl TimeRow {
    fn of(row: &civil::law::ProcessingTime) -> Self {
        Self {
            case: row.occasion.word(),
            unit: row.unit.word(),
            limit: row.limit,
            limit_with_verification: row.limit_with_verification,
            source: (&row.basis).into(),
        }
    }
}

impl FieldRow {
    fn of(row: &'static civil::law::RequiredField) -> Self {
        Self {
            pointer: &row.pointer,
            warn: row.warn,
            source: (&row.basis).into(),
        }
    }
}

impl WaiverRow {
    fn of(row: &civil::law::FeeWaiver) -> Self {
        Self {
            waiver: row.waiver.name(),
            source: (&row.basis).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::House;

    #[tokio::test]
    async fn the_rules_of_a_day_are_answered_with_their_articles() {
        let house = House::founded().await;
        let law = house
            .get_openly("/v1/law?kind=birth&received_on=2026-03-03&occurred_on=2026-01-01&entry=late")
            .await
            .json();
        assert_eq!(law["rule_set"], "decree_120_2025");
        assert_eq!(
            (&law["known"], &law["late"]),
            (&json!(true), &json!("definitely"))
        );
        assert_eq!(law["time_limit"]["value"], 60);
        let foreign = law["competence"].as_array().unwrap();
        assert!(
            foreign
                .iter()
                .any(|row| row["case"] == "foreign" && row["level"] == "commune")
        );
        let fields = law["required_fields"].as_array().unwrap();
        assert!(
            fields
                .iter()
                .any(|row| row["pointer"] == "/mother" && row["warn"] == true)
        );
    }

    #[tokio::test]
    async fn of_the_law_of_2026_only_what_was_read_is_answered() {
        let house = House::founded().await;
        let address = "/v1/law?kind=birth&received_on=2027-03-01&occurred_on=2027-01-01";
        let law = house.get_openly(address).await.json();
        assert_eq!(
            (&law["rule_set"], &law["known"]),
            (&json!("law_03_2026"), &json!(false))
        );
        assert!(law["time_limit"].is_null() && law["late"].is_null());
        assert_eq!(law["processing_times"], json!([]));
        assert_eq!(law["competence"][0]["level"], "commune");
        let answer = house.get_openly("/v1/law?kind=christening").await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
    }
}
