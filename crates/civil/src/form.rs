//! A JSON document while it is read: every faulty field, each with its JSON pointer (RFC 6901).

use serde_json::Value as Json;

use crate::value::ValueError;

/// A fault in one field of a JSON document. Never repeats the value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    /// Where: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Which fault: a stable code.
    pub code: &'static str,
    /// For the officer.
    pub vi: String,
    /// For the developer.
    pub en: String,
}

/// Collects the faults of a JSON document while it is read.
#[derive(Debug, Default)]
pub struct Form {
    path: String,
    errors: Vec<FieldError>,
}

/// How many faults of one document are kept: nobody mends more at a time, and a hostile document could have millions.
const FAULTS_MAX: usize = 1_000;

impl Form {
    /// At the root of a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads below `step` (a member's name or an index).
    pub fn at<T>(&mut self, step: impl std::fmt::Display, read: impl FnOnce(&mut Self) -> T) -> T {
        let parent = self.path.len();
        self.path.push('/');
        self.path
            .push_str(&step.to_string().replace('~', "~0").replace('/', "~1"));
        let answer = read(self);
        self.path.truncate(parent);
        answer
    }

    /// Notes that only these names are known here.
    pub(crate) fn not_in_list<T>(&mut self, names: &[&str]) -> Option<T> {
        let names = names.join(", ");
        self.fault(
            "not_in_list",
            format!("Không có trong danh mục; phải là một trong: {names}."),
            format!("Must be one of: {names}."),
        )
    }

    /// Notes a fault here; answers `None` so that readers can end with it.
    pub fn fault<T>(
        &mut self,
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Option<T> {
        if self.errors.len() < FAULTS_MAX {
            self.errors.push(FieldError {
                pointer: self.path.clone(),
                code,
                vi: vi.into(),
                en: en.into(),
            });
        }
        None
    }

    /// Notes every member that is none of `names`.
    pub fn only(&mut self, members: &serde_json::Map<String, Json>, names: &[&str]) {
        for name in members.keys().filter(|name| !names.contains(&name.as_str())) {
            let _: Option<()> = self.at(name, |form| {
                form.fault("unknown_field", "Không có trường này.", "There is no such field.")
            });
        }
    }

    /// Notes a fault of a value here.
    pub fn value<T>(&mut self, result: Result<T, ValueError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => self.fault(error.code, error.vi, error.en),
        }
    }

    /// What was read, or every fault that was found.
    ///
    /// # Errors
    /// The faults, in the order of the document's schema.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<FieldError>> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }
}
