//! A scenario in play: who is on stage, what was filed under which label, and the act at hand.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use civil::envelope::Envelope;
use civil::value::Date;
use serde_json::{Value as Json, json};

use super::file::Scenario;
use super::sentence::SENTENCES;
use super::stage::{Cast, Office, Stage};
use super::{pattern, sentence};
use crate::{Answer, Api, Dice, bytes, request};

/// What was filed, by the label that a scenario gave it.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels(BTreeMap<String, Filed>);

/// An act that was recorded.
#[derive(Debug, Clone)]
pub(super) struct Filed {
    /// The event.
    pub event: String,
    /// The entry that it opened or continued.
    pub entry: Option<String>,
    /// The kind of that entry.
    pub entry_kind: String,
    /// When the log recorded it (RFC 3339).
    pub recorded_at: String,
    /// The act as it was asked for.
    pub act: Json,
}

impl Labels {
    /// What was filed under a label.
    pub(super) fn get(&self, label: &str) -> Result<&Filed, String> {
        self.0
            .get(label.trim_start_matches(['@', '&']))
            .ok_or(format!("nothing was recorded as {label}"))
    }

    /// The entry of a label.
    pub(super) fn entry(&self, label: &str) -> Result<&str, String> {
        self.get(label)?
            .entry
            .as_deref()
            .ok_or(format!("{label} has no entry"))
    }

    /// The reference of a person as an address has it: `@KS.child` → the entry's id and the role.
    pub(super) fn person(&self, reference: &str) -> Result<String, String> {
        let (label, role) = reference
            .split_once('.')
            .ok_or(format!("{reference} names no role"))?;
        Ok(format!("{}.{role}", self.entry(label)?))
    }

    /// The reference of a person as an act has it.
    pub(super) fn person_ref(&self, reference: &str) -> Result<Json, String> {
        let (label, role) = reference
            .split_once('.')
            .ok_or(format!("{reference} names no role"))?;
        let mut found = json!({ "entry": self.entry(label)?, "role": role.split('.').next() });
        if let Some((_, index)) = role.split_once('.') {
            found["index"] = super::values::value(index);
        }
        Ok(found)
    }

    /// A value with its references resolved.
    pub(super) fn resolved(&self, value: Json) -> Result<Json, String> {
        Ok(match value {
            Json::String(text) => self.reference(&text)?.unwrap_or(Json::String(text)),
            Json::Array(items) => Json::Array(
                items
                    .into_iter()
                    .map(|item| self.resolved(item))
                    .collect::<Result<_, _>>()?,
            ),
            Json::Object(members) => {
                let members = members
                    .into_iter()
                    .map(|(name, value)| Ok((name, self.resolved(value)?)));
                Json::Object(members.collect::<Result<_, String>>()?)
            }
            other => other,
        })
    }

    fn reference(&self, text: &str) -> Result<Option<Json>, String> {
        if let Some(label) = text.strip_prefix('&') {
            return Ok(Some(json!(self.get(label)?.event)));
        }
        let Some(label) = text.strip_prefix('@') else {
            return Ok(None);
        };
        if let Some(label) = label.strip_suffix(" as it is") {
            let filed = self.get(label)?;
            return Ok(Some(
                json!({ "entry": filed.entry, "kind": filed.entry_kind, "changes": [] }),
            ));
        }
        match label.contains('.') {
            true => self.person_ref(label).map(Some),
            false => Ok(Some(json!(self.entry(label)?))),
        }
    }

    fn kind_of(&self, entry: &str) -> Option<&str> {
        let found = self
            .0
            .values()
            .find(|filed| filed.entry.as_deref() == Some(entry));
        found.map(|filed| filed.entry_kind.as_str())
    }
}

/// A person of an office who acts: `office 1` is its officer A, `B of office 1` its head.
#[derive(Debug, Clone)]
pub(super) struct Party {
    /// The office.
    pub office: Office,
    /// Who.
    pub person: String,
}

