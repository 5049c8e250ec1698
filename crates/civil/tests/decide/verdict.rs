//! What `decide` said.

use civil::decide::{Draft, Refusal, RefusalCode, WarningCode};

/// The answer to one act.
#[derive(Debug)]
pub struct Verdict(pub Result<Draft, Vec<Refusal>>);

impl Verdict {
    /// The draft of an act that must be accepted.
    pub fn draft(&self) -> &Draft {
        self.0
            .as_ref()
            .unwrap_or_else(|refusals| panic!("refused: {refusals:?}"))
    }

    /// Must be refused with that code at that field.
    pub fn must_refuse(&self, code: RefusalCode, pointer: &str) {
        let refusals = self
            .0
            .as_ref()
            .err()
            .unwrap_or_else(|| panic!("accepted, not {code:?}"));
        let found = refusals
            .iter()
            .any(|refusal| refusal.code == code && refusal.pointer == pointer);
        assert!(found, "wanted {code:?} at {pointer:?}, found {refusals:?}");
    }

    /// Must be accepted with that warning at that field.
    pub fn must_warn(&self, code: WarningCode, pointer: &str) {
        let warnings = &self.draft().warnings;
        let found = warnings
            .iter()
            .any(|warning| warning.code == code && warning.pointer == pointer);
        assert!(found, "wanted {code:?} at {pointer:?}, found {warnings:?}");
    }

    /// Must be accepted without that warning.
    pub fn must_not_warn(&self, code: WarningCode) {
        let warnings = &self.draft().warnings;
        assert!(
            warnings.iter().all(|warning| warning.code != code),
            "{warnings:?}"
        );
    }
}

/// Tests of refusals: each raises its code at a field, and beside it stands an act that is accepted.
macro_rules! refusals {
    ($($name:ident: $code:ident at $pointer:literal { $raised:expr } beside { $beside:expr })*) => {
        /// The codes that a case of this file raises.
        pub const COVERED: &[civil::decide::RefusalCode] = &[$(civil::decide::RefusalCode::$code),*];
        $(
            #[test]
            fn $name() {
                let raised: fn(&mut crate::world::World) -> crate::verdict::Verdict = $raised;
                raised(&mut crate::world::World::new()).must_refuse(civil::decide::RefusalCode::$code, $pointer);
                let beside: fn(&mut crate::world::World) -> crate::verdict::Verdict = $beside;
                beside(&mut crate::world::World::new()).draft();
            }
        )*
    };
}

/// Tests of warnings, in the same way.
macro_rules! warnings {
    ($($name:ident: $code:ident at $pointer:literal { $raised:expr } beside { $beside:expr })*) => {
        /// The codes that a case of this file raises.
        pub const COVERED: &[civil::decide::WarningCode] = &[$(civil::decide::WarningCode::$code),*];
        $(
            #[test]
            fn $name() {
                let raised: fn(&mut crate::world::World) -> crate::verdict::Verdict = $raised;
                raised(&mut crate::world::World::new()).must_warn(civil::decide::WarningCode::$code, $pointer);
                let beside: fn(&mut crate::world::World) -> crate::verdict::Verdict = $beside;
                beside(&mut crate::world::World::new()).must_not_warn(civil::decide::WarningCode::$code);
            }
        )*
    };
}

pub(crate) use {refusals, warnings};
