//! The faces that papers are set in: Noto Serif, the only one found that sets `ơ̆ ê̆` right. SIL Open Font License 1.1
//! (`fonts/OFL.txt`).

/// Regular, bold, italic; in this order in the hash of a template.
pub(crate) const FACES: [&[u8]; 3] = [
    include_bytes!("../fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../fonts/NotoSerif-Bold.ttf"),
    include_bytes!("../fonts/NotoSerif-Italic.ttf"),
];
