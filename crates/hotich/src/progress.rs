//! Progress of long work: position, rate, time left; on standard error, and only on a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over that many events.
pub fn bar(length: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} còn {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}
