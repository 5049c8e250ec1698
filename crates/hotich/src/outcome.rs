//! How a verb ends.

use registry::RegistryError;

/// The end of a verb that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain of.
    Well,
    /// Something was found, or refused.
    Finding,
}

/// Why a verb did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line or a file that it names is wrong.
    #[error("{0}")]
    Use(String),
    /// The ledger refused.
    #[error("{0}")]
    Refused(String),
    /// The ledger failed.
    #[error(transparent)]
    Registry(RegistryError),
    /// The store failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Fault),
    /// The machine failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// What a verb answers.
pub type Result<T> = std::result::Result<T, Error>;

/// Faulty fields are named, each with what should stand there; refusals with their reason.
impl From<RegistryError> for Error {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::Form(faults) => {
                let faults = faults
                    .iter()
                    .map(|fault| format!("{}: {}", fault.pointer, fault.en));
                Self::Refused(faults.collect::<Vec<_>>().join("\n"))
            }
            RegistryError::Refused(refusals) => {
                let reasons = refusals.iter().map(|refusal| {
                    let (code, at) = (refusal.code, &refusal.pointer);
                    format!("{}: {} {at}", code.name(), code.english())
                        .trim_end()
                        .to_owned()
                });
                Self::Refused(reasons.collect::<Vec<_>>().join("\n"))
            }
            error => Self::Registry(error),
        }
    }
}

impl Error {
    /// Wrong use, in words.
    pub fn using(why: impl std::fmt::Display) -> Self {
        Self::Use(why.to_string())
    }

    /// 1 for a refusal, 2 for everything else.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_with_its_reason() {
        let refusal = civil::decide::Refusal::at(civil::decide::RefusalCode::OfficeUnknown, "/office");
        let error = Error::from(RegistryError::Refused(vec![refusal]));
        assert_eq!(error.exit_status(), 1);
        assert_eq!(
            error.to_string(),
            "office_unknown: The ledger has no such office. /office"
        );
    }

    #[test]
    fn a_faulty_field_is_named_with_what_should_stand_there() {
        let mut form = civil::wire::Form::new();
        let role = form.at("role", |form| {
            <civil::act::Role as civil::wire::Wire>::from_json(&"boss".into(), form)
        });
        let faults = form.finish(role).unwrap_err();
        let error = Error::from(RegistryError::Form(faults));
        assert_eq!(error.exit_status(), 1);
        let said = error.to_string();
        assert!(
            said.starts_with("/role: Must be one of: ") && said.contains("head"),
            "{said}"
        );
    }
}
