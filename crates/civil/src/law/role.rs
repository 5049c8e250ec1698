//! Which roles may sign which kinds of event, in which lanes.

use super::table::{Basis, Row, Rule, Table};
use crate::act::Role;
use crate::id::Lane;
use crate::kind::Kind;
use crate::value::Date;
use std::sync::LazyLock;

/// A row of `roles.csv`.
#[derive(Debug)]
pub(super) struct Covered {
    kind: Kind,
    lanes: Vec<Lane>,
    roles: Vec<Role>,
    basis: Basis,
}

/// May the holder of a key with that role sign an event of that kind in that lane, on that day?
///
/// It says nothing of the office: that the administration's kinds stand in the administration's own stream is not a matter of roles.
pub fn role_covers(role: Role, kind: Kind, lane: Lane, signed_on: Date) -> bool {
    let covers = |row: &Covered| row.kind == kind && row.lanes.contains(&lane) && row.roles.contains(&role);
    COVERED.on(signed_on, covers).is_some()
}

impl Rule for Covered {
    const FILE: &'static str = "roles.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/roles.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: row.kind_of_event()?,
            lanes: row.several("lanes", &Lane::ALL, Lane::name)?,
            roles: row.several("roles", Role::ALL, Role::name)?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        self.kind.name().to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }

    fn faults_of(rows: &[Self]) -> Vec<String> {
        let missing = Kind::ALL
            .iter()
            .filter(|kind| !rows.iter().any(|row| row.kind == **kind));
        missing
            .map(|kind| format!("nobody may sign {}", kind.name()))
            .collect()
    }
}

static COVERED: LazyLock<Table<Covered>> = LazyLock::new(Table::embedded);
