//! A PostgreSQL cluster of the test's own.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Reaper;

/// A running cluster in a temporary folder, owned by an unprivileged user; gone when dropped.
///
/// It syncs to disk as production does, trusts every local user, and listens on 127.0.0.1 and on a Unix socket in its
/// folder. Its port stays the same over [`stop_immediately`](Self::stop_immediately) and [`start`](Self::start).
#[derive(Debug)]
pub struct PostgresCluster {
    home: PathBuf,
    port: u16,
    _reaper: Reaper,
}

impl PostgresCluster {
    /// Makes a cluster and starts it.
    pub fn new() -> Self {
        let home = tempfile::Builder::new()
            .prefix("hotich-tests-postgres.")
            .tempdir()
            .expect("a folder")
            .keep();
        // Immediate shutdown; a postmaster that has gone already has taken its pid file along.
        let reaper = Reaper::new(
            r#"id=$(head -n 1 "$1/data/postmaster.pid") && kill -QUIT "$id" && tail --pid="$id" -s 0.05 -f /dev/null
            rm -rf "$1""#,
            &[&home],
        );
        let cluster = Self {
            home,
            port: free_port(),
            _reaper: reaper,
        };
        cluster.give(&cluster.home);
        cluster.run(
            "initdb",
            &[
                "-A",
                "trust",
                "-U",
                "postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
        );
        let configuration = cluster.data().join("postgresql.conf");
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(configuration)
            .expect("initdb wrote it");
        writeln!(
            file,
            "listen_addresses = '127.0.0.1'\nport = {}\nunix_socket_directories = '{}'\nmax_connections = 300",
            cluster.port,
            cluster.home.display()
        )
        .expect("the configuration can be written");
        cluster.start();
        cluster
    }

    /// Starts it again after [`stop_immediately`](Self::stop_immediately); returns when it takes connections.
    pub fn start(&self) {
        let log = self.home.join("log");
        self.run(
            "pg_ctl",
            &[
                "start",
                "--wait",
                "--silent",
                "--log",
                log.to_str().expect("a plain path"),
            ],
        );
    }

    /// Stops it as a crash would: no checkpoint, all sessions cut, recovery at the next start.
    pub fn stop_immediately(&self) {
        self.run("pg_ctl", &["stop", "--wait", "--silent", "--mode=immediate"]);
    }

    /// The superuser's URL of a database over TCP.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// The superuser's URL of a database over the Unix socket.
    pub fn socket_url(&self, database: &str) -> String {
        format!(
            "postgres://postgres@localhost:{}/{database}?host={}",
            self.port,
            self.home.display()
        )
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Gives a folder to the user that the cluster runs as.
    pub fn give(&self, folder: &Path) {
        if let Some((user, group)) = unprivileged() {
            chown(folder, Some(user), Some(group)).expect("root may give a folder away");
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(programs().join(program));
        command
            .current_dir(&self.home)
            .arg("-D")
            .arg(self.data())
            .args(arguments);
        if let Some((user, group)) = unprivileged() {
            command.uid(user).gid(group);
        }
        let output = command.output().expect("the program runs");
        if !output.status.success() {
            let log = fs::read_to_string(self.home.join("log")).unwrap_or_default();
            let said = String::from_utf8_lossy(&output.stderr);
            panic!("{program} {arguments:?}: {}\n{said}\n{log}", output.status);
        }
    }
}

impl Default for PostgresCluster {
    fn default() -> Self {
        Self::new()
    }
}

/// Runs one SQL statement at a URL with `psql` and answers the rows, columns separated by `|`.
///
/// # Errors
/// What `psql` said.
pub fn psql(url: &str, statement: &str) -> Result<String, String> {
    let output = Command::new(programs().join("psql"))
        .args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
        ])
        .args(["--command", statement, url])
        .output()
        .expect("psql runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim_end().to_owned();
    if output.status.success() {
        Ok(text(output.stdout))
    } else {
        Err(text(output.stderr))
    }
}

/// Where PostgreSQL's programs are: as `ops/with-postgres` says, else where Debian puts them.
pub(crate) fn programs() -> PathBuf {
    if let Some(folder) = std::env::var_os("HOTICH_TEST_PGBIN") {
        return folder.into();
    }
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let found = versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max();
    found.expect("a PostgreSQL server is installed: run ops/setup")
}

/// User and group ids to run PostgreSQL as when we are root, whom it refuses.
fn unprivileged() -> Option<(u32, u32)> {
    let ours = fs::metadata("/proc/self").expect("Linux").uid();
    if ours != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("a list of users");
    let ids = |wanted: &str| {
        let mut fields = users
            .lines()
            .find(|line| line.split(':').next() == Some(wanted))?
            .split(':')
            .skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Some(
        ids("postgres")
            .or_else(|| ids("nobody"))
            .expect("an unprivileged user"),
    )
}

/// A port below those that the kernel hands out to clients, so that none can take it between a stop and a start.
fn free_port() -> u16 {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id().wrapping_mul(37) % 12_000;
    loop {
        let next = first + ASKED.fetch_add(1, Ordering::Relaxed);
        let port = 20_000 + u16::try_from(next % 12_000).expect("below 12,000");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
