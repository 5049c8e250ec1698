//! Which refusals and warnings an act of a kind can meet, for the page on acts: written by hand.
//!
//! The tests hold every verdict that they see against it, so what they raise is listed. That all that is listed can be raised for each kind
//! nobody has shown: it may say too much.

use super::{RefusalCode, WarningCode};
use crate::effect::{EFFECTS, StateChange};
use crate::kind::{Group, Kind};

impl RefusalCode {
    /// Whether acts of that kind can be refused so.
    pub fn met_by(self, kind: Kind) -> bool {
        use Kind as K;
        let files = !is_of_the_ledger(kind);
        match self {
            Self::OfficeUnknown => kind != K::StreamHeads,
            Self::OfficeNotOpen => files || kind == K::OfficerAppointed,
            Self::RegisteredInFuture => files || kind == K::StreamHeads,
            Self::ReceivedAfterRegistered
            | Self::OwnCase
            | Self::JurisdictionOfAnother
            | Self::WarningNotAcknowledged => files,
            Self::EndorsedBySigner | Self::SecondPersonMissing => files || kind == K::BodiesErased,
            Self::DayMissing => kind.opens_entry(),
            Self::NumberOfAnotherYear | Self::NumberTaken | Self::NumberSkips => kind.book().is_some(),
            Self::BookIsClosed => kind.book().is_some() || keeps_books(kind),
            Self::BookOfAnotherLane => keeps_books(kind),
            Self::EntryUnknown => kind.reaches_others() || kind.continues_entry() || names_entries(kind),
            Self::ContentErased => kind.reaches_others() || kind.continues_entry(),
            Self::EntryOfAnotherKind => {
                kind.reaches_others()
                    || matches!(kind, K::DivorceNoted | K::ApplicationRefused | K::Guardianship)
            }
            Self::EntryTwice => kind.reaches_others() || kind == K::IdentityDecided,
            Self::FieldTwice
            | Self::FromDiffers
            | Self::NothingChanges
            | Self::ChangeDoesNotFit
            | Self::ReachNotAllowed => kind.reaches_others(),
            Self::SupplementOfPresent => kind == K::Supplement,
            Self::CorrectionOfAbsent => kind == K::Correction,
            Self::OnlyEthnicity => kind == K::EthnicityRedetermination,
            Self::AlreadyDivorced => kind == K::DivorceNoted,
            Self::NotKeeper | Self::NoSuchNote | Self::NoteAlreadyEntered => kind == K::MarginalNoteEntered,
            Self::ReasonMissing | Self::ContentDiffers => kind == K::ExtractIssued,
            Self::PaperDoesNotFit | Self::TemplateNotInForce | Self::HeaderMissing => hands_out(kind),
            Self::OriginalIssued
            | Self::OriginalElsewhere
            | Self::OriginalNumbered
            | Self::EntitlementMissing
            | Self::EntitlementDoesNotFit
            | Self::ContentIsSealed => kind == K::ExtractIssued,
            Self::PaperNotIssued => matches!(kind, K::PapersRevoked | K::ConfirmationRevoked),
            Self::OfficeExists => kind == K::OfficeOpened,
            Self::OfficeAlreadySucceeded | Self::SuccessorNotOpen | Self::SameOfficeTwice => {
                kind == K::OfficeSucceeded
            }
            Self::BadKey => matches!(kind, K::LedgerFounded | K::KeyGranted | K::SealGranted),
            Self::KeyExists => matches!(kind, K::KeyGranted | K::SealGranted),
            Self::KeyNotGranted => matches!(kind, K::KeyRevoked | K::SealRevoked),
            Self::CertificateDoesNotFit | Self::SealWithoutRoot => kind == K::SealGranted,
            Self::AppointmentUnknown => matches!(kind, K::KeyGranted | K::OfficerRelieved),
            Self::RoleOfAnotherOffice => matches!(kind, K::KeyGranted | K::OfficerAppointed | K::SealGranted),
            Self::AlreadyFounded => kind == K::LedgerFounded,
            Self::NotErasable => kind == K::BodiesErased,
            Self::BookTotalsDiffer | Self::YearNotEnded => kind == K::BookClosed,
            Self::BookOpenedAlready | Self::ContinuesBelow => kind == K::BookOpened,
            Self::PersonLocked => needs_the_living(kind),
            Self::AlreadyDead => kind == K::Death,
            Self::NotThereToEnd => {
                ends_something(kind) || matches!(kind, K::NoticeAcknowledged | K::TaskSettled)
            }
            Self::JudgmentMissing => matches!(
                kind,
                K::Marriage | K::Death | K::ParentChildRecognition | K::Guardianship | K::Adoption
            ),
            Self::ForeignBlockMissing => noted_from_abroad(kind),
            Self::OnlyTheHeadRefuses => kind == K::ApplicationRefused,
            Self::NoSuchPerson => {
                names_people(kind)
                    || matches!(kind, K::IdentityDecided | K::OfficerAppointed | K::ExtractIssued)
            }
            Self::HeadsDiffer => kind == K::StreamHeads,
            Self::CustodyOfAnother | Self::YearsReversed => kind == K::BooksEntrusted,
        }
    }
}

