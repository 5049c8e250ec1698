//! A row read back: columns as domain values, and faults that name table, column and row.

use std::str::FromStr;

use civil::kind::{BookType, Kind};
use ledger::{Fault, Row};

/// One row of a table, with what to call it when a column makes no sense.
pub(crate) struct Record<'r> {
    row: &'r Row,
    table: &'static str,
    key: &'static str,
}

impl<'r> Record<'r> {
    /// The row of a table whose primary key begins with the column `key`. No key here holds personal data.
    pub(crate) fn new(row: &'r Row, table: &'static str, key: &'static str) -> Self {
        Self { row, table, key }
    }

    /// The text in a column.
    pub(crate) fn text(&self, column: &'static str) -> Result<String, Fault> {
        self.row.text(column).map_err(|fault| self.of(fault))
    }

    /// The text in a column that may be null.
    pub(crate) fn text_opt(&self, column: &'static str) -> Result<Option<String>, Fault> {
        self.row.text_opt(column).map_err(|fault| self.of(fault))
    }

    /// The sealed body of a row that has one.
    pub(crate) fn body(&self) -> Result<Option<Vec<u8>>, Fault> {
        self.row.body().map_err(|fault| self.of(fault))
    }

    /// The bytes in a column that may be null.
    pub(crate) fn bytes_opt(&self, column: &'static str) -> Result<Option<Vec<u8>>, Fault> {
        self.row.blob_opt(column).map_err(|fault| self.of(fault))
    }

    /// An integer of any width.
    pub(crate) fn number<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, Fault> {
        let number = self.row.int(column).map_err(|fault| self.of(fault))?;
        N::try_from(number).map_err(|_| self.damaged(column, "out of range"))
    }

    /// An integer of any width, or null.
    pub(crate) fn number_opt<N: TryFrom<i64>>(&self, column: &'static str) -> Result<Option<N>, Fault> {
        let number = self.row.int_opt(column).map_err(|fault| self.of(fault))?;
        number
            .map(|number| N::try_from(number).map_err(|_| self.damaged(column, "out of range")))
            .transpose()
    }

    /// A value from its text, by a function that answers nothing for what is not such a value.
    pub(crate) fn value<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Fault> {
        read(&self.text(column)?).ok_or_else(|| self.damaged(column, "not of the expected form"))
    }

    /// As [`Record::value`], for a column that may be null.
    pub(crate) fn value_opt<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        match self.text_opt(column)? {
            None => Ok(None),
            Some(text) => read(&text)
                .map(Some)
                .ok_or_else(|| self.damaged(column, "not of the expected form")),
        }
    }

    /// An id from its text.
    pub(crate) fn id<T: FromStr>(&self, column: &'static str) -> Result<T, Fault> {
        self.value(column, |text| text.parse().ok())
    }

    /// A kind of event from its name.
    pub(crate) fn kind(&self, column: &'static str) -> Result<Kind, Fault> {
        self.value(column, Kind::named)
    }

    /// A type of book from its name.
    pub(crate) fn book(&self, column: &'static str) -> Result<BookType, Fault> {
        self.value(column, |name| {
            BookType::ALL.into_iter().find(|book| book.name() == name)
        })
    }

    /// What stands in a column does not make sense.
    pub(crate) fn damaged(&self, column: &'static str, why: &str) -> Fault {
        self.of(Fault::damaged(format!("reading {}.{column}", self.table), why))
    }

    fn of(&self, fault: Fault) -> Fault {
        let id = self
            .row
            .text(self.key)
            .or_else(|_| self.row.int(self.key).map(|id| id.to_string()));
        let id = id.unwrap_or_else(|_| "?".to_owned());
        fault.while_doing(&format!("row {} = {id} of {}", self.key, self.table))
    }
}
