//! Signs of Vietnamese font encodings that came before Unicode.

use unicode_normalization::UnicodeNormalization;

/// Does the text look like TCVN3 (ABC) or VNI bytes that were read as Latin-1 ("NguyÔn V¨n Nam", "Nguyeãn Vaên Nam")?
///
/// A hint for a person, with rare false alarms in French names ("Loïc", "Gaël"). The text is never converted silently.
pub fn looks_legacy_encoded(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if looks_tcvn3(*a, *b) || looks_vni(*a, *b)))
}

/// Were letters lost as question marks or as U+FFFD ("Nguy?n")? Such a text is unreadable and cannot be repaired by rule.
pub fn has_lost_letters(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let lost = |c: char| c == '?' || c == '\u{FFFD}';
    text.contains('\u{FFFD}')
        || chars
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if lost(*a) && b.is_alphabetic()))
}

/// TCVN3 puts signs such as `¨ © ª « ¬ ® µ ¸` and Latin-1 capitals in the middle of words.
fn looks_tcvn3(a: char, b: char) -> bool {
    let sign = |c: char| matches!(c, '¡'..='©' | '«'..='®' | 'µ'..='¹' | '»'..='¾' | '×' | '÷' | 'ª');
    let letter = |c: char| c.is_alphabetic() && !matches!(c, 'µ' | 'ª' | 'º');
    (letter(a) && sign(b)) || (sign(a) && letter(b)) || (a.is_lowercase() && matches!(b, 'À'..='Þ'))
}

/// VNI writes the mark as a second Latin-1 letter after the vowel: `aâ`, `eã`, `oä`, `uù`. Pairs that Vietnamese has (`oà oá oã uê uý uâ`) are not signs.
fn looks_vni(a: char, b: char) -> bool {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let (a, b) = (lower(a), lower(b));
    match a {
        'a' => matches!(
            b,
            'â' | 'ê'
                | 'á'
                | 'à'
                | 'å'
                | 'ã'
                | 'ä'
                | 'ù'
                | 'ø'
                | 'û'
                | 'õ'
                | 'ï'
                | 'é'
                | 'è'
                | 'ü'
                | 'ë'
        ),
        'e' => matches!(b, 'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' | 'ù' | 'ø' | 'û' | 'õ' | 'ï'),
        'o' => matches!(b, 'â' | 'å' | 'ä' | 'ù' | 'ø' | 'û' | 'õ' | 'ï'),
        'u' | 'y' | 'ö' | 'ô' => matches!(b, 'ù' | 'ø' | 'û' | 'õ' | 'ï'),
        _ => false,
    }
}

/// A Vietnamese font encoding that came before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegacyEncoding {
    /// TCVN 5712:1993 VN3, the fonts whose names begin with `.Vn`. It has no capitals with tone marks.
    Tcvn3,
    /// VNI for Windows: the vowel, and its mark as a second letter.
    Vni,
}

impl LegacyEncoding {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
        }
    }
}

/// What a text in an old font encoding probably says. An offer to an officer, who compares it with the paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The encoding that it seems to be in.
    pub encoding: LegacyEncoding,
    /// The same in Unicode, NFC.
    pub text: String,
}

/// Shows no letter: debug output ends in logs.
impl std::fmt::Debug for Conversion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Conversion({}, …)", self.encoding.name())
    }
}

/// Reads a text that looks like TCVN3 or VNI as what it was meant to say; `None` when it looks like neither, or when neither
/// reading or both give Vietnamese syllables. Never guesses, and nothing applies it but a person.
pub fn convert_legacy(text: &str) -> Option<Conversion> {
    if !looks_legacy_encoded(text) {
        return None;
    }
    let mut plain = text.chars().filter(char::is_ascii_alphabetic);
    let in_capitals = plain.clone().nth(1).is_some() && plain.all(|c| c.is_ascii_uppercase());
    let tcvn3 = words_from(text, |word| from_tcvn3(word, in_capitals));
    let (encoding, text) = match (tcvn3, words_from(text, from_vni)) {
        (Some(text), None) => (LegacyEncoding::Tcvn3, text),
        (None, Some(text)) => (LegacyEncoding::Vni, text),
        _ => return None,
    };
    Some(Conversion { encoding, text })
}

/// Words of plain letters as they are, all others read and then looked at: is each a Vietnamese syllable?
fn words_from(text: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let word = |word: &str| match word.is_ascii() {
        true => Some(word.to_owned()),
        false => read(word).filter(|read| is_syllable(read)),
    };
    let words: Option<Vec<String>> = text.split(' ').map(word).collect();
    words.map(|words| words.join(" "))
}

/// The 67 small letters with marks, in the order of both tables below.
const LETTERS: &str = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";

/// The same in TCVN3, read as Latin-1. A letter with a tone mark looks the same in capitals, where the font shows it larger.
const TCVN3: &str = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u{AD}õö÷øùúûüýþ®";

