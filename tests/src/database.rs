//! A fresh database on the cluster that all tests share.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::postgres::psql;
use crate::{PostgresCluster, Reaper};

/// An empty PostgreSQL database; dropped with its sessions when this is dropped.
#[derive(Debug)]
pub struct Database {
    url: String,
    _reaper: Reaper,
}

impl Database {
    /// On the cluster that `ops/with-postgres` runs.
    pub fn create() -> Self {
        let cluster = std::env::var("HOTICH_TEST_POSTGRES").expect("run the tests under ops/with-postgres");
        Self::at(|database| format!("{cluster}/{database}"))
    }

    /// On a cluster of the test's own.
    pub fn on(cluster: &PostgresCluster) -> Self {
        Self::at(|database| cluster.url(database))
    }

    /// On a cluster of the test's own, with its tables in a folder of the test's choice.
    pub fn in_folder(cluster: &PostgresCluster, folder: &Path) -> Self {
        cluster.give(folder);
        let make = format!("create tablespace chosen location '{}'", folder.display());
        psql(&cluster.url("postgres"), &make).expect("a superuser may create a tablespace");
        let database = Self::on(cluster);
        let name = database.url().rsplit('/').next().expect("the database's name");
        let move_there = format!("alter database {name} set tablespace chosen");
        psql(&cluster.url("postgres"), &move_there).expect("nobody uses it yet");
        database
    }

    fn at(url: impl Fn(&str) -> String) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "test_{}_{}",
            std::process::id(),
            MADE.fetch_add(1, Ordering::Relaxed)
        );
        let maintenance = url("postgres");
        psql(&maintenance, &format!("create database {name}")).expect("a superuser may create a database");
        let drop = format!("drop database if exists {name} with (force)");
        let psql = crate::postgres::programs().join("psql");
        let reaper = Reaper::new(
            r#""$1" -X -q -c "$2" "$3""#,
            &[psql.as_os_str(), drop.as_ref(), maintenance.as_ref()],
        );
        Self {
            url: url(&name),
            _reaper: reaper,
        }
    }

    /// The superuser's URL of this database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Runs one statement past the product and answers the rows, columns separated by `|`.
    ///
    /// # Errors
    /// What PostgreSQL said.
    pub fn query(&self, statement: &str) -> Result<String, String> {
        psql(&self.url, statement)
    }
}
