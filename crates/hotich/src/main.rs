//! hotich
fn main() {}
