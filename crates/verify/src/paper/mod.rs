//! The check of a paper: a PDF, a picture, or the text of its QR code.
//!
//! It trusts a list of seals ([`Trust`]) and nothing else: no server, no clock, no network. A paper is genuine when
//!
//! - the file is written as papers are, one revision, every byte accounted for, and one seal covers all of it;
//! - the seal is on the list, a root of the list issued it, and it was in force when it sealed (the time stamp's word before the file's);
//! - the QR code that is drawn on the page is signed by a seal of the same list, and names the very content that rides in the file;
//! - every word of that content stands on the page, in its order.
//!
//! Of a picture or a code alone, only the code is judged: the answer says what the paper must say, and the eye compares. With an
//! inclusion proof the issuing event is shown to be in the log; with the event itself, that the officer who signed it signed this
//! content, which holds even when the seal was stolen. A status list says what happened since.

mod claim;
mod cms;
mod drawn;
mod finding;
mod fine;
mod marks;
mod pdf;
mod picture;
mod proof;
mod sealed;
mod text;
mod trust;
mod verdict;

pub use cms::time_stamped_at;
pub use finding::Why;
pub use pdf::PDF_SIZE_MAX;
pub use proof::IssuingEvent;
pub use trust::{ListError, Trust};
pub use verdict::{Looked, Standing, Verdict};

use civil::event::day_in_vietnam;
use civil::paper::PaperContent;
use civil::seal::{PaperClaim, SealCertificate, StatusList};
use civil::value::Text;

use claim::Code;
use pdf::Pdf;
use sealed::SealedParts;

/// What a paper is held against beside the trust list.
#[derive(Debug, Default)]
pub struct Against<'a> {
    /// What became of papers.
    pub status: Option<&'a StatusList>,
    /// An inclusion proof (`.tlog-proof`).
    pub proof: Option<&'a [u8]>,
    /// A checkpoint that the asker holds; the proof must lead to it.
    pub checkpoint: Option<&'a [u8]>,
    /// The issuing event.
    pub event: Option<&'a IssuingEvent>,
}

/// Checks whatever it is: a PDF, a PNG, or the text of a code.
pub fn check(bytes: &[u8], trust: &Trust, against: &Against<'_>) -> Verdict {
    if bytes.starts_with(b"%PDF") {
        return check_pdf(bytes, trust, against);
    }
    if bytes.starts_with(b"\x89PNG") {
        return check_picture(bytes, trust, against);
    }
    match str::from_utf8(bytes) {
        Ok(text) => check_code(text.trim_end_matches(['\r', '\n']), trust, against),
        Err(_) => Verdict::not_genuine(Why::NotAPaper),
    }
}

/// Checks a sealed PDF.
pub fn check_pdf(bytes: &[u8], trust: &Trust, against: &Against<'_>) -> Verdict {
    file(bytes, trust, against).unwrap_or_else(Verdict::not_genuine)
}

/// Checks the code on a picture of a paper (PNG).
pub fn check_picture(png: &[u8], trust: &Trust, against: &Against<'_>) -> Verdict {
    let codes = picture::codes(png).unwrap_or_default();
    let code = codes.iter().find_map(|text| Code::read(text));
    let judged = code
        .ok_or(Why::CodeUnreadable)
        .and_then(|code| judge(&code, None, trust, against));
    judged.unwrap_or_else(Verdict::not_genuine)
}

/// Checks the text of a code.
pub fn check_code(text: &str, trust: &Trust, against: &Against<'_>) -> Verdict {
    let code = Code::read(text).ok_or(Why::CodeUnreadable);
    let judged = code.and_then(|code| judge(&code, None, trust, against));
    judged.unwrap_or_else(Verdict::not_genuine)
}

fn file(bytes: &[u8], trust: &Trust, against: &Against<'_>) -> Result<Verdict, Why> {
    let pdf = Pdf::read(bytes).ok_or(Why::NotAPaper)?;
    let parts = sealed::parts(&pdf)?;
    let signed = cms::signed(&parts.cms, &parts.signed)?;
    let content = PaperContent::decode(&parts.content).map_err(|_| Why::NotAPaper)?;
    let pages = text::pages(&pdf).ok_or(Why::NotAPaper)?;
    if !all_in_order(&content, &pages.text) {
        return Err(Why::TextDiffers);
    }
    let mut codes = pages.filled.iter().filter_map(|ink| Code::read(&ink.code()?));
    let code = codes.next().ok_or(Why::CodeUnreadable)?;
    let stamped = signed
        .stamped
        .filter(|(at, authority)| trust.believes_time(authority, *at));
    let stamped_at = stamped.map(|(at, _)| at);
    let file = File {
        parts: &parts,
        by: &signed.by,
        content: &content,
        stamped_at,
    };
    let verdict = judge(&code, Some(&file), trust, against)?;
    match signed.beside.iter().all(|certificate| trust.is_root(certificate)) {
        true => Ok(verdict),
        false => Err(Why::UntrustedRoot),
    }
}

