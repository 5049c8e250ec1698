//! Writes the JSON Schemas of the acts: `cargo run -p civil --example json_schema -- schemas/acts`.

use std::path::PathBuf;

use civil::json_schema::schema_of;
use civil::kind::Kind;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .unwrap_or_else(|| "schemas/acts".to_owned()),
    );
    std::fs::create_dir_all(&folder)?;
    for kind in Kind::ALL {
        let text = format!("{:#}\n", schema_of(*kind));
        std::fs::write(folder.join(kind.name()).with_extension("json"), text)?;
    }
    Ok(())
}
