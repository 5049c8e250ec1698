//! Key files: PKCS#8 in PEM (RFC 5958, 8410), as OpenSSL writes and reads them; readable by their owner alone.

use std::fs;
use std::io::Write;
use std::path::Path;

use civil::cose::SecretKey;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use registry::Chance;
use tlog::{KeyKind, SignerKey};

use crate::outcome::{Error, Result};

/// Makes a key pair and writes the private half. Never overwrites a key.
pub fn generate(path: &Path, chance: &dyn Chance) -> Result<SecretKey> {
    let mut seed = [0; 32];
    chance.fill(&mut seed);
    save(path, &seed)?;
    Ok(SecretKey::ed25519(&seed))
}

/// Writes the private half of an Ed25519 key. Never overwrites a key.
pub fn save(path: &Path, seed: &[u8; 32]) -> Result<()> {
    let pem = SigningKey::from_bytes(seed)
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(Error::using)?;
    write(path, pem.as_bytes())
}

/// Reads a private key.
pub fn read(path: &Path) -> Result<SecretKey> {
    let pem =
        fs::read_to_string(path).map_err(|error| Error::using(format!("{}: {error}", path.display())))?;
    match SigningKey::from_pkcs8_pem(&pem) {
        Ok(key) => Ok(SecretKey::ed25519(&key.to_bytes())),
        Err(_) => Err(Error::using(format!(
            "{}: not an Ed25519 private key in PKCS#8 PEM",
            path.display()
        ))),
    }
}

/// Reads a key, or makes it when there is none.
pub fn read_or_generate(path: &Path, chance: &dyn Chance) -> Result<SecretKey> {
    if path.exists() {
        read(path)
    } else {
        generate(path, chance)
    }
}

/// Makes the key that signs the log's checkpoints.
pub fn generate_log_key(path: &Path, origin: &str, chance: &dyn Chance) -> Result<SignerKey> {
    generate_note_key(path, origin, KeyKind::Ed25519, chance)
}

/// Makes a key of a log or of a witness.
pub fn generate_note_key(path: &Path, name: &str, kind: KeyKind, chance: &dyn Chance) -> Result<SignerKey> {
    let mut secret = [0; 32];
    chance.fill(&mut secret);
    let key = SignerKey::new(name, kind, &secret).map_err(Error::using)?;
    write(path, key.to_secret_string().as_bytes())?;
    Ok(key)
}

/// Reads a key that signs the log's checkpoints, or a witness's.
pub fn read_log_key(path: &Path) -> Result<SignerKey> {
    let text =
        fs::read_to_string(path).map_err(|error| Error::using(format!("{}: {error}", path.display())))?;
    text.trim()
        .parse()
        .map_err(|error| Error::using(format!("{}: {error}", path.display())))
}

/// Writes a file that only its owner can read. Never overwrites one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| Error::using(format!("{}: {error}", path.display())))?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}
