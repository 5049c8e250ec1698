//! Writes the vectors of content version 2 (RFC 0004): `cargo run -p extract --example content_vectors > schemas/papers/contents.json`.

fn main() -> Result<(), extract::TypesetError> {
    println!("{}", extract::content_vectors()?);
    Ok(())
}