impl WarningCode {
    /// Whether acts of that kind can be warned of so.
    pub fn met_by(self, kind: Kind) -> bool {
        use Kind as K;
        let registers = kind.group() == Group::Registration;
        match self {
            Self::FieldLeftOut => {
                kind.opens_entry() || matches!(kind.group(), Group::Notation | Group::Office)
            }
            Self::MotherVeryYoung
            | Self::FatherVeryYoung
            | Self::ParentAgeImpossible
            | Self::ParentsNotUnknown
            | Self::FatherDeadLong => kind == K::Birth,
            Self::LateTickedOnTime | Self::OnTimeTickedLate | Self::Under24Hours => {
                matches!(kind, K::Birth | K::Death)
            }
            Self::UnderMarriageAge
            | Self::NotBothPresent
            | Self::AlreadyMarried
            | Self::NumberOfMarried
            | Self::SpousesOfOneSex
            | Self::ProhibitedRelation
            | Self::BornAfterOwnMarriage
            | Self::SpousesAgeGap => kind == K::Marriage,
            Self::NumberDoesNotFit => registers || kind == K::PersonalNumberAssigned,
            Self::NameLooksBroken
            | Self::CodeUnknown
            | Self::UnitUnknown
            | Self::UnitNotValidThatDay
            | Self::NameInCapitals
            | Self::DateSuspicious => registers,
            Self::NameHasDigits => registers || kind.reaches_others(),
            Self::NumberOnTwoPeople => {
                registers || kind.group() == Group::Amendment || kind == K::PersonalNumberAssigned
            }
            Self::NumberOfDeceased => needs_the_living(kind) || kind == K::Death,
            Self::NumberSaysOtherwise => kind == K::MaritalStatusConfirmation,
            Self::KnownAsDiffers | Self::SamePersonTwice => names_people(kind),
            Self::BirthRegisteredAlready => kind == K::Birth,
            Self::BirthEntryNotReached => kind == K::ParentChildRecognition,
            Self::RoleSexDiffers => {
                matches!(kind, K::Birth | K::Marriage | K::Adoption | K::ForeignDissolution)
            }
            Self::OccurredAfterRegistered => registers || kind.group() == Group::Notation,
            Self::DeathBeforeBirth => kind == K::Death,
            Self::ForeignPaperMissing => matches!(kind, K::Birth | K::Marriage),
            Self::NumberOfForeigner => kind == K::Birth,
            Self::NotCompetent | Self::RuleNotKnown => {
                kind.opens_entry() || matches!(kind.group(), Group::Notation | Group::Office)
            }
            Self::DayMissing | Self::ImageMissing | Self::ReadingDiffers => kind.opens_entry(),
            Self::BookIsClosed | Self::NumberOfAnotherVolume | Self::NumberRepeats => kind.book().is_some(),
            Self::TotalsByHand | Self::ClosedLate | Self::ClosedEarly => kind == K::BookClosed,
            Self::PersonLocked => needs_the_living(kind),
            Self::AlreadyDead => kind == K::Death,
            Self::NotThereToEnd => ends_something(kind),
            Self::JudgmentMissing => RefusalCode::JudgmentMissing.met_by(kind),
            Self::ForeignBlockMissing => noted_from_abroad(kind),
            Self::RelativeOfOfficer | Self::MayBeOwnCase => !is_of_the_ledger(kind),
            Self::StatusDiffers | Self::ConfirmationStillValid | Self::PurposePartnerMissing => {
                kind == K::MaritalStatusConfirmation
            }
            Self::AgainWithoutEarlier | Self::EarlierInLedger => {
                matches!(kind, K::Birth | K::Marriage | K::Death | K::Adoption)
            }
            Self::PersonNotAliveForAgain => matches!(kind, K::Birth | K::Marriage),
            Self::PostingShort => matches!(kind, K::Birth | K::ParentChildRecognition),
            Self::ConsentMissing => kind == K::Change,
            Self::EthnicityAge => kind == K::EthnicityRedetermination,
            Self::EthnicityByChange => kind == K::Change,
            Self::GuardianshipInForce => kind == K::Guardianship,
            Self::RecognitionSexDiffers | Self::BothPartiesAbsent => kind == K::ParentChildRecognition,
            Self::ParentAlreadyStated => matches!(kind, K::ParentChildRecognition | K::JudgmentNoted),
            Self::GuardianLacksCapacity => matches!(kind, K::Guardianship | K::GuardianshipSupervision),
            Self::SupervisionBefore2025 => kind == K::GuardianshipSupervision,
            Self::JudgmentLate => matches!(kind, K::DivorceNoted | K::JudgmentNoted),
            Self::LegalisationMissing => {
                noted_from_abroad(kind)
                    || kind == K::ForeignDissolution
                    || kind == K::JudgmentNoted
                    || kind.group() == Group::Amendment
            }
            Self::UndertakingEarly => {
                kind.opens_entry()
                    || matches!(
                        kind,
                        K::DivorceNoted
                            | K::JudgmentNoted
                            | K::ApplicationRefused
                            | K::ApplicationWithdrawn
                            | K::InformationConfirmation
                    )
            }
            Self::SpouseRemarried => kind == K::JudgmentNoted,
            Self::EntryRevoked => {
                kind.reaches_others() || matches!(kind.group(), Group::Notation | Group::Paper)
            }
            Self::DatedBeforeEntry => kind.reaches_others() || kind.continues_entry(),
            Self::CustodyUndecided => kind.changes_entries(),
            Self::PossibleDuplicate => kind.opens_entry(),
            Self::PaperFormNotKnown => hands_out(kind),
            Self::ReferenceMissing | Self::EntitlementNotShown => kind == K::ExtractIssued,
        }
    }
}

