//! Seals in a token: SoftHSM, which Debian has, in the place of the hardware.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use civil::seal::{SealAlgorithm, SealCertificate, SealUse};
use extract::seal::{SealError, SealKey, TokenKey, certify, put_back, seal_pdf};

use crate::house::{House, NAME, certified};

const PIN: &str = "1234";
const TOKEN: &str = "van-phong";

/// SoftHSM reads its configuration from the environment when its module is loaded, and once: all tests share one folder.
fn softhsm() -> &'static Path {
    static MODULE: OnceLock<PathBuf> = OnceLock::new();
    MODULE.get_or_init(|| {
        let places = [
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/softhsm/libsofthsm2.so",
            "/usr/local/lib/softhsm/libsofthsm2.so",
        ];
        let found = places.iter().map(PathBuf::from).find(|path| path.exists());
        found.expect("SoftHSM; ops/setup installs softhsm2")
    })
}

#[test]
fn a_paper_is_sealed_by_a_key_that_never_leaves_its_token() {
    // The module is loaded in a process of its own, whose environment names the folder of the token.
    let folder = tempfile::tempdir().unwrap();
    let tokens = folder.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    let config = folder.path().join("softhsm2.conf");
    std::fs::write(
        &config,
        format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        ),
    )
    .unwrap();
    let initialised = Command::new("softhsm2-util")
        .args([
            "--init-token",
            "--free",
            "--label",
            TOKEN,
            "--so-pin",
            "5678",
            "--pin",
            PIN,
        ])
        .env("SOFTHSM2_CONF", &config)
        .output()
        .expect("softhsm2-util; ops/setup installs softhsm2");
    assert!(initialised.status.success(), "{initialised:?}");
    let test = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "token::with_the_token_of_the_environment",
            "--nocapture",
        ])
        .env("SOFTHSM2_CONF", &config)
        .env("HOTICH_TEST_TOKEN", "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&test.stdout);
    assert!(
        test.status.success() && told.contains("1 passed"),
        "{told}\n{}",
        String::from_utf8_lossy(&test.stderr)
    );
}

/// The other half of the test above; alone it has no token and nothing to say.
#[test]
fn with_the_token_of_the_environment() {
    if std::env::var_os("HOTICH_TEST_TOKEN").is_none() {
        return;
    }
    let house = House::new();
    let paper = house.paper();
    let content = paper.content.encode();
    for (label, kind) in [
        ("p256", SealAlgorithm::P256),
        ("p384", SealAlgorithm::P384),
        ("rsa", SealAlgorithm::Rsa),
    ] {
        let public = make_key(label, kind);
        let of = certified(NAME, 2, SealUse::Seal, 30);
        let own = certify(&of, &public, &house.root).unwrap();
        let chain = vec![own.clone(), house.root.chain()[0].clone()];
        let key = TokenKey::open(softhsm(), TOKEN, PIN, label, chain).unwrap();
        assert_eq!(key.algorithm(), kind);
        let read = SealCertificate::parse(&own).unwrap();
        assert!(
            read.key()
                .is_signed_by_it(b"message", &key.sign(b"message").unwrap())
        );
        let sealed = seal_pdf(&paper.pdf, &content, paper.at, NAME, &key, None).unwrap();
        // It never signs the same twice, so the signature is kept and put back.
        let back = put_back(&paper.pdf, &content, paper.at, NAME, &sealed.cms).unwrap();
        assert!(back == sealed.file);
        let code = extract::seal::sign_es256(&key, b"claim");
        assert_eq!(code.is_ok(), kind == SealAlgorithm::P256);
    }
    let chain = vec![house.seal.chain()[0].clone()];
    let other = TokenKey::open(softhsm(), TOKEN, PIN, "p256", chain.clone());
    assert!(matches!(other, Err(SealError::OtherKey)), "{other:?}");
    for (token, pin, label) in [
        ("none", PIN, "p256"),
        (TOKEN, "0000", "p256"),
        (TOKEN, PIN, "none"),
    ] {
        let refused = TokenKey::open(softhsm(), token, pin, label, chain.clone());
        // Once somebody is logged in, the module asks for no PIN.
        let logged_in = pin != PIN && matches!(refused, Err(SealError::OtherKey));
        assert!(
            logged_in || matches!(refused, Err(SealError::Token(_))),
            "{refused:?}"
        );
    }
}

/// Puts a new key into the token; answers its SubjectPublicKeyInfo.
fn make_key(label: &str, kind: SealAlgorithm) -> Vec<u8> {
    let wanted: &[&str] = match kind {
        SealAlgorithm::P256 => &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
        SealAlgorithm::P384 => &["EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
        SealAlgorithm::Rsa => &["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    };
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key.pem");
    let key = key.to_str().unwrap();
    let run = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().unwrap();
        assert!(output.status.success(), "{program}: {output:?}");
        output.stdout
    };
    run(
        "openssl",
        &[&["genpkey", "-out", key, "-algorithm"], wanted].concat(),
    );
    let id = match kind {
        SealAlgorithm::P256 => "01",
        SealAlgorithm::P384 => "02",
        SealAlgorithm::Rsa => "03",
    };
    run(
        "softhsm2-util",
        &[
            "--import", key, "--token", TOKEN, "--label", label, "--id", id, "--pin", PIN,
        ],
    );
    run("openssl", &["pkey", "-in", key, "-pubout", "-outform", "DER"])
}
