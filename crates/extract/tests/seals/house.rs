//! A root, an office's seal, and a paper of it.

use std::sync::LazyLock;

use civil::id::{EventId, OfficeId};
use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::PaperContent;
use civil::seal::{IssuedFacts, PaperCode, SealUse};
use civil::value::Date;
use extract::seal::{Certified, FileKey, Sealed, TimeAuthority, code_of, seal_pdf, status_url};
use extract::{Codes, Sheet, Typesetter, sample};

pub const NAME: &str = "Ủy ban nhân dân phường Cam Ly - Đà Lạt";
pub const ORIGIN: &str = "hotich.example/log";
/// 2026-11-22 in the morning.
const AT: u64 = 1_795_312_800;
const YEAR: u64 = 365 * 86_400;

/// Keys of one country.
pub struct House {
    pub root: FileKey,
    pub seal: FileKey,
}

/// One paper, set.
pub struct SetPaper {
    pub content: PaperContent,
    pub code: PaperCode,
    pub cose: Vec<u8>,
    pub qr: String,
    pub pdf: Vec<u8>,
    pub at: u64,
}

/// Where the issuing event lies.
pub struct Place {
    pub event: EventId,
    pub at: u64,
    pub leaf_hash: [u8; 32],
    pub position: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            event: EventId::at(AT * 1_000, [3; 10]),
            at: AT,
            leaf_hash: [0xab; 32],
            position: 1_234_567,
        }
    }
}

pub fn certified(name: &str, office: u32, used_for: SealUse, serial: u8) -> Certified<'_> {
    Certified {
        name,
        office: OfficeId(office),
        used_for,
        from: AT - YEAR,
        until: AT + 20 * YEAR,
        serial: [serial; 16],
    }
}

impl House {
    pub fn new() -> Self {
        let root = FileKey::root(&[7; 32], &certified("Gốc thử nghiệm", 0, SealUse::Root, 1)).unwrap();
        let seal = FileKey::issued(&[8; 32], &certified(NAME, 2, SealUse::Seal, 2), &root).unwrap();
        Self { root, seal }
    }

    pub fn time_authority(&self, at: u64) -> TimeAuthority {
        let of = certified("Cấp dấu thời gian thử nghiệm", 0, SealUse::TimeStamp, 3);
        let key = FileKey::issued(&[9; 32], &of, &self.root).unwrap();
        TimeAuthority::new(Box::new(key), Box::new(move || at))
    }

    pub fn paper(&self) -> SetPaper {
        self.set(content(), PaperCode::from_chance([5; 13]))
    }

    pub fn set(&self, content: PaperContent, code: PaperCode) -> SetPaper {
        self.set_at(content, code, &Place::default())
    }

    /// The paper that the event of that place issues.
    pub fn set_at(&self, content: PaperContent, code: PaperCode, place: &Place) -> SetPaper {
        let issued = IssuedFacts {
            origin: ORIGIN,
            event: place.event,
            signed_at: place.at,
            office: OfficeId(2),
            leaf_hash: place.leaf_hash,
            position: place.position,
            code: &code,
        };
        let (cose, qr) = code_of(&content, &issued, &self.seal).unwrap();
        let pdf = typeset(&content, &code, &qr);
        SetPaper {
            content,
            code,
            cose,
            qr,
            pdf,
            at: place.at,
        }
    }

    /// A page that says one thing and carries the code of another paper.
    pub fn set_with_code(&self, content: PaperContent, other: &SetPaper) -> SetPaper {
        let pdf = typeset(&content, &other.code, &other.qr);
        SetPaper {
            content,
            code: other.code,
            cose: other.cose.clone(),
            qr: other.qr.clone(),
            pdf,
            at: AT,
        }
    }

    pub fn sealed(&self, paper: &SetPaper) -> Sealed {
        seal_pdf(
            &paper.pdf,
            &paper.content.encode(),
            paper.at,
            NAME,
            &self.seal,
            None,
        )
        .unwrap()
    }
}

/// Typesetting is dear to begin with: one for all tests.
static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(|| Typesetter::new().unwrap());

fn typeset(content: &PaperContent, code: &PaperCode, qr: &str) -> Vec<u8> {
    let url = status_url(ORIGIN, code);
    let (template, _) = form_in_force(content.paper, content.form, content.issued_on).unwrap();
    let sheet = Sheet {
        content,
        template: &template.template,
        event: Place::default().event,
        at: AT,
        codes: Some(Codes { claim: qr, url: &url }),
    };
    TYPESETTER.typeset(&sheet).unwrap()
}

/// What the papers of the house say.
pub fn content() -> PaperContent {
    let day = Date::new(2026, 11, 22).unwrap();
    sample(Paper::Birth, PaperForm::Copy, day).unwrap()
}
