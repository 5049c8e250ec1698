//! The product as a command: arguments in, exit status and output out.

use std::path::Path;
use std::process::{Command, Output};

use crate::hotich_binary;

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// The command line, for messages.
    pub line: String,
    /// Its exit status; none when a signal ended it.
    pub status: Option<i32>,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

/// Runs `hotich` in a folder.
pub fn hotich(folder: &Path, arguments: &[&str]) -> Ended {
    Ended::of(Command::new(hotich_binary()).current_dir(folder).args(arguments))
}

impl Ended {
    /// Runs any command to its end.
    pub fn of(command: &mut Command) -> Self {
        let line = format!("{command:?}");
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap_or_else(|error| panic!("{line}: {error}"));
        Self {
            line,
            status: status.code(),
            out: String::from_utf8_lossy(&stdout).into_owned(),
            err: String::from_utf8_lossy(&stderr).into_owned(),
        }
    }

    /// Stops the test unless it ended with that status; answers itself.
    #[track_caller]
    pub fn with(self, status: i32) -> Self {
        let Self { line, out, err, .. } = &self;
        assert_eq!(self.status, Some(status), "{line}\n{out}\n{err}");
        self
    }

    /// Its standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{}: {error}\n{}", self.line, self.out))
    }
}
