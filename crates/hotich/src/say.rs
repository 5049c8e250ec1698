//! What verbs say. `println!` panics where nobody listens any more (`hotich file … | head`), perhaps between what was recorded and the
//! file that was to be written. Here `print!`, `println!` and `eprintln!` lose the words instead: the work is done, and the exit status
//! says how it went.
//!
//! Whoever closed the pipe has read enough, and that is no failure. Where words are lost for another reason, a full disk, the verb did its work and
//! its answer is not there: [`was_heard`] tells.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static LOST: AtomicBool = AtomicBool::new(false);

/// Whether all that was said was taken, or nobody wanted it.
pub fn was_heard() -> bool {
    !LOST.load(Ordering::Relaxed)
}

/// Says something on the standard output.
pub fn out(words: Arguments<'_>) {
    if lost(io::stdout().lock().write_fmt(words)) {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Says something on the standard error; nobody can be told where that fails.
pub fn aside(words: Arguments<'_>) {
    lost(io::stderr().lock().write_fmt(words));
}

/// Hands on what is still held back.
pub fn end() {
    if lost(io::stdout().flush()) {
        LOST.store(true, Ordering::Relaxed);
    }
}

fn lost(written: io::Result<()>) -> bool {
    written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe)
}

/// In the place of the standard library's, for every module that stands behind this one.
macro_rules! print {
    ($($words:tt)*) => { $crate::say::out(format_args!($($words)*)) };
}

/// As [`print!`], with a line's end.
macro_rules! println {
    () => { $crate::say::out(format_args!("\n")) };
    ($($words:tt)*) => { $crate::say::out(format_args!("{}\n", format_args!($($words)*))) };
}

/// As [`println!`], on the standard error.
macro_rules! eprintln {
    () => { $crate::say::aside(format_args!("\n")) };
    ($($words:tt)*) => { $crate::say::aside(format_args!("{}\n", format_args!($($words)*))) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_no_failure_and_a_full_disk_is() {
        let failed = |kind: ErrorKind| Err(io::Error::from(kind));
        assert!(!lost(Ok(())));
        assert!(!lost(failed(ErrorKind::BrokenPipe)));
        assert!(lost(failed(ErrorKind::StorageFull)));
    }
}
