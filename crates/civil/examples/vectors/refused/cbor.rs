//! What is no deterministic CBOR of the format, whatever it means.

use super::Refused;

pub fn refused() -> Vec<Refused> {
    let mut all: Vec<Refused> = [
        ("nothing at all", ""),
        ("an array that ends early", "8201"),
        ("a text that ends early", "6261"),
        ("an integer that ends early", "19ff"),
        ("an array longer than memory", "9b00ffffffffffffff"),
        ("a map longer than memory", "bb00ffffffffffffff"),
        ("a trailing byte", "0000"),
        ("a one in two bytes", "1801"),
        ("a one in three bytes", "190001"),
        ("a one in five bytes", "1a00000001"),
        ("a one in nine bytes", "1b0000000000000001"),
        ("a minus one in two bytes", "3800"),
        ("a length of bytes not in its shortest form", "580100"),
        ("a length of text not in its shortest form", "780161"),
        ("a length of an array not in its shortest form", "980100"),
        ("a length of a map not in its shortest form", "b8010000"),
        ("a key not in its shortest form", "a1180000"),
        ("bytes of indefinite length", "5f4100ff"),
        ("text of indefinite length", "7f6161ff"),
        ("an array of indefinite length", "9f00ff"),
        ("a map of indefinite length", "bf0000ff"),
        ("a break with nothing to break", "ff"),
        ("a float of two bytes", "f93c00"),
        ("a float of four bytes", "fa3f800000"),
        ("a float of eight bytes", "fb3ff0000000000000"),
        ("undefined", "f7"),
        ("a simple value without meaning", "f0"),
        ("a simple value in two bytes", "f8ff"),
        ("false in two bytes", "f814"),
        ("a tag of COSE inside", "d200"),
        ("a date by tag", "c11a514b67b0"),
        ("a big integer", "c249010000000000000000"),
        ("an integer below 64 bits", "3bffffffffffffffff"),
        ("reserved additional information", "1c"),
        ("map keys out of order", "a201000000"),
        ("a map key twice", "a200000000"),
        ("a text as map key", "a1616100"),
        ("a negative map key", "a12000"),
        ("bytes as map key", "a14000"),
        ("text that is no UTF-8", "62c328"),
        ("text with a surrogate", "63eda080"),
        ("text not in NFC: a letter and its mark", "6365cc81"),
        ("text not in NFC: marks in the order of typing", "656fcc82cca3"),
        ("text not in NFC: a tone mark of old fonts", "62cd80"),
        ("too much depth", "8181818181818181818181818180"),
    ]
    .into_iter()
    .map(|(name, bytes)| Refused::new(name, "cbor", hex::decode(bytes).unwrap()))
    .collect();
    let maps = [&[0xa1, 0x00].repeat(12)[..], &[0xa0]].concat();
    all.push(Refused::new("too much depth in maps", "cbor", maps));
    all
}
