//! Pages for people: what a browser shows without a program of ours.

pub(crate) mod paper;
