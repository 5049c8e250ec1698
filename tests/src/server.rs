//! The product as a child process.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

use tempfile::TempDir;

use crate::Reaper;

/// What the server says on standard output once it takes requests; the address follows.
const READY: &str = "listening on ";

/// A running `hotich serve`; killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    reaper: Option<Reaper>,
    address: String,
    log: TempDir,
}

impl Server {
    /// Starts `hotich serve --listen 127.0.0.1:0` with more arguments; returns when it takes requests.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(hotich_binary());
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
        Self::launch(&mut command)
    }

    /// Starts any command that announces its address as `hotich serve` does.
    pub fn launch(command: &mut Command) -> Self {
        let log = tempfile::Builder::new()
            .prefix("hotich-tests-server.")
            .tempdir()
            .expect("a folder");
        let errors = File::create(log.path().join("stderr")).expect("a file in our folder");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("the server's program starts: cargo build --bins");
        let reaper = Reaper::new(
            r#"kill -9 "$1"; rm -rf "$2""#,
            &[child.id().to_string().as_ref(), log.path().as_os_str()],
        );
        let mut said = BufReader::new(child.stdout.take().expect("piped above"));
        let address = loop {
            let mut line = String::new();
            if said.read_line(&mut line).expect("a pipe can be read") == 0 {
                let errors = fs::read_to_string(log.path().join("stderr")).unwrap_or_default();
                panic!(
                    "the server ended before it was ready ({:?})\n{errors}",
                    child.wait()
                );
            }
            if let Some((_, address)) = line.split_once(READY) {
                break address.trim().trim_end_matches('/').to_owned();
            }
        };
        // A full pipe would stop the server at its next line.
        std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
        Self {
            child,
            reaper: Some(reaper),
            address,
            log,
        }
    }

    /// `http://127.0.0.1:PORT` and a path that starts with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Its process id, while it runs.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to standard error so far: its log.
    pub fn log(&self) -> String {
        let bytes = fs::read(self.log.path().join("stderr")).expect("our folder is still there");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Ends it as a power cut would (SIGKILL); returns when it is gone.
    pub fn kill(&mut self) {
        drop(self.child.kill());
        self.wait();
    }

    /// Asks it to end in order (SIGTERM) and answers how it did.
    pub fn terminate(&mut self) -> ExitStatus {
        self.ask_to_end();
        self.wait()
    }

    /// Asks it to end in order (SIGTERM).
    pub fn ask_to_end(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill runs");
        assert!(sent.success(), "the server is not there any more");
    }

    /// Waits for its end. From then on its process id may be another's.
    pub fn wait(&mut self) -> ExitStatus {
        let status = self.child.wait().expect("it is our child");
        if let Some(reaper) = self.reaper.take() {
            reaper.disarm();
        }
        status
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The `hotich` binary of the profile under test.
///
/// Cargo builds it for the tests of its own package only; `ops/test` builds it before it runs the tests.
pub fn hotich_binary() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let profile = test.ancestors().nth(2).expect("target/PROFILE/deps/TEST");
    let binary = profile.join("hotich");
    assert!(
        binary.exists(),
        "there is no {}: cargo build --bins",
        binary.display()
    );
    binary
}
