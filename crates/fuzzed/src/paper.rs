//! Papers: the text of a code, the claim in it, lists of trust and status, certificates, the PDF, a picture.

use std::sync::LazyLock;

use civil::paper::PaperContent;
use civil::seal::{PaperClaim, SealCertificate, Sign1, StatusList, TrustList, base45};
use verify::paper::{Against, Trust, check_code, check_pdf, check_picture};

/// The list by which the papers of the corpus are genuine.
static TRUST: LazyLock<Trust> = LazyLock::new(|| {
    let list = include_bytes!("../../../fuzz/corpus/list/demo_trust");
    Trust::open(list, None).expect("the list of the demo")
});
/// The list by which the codes of the corpus are genuine: that of the vectors.
static VECTORS: LazyLock<Trust> = LazyLock::new(|| {
    let list = include_bytes!("../../../fuzz/corpus/list/vector_trust");
    Trust::open(list, None).expect("the list of the vectors")
});

/// Judged, but believed only where the corpus itself is.
fn judged(bytes: &[u8], check: impl Fn(&Trust, &Against<'_>) -> verify::paper::Verdict) {
    let proof = Against {
        proof: Some(bytes),
        checkpoint: Some(bytes),
        ..Against::default()
    };
    for trust in [&TRUST, &VECTORS] {
        let _ = check(trust, &Against::default());
        let _ = check(trust, &proof);
    }
}

pub fn code(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Some(bytes) = base45::decode(text) {
        assert_eq!(base45::encode(&bytes), text);
    }
    judged(bytes, |trust, against| check_code(text, trust, against));
}

pub fn claim(bytes: &[u8]) {
    if let Ok(claim) = PaperClaim::decode(bytes) {
        assert_eq!(claim.encode(), bytes);
    }
    if let Ok(content) = PaperContent::decode(bytes) {
        assert_eq!(content.encode(), bytes);
    }
    let _ = Sign1::parse(bytes);
}

pub fn list(bytes: &[u8]) {
    let _ = Trust::open(bytes, None);
    let _ = TRUST.status_list(bytes);
    if let Ok(list) = TrustList::decode(bytes) {
        assert_eq!(list.encode(), bytes);
    }
    if let Ok(list) = StatusList::decode(bytes) {
        assert_eq!(list.encode(), bytes);
    }
}

pub fn certificate(bytes: &[u8]) {
    if let Ok(certificate) = SealCertificate::parse(bytes) {
        let _ = (certificate.name(), certificate.fingerprint());
    }
}

pub fn pdf(bytes: &[u8]) {
    let _ = check_pdf(bytes, &TRUST, &Against::default());
}

pub fn picture(bytes: &[u8]) {
    let _ = check_picture(bytes, &TRUST, &Against::default());
}
