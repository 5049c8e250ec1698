//! [`Location`]: where a ledger lives.

use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnectOptions;

use crate::fault::Fault;

/// Name of the ledger's file in its folder.
pub const FILE_NAME: &str = "ledger.db";

/// A folder with the embedded ledger in it, or a PostgreSQL database.
#[derive(Debug, Clone)]
pub enum Location {
    /// The file of an embedded ledger.
    File(PathBuf),
    /// A PostgreSQL database.
    Postgres(Box<PgConnectOptions>),
}

impl Location {
    /// Reads what stands behind `--data`: a `postgres://` URL, or else a folder, in which the ledger is `ledger.db`.
    ///
    /// A URL names one host, by TCP or (`?host=/folder`) by Unix socket. sqlx has no lists of hosts: a comma would silently become
    /// part of a name, so it is refused.
    ///
    /// # Errors
    /// [`Fault`] when the URL cannot be read. It never quotes the URL, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            if names_several_hosts(text) {
                return Err(Fault::request(
                    "reading the database URL",
                    "it names several hosts; give one",
                ));
            }
            let options = text
                .parse::<PgConnectOptions>()
                .map_err(|_| Fault::request("reading the database URL", "it is not a PostgreSQL URL"))?;
            return Ok(Location::Postgres(Box::new(options)));
        }
        Ok(Location::folder(text))
    }

    /// The embedded ledger in a folder.
    pub fn folder(folder: impl AsRef<Path>) -> Self {
        Location::File(folder.as_ref().join(FILE_NAME))
    }

    /// An embedded ledger in a file of any name: a copy, a backup.
    pub fn file(file: impl Into<PathBuf>) -> Self {
        Location::File(file.into())
    }
}

/// Whether there is a comma where the host stands: between `//` (or the last `@`) and the path, or in a `host` parameter.
fn names_several_hosts(url: &str) -> bool {
    let rest = url.split_once("//").map_or("", |(_, rest)| rest);
    let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = before.split('/').next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let in_parameter = query.split('&').any(|pair| {
        pair.split_once('=').is_some_and(|(key, value)| {
            (key == "host" || key == "hostaddr")
                && (value.contains(',') || value.to_ascii_lowercase().contains("%2c"))
        })
    });
    host.contains(',') || host.to_ascii_lowercase().contains("%2c") || in_parameter
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn a_url_with_a_list_of_hosts_is_refused() {
        for url in [
            "postgres://a,b/db",
            "postgres://user:p@a:5432,b:5432/db",
            "postgres://user@/db?host=a,b",
            "postgresql://user@a%2Cb/db",
            "postgres:///db?host=a%2cb",
        ] {
            assert!(Location::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_comma_in_a_password_or_a_database_name_is_no_list_of_hosts() {
        for url in [
            "postgres://user:a,b@host/db",
            "postgres://host/a,b",
            "postgres:///db?host=/run/postgresql&user=clerk",
        ] {
            assert!(matches!(Location::parse(url), Ok(Location::Postgres(_))), "{url}");
        }
    }

    #[test]
    fn anything_else_is_a_folder() {
        assert!(
            matches!(Location::parse("data"), Ok(Location::File(file)) if file.ends_with("data/ledger.db"))
        );
    }
}
