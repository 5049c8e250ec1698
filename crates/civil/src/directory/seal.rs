//! The seals of the country and its offices (con dấu điện tử), as events granted and revoked them.

use crate::act::{SealGranted, SealRevoked, SealUse};
use crate::id::{EventId, OfficeId, SealKeyId};
use crate::seal::SealCertificate;
use crate::value::Date;

/// A certificate that was granted, with the days that the ledger knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The event that granted it.
    pub granted: EventId,
    /// Its key.
    pub key: SealKeyId,
    /// Whose; 0 for the country's.
    pub office: OfficeId,
    /// What it is for.
    pub usage: SealUse,
    /// The certificate, read.
    pub certificate: SealCertificate,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// That it was revoked.
    pub revoked: Option<RevokedSeal>,
}

/// That a seal was revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokedSeal {
    /// The day.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// From when somebody else may have sealed with it.
    pub suspect_since: Option<Date>,
}

impl Seal {
    /// As that event granted it; none where the certificate cannot be read, which `decide` refused.
    pub(super) fn of(event: EventId, act: &SealGranted) -> Option<Self> {
        let certificate = SealCertificate::parse(&act.certificate.0).ok()?;
        Some(Self {
            granted: event,
            key: SealKeyId(certificate.key_id()),
            office: act.office,
            usage: act.usage,
            certificate,
            valid_from: act.valid_from,
            valid_until: act.valid_until,
            revoked: None,
        })
    }

    pub(super) fn revoke(&mut self, act: &SealRevoked) {
        self.revoked = Some(RevokedSeal {
            on: act.on,
            reason: act.reason.to_string(),
            suspect_since: act.suspect_since,
        });
    }

    /// Whether it may be used on that day: granted, not yet over, not revoked by then.
    pub fn holds_on(&self, day: Date) -> bool {
        let revoked = self.revoked.as_ref().is_some_and(|revoked| revoked.on <= day);
        self.valid_from <= day && day <= self.valid_until && !revoked
    }
}