/// The capitals without tone marks that TCVN3 has.
const TCVN3_CAPITALS: [(char, char); 7] = [
    ('¡', 'Ă'),
    ('¢', 'Â'),
    ('£', 'Ê'),
    ('¤', 'Ô'),
    ('¥', 'Ơ'),
    ('¦', 'Ư'),
    ('§', 'Đ'),
];

/// The same in VNI, read as Latin-1: one letter or two.
const VNI: [&str; 67] = [
    "aø", "aû", "aõ", "aù", "aï", "aê", "aè", "aú", "aü", "aé", "aë", "aâ", "aà", "aå", "aã", "aá", "aä",
    "eø", "eû", "eõ", "eù", "eï", "eâ", "eà", "eå", "eã", "eá", "eä", "ì", "æ", "ó", "í", "ò", "oø", "oû",
    "oõ", "où", "oï", "oâ", "oà", "oå", "oã", "oá", "oä", "ô", "ôø", "ôû", "ôõ", "ôù", "ôï", "uø", "uû",
    "uõ", "uù", "uï", "ö", "öø", "öû", "öõ", "öù", "öï", "yø", "yû", "yõ", "yù", "î", "ñ",
];

/// A letter with a tone mark is a capital where every plain letter is, and at the beginning of a word, for names begin with
/// capitals.
fn from_tcvn3(word: &str, in_capitals: bool) -> Option<String> {
    let letter = |(place, c): (usize, char)| {
        if c.is_ascii() {
            return Some(c);
        }
        if let Some((_, capital)) = TCVN3_CAPITALS.iter().find(|(code, _)| *code == c) {
            return Some(*capital);
        }
        let at = TCVN3.chars().position(|code| code == c)?;
        let small = LETTERS.chars().nth(at)?;
        Some(if in_capitals || place == 0 {
            capital(small)
        } else {
            small
        })
    };
    word.chars().enumerate().map(letter).collect()
}

fn from_vni(word: &str) -> Option<String> {
    let mut read = String::with_capacity(word.len());
    let mut left = word;
    while let Some(first) = left.chars().next() {
        // The longest code first: `ôù` before `ô`.
        let codes = [2, 1].into_iter().filter_map(|count| {
            let code: String = left.chars().take(count).collect();
            let small = code.to_lowercase();
            VNI.iter().position(|known| *known == small).map(|at| (code, at))
        });
        match codes.into_iter().next() {
            Some((code, at)) => {
                let small = LETTERS.chars().nth(at)?;
                read.push(if first.is_uppercase() {
                    capital(small)
                } else {
                    small
                });
                left = left.strip_prefix(code.as_str())?;
            }
            None if first.is_ascii() => {
                read.push(first);
                left = left.strip_prefix(first)?;
            }
            None => return None,
        }
    }
    Some(read)
}

fn capital(small: char) -> char {
    small.to_uppercase().next().unwrap_or(small)
}

/// What Vietnamese syllables have between their consonants, without tone marks.
const NUCLEI: &str = " a ă â e ê i o ô ơ u ư y oa oă oe oo uâ uê uơ uy uya uyê ia iê ya yê ua uô ưa ươ ai ao au ay âu ây eo êu \
                      iu iêu yêu oi ôi ơi ui uôi ưi ưu ươi ươu oai oao oay oeo uai uao uay uây ue uêu ui uyu ";
/// What they end with.
const ENDS: &str = "  c ch k m n ng nh p t ";
const BEGINS: &str = "  b c ch d đ dr dz g gh gi h k kh kr l m n ng ngh nh p ph q qu r s sl t th tr v x ";

/// Whether a word could be a Vietnamese syllable: consonants, vowels with at most one tone mark, consonants.
fn is_syllable(word: &str) -> bool {
    const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    let letters: Vec<char> = word.to_lowercase().nfd().collect();
    if letters.iter().filter(|c| TONES.contains(c)).count() > 1 {
        return false;
    }
    let plain: String = letters.into_iter().filter(|c| !TONES.contains(c)).nfc().collect();
    let vowel = |c: char| "aăâeêioôơuưy".contains(c);
    let Some(from) = plain.find(vowel) else {
        return false;
    };
    let (begin, rest) = plain.split_at(from);
    let (nucleus, end) = rest.split_at(rest.find(|c| !vowel(c)).unwrap_or(rest.len()));
    let known = |list: &str, part: &str| list.contains(&format!(" {part} "));
    // The u of qu and the i of gi belong to what the syllable begins with.
    let bare = match begin {
        "q" => nucleus.strip_prefix('u'),
        "g" => nucleus.strip_prefix('i').filter(|rest| !rest.is_empty()),
        _ => None,
    };
    known(BEGINS, begin)
        && known(ENDS, end)
        && (known(NUCLEI, nucleus) || bare.is_some_and(|bare| known(NUCLEI, bare)))
}

#[cfg(test)]
#[path = "legacy_tests.rs"]
mod tests;
