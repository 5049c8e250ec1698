//! The objects of PDF (ISO 32000-1 §7.3), read from bytes: in files and in the content of pages.

/// How deep arrays and dictionaries may nest.
const DEPTH_MAX: usize = 24;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::paper) enum Object<'a> {
    /// `null`, `true`, `false`, and the operators of a page.
    Word(&'a [u8]),
    /// A whole or broken number.
    Number(f64),
    /// `/Name`, without the slash.
    Name(&'a [u8]),
    /// `(text)` or `<hex>`, as the bytes it stands for.
    Text(Vec<u8>),
    /// `[ … ]`.
    Array(Vec<Object<'a>>),
    /// `<< … >>`.
    Dictionary(Dictionary<'a>),
    /// `7 0 R`.
    Reference(usize),
}

/// Names with their values, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::paper) struct Dictionary<'a>(Vec<(&'a [u8], Object<'a>)>);

impl<'a> Dictionary<'a> {
    /// What stands under a name; none when nothing does, or twice.
    pub(in crate::paper) fn get(&self, name: &str) -> Option<&Object<'a>> {
        let mut found = self.0.iter().filter(|(known, _)| *known == name.as_bytes());
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value)
    }

    /// Every pair.
    pub(in crate::paper) fn pairs(&self) -> impl Iterator<Item = &(&'a [u8], Object<'a>)> {
        self.0.iter()
    }
}

impl<'a> Object<'a> {
    /// The number of a reference.
    pub(in crate::paper) const fn reference(&self) -> Option<usize> {
        match self {
            Self::Reference(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub(in crate::paper) fn whole(&self) -> Option<usize> {
        match self {
            Self::Number(number) if number.fract() == 0.0 && (0.0..=4e9).contains(number) => {
                Some(*number as usize)
            }
            _ => None,
        }
    }

    /// A number.
    pub(in crate::paper) const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A name.
    pub(in crate::paper) const fn name(&self) -> Option<&'a [u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// A string.
    pub(in crate::paper) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The members of an array.
    pub(in crate::paper) fn array(&self) -> Option<&[Object<'a>]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A dictionary.
    pub(in crate::paper) const fn dictionary(&self) -> Option<&Dictionary<'a>> {
        match self {
            Self::Dictionary(pairs) => Some(pairs),
            _ => None,
        }
    }
}

/// Reads one object after the other.
#[derive(Debug, Clone)]
pub(in crate::paper) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(in crate::paper) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Where the next byte is.
    pub(in crate::paper) const fn at(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes on behind `word`, if it comes next.
    pub(in crate::paper) fn skip(&mut self, word: &[u8]) -> Option<()> {
        self.rest().starts_with(word).then(|| self.at += word.len())
    }

    /// Goes on behind blanks. There are no comments in our files.
    pub(in crate::paper) fn skip_blanks(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// Whether nothing but blanks is left.
    pub(in crate::paper) fn is_at_end(&mut self) -> bool {
        self.skip_blanks();
        self.at >= self.bytes.len()
    }

    /// The next object; none at the end and for what is none.
    pub(in crate::paper) fn object(&mut self) -> Option<Object<'a>> {
        self.nested(DEPTH_MAX)
    }

    fn nested(&mut self, depth: usize) -> Option<Object<'a>> {
        self.skip_blanks();
        let deeper = depth.checked_sub(1)?;
        match self.peek()? {
            b'/' => Some(Object::Name(self.name())),
            b'(' => self.string().map(Object::Text),
            b'<' if self.rest().starts_with(b"<<") => self.dictionary(deeper).map(Object::Dictionary),
            b'<' => self.hexadecimal().map(Object::Text),
            b'[' => self.array(deeper).map(Object::Array),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            _ => self.word().map(Object::Word),
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest
            .iter()
            .position(|byte| !is_regular(*byte))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn name(&mut self) -> &'a [u8] {
        self.at += 1;
        self.regular()
    }

    fn word(&mut self) -> Option<&'a [u8]> {
        Some(self.regular()).filter(|word| !word.is_empty())
    }

    fn number_or_reference(&mut self) -> Option<Object<'a>> {
        let number = str::from_utf8(self.regular()).ok()?;
        let followed = number.bytes().all(|byte| byte.is_ascii_digit()) && self.skip(b" 0 R").is_some();
        if followed {
            return number.parse().ok().map(Object::Reference);
        }
        let number: f64 = number.parse().ok()?;
        number.is_finite().then_some(Object::Number(number))
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Object<'a>>> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            if self.skip(b"]").is_some() {
                return Some(items);
            }
            items.push(self.nested(depth)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary<'a>> {
        self.at += 2;
        let mut pairs = Vec::new();
        loop {
            self.skip_blanks();
            if self.skip(b">>").is_some() {
                return Some(Dictionary(pairs));
            }
            let name = self.nested(depth)?.name()?;
            pairs.push((name, self.nested(depth)?));
        }
    }

    /// `(text)` with its escapes (§7.3.4.2).
    fn string(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut out = Vec::new();
        let mut open = 1_usize;
        loop {
            let byte = self.next()?;
            match byte {
                b'\\' => out.extend(self.escaped()?),
                b'(' => {
                    open += 1;
                    out.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(out);
                    }
                    out.push(byte);
                }
                _ => out.push(byte),
            }
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// What an escape stands for; a broken line stands for nothing.
    fn escaped(&mut self) -> Option<Option<u8>> {
        Some(Some(match self.next()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return Some(None),
            digit @ b'0'..=b'7' => {
                let mut number = u32::from(digit - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            self.at += 1;
                            number = number * 8 + u32::from(digit - b'0');
                        }
                        _ => break,
                    }
                }
                u8::try_from(number).ok()?
            }
            other => other,
        }))
    }

    /// `<0AFF>`.
    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let rest = self.rest();
        let end = rest.iter().position(|byte| *byte == b'>')?;
        self.at += end + 1;
        hex::decode(&rest[..end]).ok()
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

const fn is_regular(byte: u8) -> bool {
    !is_blank(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}
