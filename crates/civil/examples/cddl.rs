//! Writes the CDDL of the bytes: `cargo run -p civil --example cddl > schemas/hotich-3.cddl`.

fn main() {
    print!("{}", civil::cddl::cddl());
}
