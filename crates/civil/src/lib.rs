//! Vietnamese civil status (hộ tịch) as values and pure functions: what an officer files, the bytes in which it is signed,
//! what the law says of it, and what a register entry says after everything that happened to it.
//!
//! The bytes are RFC 0001 (`schemas/rfc/0001-event-bytes.md`); what changes by decree is data in `schemas/law/`, and so are
//! the code lists (`schemas/lists/`) and the administrative units with their days (`schemas/units/`).
//!
//! # The way of an act
//!
//! 1. A JSON document becomes an [`act::Act`]. One declaration per record ([`wire`]) gives its Rust type, its CBOR, its JSON
//!    and its [`shape`]; every faulty field is reported at once with its pointer. From here no raw string travels: names,
//!    dates, numbers and places are [`value`]s, and what a book says otherwise, or not at all, is a [`stated::Stated`].
//! 2. [`decide::decide`] judges it against the [`directory`], the entries it touches and the [`law`] of the day of reception.
//!    It answers every refusal, or a draft: the warnings to acknowledge and the offices that are owed a notice. Almost
//!    nothing is refused; what is odd is shown, and the reason to go on is signed with the act.
//! 3. Act and acknowledgements are a body ([`act::Body`]), sealed with a salt. The [`envelope`] commits to it and says where
//!    the event belongs. The officer's key signs the envelope ([`cose`]); a second person may endorse the commitment.
//! 4. The signed bytes, read back, are an [`event::CivilEvent`]. [`decide::decide_signed`] and [`decide::second_person`] judge
//!    them again before the log takes them, by the same rules.
//! 5. The events of one entry fold into an [`entry::RegisterEntry`]: the act as registered, the act as it stands, the marginal
//!    [`note`]s that follow from later acts, the copies that were issued. [`content`] is what a copy of it says, [`notice`] whom
//!    an act obliges its office to tell, [`person`] what the entries that officers linked say of one person together.
//!
//! [`cbor`] is the only form in which a civil-status byte may exist; [`cddl`] and [`json_schema`] write the schemas for
//! strangers from the same shapes that read and write.
//!
//! # What it does not know
//!
//! Clocks, chance, files, databases, networks: days and ids are arguments, salts come from outside. The log: that an event is the
//! next of its stream and its basis the latest of its entry is the ledger's to keep true until the commit. Which number comes
//! next in a book: it is told. How papers look: it makes their content, not their layout. Who is logged in.
//!
//! # Invariants
//!
//! **One value has one encoding, and whatever is accepted would be written the same way**
//! (`every_second_way_to_write_a_value_is_refused`, `whatever_is_accepted_would_be_written_the_same_way`,
//! `an_act_goes_through_its_bytes_and_its_json`, `an_envelope_with_a_changed_bit_is_refused_or_says_something_else`).
//!
//! **Released bytes never change** (`the_vectors_are_made_again_byte_for_byte`, `the_cddl_is_the_one_that_the_code_writes`), and what
//! must be refused is refused for its reason (`every_negative_vector_is_refused_for_the_reason_it_names`). Programs that we did
//! not write agree (`schemas/vectors/check.py`).
//!
//! **What was signed stays readable**: reading a body asks no code list and no table that may grow
//! (`a_code_that_no_list_has_is_shown`, `normalisation_is_that_of_unicode_18`).
//!
//! **One key, one name; one signature, one event** (`the_key_id_is_the_thumbprint_of_rfc_9679_computed_by_hand`,
//! `a_second_form_of_a_key_is_no_key`, `of_the_two_ecdsa_signatures_that_anybody_can_make_only_the_lower_counts`).
//!
//! **All faults of a form are reported at once, and none repeats what was typed**
//! (`a_document_with_every_field_wrong_reports_every_field_at_once`).
//!
//! **Every refusal and every warning has a case that raises it and one beside it that does not**
//! (`every_refusal_has_a_case_that_raises_it_and_one_beside_it`, `every_warning_has_a_case_that_raises_it_and_one_beside_it`).
//!
//! **What the old software would not save is saved** (`what_the_old_software_would_not_save_is_saved`).
//!
//! **The rules are those of the day of reception, never the latest**
//! (`a_marriage_with_a_foreigner_was_for_the_district_until_2025`, `rules_that_were_not_read_are_not_guessed`).
//!
//! **An amendment changes the entry wherever it lies, and the original stays**
//! (`a_correction_filed_at_the_residence_changes_the_entry_elsewhere_and_leaves_the_original`); a refused event leaves an entry as
//! it was (`a_part_of_a_record_that_is_not_there_cannot_be_changed`).
//!
//! **Notes and copies are derived, never typed, and word for word the same for ever**
//! (`a_correction_says_from_what_to_what_by_which_extract_of_whom`,
//! `a_copy_of_a_birth_names_child_and_mother_in_capitals_and_leaves_blank_what_is_missing`).
//!
//! **What an act may do to another entry, and what its note says, is one table, and every row is tried**
//! (`every_row_of_the_table_is_tried`). **The ledger never claims what it does not hold**
//! (`that_somebody_never_married_is_said_only_of_whom_the_ledger_knows_from_birth`).
//!
//! **Of an entry there is one original that counts** (`an_original_that_was_revoked_makes_room_for_another`), and **a paper tells of an
//! adoption only where the act that issues it says why**
//! (`a_copy_of_an_adopted_child_tells_of_the_adoption_neither_when_it_began_nor_when_it_ended`).
//!
//! **The signer is not their own second person** (`the_signer_is_not_their_own_second_person`).
//!
//! **Nothing panics on any input** (`no_bytes_make_the_readers_panic`,
//! `ten_thousand_levels_of_nesting_are_refused_without_recursion`).

pub mod access;
pub mod act;
pub mod acts_page;
pub mod book;
pub mod cbor;
pub mod cddl;
pub mod content;
pub mod cose;
pub mod decide;
pub mod directory;
pub mod duplicate;
pub mod effect;
pub mod entry;
pub mod envelope;
pub mod event;
pub mod form;
pub mod heads;
pub mod id;
pub mod json_schema;
pub mod kind;
pub mod law;
pub mod list;
pub mod note;
pub mod notice;
pub mod paper;
pub mod person;
pub mod seal;
pub mod shape;
pub mod stated;
pub mod unit;
pub mod value;
pub mod wire;
