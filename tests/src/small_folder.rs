//! A folder on a file system so small that a test can fill it.

use std::path::Path;
use std::process::Command;

use crate::program::Ended;

/// Set for the process that has the small folder.
const FOLDER: &str = "HOTICH_TEST_SMALL_FOLDER";

/// Mounts and starts, for root: the mount is seen by this process and its children alone, and goes with them.
const AS_ROOT: &str = r#"mount -t tmpfs -o "size=$2" none "$1" && shift 2 && exec "$@""#;
/// The same for anybody: root in a world of their own while mounting, themselves again after that.
const AS_ANYBODY: &str = r#"mount -t tmpfs -o "size=$2,mode=1777" none "$1" && shift 2 &&
    exec unshare --user --map-user="$HOTICH_TEST_UID" --map-group="$HOTICH_TEST_GID" "$@""#;

/// Runs a test's work with a folder that holds so many bytes. The test calls this once, with its own name: it is run
/// again, alone, in a process of its own to which the folder is mounted.
///
/// Where the machine lets nobody mount anything the work is not done and a line says so.
#[track_caller]
pub fn in_small_folder(test: &str, bytes: u64, work: impl FnOnce(&Path)) {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return work(Path::new(&folder));
    }
    let folder = tempfile::Builder::new()
        .prefix("hotich-tests-small.")
        .tempdir()
        .expect("a folder");
    let in_it = |program: &Path, arguments: &[&str]| {
        let ids = |flag| {
            Ended::of(Command::new("id").arg(flag))
                .with(0)
                .out
                .trim()
                .to_owned()
        };
        let (user, group) = (ids("-u"), ids("-g"));
        let (flags, script) = match user.as_str() {
            "0" => (&["--mount"][..], AS_ROOT),
            _ => (&["--mount", "--user", "--map-root-user"][..], AS_ANYBODY),
        };
        let mut command = Command::new("unshare");
        command
            .args(flags)
            .args(["--", "sh", "-c", script, "small_folder"]);
        command
            .arg(folder.path())
            .arg(bytes.to_string())
            .arg(program)
            .args(arguments);
        command
            .env(FOLDER, folder.path())
            .env("HOTICH_TEST_UID", user)
            .env("HOTICH_TEST_GID", group);
        Ended::of(&mut command)
    };
    if in_it(Path::new("true"), &[]).status != Some(0) {
        eprintln!("{test}: nothing can be mounted here; not done");
        return;
    }
    let this = std::env::current_exe().expect("a running test has a path");
    let ended = in_it(&this, &["--exact", test, "--nocapture"]).with(0);
    assert!(
        ended.out.contains("1 passed"),
        "there is no test {test}\n{}",
        ended.out
    );
}
