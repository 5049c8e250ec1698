//! How a sentence is recognised: words, holes in braces, and parts in brackets that may be left out.

/// What stood in the holes of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Holes<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Holes<'a> {
    /// What stood in that hole; nothing when its part was left out.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(hole, _)| *hole == name);
        found.map(|(_, text)| *text)
    }

    /// What stood in a hole that every such sentence has.
    pub(super) fn the(&self, name: &str) -> &'a str {
        self.get(name)
            .unwrap_or_else(|| panic!("the pattern has no hole {{{name}}}"))
    }
}

/// Whether the whole of a sentence is of that pattern, and what stands in its holes. A hole takes as little as it can;
/// one whose name ends in `"` takes what stands between quotation marks.
pub(super) fn matches<'a>(pattern: &'static str, said: &'a str) -> Option<Holes<'a>> {
    let mut holes = Holes::default();
    reads(&[pattern], said, &mut holes).then_some(holes)
}

/// Whether a sentence is of these parts of a pattern, one after the other.
fn reads<'a>(parts: &[&'static str], said: &'a str, holes: &mut Holes<'a>) -> bool {
    let Some((pattern, parts)) = parts.split_first() else {
        return said.is_empty();
    };
    let Some(first) = pattern.chars().next() else {
        return reads(parts, said, holes);
    };
    match first {
        '{' => hole(pattern, parts, said, holes),
        '[' => {
            let (part, rest) = bracket(pattern);
            let known = holes.0.len();
            reads(&[&[part, rest], parts].concat(), said, holes) || {
                holes.0.truncate(known);
                reads(&[&[rest], parts].concat(), said, holes)
            }
        }
        letter => said
            .strip_prefix(letter)
            .is_some_and(|left| reads(&[&[&pattern[letter.len_utf8()..]], parts].concat(), left, holes)),
    }
}

fn hole<'a>(pattern: &'static str, parts: &[&'static str], said: &'a str, holes: &mut Holes<'a>) -> bool {
    let end = pattern.find('}').expect("a hole ends");
    let (name, rest) = (&pattern[1..end], &pattern[end + 1..]);
    let after = [&[rest], parts].concat();
    let known = holes.0.len();
    let mut take = |text: &'a str, left: &'a str| {
        holes.0.truncate(known);
        holes.0.push((name.trim_end_matches('"'), text));
        reads(&after, left, holes)
    };
    if name.ends_with('"') {
        let quoted = said.strip_prefix('"').and_then(|said| said.split_once('"'));
        return quoted.is_some_and(|(text, left)| take(text, left));
    }
    let mut ends = said.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.any(|end| take(&said[..end], &said[end..]))
}

/// What stands in the brackets at the beginning, and what follows them.
fn bracket(pattern: &'static str) -> (&'static str, &'static str) {
    let mut depth = 0;
    for (at, letter) in pattern.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' if depth == 1 => return (&pattern[1..at], &pattern[at + 1..]),
            ']' => depth -= 1,
            _ => {}
        }
    }
    panic!("a bracket of {pattern:?} does not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &str = "on {day}[ at {time}] {office} files a[n] {kind} as {label}[ at {entry}]";

    #[test]
    fn holes_take_what_stands_there_and_parts_may_be_left_out() {
        let holes = matches(FILES, "on 2026-01-20 at 09:00 office 1 files a birth as KS").unwrap();
        let told: Vec<_> = ["day", "time", "office", "kind", "label"]
            .map(|name| holes.the(name))
            .into();
        assert_eq!(told, ["2026-01-20", "09:00", "office 1", "birth", "KS"]);
        assert_eq!(holes.get("entry"), None);
        let holes = matches(FILES, "on 2026-01-20 office 1 files an adoption as N at @KS").unwrap();
        assert_eq!(
            (holes.the("kind"), holes.the("label"), holes.get("entry")),
            ("adoption", "N", Some("@KS"))
        );
        assert_eq!(matches(FILES, "on 2026-01-20 office 1 forgets a birth"), None);
    }

    #[test]
    fn what_is_quoted_ends_with_its_quotation_mark() {
        let holes = matches(
            "acknowledges {codes} because {why\"}[ and {who} endorses]",
            "acknowledges a because \"b and c endorses\" and B endorses",
        )
        .unwrap();
        assert_eq!(
            (holes.the("why"), holes.get("who")),
            ("b and c endorses", Some("B"))
        );
    }
}
