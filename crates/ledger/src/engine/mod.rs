//! The two engines behind one private contract: a writer's [`Slot`], a pool of readers, and the few statements that differ.

mod connection;
mod connector;
mod migration;
mod postgres;
mod readers;
mod slot;
mod sqlite;
mod store;

pub(crate) use connection::{Connection, in_time};
pub(crate) use readers::Readers;
pub(crate) use slot::Slot;
pub(crate) use sqlite::scratch;
pub(crate) use store::Store;