/// An act on its way.
#[derive(Debug, Clone)]
pub(super) struct Filing {
    /// Who files.
    pub party: Party,
    /// Its label.
    pub label: String,
    /// The request for the draft.
    pub request: Json,
    /// Signed at, seconds since 1970-01-01T00:00:00Z.
    pub signed_at: u64,
    /// Who endorses.
    pub endorsers: Vec<Party>,
    /// The draft, or why there is none.
    pub draft: Answer,
    /// What was sent.
    pub sent: Option<Json>,
    /// What the ledger answered.
    pub answer: Option<Answer>,
}

/// A scenario in play.
pub(super) struct Play<'a> {
    /// Where.
    pub stage: &'a Stage,
    /// The offices.
    pub cast: Cast,
    /// What was recorded.
    pub labels: Labels,
    /// The act at hand.
    pub filing: Option<Filing>,
    /// The appointments, by office and person.
    pub appointed: BTreeMap<(u32, String), String>,
    /// What an officer looked for last, and found.
    pub found: Json,
    /// Names and other chance.
    pub dice: Dice,
    /// The last request and its answer, for messages.
    pub last: String,
}

/// Plays a scenario.
///
/// # Errors
/// File, line and sentence of the first that is not known or not so, and the last request and answer.
pub fn play(scenario: &Scenario, stage: &Stage) -> Result<(), String> {
    let mut play = Play {
        stage,
        cast: stage.cast(scenario),
        labels: Labels::default(),
        filing: None,
        appointed: BTreeMap::new(),
        found: Json::Null,
        dice: Dice::new(format!("people of {}", scenario.name)),
        last: String::new(),
    };
    for step in &scenario.steps {
        let told = sentence_of(step.word, &step.text).and_then(|(act, holes)| {
            // A helper of the tests that stops where it stands stops this scenario and no other.
            let told = catch_unwind(AssertUnwindSafe(|| act(&mut play, &holes, &step.below)));
            told.unwrap_or_else(|panic| Err(words_of(panic.as_ref())))
        });
        told.map_err(|why| {
            let (file, line, word, text) = (scenario.file(), step.line, step.word, &step.text);
            format!("{file}:{line}: {word} {text}\n  {why}\n{}", play.last)
        })?;
    }
    Ok(())
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    words
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked")
        .to_owned()
}

fn sentence_of<'a>(word: &str, text: &'a str) -> Result<(sentence::Act, pattern::Holes<'a>), String> {
    let rows = SENTENCES.iter().filter(|row| row.word == word);
    let mut found = rows.filter_map(|row| pattern::matches(row.pattern, text).map(|holes| (row.act, holes)));
    found.next().ok_or("no such sentence".to_owned())
}

