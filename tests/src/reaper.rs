//! A shell that cleans up after a test, however the test ends.

use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

/// Waits for the owner to say "disarm" or to vanish. It is silent, but holds on to standard error, so that whoever
/// reads the output of a killed test to its end has also waited for the cleaning.
const PREAMBLE: &str = r#"trap '' INT TERM HUP; exec 3>&2 2>/dev/null
read -r word && [ "$word" = disarm ] && exit"#;

/// Runs its script when it is dropped, or when the process that holds it dies in whatever way.
#[derive(Debug)]
pub struct Reaper {
    shell: Child,
}

impl Reaper {
    /// Arms a `sh` script; `arguments` are its `$1`, `$2`, ….
    pub fn new<A: AsRef<OsStr>>(script: &str, arguments: &[A]) -> Self {
        let shell = Command::new("sh")
            .arg("-c")
            .arg(format!("{PREAMBLE}\n{script}"))
            .arg("reaper")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .current_dir("/")
            // A group of its own: whoever kills the test with its whole group does not kill the cleaning.
            .process_group(0)
            .spawn()
            .expect("sh starts");
        Self { shell }
    }

    /// Ends it without running the script.
    pub fn disarm(mut self) {
        if let Some(pipe) = &mut self.shell.stdin {
            pipe.write_all(b"disarm\n").expect("the reaper is listening");
        }
    }
}

impl Drop for Reaper {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        drop(self.shell.wait());
    }
}
