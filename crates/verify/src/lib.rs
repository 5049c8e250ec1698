//! The auditor: judges a whole log with the keys it is given and nothing else.
//!
//! It needs no server, no database and nobody's good will: records come from a [`Source`] (an [`export`], a store, a
//! test), and what they are held against is a checkpoint whose signature the caller believes ([`Expected`]). [`audit`] never stops at
//! what it finds; the [`Report`] names each finding with its position and never with content.
//!
//! # What is judged
//!
//! | [`Check`] | What must be so |
//! |---|---|
//! | bytes | COSE, envelope and sizes are the one encoding of RFC 0001 |
//! | positions, times | contiguous from 0; the log's clock never goes backwards |
//! | chains | each stream dense from 0, each event naming the one before it, all hanging from the founding event |
//! | event ids | no id names two events |
//! | entries | each event's basis (and each target's) is the latest event that changed the entry |
//! | bodies | each opens both hashes of its commitment and is of the kind that the envelope says |
//! | administration | offices and keys were opened, granted and revoked lawfully |
//! | authority | the key was granted to that office, for that kind, lane and day, *at that position* |
//! | signatures, endorsements | they are those keys' |
//! | stream_heads | each daily list says of every stream how far it had come |
//! | columns | what a store has written beside the events is what they say |
//! | tree | size, root and origin are the checkpoint's |
//! | office | only of an office that is asked for: its books number without a gap, closings agree, a list says how far it had come |
//! | records | only with [`Depth::Records`]: bodies decode, entries fold, and every act is decided again by what stood there |
//!
//! What a log that passes means: without an officer's key nobody, the log's own keeper included, has added or changed an event, or
//! dropped or moved one inside a chain; and nobody without the log's key has changed anything at all. The end of a chain
//! can be kept back only by the keeper, and the office whose chain it is has the receipt.
//!
//! # Papers
//!
//! [`paper`] checks one sheet: a PDF, a picture of it, or the text of its QR code, with a list of seals and nothing else.
//!
//! # What it does not know
//!
//! Whether the log shows everyone the same checkpoint (that is what witnesses are for), whether a later checkpoint continues an
//! earlier one (`tlog::verify_consistency`), what the read models say (whoever has them recomputes them), and whether what an
//! officer signed is true. It reads no clock but to tell how long it took, and no file but in [`export`].
//!
//! # Speed
//!
//! Signatures are the work; all else is meant to hide behind them. Those by one key share a term of one equation
//! over thousands, so the audit is about as fast as plain batch verification of the same signatures (`cargo bench -p verify`).
//! What such a batch means, and the little it leaves open, stands in the source of `audit::batch`; [`Options::strict`] judges
//! each by itself.
//!
//! # Invariants
//!
//! **A lawful log is green, at every depth** (`a_lawful_ledger_is_green`).
//!
//! **One fault is found where it is** (`any_byte_flipped_in_a_signed_event_is_found_at_its_position`,
//! `a_stream_replayed_from_another_ledger_is_found` and their neighbours in `tests/audit.rs`).
//!
//! **Any byte changed in an export is found** (`any_byte_changed_in_any_file_of_an_export_is_found`), **and nothing in it makes
//! the reader panic** (`files_of_any_content_are_read_or_refused`).
//!
//! **One acceptance rule: what a batch refuses, the strict rule judges singly**
//! (`a_signature_by_another_key_than_it_names_is_found_among_many`, `one_wrong_bit_anywhere_in_one_signature_fails_all`).
//!
//! **What is not lawful grants nothing** (`an_officer_who_grants_keys_is_found_and_grants_nothing`,
//! `an_event_of_the_administration_with_a_wrong_signature_is_found_and_grants_nothing`).
//!
//! **What was not checked is counted** (`a_missing_body_is_found_unless_the_auditor_goes_on_without_and_then_it_is_counted`).
//!
//! **A stopped audit comes to the same end** (`an_audit_goes_on_from_any_event_with_the_same_verdict`), **and goes on with no other log**
//! (`a_log_that_was_changed_behind_a_stopped_audit_is_no_log_to_go_on_with`).
//!
//! **A report says nothing of what an event says** (`a_report_says_nothing_of_what_an_event_says`).
//!
//! **A paper is genuine as a whole or not at all**: every byte of a file is accounted for (`a_flipped_byte_is_found_wherever_it_is`,
//! `whatever_is_appended_is_found`), its words, its code and its seal belong together
//! (`a_page_of_other_words_is_found_even_under_a_right_seal`, `altered_words_with_the_old_code_are_found`,
//! `the_code_of_another_person_is_found`), and no stolen seal dates itself back
//! (`what_a_suspect_seal_has_sealed_is_believed_only_with_a_time_stamp_from_before`). Nothing makes it panic
//! (`no_bytes_make_the_check_panic`).

mod audit;
pub mod export;
mod finding;
mod html;
pub mod log;
mod office;
pub mod paper;
mod record;
mod report;

pub use audit::{Depth, Expected, Head, Options, Progress, Resume, ResumeError, audit, audit_on};
pub use finding::{Check, Finding, FindingKind};
pub use office::{Asked, BookReport, LaneReport, Listed, OfficeReport, OpenNote};
pub use record::{Claimed, InMemory, Record, Source, SourceError};
pub use report::{Checked, Erased, Language, Report, Totals, Tree};
