//! One file for each verb.

pub mod audit;
pub mod bench;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod fetch;
pub mod file;
pub mod fsck;
pub mod heads;
pub mod init;
pub mod issue;
pub mod keys;
pub mod lists;
pub mod paper;
pub mod proposal;
pub mod prove;
pub mod rebuild;
pub mod seal;
pub mod serve;
pub mod simulate;
pub mod statistics;
pub mod witness;
