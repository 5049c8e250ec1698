//! The answer to one question: lines for people, members for programs.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use crate::report::Language;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is as it should be; none where it was not looked at.
    pub well: Option<bool>,
    /// For those who read Vietnamese.
    pub vietnamese: String,
    /// For those who read English.
    pub english: String,
}

/// What there is to say to one question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    lines: Vec<Line>,
    members: Map<String, Json>,
}

impl Told {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more thing that was looked at, or was not.
    #[must_use]
    pub fn line(
        mut self,
        well: Option<bool>,
        vietnamese: impl Into<String>,
        english: impl Into<String>,
    ) -> Self {
        self.lines.push(Line {
            well,
            vietnamese: vietnamese.into(),
            english: english.into(),
        });
        self
    }

    /// With one more member for programs.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Whether nothing is wrong. What was not looked at is not wrong, and is said.
    pub fn is_good(&self) -> bool {
        self.lines.iter().all(|line| line.well != Some(false))
    }

    /// What was looked at.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// For people.
    pub fn to_text(&self, language: Language) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let mark = match line.well {
                Some(true) => "✓",
                Some(false) => "✗",
                None => "–",
            };
            let words = match language {
                Language::Vietnamese => &line.vietnamese,
                Language::English => &line.english,
            };
            // Writing to a String does not fail.
            let _ = writeln!(text, "{mark} {words}");
        }
        text
    }

    /// For programs.
    pub fn to_json(&self) -> Json {
        let mut members = Map::new();
        members.insert("good".to_owned(), self.is_good().into());
        members.extend(self.members.clone());
        let lines = self
            .lines
            .iter()
            .map(|line| serde_json::json!({ "well": line.well, "vi": line.vietnamese, "en": line.english }));
        members.insert("checked".to_owned(), lines.collect());
        Json::Object(members)
    }
}
