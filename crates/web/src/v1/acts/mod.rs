//! Acts on their way to a signature.

pub(crate) mod draft;
