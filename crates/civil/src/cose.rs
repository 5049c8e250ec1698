//! cose
