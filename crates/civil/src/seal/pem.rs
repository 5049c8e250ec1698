//! PEM (RFC 7468), as certificates are kept in files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const LINE: usize = 64;

/// The certificates of a PEM file in DER, in their order; none when there is no certificate or one cannot be read.
pub fn certificates_of_pem(text: &str) -> Option<Vec<Vec<u8>>> {
    let parts = text.split(BEGIN).skip(1);
    let found = parts.map(|part| {
        let (inside, _) = part.split_once(END)?;
        let inside: String = inside.split_ascii_whitespace().collect();
        STANDARD.decode(inside).ok()
    });
    found
        .collect::<Option<Vec<_>>>()
        .filter(|certificates| !certificates.is_empty())
}

/// A certificate as PEM.
pub fn certificate_to_pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("{BEGIN}\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str(END);
    out.push('\n');
    out
}