impl Play<'_> {
    /// An office of the scenario, by the number that it knows it by.
    pub(super) fn office(&self, number: &str) -> Result<&Office, String> {
        let known = number.parse().ok().and_then(|number| self.cast.get(&number));
        known.ok_or(format!("there is no office {number}"))
    }

    /// Who `office 1`, `B of office 1` or, where an office is at hand, `B` is.
    pub(super) fn party(&self, said: &str) -> Result<Party, String> {
        let (person, office) = match said.split_once("office ") {
            Some((person, number)) => (
                person.trim_end_matches("of ").trim(),
                self.office(number)?.clone(),
            ),
            None => (said, self.filing()?.party.office.clone()),
        };
        let person = if person.is_empty() { "A" } else { person }.to_owned();
        Ok(Party { office, person })
    }

    /// The act at hand.
    pub(super) fn filing(&self) -> Result<&Filing, String> {
        self.filing.as_ref().ok_or("nothing was filed".to_owned())
    }

    /// Reads, and remembers it for messages.
    pub(super) fn get(&mut self, path: &str) -> Result<Json, String> {
        let answer = self.stage.api.get(path);
        self.last = format!("  GET {path}\n  {} {}", answer.status, shown(&answer.json));
        if answer.status == 200 {
            Ok(answer.json)
        } else {
            Err(format!("{path} answers {}", answer.status))
        }
    }

    /// Sends, and remembers it for messages.
    pub(super) fn post(&mut self, api: &Api, path: &str, body: &Json) -> Answer {
        let answer = api.post(path, body);
        let (body, said) = (shown(body), shown(&answer.json));
        self.last = format!("  POST {path}\n  {body}\n  {} {said}", answer.status);
        answer
    }

    /// Asks for the draft of the act at hand.
    pub(super) fn draft(&mut self, mut filing: Filing) {
        filing.draft = self.post(&filing.party.office.api.clone(), "/v1/acts", &filing.request);
        filing.sent = None;
        filing.answer = None;
        self.filing = Some(filing);
    }

    /// Signs the act at hand as it was drafted and sends it, once.
    pub(super) fn send(&mut self) -> Result<Answer, String> {
        let filing = self.filing()?.clone();
        if let Some(answer) = filing.answer {
            return Ok(answer);
        }
        if filing.draft.status != 200 {
            return Err(format!("there is no draft: {}", filing.draft.code()));
        }
        let draft = &filing.draft.json;
        let mut envelope = Envelope::decode(&bytes(draft, "envelope")).map_err(|error| error.to_string())?;
        envelope.signed_at = filing.signed_at;
        let mut endorsers: Vec<_> = filing
            .endorsers
            .iter()
            .map(|party| party.office.key(&party.person))
            .collect();
        endorsers.sort_by_key(|key| key.public().id());
        let endorsed = endorsers
            .iter()
            .map(|key| civil::cose::endorse(&envelope.commitment, key));
        envelope.endorsements = endorsed.collect();
        let key = filing.party.office.key(&filing.party.person);
        let sent = request(
            &civil::cose::sign(&envelope.encode(), &key),
            &bytes(draft, "sealed_body"),
        );
        let answer = self.post(&self.stage.api.clone(), "/v1/events", &sent);
        if answer.is_receipt() {
            let kind = filing.request["kind"].as_str().unwrap_or_default().to_owned();
            let entry = draft["entry"].as_str().map(str::to_owned);
            let continued = entry
                .as_deref()
                .and_then(|entry| self.labels.kind_of(entry))
                .map(str::to_owned);
            let text = |member: &str| answer.json[member].as_str().unwrap_or_default().to_owned();
            let filed = Filed {
                event: text("event"),
                entry_kind: continued.unwrap_or(kind),
                entry,
                recorded_at: text("recorded_at"),
                act: filing.request["act"].clone(),
            };
            self.labels.0.insert(filing.label.clone(), filed);
        }
        if let Some(filing) = &mut self.filing {
            filing.sent = Some(sent);
            filing.answer = Some(answer.clone());
        }
        Ok(answer)
    }
}

/// JSON for a message: bytes in base64 say nothing to a reader.
fn shown(json: &Json) -> Json {
    const LONG: usize = 160;
    match json {
        Json::String(text) if text.len() > LONG && !text.contains(' ') => {
            json!(format!("({} characters)", text.len()))
        }
        Json::Array(items) => items.iter().map(shown).collect(),
        Json::Object(members) => Json::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), shown(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

/// Seconds since 1970-01-01T00:00:00Z of a day and an hour in Vietnam.
pub(super) fn instant(day: Date, time: &str) -> Result<u64, String> {
    let (hour, minute) = time.split_once(':').ok_or(format!("{time} is no time"))?;
    let number = |text: &str| text.parse::<i64>().map_err(|_| format!("{time} is no time"));
    let epoch = Date::new(1970, 1, 1).map_err(|error| error.to_string())?;
    let minutes = epoch.days_between(day) * 24 * 60 + (number(hour)? - 7) * 60 + number(minute)?;
    u64::try_from(minutes * 60).map_err(|_| format!("{day} is too early to sign on"))
}

/// A day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| format!("{text} is no day"))
}
