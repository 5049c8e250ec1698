//! Signs of Vietnamese font encodings that came before Unicode.

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
