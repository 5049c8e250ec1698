//! A PostgreSQL server that a test may stop and start, which the shared one of `ops/with-postgres` is not.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sqlx::postgres::PgConnectOptions;

/// A server of its own, on a Unix socket in a temporary folder, run by an unprivileged account. Gone when dropped.
pub struct Cluster {
    bin: PathBuf,
    folder: tempfile::TempDir,
    postmaster: Option<Child>,
}

/// How to stop it.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// Sessions are ended, then a checkpoint is written: `SIGINT`.
    Fast,
    /// As a crash: `SIGQUIT`; the next start recovers from the log.
    Immediate,
}

impl Cluster {
    /// Makes a cluster and starts it.
    pub fn new() -> Self {
        let bin = std::env::var_os("HOTICH_TEST_PGBIN")
            .expect("HOTICH_TEST_PGBIN is not set: run under ops/with-postgres");
        let folder = tempfile::tempdir().expect("a folder");
        let mut cluster = Cluster {
            bin: bin.into(),
            folder,
            postmaster: None,
        };
        if is_root() {
            succeed(Command::new("chown").arg("postgres").arg(cluster.folder.path()));
            succeed(Command::new("chmod").arg("755").arg(cluster.folder.path()));
        }
        let data = cluster.data();
        succeed(
            cluster
                .program("initdb")
                .args(["-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-D"])
                .arg(data),
        );
        cluster.start();
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One of PostgreSQL's programs, which refuse to run as root.
    fn program(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args([
                    "--reuid",
                    "postgres",
                    "--regid",
                    "postgres",
                    "--clear-groups",
                    "--",
                ])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Starts the server and waits until it takes connections.
    pub fn start(&mut self) {
        let mut server = self.program("postgres");
        server
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(self.folder())
            .args(["-c", "listen_addresses="]);
        self.postmaster = Some(server.spawn().expect("it starts"));
        loop {
            let ready = self
                .program("pg_isready")
                .args(["-q", "-h"])
                .arg(self.folder())
                .status()
                .expect("it asks");
            if ready.success() {
                break;
            }
            let ended = self
                .postmaster
                .as_mut()
                .expect("started")
                .try_wait()
                .expect("it is asked");
            assert!(ended.is_none(), "the server ended: {ended:?}");
        }
    }

    /// Stops the server and waits until it is gone.
    pub fn stop(&mut self, how: Stop) {
        if let Some(mut postmaster) = self.postmaster.take() {
            let signal = match how {
                Stop::Fast => "-INT",
                Stop::Immediate => "-QUIT",
            };
            succeed(Command::new("kill").arg(signal).arg(postmaster.id().to_string()));
            postmaster.wait().expect("it ends");
        }
    }

    /// How to connect as the superuser.
    pub fn options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.folder())
            .username("postgres")
            .database("postgres")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop(Stop::Immediate);
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id answers");
    id.stdout == b"0\n"
}

fn succeed(command: &mut Command) {
    let status = command.status().expect("it runs");
    assert!(status.success(), "{command:?}: {status}");
}