/// A file whose signature is right, but by whom is not yet judged.
struct File<'a> {
    parts: &'a SealedParts,
    by: &'a SealCertificate,
    content: &'a PaperContent,
    stamped_at: Option<u64>,
}

impl File<'_> {
    fn judge(&self, claim: &PaperClaim, trust: &Trust, event_proved: bool) -> Result<(), Why> {
        let listed = trust.find(self.by).ok_or(Why::UnknownSeal)?;
        let office = listed.office;
        if office != claim.office && office != civil::id::OfficeId::ADMINISTRATION {
            return Err(Why::UnknownSeal);
        }
        trust.judge(
            self.by,
            listed,
            self.parts.at,
            self.is_before_suspicion(event_proved, listed),
        )?;
        if self.parts.at != claim.signed_at || claim.agrees_with(self.content).is_err() {
            return Err(Why::CodeDiffers);
        }
        Ok(())
    }

    /// A stolen seal can seal with any date. Only what others saw in time is believed: a time stamp, or the event in the log.
    fn is_before_suspicion(&self, event_proved: bool, listed: &civil::seal::TrustedSeal) -> bool {
        let stamped = self.stamped_at.and_then(day_in_vietnam);
        let in_time = stamped
            .zip(listed.suspect_since)
            .is_some_and(|(day, since)| day < since);
        event_proved || in_time
    }
}

/// Judges a code, the file around it, and what the asker brought.
fn judge(code: &Code, file: Option<&File<'_>>, trust: &Trust, against: &Against<'_>) -> Result<Verdict, Why> {
    let unjudged = code.unjudged().ok_or(Why::CodeUnreadable)?;
    if let Some(event) = against.event {
        proof::event(event, &unjudged)?;
    }
    let in_tree_of = against
        .proof
        .map(|bytes| proof::inclusion(bytes, against.checkpoint, &unjudged, trust));
    let in_tree_of = in_tree_of.transpose()?;
    let event_proved = against.event.is_some() && in_tree_of.is_some();
    let stamped_at = file.and_then(|file| file.stamped_at);
    let seen_in_time = match file {
        None => event_proved,
        Some(file) => {
            event_proved
                || trust
                    .find(file.by)
                    .is_some_and(|listed| file.is_before_suspicion(event_proved, listed))
        }
    };
    let (claim, sealed_by) = code.open(trust, seen_in_time)?;
    if let Some(file) = file {
        file.judge(&claim, trust, event_proved)?;
    }
    // A file says what its code had no room for.
    let notes = match file {
        Some(file) => Some(file.content.notes.clone()),
        None if claim.notes_left_out => None,
        None => Some(claim.notes.clone()),
    };
    let mut looked = Looked {
        stamped_at,
        in_tree_of,
        event: against.event.is_some(),
        ..Looked::default()
    };
    let standing = standing(&claim, against.status, &mut looked);
    Ok(Verdict {
        standing,
        claim: Some(claim),
        notes,
        sealed_by,
        looked,
    })
}

fn standing(claim: &PaperClaim, status: Option<&StatusList>, looked: &mut Looked) -> Standing {
    let Some(list) = status else {
        return Standing::Genuine;
    };
    looked.status_of = Some(list.made_at);
    match list.find(&claim.code) {
        Some((civil::seal::Fate::Superseded, day)) => Standing::Superseded(day),
        Some((civil::seal::Fate::Revoked, day)) => Standing::Revoked(day),
        None if claim.position < list.size => Standing::Current,
        None => {
            looked.status_too_old = true;
            Standing::Genuine
        }
    }
}

/// Whether every text that the content says stands on the pages, each behind the one before. Blanks do not count: lines break.
fn all_in_order(content: &PaperContent, page: &str) -> bool {
    let mut rest = page;
    content.printed().iter().all(|text| {
        let wanted: String = Text::normalise(text).split_whitespace().collect();
        match rest.find(&wanted) {
            None => false,
            Some(at) => {
                rest = &rest[at + wanted.len()..];
                true
            }
        }
    })
}
