//! Where the seal of an office lies that is in a token or a hardware security module: `seal-7.pkcs11` beside its certificates
//! `seal-7.crt`. Lines of `name = value`; what begins with `#` is a remark.
//!
//! ```text
//! module = /usr/lib/softhsm/libsofthsm2.so   # the library of the token's maker
//! token = van-phong                          # the label of the token
//! label = seal-7                             # the label of the key in it
//! pin-file = /run/secrets/seal-7.pin         # or: pin-env = HOTICH_SEAL_7_PIN
//! ```
//!
//! The PIN itself never stands in this file, which may be shown to whoever asks how the server is set up.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use extract::seal::TokenKey;

use crate::outcome::{Error, Result};

/// What such a file ends with.
pub const EXTENSION: &str = "pkcs11";

const NAMES: [&str; 5] = ["module", "token", "label", "pin-file", "pin-env"];

/// A key in a token.
pub struct TokenFile {
    path: PathBuf,
    module: PathBuf,
    token: String,
    label: String,
    pin: String,
}

impl TokenFile {
    /// Reads the file, and the PIN from where it says.
    pub fn read(path: &Path) -> Result<Self> {
        let wrong = |why: String| Error::using(format!("{}: {why}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let mut said = said(&text).map_err(wrong)?;
        let pin = match (said.remove("pin-file"), said.remove("pin-env")) {
            (Some(file), None) => {
                let file = path.with_file_name(file);
                let pin = fs::read_to_string(&file);
                pin.map_err(|error| wrong(format!("pin-file {}: {error}", file.display())))?
            }
            (None, Some(name)) => {
                std::env::var(name).map_err(|_| wrong(format!("pin-env {name} is not set")))?
            }
            _ => return Err(wrong("one of pin-file and pin-env is asked for".to_owned())),
        };
        let mut take = |name: &str| {
            let value = said.remove(name).map(str::to_owned);
            value.ok_or_else(|| wrong(format!("{name} is missing")))
        };
        Ok(Self {
            path: path.to_owned(),
            module: take("module")?.into(),
            token: take("token")?,
            label: take("label")?,
            pin: pin.trim().to_owned(),
        })
    }

    /// The public half of the key.
    pub fn public_key(&self) -> Result<Vec<u8>> {
        let key = TokenKey::public_key(&self.module, &self.token, &self.pin, &self.label);
        key.map_err(|error| Error::using(format!("{}: {error}", self.path.display())))
    }

    /// The key with its certificates, its own first.
    pub fn open(&self, chain: Vec<Vec<u8>>) -> Result<TokenKey> {
        let key = TokenKey::open(&self.module, &self.token, &self.pin, &self.label, chain);
        key.map_err(|error| Error::using(format!("{}: {error}", self.path.display())))
    }
}

fn said(text: &str) -> std::result::Result<BTreeMap<&str, &str>, String> {
    let mut said = BTreeMap::new();
    for line in text.lines() {
        let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let pair = line
            .split_once('=')
            .map(|(name, value)| (name.trim(), value.trim()));
        let Some((name, value)) = pair.filter(|(name, value)| NAMES.contains(name) && !value.is_empty())
        else {
            return Err(format!("not understood: {line}"));
        };
        if said.insert(name, value).is_some() {
            return Err(format!("{name} stands twice"));
        }
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal-7.pkcs11");
        fs::write(&path, text).unwrap();
        let error = TokenFile::read(&path).err().unwrap();
        assert_eq!(error.exit_status(), 2);
        error.to_string()
    }

    #[test]
    fn a_file_says_where_the_key_lies_and_where_the_pin_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal-7.pkcs11");
        fs::write(folder.path().join("pin"), "1234\n").unwrap();
        fs::write(
            &path,
            "# seal of office 7\nmodule = /m.so # library\ntoken = văn phòng\n\nlabel=seal-7\npin-file = pin\n",
        )
        .unwrap();
        let read = TokenFile::read(&path).unwrap();
        assert_eq!(
            (read.module.to_str(), read.token.as_str()),
            (Some("/m.so"), "văn phòng")
        );
        assert_eq!((read.label.as_str(), read.pin.as_str()), ("seal-7", "1234"));
    }

    #[test]
    fn what_such_a_file_lacks_or_says_too_much_of_is_named() {
        let place = "module = /m.so\ntoken = t\nlabel = l\n";
        for (text, why) in [
            (place.to_owned(), "one of pin-file and pin-env"),
            (
                format!("{place}pin-env = A\npin-file = b\n"),
                "one of pin-file and pin-env",
            ),
            (
                format!("{place}pin-env = HOTICH_TEST_NO_SUCH_PIN\n"),
                "is not set",
            ),
            (format!("{place}pin-file = nowhere\n"), "pin-file"),
            (format!("{place}pin = 1234\n"), "not understood"),
            (format!("{place}token = u\n"), "token stands twice"),
            (format!("{place}label =\n"), "not understood"),
        ] {
            let said = refused(&text);
            assert!(said.contains(why), "{said}");
        }
    }
}
