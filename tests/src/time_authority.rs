//! A time-stamp authority (RFC 3161) that answers over HTTP, made of OpenSSL.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const CONFIG: &str = "[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
ess_cert_id_alg = sha256
[cert]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
";

/// An authority on 127.0.0.1, whose certificate a root of seals issued.
#[derive(Debug)]
pub struct TimeAuthority {
    address: String,
    answers: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

impl TimeAuthority {
    /// Makes its key in a folder and a certificate by the root in `keys`; from then on it answers.
    pub fn open(folder: &Path, keys: &str) -> Self {
        let root = |what: &str| format!("{keys}/seal-root.{what}");
        fs::write(folder.join("tsa.cnf"), CONFIG).unwrap();
        fs::write(folder.join("serial"), "01\n").unwrap();
        let curve = "ec_paramgen_curve:P-256";
        openssl(
            folder,
            &[
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                curve,
                "-out",
                "tsa.key",
            ],
        );
        let name = "/C=VN/CN=Test time/serialNumber=0";
        openssl(
            folder,
            &["req", "-new", "-key", "tsa.key", "-subj", name, "-out", "tsa.csr"],
        );
        let (certificate, key) = (root("crt"), root("key"));
        let issue = [
            "x509",
            "-req",
            "-in",
            "tsa.csr",
            "-CA",
            &certificate,
            "-CAkey",
            &key,
            "-sha256",
            "-set_serial",
            "77",
            "-days",
            "30",
            "-extfile",
            "tsa.cnf",
            "-extensions",
            "cert",
            "-out",
            "tsa.crt",
        ];
        openssl(folder, &issue);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let authority = Self {
            address: format!("http://{}/tsa", listener.local_addr().unwrap()),
            answers: Arc::new(AtomicBool::new(true)),
            asked: Arc::default(),
        };
        let (answers, asked) = (Arc::clone(&authority.answers), Arc::clone(&authority.asked));
        let folder = folder.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                asked.fetch_add(1, Ordering::SeqCst);
                if answers.load(Ordering::SeqCst) {
                    // Whoever asks may hang up; it is theirs to say so.
                    drop(stream.and_then(|stream| answer(stream, &folder)));
                }
            }
        });
        authority
    }

    /// Where it is asked.
    pub fn url(&self) -> &str {
        &self.address
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Lets it hang up on whoever asks, or answer again.
    pub fn answers(&self, it_does: bool) {
        self.answers.store(it_does, Ordering::SeqCst);
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut asked = BufReader::new(stream.try_clone()?);
    let (mut length, mut of_its_kind) = (0, false);
    loop {
        let mut line = String::new();
        asked.read_line(&mut line)?;
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
        of_its_kind |= line == "content-type: application/timestamp-query";
    }
    assert!(of_its_kind, "a question of another kind");
    let mut query = vec![0; length];
    asked.read_exact(&mut query)?;
    let [question, reply]: [PathBuf; 2] = ["query.tsq", "reply.tsr"].map(|name| folder.join(name));
    fs::write(question, query)?;
    openssl(
        folder,
        &[
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-section",
            "tsa",
            "-queryfile",
            "query.tsq",
            "-signer",
            "tsa.crt",
            "-inkey",
            "tsa.key",
            "-out",
            "reply.tsr",
        ],
    );
    let reply = fs::read(reply)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        reply.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&reply)
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl")
        .current_dir(folder)
        .args(arguments)
        .output();
    let output = output.expect("openssl; ops/setup installs it");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