/// Whether the ledger describes itself in it.
const fn is_of_the_ledger(kind: Kind) -> bool {
    matches!(kind.group(), Group::Administration | Group::Keeping)
}

/// Whether it hands out a sheet.
const fn hands_out(kind: Kind) -> bool {
    matches!(kind, Kind::ExtractIssued | Kind::InformationConfirmation)
}

/// Whether an act of that kind ends, lifts or revokes what is there.
fn ends_something(kind: Kind) -> bool {
    let ends = |state| !matches!(state, StateChange::Sets(_));
    EFFECTS
        .iter()
        .any(|effect| effect.act == kind && effect.state.is_some_and(ends))
}

/// Whether its form has the tick.
const fn noted_from_abroad(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Birth
            | Kind::Marriage
            | Kind::Death
            | Kind::ParentChildRecognition
            | Kind::Guardianship
            | Kind::Adoption
    )
}

const fn needs_the_living(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Marriage
            | Kind::MaritalStatusConfirmation
            | Kind::ParentChildRecognition
            | Kind::Guardianship
            | Kind::GuardianshipSupervision
            | Kind::Adoption
    )
}

const fn keeps_books(kind: Kind) -> bool {
    matches!(kind, Kind::BookOpened | Kind::BookClosed)
}

/// Whether it names entries that it does not touch.
const fn names_entries(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IdentityDecided | Kind::TaskSettled | Kind::NoticeAcknowledged | Kind::InformationConfirmation
    )
}

/// Whether it names people, whom an officer may link.
const fn names_people(kind: Kind) -> bool {
    kind.opens_entry()
        || matches!(
            kind,
            Kind::ApplicationRefused | Kind::ApplicationWithdrawn | Kind::InformationConfirmation
        )
}
