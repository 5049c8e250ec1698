//! The verbs of auditors, and what is prepared for them.

use std::path::PathBuf;

use clap::Args as Options;

use super::{Data, RemoteArgs, Trust};

/// `hotich audit`
#[derive(Debug, Options)]
pub struct Audit {
    /// A data folder, a `postgres://` URL, an exported folder, or a `.db` file.
    #[arg(long)]
    pub data: String,
    /// The public key of the log's checkpoints (C2SP vkey), when the auditor has it from elsewhere.
    #[arg(long)]
    pub log_key: Option<String>,
    /// Judge every signature singly by the strict rule instead of in batches.
    #[arg(long)]
    pub strict: bool,
    /// Decode every body, fold every entry and decide every act again: slower, and the bodies stay in memory.
    #[arg(long)]
    pub records: bool,
    /// Prove of an office that all it recorded is here: streams, books, closings, notes.
    #[arg(long)]
    pub office: Option<u32>,
    /// Of which year's books; by default of all.
    #[arg(long, requires = "office")]
    pub year: Option<u16>,
    /// Keep there what was judged, every few seconds, and go on from it: an audit that was stopped, or of a log that has grown since.
    #[arg(long, value_name = "FILE")]
    pub resume: Option<PathBuf>,
    /// Answer in Vietnamese.
    #[arg(long)]
    pub vi: bool,
    /// Write the report as a page to print, in Vietnamese and English.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Do not recompute the read models.
    #[arg(long)]
    pub no_projections: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich export`
#[derive(Debug, Options)]
pub struct Export {
    /// Which ledger.
    #[command(flatten)]
    pub data: Data,
    /// The folder to write.
    #[arg(long)]
    pub out: PathBuf,
    /// Lock store and policy.
    #[command(flatten)]
    pub trust: Trust,
    /// Only what everybody may have: the tree and its leaves as C2SP tlog-tiles, for any file server.
    #[arg(long)]
    pub public: bool,
    /// For auditors: what everybody may have, and the signed envelopes at the same index; no bodies.
    #[arg(long, conflicts_with = "public")]
    pub restricted: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich prove`
#[derive(Debug, Options)]
pub struct Prove {
    /// The id of the event, or the code of a paper.
    pub event: String,
    /// Where the server is.
    #[command(flatten)]
    pub remote: RemoteArgs,
    /// The file to write.
    #[arg(long)]
    pub out: PathBuf,
}

/// `hotich heads`
#[derive(Debug, Options)]
pub struct Heads {
    /// Which ledger.
    #[command(flatten)]
    pub data: Data,
    /// The administration's key file: first appoint a keeper, where a ledger was founded without one.
    #[arg(long)]
    pub administrator: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}
