//! [`Mutator`]: small changes of valid inputs, following from a seed.

/// Numbers that parsers stumble over, as texts and as the heads of CBOR items.
const TOKENS: &[&[u8]] = &[
    b"\n",
    b"\n\n",
    b"0",
    b"-1",
    b"18446744073709551615",
    b"18446744073709551616",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"+",
    b"/x",
    b".p/",
    "\u{2014} ".as_bytes(),
    b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x9b\x00\x00\x00\x00\xff\xff\xff\xff",
    b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\xf6",
    b"\xd2\x84",
    b"\x80",
    b"\xa0",
    b"\xfb\x7f\xf8\x00\x00\x00\x00\x00\x00",
    "e\u{301}".as_bytes(),
    b"null",
    b"[]",
    b"{}",
    b"endobj",
    b"stream",
    b"<<",
    b">>",
];

/// Changes inputs. The same seed makes the same changes.
#[derive(Debug)]
pub struct Mutator(fastrand::Rng);

impl Mutator {
    /// That follows from a seed.
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end.max(1))
    }

    /// One of the seeds with one to four changes.
    pub fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes, seeds);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let (at, other) = (self.below(bytes.len()), self.below(bytes.len()));
        let range = at.min(other)..at.max(other);
        match self.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            1 if !bytes.is_empty() => bytes[at] = self.0.u8(..),
            2 => bytes.insert(at, self.0.u8(..)),
            3 if !bytes.is_empty() => drop(bytes.remove(at)),
            4 => bytes.truncate(at),
            5 => {
                let part = bytes[range].to_vec();
                drop(bytes.splice(at..at, part));
            }
            6 => drop(bytes.drain(range)),
            7 => {
                let token = TOKENS[self.below(TOKENS.len())];
                drop(bytes.splice(at..at, token.iter().copied()));
            }
            _ => {
                let seed = &seeds[self.below(seeds.len())];
                let from = self.below(seed.len());
                let part = seed
                    .get(from..from + self.below(seed.len() - from))
                    .unwrap_or_default();
                let end = (at + part.len()).min(bytes.len());
                drop(bytes.splice(at..end, part.iter().copied()));
            }
        }
    }
}
