//! Prints the OpenAPI document: `cargo run -p web --example openapi > schemas/openapi.json`.

fn main() {
    println!("{:#}", web::openapi());
}
