//! Seals in files: `seal-7.key` (PKCS#8) and `seal-7.crt` (its certificates), for office 7; `seal-root` signs them, `seal-0` signs lists. Where a key lies in
//! a token, `seal-7.pkcs11` ([`crate::token_file`]) stands in the place of `seal-7.key`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use civil::id::OfficeId;
use civil::seal::{SealUse, certificate_to_pem, certificates_of_pem};
use extract::seal::{Certified, FileKey, SealKey, certify};
use registry::Chance;
use registry::papers::Press;

use crate::key_file;
use crate::outcome::{Error, Result};
use crate::token_file::{self, TokenFile};

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

/// A key with its certificate, by an issuer or, without one, by itself. It is made and written, or, where a file says that it lies in a token, certified there. Never
/// overwrites a key, nor the certificate of one.
pub fn make(
    folder: &Path,
    file: &str,
    wanted: Wanted<'_>,
    issuer: Option<&dyn SealKey>,
    chance: &dyn Chance,
) -> Result<Arc<dyn SealKey>> {
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
    let token = path(folder, file, token_file::EXTENSION);
    if let Some(issuer) = issuer.filter(|_| token.exists()) {
        return certified(folder, file, &TokenFile::read(&token)?, &of, issuer);
    }
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
    Ok(Arc::new(key))
}

/// A certificate for a key that lies in a token.
fn certified(
    folder: &Path,
    file: &str,
    token: &TokenFile,
    of: &Certified<'_>,
    issuer: &dyn SealKey,
) -> Result<Arc<dyn SealKey>> {
    let certificate = certify(of, &token.public_key()?, issuer).map_err(Error::using)?;
    let mut chain = vec![certificate];
    chain.extend_from_slice(issuer.chain());
    let pem: String = chain.iter().map(|der| certificate_to_pem(der)).collect();
    let key = token.open(chain)?;
    let path = path(folder, file, "crt");
    let mut written =
        fs::File::create_new(&path).map_err(|error| Error::using(format!("{}: {error}", path.display())))?;
    written.write_all(pem.as_bytes())?;
    Ok(Arc::new(key))
}

/// Reads a key with its certificates, or opens it in its token.
pub fn read(folder: &Path, file: &str) -> Result<Arc<dyn SealKey>> {
    let text = |extension| {
        let path = path(folder, file, extension);
        fs::read_to_string(&path).map_err(|error| Error::using(format!("{}: {error}", path.display())))
    };
    let token = path(folder, file, token_file::EXTENSION);
    if token.exists() {
        if path(folder, file, "key").exists() {
            let folder = folder.display();
            return Err(Error::using(format!(
                "{file} in {folder} has a key in a file and one in a token"
            )));
        }
        let chain = certificates_of_pem(&text("crt")?)
            .ok_or_else(|| Error::using(format!("{file}.crt in {}: no certificate", folder.display())))?;
        return Ok(Arc::new(TokenFile::read(&token)?.open(chain)?));
    }
    let key = FileKey::of_pem(&text("key")?, &text("crt")?)
        .map_err(|error| Error::using(format!("{file} in {}: {error}", folder.display())))?;
    Ok(Arc::new(key))
}

/// What papers are made with, with every seal of an office that lies in a folder. The root is not for papers: it belongs into a safe. A key in a token that has no
/// certificate yet is left for `hotich seal grant`.
pub fn press(folder: &Path) -> Result<Press> {
    let mut press = Press::default();
    let Ok(files) = fs::read_dir(folder) else {
        return Ok(press);
    };
    for file in files {
        let file = file?.file_name();
        let Some((stem, extension)) = file.to_str().and_then(|name| name.rsplit_once('.')) else {
            continue;
        };
        let there = match extension {
            "key" => true,
            token_file::EXTENSION => path(folder, stem, "crt").exists(),
            _ => false,
        };
        let office = stem.strip_prefix(PREFIX).and_then(|office| office.parse().ok());
        if let Some(office) = office.filter(|_| there) {
            press = press.with_seal(office, read(folder, stem)?);
        }
    }
    Ok(press)
}

fn path(folder: &Path, file: &str, extension: &str) -> PathBuf {
    folder.join(format!("{file}.{extension}"))
}
