//! A token of SoftHSM, in the place of the hardware.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The PIN of every token.
pub const PIN: &str = "4711";
const LABEL: &str = "van-phong";

/// A token in a folder of its own, with one key of P-256.
#[derive(Debug)]
pub struct Token {
    config: PathBuf,
}

impl Token {
    /// Makes one in a folder, with a key of that label.
    pub fn with_key(folder: &Path, label: &str) -> Self {
        let tokens = folder.join("tokens");
        fs::create_dir(&tokens).unwrap();
        let token = Self {
            config: folder.join("softhsm2.conf"),
        };
        let text = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        );
        fs::write(&token.config, text).unwrap();
        token.util(&[
            "--init-token",
            "--free",
            "--label",
            LABEL,
            "--so-pin",
            "0815",
            "--pin",
            PIN,
        ]);
        let key = folder.join("imported.pem");
        let made = Command::new("openssl")
            .args([
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-out",
            ])
            .arg(&key)
            .status();
        assert!(made.expect("openssl; ops/setup installs it").success());
        let file = key.to_str().unwrap();
        token.util(&[
            "--import", file, "--token", LABEL, "--label", label, "--id", "01", "--pin", PIN,
        ]);
        fs::remove_file(&key).unwrap();
        token
    }

    /// The variable by which SoftHSM finds it, and its value.
    pub fn environment(&self) -> (&'static str, &Path) {
        ("SOFTHSM2_CONF", &self.config)
    }

    /// What `hotich` is told of a key in it; the PIN lies in the file `pin` beside.
    pub fn file(&self, label: &str) -> String {
        let module = ["/usr/lib/softhsm", "/usr/lib64/softhsm", "/usr/local/lib/softhsm"]
            .iter()
            .map(|folder| Path::new(folder).join("libsofthsm2.so"))
            .find(|module| module.exists())
            .expect("SoftHSM; ops/setup installs softhsm2");
        format!(
            "module = {}\ntoken = {LABEL}\nlabel = {label}\npin-file = pin\n",
            module.display()
        )
    }

    fn util(&self, arguments: &[&str]) {
        let (name, value) = self.environment();
        let output = Command::new("softhsm2-util")
            .env(name, value)
            .args(arguments)
            .output();
        let output = output.expect("softhsm2-util; ops/setup installs softhsm2");
        assert!(output.status.success(), "{output:?}");
    }
}
