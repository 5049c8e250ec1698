//! Seals in files: `seal-7.key` (PKCS#8) and `seal-7.crt` (its certificates), for office 7; `seal-root` signs them, `seal-0` signs lists.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use civil::id::OfficeId;
use civil::seal::SealUse;
use extract::seal::{Certified, FileKey, SealKey};
use registry::Chance;
use registry::papers::Press;

use crate::key_file;
use crate::outcome::{Error, Result};

/// The name of the country's root.
pub const ROOT: &str = "seal-root";

/// What every seal's file begins with.
const PREFIX: &str = "seal-";

/// The name of an office's seal.
pub fn name(office: OfficeId) -> String {
    format!("{PREFIX}{office}")
}

/// What a certificate is to say.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose it is.
    pub name: &'a str,
    /// The office; 0 for the country's.
    pub office: OfficeId,
    /// What it is for.
    pub usage: SealUse,
    /// From and until, seconds since 1970.
    pub valid: (u64, u64),
}

/// Makes a key and its certificate, by an issuer or, without one, by itself; and writes both. Never overwrites a key.
pub fn make(
    folder: &Path,
    file: &str,
    wanted: Wanted<'_>,
    issuer: Option<&FileKey>,
    chance: &dyn Chance,
) -> Result<FileKey> {
    let (mut secret, mut serial) = ([0; 32], [0; 16]);
    chance.fill(&mut secret);
    chance.fill(&mut serial);
    let of = Certified {
        name: wanted.name,
        office: wanted.office,
        used_for: wanted.usage,
        from: wanted.valid.0,
        until: wanted.valid.1,
        serial,
    };
    let key = match issuer {
        None => FileKey::root(&secret, &of),
        Some(issuer) => FileKey::issued(&secret, &of, issuer),
    };
    let key = key.map_err(Error::using)?;
    key_file::write(
        &path(folder, file, "key"),
        key.to_pem().map_err(Error::using)?.as_bytes(),
    )?;
    fs::write(path(folder, file, "crt"), key.chain_pem())?;
    Ok(key)
}

/// Reads a key with its certificates.
pub fn read(folder: &Path, file: &str) -> Result<FileKey> {
    let text = |extension| {
        let path = path(folder, file, extension);
        fs::read_to_string(&path).map_err(|error| Error::using(format!("{}: {error}", path.display())))
    };
    FileKey::of_pem(&text("key")?, &text("crt")?)
        .map_err(|error| Error::using(format!("{file} in {}: {error}", folder.display())))
}

/// What papers are made with, with every seal of an office that lies in a folder. The root is not for papers: it belongs into a safe.
pub fn press(folder: &Path) -> Result<Press> {
    let mut press = Press::default();
    let Ok(files) = fs::read_dir(folder) else {
        return Ok(press);
    };
    for file in files {
        let file = file?.file_name();
        let Some(stem) = file.to_str().and_then(|name| name.strip_suffix(".key")) else {
            continue;
        };
        let office = stem.strip_prefix(PREFIX).and_then(|office| office.parse().ok());
        if let Some(office) = office {
            let key: Arc<dyn SealKey> = Arc::new(read(folder, stem)?);
            press = press.with_seal(office, key);
        }
    }
    Ok(press)
}

fn path(folder: &Path, file: &str, extension: &str) -> PathBuf {
    folder.join(format!("{file}.{extension}"))
}
