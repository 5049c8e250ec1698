//! The strangers: programs and libraries by other people, each asked all that it can judge (`schemas/export/`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ct_merkle::{ConsistencyProof, InclusionProof, RootHash, mem_backed_tree::MemoryBackedTree};
use hotich_tests::{Ended, Folder, tree};
use sha2::Sha256;

/// A stranger. What it says of a folder: how much it looked at, or why it refuses.
pub struct Judge {
    /// What the table calls it.
    pub name: &'static str,
    way: Way,
}

enum Way {
    Program(PathBuf, Vec<String>),
    Library(fn(&Path) -> Result<String, String>),
}

/// All of them. Go's program is built in the folder.
pub fn all(folder: &Folder) -> Vec<Judge> {
    let python = |tool: &str| {
        let python = tree::root().join("target/python/bin/python");
        assert!(python.exists(), "run ops/setup: it makes target/python");
        let script = tree::root().join("schemas/export/check.py");
        Way::Program(python, vec![script.display().to_string(), tool.to_owned()])
    };
    vec![
        Judge {
            name: "Go x/mod",
            way: Way::Program(built(folder), Vec::new()),
        },
        Judge {
            name: "aics-tlog",
            way: python("aics"),
        },
        Judge {
            name: "ct-merkle",
            way: Way::Library(ct_merkle),
        },
        Judge {
            name: "metamorphic-log",
            way: Way::Program(metamorphic(), Vec::new()),
        },
        Judge {
            name: "OpenSSL",
            way: python("openssl"),
        },
        Judge {
            name: "b3sum, sha256sum",
            way: python("hashes"),
        },
        Judge {
            name: "pycose",
            way: python("pycose"),
        },
    ]
}

fn built(folder: &Folder) -> PathBuf {
    let program = folder.path().join("check");
    Ended::of(
        Command::new("go")
            .arg("build")
            .arg("-o")
            .arg(&program)
            .arg(tree::root().join("schemas/export/check.go"))
            .env("GO111MODULE", "off")
            .env("GOPATH", "/usr/share/gocode")
            .env("GOFLAGS", "")
            .env("GOCACHE", folder.path().join("go-cache")),
    )
    .with(0);
    program
}

/// Beside what the product is built to; quick once it is there.
fn metamorphic() -> PathBuf {
    let target = tree::root().join("target/strangers");
    Ended::of(
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--manifest-path"])
            .arg(tree::root().join("schemas/export/metamorphic/Cargo.toml"))
            .arg("--target-dir")
            .arg(&target),
    )
    .with(0);
    target.join("debug/hotich-metamorphic")
}

impl Judge {
    /// Looks at a folder.
    pub fn look(&self, folder: &Path) -> Result<String, String> {
        match &self.way {
            Way::Library(look) => look(folder),
            Way::Program(program, arguments) => {
                let ended = Ended::of(Command::new(program).args(arguments).arg(folder));
                let said = ended.out.trim().to_owned();
                match ended.status {
                    Some(0) => Ok(said),
                    // Anything else is no judgement.
                    Some(1) if said.starts_with("refused: ") => Err(said),
                    _ => panic!("{}: {:?}\n{said}\n{}", self.name, ended.status, ended.err),
                }
            }
        }
    }
}

/// What the library is told.
struct Told {
    folder: PathBuf,
    size: u64,
    root: [u8; 32],
    old: (u64, [u8; 32]),
    continued: Vec<[u8; 32]>,
    index: u64,
    path: Vec<[u8; 32]>,
}

impl Told {
    fn read(folder: &Path) -> Result<Self, String> {
        let text = |file: &str| fs::read_to_string(folder.join(file)).map_err(|wrong| wrong.to_string());
        let (size, root) = head(&text("public/checkpoint")?)?;
        let proof = text("event.tlog-proof")?;
        let proof = proof.split("\n\n").next().unwrap_or_default();
        let index = proof.lines().nth(1).and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(|index| index.parse().ok()).ok_or("no index")?;
        Ok(Self {
            folder: folder.to_owned(),
            size,
            root,
            old: head(&text("old")?)?,
            continued: text("consistency")?.lines().map(hash).collect::<Result<_, _>>()?,
            index,
            path: proof.lines().skip(2).map(hash).collect::<Result<_, _>>()?,
        })
    }

    /// Every leaf of every bundle.
    fn leaves(&self) -> Result<Vec<Vec<u8>>, String> {
        let mut leaves = Vec::new();
        for number in 0..self.size.div_ceil(256) {
            let bundle = tlog::Bundle::in_tree(number, self.size).ok_or("no such bundle")?;
            let path = self.folder.join("public").join(bundle.to_string());
            let bytes = fs::read(path).map_err(|wrong| wrong.to_string())?;
            let entries = bundle.entries(&bytes).map_err(|wrong| wrong.to_string())?;
            leaves.extend(entries.into_iter().map(<[u8]>::to_vec));
        }
        Ok(leaves)
    }
}

fn head(note: &str) -> Result<(u64, [u8; 32]), String> {
    let mut lines = note.lines().skip(1);
    let size = lines.next().and_then(|line| line.parse().ok()).ok_or("no size")?;
    Ok((size, hash(lines.next().unwrap_or_default())?))
}

fn hash(line: &str) -> Result<[u8; 32], String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(line).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| "not a hash".to_owned())
}

/// The tree from the leaves alone.
fn ct_merkle(folder: &Path) -> Result<String, String> {
    let told = Told::read(folder)?;
    let leaves = told.leaves()?;
    let count = leaves.len();
    let leaf = leaves.get(told.index as usize).ok_or("no such leaf")?.clone();
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    leaves.into_iter().for_each(|leaf| tree.push(leaf));
    let root = RootHash::<Sha256>::new(told.root.into(), told.size);
    if tree.root() != root {
        return Err("the leaves lead to another root".to_owned());
    }
    let proof =
        InclusionProof::<Sha256>::try_from_bytes(told.path.concat()).map_err(|wrong| wrong.to_string())?;
    root.verify_inclusion(&leaf, told.index, &proof)
        .map_err(|wrong| wrong.to_string())?;
    let old = RootHash::<Sha256>::new(told.old.1.into(), told.old.0);
    let proof = ConsistencyProof::<Sha256>::try_from_bytes(told.continued.concat())
        .map_err(|wrong| wrong.to_string())?;
    root.verify_consistency(&old, &proof)
        .map_err(|wrong| wrong.to_string())?;
    Ok(format!("{count} leaves"))
}
