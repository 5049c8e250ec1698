//! The CDDL (RFC 8610) of the bytes: envelope and signature by hand, records, codes and acts from their shapes.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::act::Act;
use crate::kind::Kind;
use crate::shape::{FieldShape, Shape};
use crate::stated::Missing;
use crate::wire::Wire;

/// The whole of the grammar as this program reads and writes it: `schemas/hotich-3.cddl`. What earlier releases read,
/// frozen in `schemas/hotich.cddl` and `schemas/hotich-2.cddl`, is a part of it.
pub fn cddl() -> String {
    let mut out = Rules {
        text: include_str!("cddl_by_hand.cddl").to_owned(),
        done: HashSet::new(),
    };
    out.line("; ---- Kinds and acts, generated ".to_owned() + &"-".repeat(84));
    out.line(String::new());
    out.kinds();
    out.bodies();
    out.reference(&Missing::shape());
    for kind in Kind::ALL {
        out.reference(&Act::shape(*kind));
    }
    out.text.trim_end().to_owned() + "\n"
}

/// The text so far and the names of the rules in it.
struct Rules {
    text: String,
    done: HashSet<&'static str>,
}

impl Rules {
    fn line(&mut self, line: String) {
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn kinds(&mut self) {
        let kinds = Kind::ALL.iter();
        let kinds = kinds.map(|kind| {
            (
                u64::from(kind.code()),
                format!("{}: {}", kind.name(), kind.vietnamese()),
            )
        });
        self.choice("kind", kinds);
        self.done.insert("kind");
    }

    /// One of some numbers. Written as a choice of numbers with their names beside them, because checkers do not agree
    /// on how to read CDDL's enumerations.
    fn choice(&mut self, name: &str, codes: impl Iterator<Item = (u64, String)>) {
        let mut rule = String::new();
        for (index, (code, meaning)) in codes.enumerate() {
            let start = if index == 0 {
                format!("{} =", ident(name))
            } else {
                "  /".to_owned()
            };
            // Writing into a String cannot fail.
            let _ = writeln!(rule, "{:<34} ; {meaning}", format!("{start} {code}"));
        }
        self.line(rule);
    }

    fn bodies(&mut self) {
        let bodies: Vec<String> = Kind::ALL
            .iter()
            .map(|kind| format!("body-of<{}, {}>", kind.code(), self.name_of(*kind)))
            .collect();
        self.line(format!("body = {}\n", bodies.join("\n     / ")));
    }

    fn name_of(&self, kind: Kind) -> String {
        match Act::shape(kind) {
            Shape::Record(name, _) => ident(name),
            _ => "any".to_owned(),
        }
    }

    /// How a shape is named where it is used; its own rule is written before the one that uses it.
    fn reference(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Text("text") => "plain-text".to_owned(),
            Shape::Text(rule) => ident(rule),
            Shape::Uint(max) => match max.leading_zeros() / 8 {
                0 => "uint".to_owned(),
                zeros => format!("uint .size {}", 8 - zeros),
            },
            Shape::Ordinal(max) => format!("1..{max}"),
            Shape::Bool => "bool".to_owned(),
            Shape::Bytes(0) => "bstr".to_owned(),
            Shape::Bytes(size) => format!("bstr .size {size}"),
            Shape::Path => "field-path".to_owned(),
            Shape::Any => "any".to_owned(),
            Shape::List(item) => format!("[+ {}]", self.reference(item)),
            Shape::Several(item) => format!("[* {}]", self.reference(item)),
            Shape::Stated(value) => format!("stated<{}>", self.reference(value)),
            Shape::Codes(name, codes) => {
                self.codes(name, codes);
                ident(name)
            }
            Shape::Record(name, fields) => {
                self.record(name, fields, ("{", "}"), |field| format!("{} =>", field.key));
                ident(name)
            }
            Shape::Tuple(name, fields) => {
                self.record(name, fields, ("[", "]"), |field| {
                    format!("{}:", ident(field.name))
                });
                ident(name)
            }
        }
    }

    fn codes(&mut self, name: &'static str, codes: &[(u64, &'static str)]) {
        if !self.done.insert(name) {
            return;
        }
        self.choice(name, codes.iter().map(|(code, json)| (*code, (*json).to_owned())));
    }

    fn record(
        &mut self,
        name: &'static str,
        fields: &[FieldShape],
        (open, close): (&str, &str),
        key: impl Fn(&FieldShape) -> String,
    ) {
        if !self.done.insert(name) {
            return;
        }
        let mut rule = format!("{} = {open}\n", ident(name));
        for field in fields {
            let optional = if field.required { "" } else { "? " };
            let member = format!("  {optional}{} {},", key(field), self.reference(&field.shape));
            let _ = writeln!(rule, "{member:<44} ; {}: {}", field.name, field.label);
        }
        self.line(rule + close + "\n");
    }
}

/// A name in CDDL.
fn ident(name: &str) -> String {
    name.replace('_', "-")
}
