//! Ids: permanent, opaque, and without a province or commune code in them.

use std::fmt;
use std::str::FromStr;

/// An id or hash was not written in its text form. Says which kind it should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {0}")]
pub struct BadId(pub &'static str);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// From its sixteen bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// A UUIDv7 (RFC 9562 §5.7) of that instant, milliseconds since 1970, and those ten bytes of chance.
            pub fn at(unix_ms: u64, chance: [u8; 10]) -> Self {
                Self(*uuid::Builder::from_unix_timestamp_millis(unix_ms, &chance).into_uuid().as_bytes())
            }

            /// Whether it is a UUIDv7, as the format wants: version 7, the variant of RFC 9562.
            pub const fn is_v7(&self) -> bool {
                self.0[6] >> 4 == 7 && self.0[8] >> 6 == 0b10
            }

            /// The sixteen bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).hyphenated().fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                match uuid::Uuid::try_parse(text) {
                    Ok(id) if text.len() == 36 => Ok(Self(*id.as_bytes())),
                    _ => Err(BadId($what)),
                }
            }
        }
    };
}

uuid_id! {
    /// The id of one event, made by the client that signs it; the idempotency key of the append.
    EventId, "an event id (UUID)"
}
uuid_id! {
    /// The id of one register entry (mục đăng ký trong Sổ), made with its registration and never reused.
    EntryId, "an entry id (UUID)"
}

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 32]);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let mut bytes = [0; 32];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| BadId($what))?;
                Ok(Self(bytes))
            }
        }
    };
}

hash_id! {
    /// BLAKE3 of the bytes of one signed event: its name in chains, bases and proofs.
    EventHash, "an event hash (64 hexadecimal digits)"
}
hash_id! {
    /// The SHA-256 COSE Key Thumbprint (RFC 9679) of a public key.
    KeyId, "a key id (64 hexadecimal digits)"
}

hash_id! {
    /// The SHA-256 of the SubjectPublicKeyInfo (DER) of a certificate: the name of a seal.
    SealKeyId, "a key of a seal (64 hexadecimal digits)"
}

hash_id! {
    /// A hash that a body keeps; the field says of what and by which function.
    Digest, "a hash (64 hexadecimal digits)"
}

/// The permanent number of an office (cơ quan đăng ký hộ tịch). 0 is the national administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeId(pub u32);

impl OfficeId {
    /// The national administration, whose stream holds offices, keys and code lists.
    pub const ADMINISTRATION: Self = Self(0);
}

impl fmt::Display for OfficeId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for OfficeId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        text.parse().map(Self).map_err(|_| BadId("an office number"))
    }
}

/// What a stream of an office carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Acts of the officers, as they happen.
    Acts = 0,
    /// Entries taken over from paper books.
    Digitised = 1,
    /// Copies issued by the desk for requests from elsewhere.
    Desk = 2,
}

impl Lane {
    /// Every lane, in the order of its code.
    pub const ALL: [Self; 3] = [Self::Acts, Self::Digitised, Self::Desk];

    /// The lane of that code.
    pub fn of(code: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| *lane as u64 == code)
    }

    /// Its name in addresses and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acts => "acts",
            Self::Digitised => "digitised",
            Self::Desk => "desk",
        }
    }
}

/// One chain of events: an office and a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// Whose chain it is.
    pub office: OfficeId,
    /// Which of its chains.
    pub lane: Lane,
}

impl StreamId {
    /// The stream in which the ledger describes itself: offices, keys, code lists.
    pub const ADMINISTRATION: Self = Self {
        office: OfficeId::ADMINISTRATION,
        lane: Lane::Acts,
    };

    /// The number by which the store knows it.
    pub const fn number(self) -> i64 {
        self.office.0 as i64 * 4 + self.lane as i64
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.office, self.lane.name())
    }
}

impl FromStr for StreamId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = BadId("a stream (office/lane)");
        let (office, lane) = text.split_once('/').ok_or(bad)?;
        let lane = Lane::ALL
            .into_iter()
            .find(|known| known.name() == lane)
            .ok_or(bad)?;
        Ok(Self {
            office: office.parse().map_err(|_| bad)?,
            lane,
        })
    }
}
