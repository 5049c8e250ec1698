//! Two checkpoints of one log: can both be true? Where they cannot, the file that proves it to anybody.

use tlog::{
    Checkpoint, Edge, ForkEvidence, Hash, Policy, SignedCheckpoint, TileSource, consistency_proof,
    verify_consistency,
};

use super::Told;

/// What two checkpoints are to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// For people and programs.
    pub told: Told,
    /// The file for a court, where they contradict each other.
    pub evidence: Option<String>,
}

/// Compares two signed checkpoints. Of two sizes only the tree says whether the larger continues the smaller: `tree` is the one of
/// the larger, from an export or a public folder.
pub fn diff(one: &[u8], other: &[u8], policy: &Policy, tree: Option<&dyn TileSource>) -> Compared {
    let open = |note| Checkpoint::open(note, policy.logs(), policy.witness_keys());
    let (one, other) = match (open(one), open(other)) {
        (Ok(one), Ok(other)) => (one, other),
        (Err(error), _) | (_, Err(error)) => {
            return without(Told::new().line(
                Some(false),
                format!("Một mốc kiểm tra không đáng tin: {error}."),
                format!("A checkpoint is not to be believed: {error}."),
            ));
        }
    };
    let (small, large) = match one.checkpoint().size() <= other.checkpoint().size() {
        true => (one, other),
        false => (other, one),
    };
    compare(&small, &large, tree)
}

const fn without(told: Told) -> Compared {
    Compared { told, evidence: None }
}

fn compare(
    small: &SignedCheckpoint<'_>,
    large: &SignedCheckpoint<'_>,
    tree: Option<&dyn TileSource>,
) -> Compared {
    let (old, new) = (small.checkpoint(), large.checkpoint());
    let told = Told::new()
        .member("sizes", vec![old.size(), new.size()])
        .member("roots", vec![old.root().to_string(), new.root().to_string()]);
    if old.origin() != new.origin() {
        return without(told.line(
            Some(false),
            "Hai mốc kiểm tra của hai sổ cái khác nhau.",
            "The checkpoints are of two logs.",
        ));
    }
    if old.size() == new.size() {
        let evidence = || ForkEvidence::of_one_size(small.note().clone(), large.note().clone());
        return match old.root() == new.root() {
            true => without(same(told)),
            false => forked(told, &evidence()),
        };
    }
    let Some(tree) = tree else {
        return without(told.line(
            Some(false),
            "Hai cỡ khác nhau: cần cây băm của mốc lớn hơn (--log THƯ-MỤC) mới so sánh được.",
            "Of two sizes: only the tree of the larger (--log DIR) says whether it continues the smaller.",
        ));
    };
    match beginning(old.size(), new, tree) {
        Err(why) => without(told.line(
            Some(false),
            format!("Cây băm không phải của mốc lớn hơn: {why}."),
            format!("The tree is not that of the larger checkpoint: {why}."),
        )),
        Ok((root, _)) if root == old.root() => without(same(told)),
        Ok((root, proof)) => {
            let evidence =
                ForkEvidence::of_two_sizes(small.note().clone(), large.note().clone(), root, proof);
            forked(told, &evidence)
        }
    }
}

/// The root of the larger tree's first leaves, proved to be its beginning.
fn beginning(old: u64, new: &Checkpoint, tree: &dyn TileSource) -> Result<(Hash, Vec<Hash>), String> {
    let edge = Edge::from_tiles(old, tree).map_err(|error| error.to_string())?;
    let proof = consistency_proof(old, new.size(), tree).map_err(|error| error.to_string())?;
    let root = edge.root();
    verify_consistency(old, new.size(), root, new.root(), &proof).map_err(|error| error.to_string())?;
    Ok((root, proof))
}

fn same(told: Told) -> Told {
    told.line(
        Some(true),
        "Hai mốc kiểm tra thuộc cùng một lịch sử: mốc sau tiếp nối mốc trước.",
        "One history: the larger checkpoint continues the smaller.",
    )
    .member("fork", false)
}

fn forked(told: Told, evidence: &ForkEvidence) -> Compared {
    let told = told
        .line(
            Some(false),
            "Sổ cái đã ký hai lịch sử trái ngược nhau. Tệp chứng cứ chứng minh điều đó với bất kỳ ai.",
            "The log has signed two histories that contradict each other. The evidence proves it to anybody.",
        )
        .member("fork", true);
    Compared {
        told,
        evidence: Some(evidence.to_string()),
    }
}

/// Judges a file of fork evidence: good evidence proves that the log has signed what cannot both be true.
pub fn evidence(file: &[u8], policy: &Policy) -> Told {
    let fork = ForkEvidence::parse(file).and_then(|evidence| evidence.verify(policy.logs()));
    match fork {
        Err(error) => Told::new().line(
            Some(false),
            format!("Không phải chứng cứ: {error}."),
            format!("It proves nothing: {error}."),
        ),
        Ok(fork) => {
            let (small, large) = (&fork.smaller, &fork.larger);
            let (origin, small_size, large_size) = (small.origin(), small.size(), large.size());
            Told::new()
                .line(
                    Some(true),
                    format!(
                        "Sổ cái {origin} đã ký hai cây trái ngược nhau: cỡ {small_size} gốc {}, cỡ {large_size} gốc {} bắt đầu bằng {}.",
                        small.root(), large.root(), fork.beginning
                    ),
                    format!(
                        "The log {origin} has signed two trees that contradict each other: size {small_size} root {}, and size {large_size} root {} which begins with {}.",
                        small.root(), large.root(), fork.beginning
                    ),
                )
                .member("origin", origin)
                .member("sizes", vec![small_size, large_size])
                .member("fork", true)
        }
    }
}
