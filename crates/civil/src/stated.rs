//! stated
