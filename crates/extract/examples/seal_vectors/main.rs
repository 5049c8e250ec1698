//! Writes the vectors of codes, claims and lists (RFC 0005): `cargo run -p extract --example seal_vectors > schemas/papers/seals.json`.

mod vectors;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", vectors::seal_vectors()?);
    Ok(())
}
