//! What the log says of itself, judged one statement at a time: a checkpoint, an event by its proof, two checkpoints, a policy.

mod checkpoint;
mod diff;
mod event;
mod told;
mod tree;

pub use checkpoint::{checkpoint, policy};
pub use diff::{Compared, diff, evidence};
pub use event::event;
pub use told::{Line, Told};
pub use tree::{Leaves, TreeError};
