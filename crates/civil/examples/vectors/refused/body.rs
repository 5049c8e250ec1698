//! Bodies that are deterministic CBOR and still no body.

use ciborium::Value;
use civil::cbor::encode;

use super::{Refused, drop_key, int, list, map, put, text};
use crate::chain::Chain;

fn tree_of(chain: &Chain, name: &str) -> Value {
    let case = chain.cases.iter().find(|case| case.name == name).unwrap();
    civil::cbor::decode(&hex::decode(&case.body).unwrap()).unwrap()
}

pub fn refused(chain: &Chain) -> Vec<Refused> {
    let birth = tree_of(chain, "a birth, with letters that have no single code point");
    let mut all = frame(&birth);
    all.extend(records(&birth));
    all.extend(texts(&birth));
    all.extend(stated(&birth));
    all.extend(others(chain));
    all.extend(amendments(chain));
    all.extend(acknowledgements(&birth));
    all
}

/// One thing put elsewhere in a good tree.
fn with(tree: &Value, name: &str, path: &[u64], value: Value) -> Refused {
    let mut tree = tree.clone();
    put(&mut tree, path, value);
    Refused::new(name, "body", encode(&tree))
}

fn without(tree: &Value, name: &str, path: &[u64], key: u64) -> Refused {
    let mut tree = tree.clone();
    drop_key(&mut tree, path, key);
    Refused::new(name, "body", encode(&tree))
}

fn frame(birth: &Value) -> Vec<Refused> {
    let bytes = encode(birth);
    let mut longer = birth.as_array().unwrap().clone();
    longer.push(Value::Null);
    vec![
        Refused::new("a truncated body", "body", bytes[..bytes.len() - 1].to_vec()),
        Refused::new("a padded body", "body", [&bytes[..], &[0]].concat()),
        Refused::new("a body of five items", "body", encode(&Value::Array(longer))),
        Refused::new("a body that is a map", "body", vec![0xa0]),
        Refused::new("a sealed body shorter than its salt", "sealed_body", vec![0; 31]),
        with(birth, "a newer body", &[0], int(2)),
        with(birth, "a body of version true", &[0], Value::Bool(true)),
        with(birth, "a kind that nobody knows", &[1], int(7)),
        with(birth, "a kind as text", &[1], text("birth")),
        with(birth, "a birth under the kind of a marriage", &[1], int(17)),
        with(birth, "an act that is no record", &[2], list([])),
    ]
}

fn records(birth: &Value) -> Vec<Refused> {
    vec![
        with(birth, "a field that nobody knows", &[2, 99], int(0)).by_meaning(),
        without(birth, "a required field left out", &[2], 9),
        with(birth, "null where a field is left out", &[2, 6], Value::Null),
        with(birth, "null where a value is required", &[2, 1], Value::Null),
        with(birth, "a code that is not in its list", &[2, 3], int(7)),
        with(birth, "the code zero", &[2, 3], int(0)),
        with(birth, "a code as text", &[2, 3], text("on_time")),
        with(
            birth,
            "a number of five bytes in a field of two",
            &[2, 0, 1],
            int(65_536),
        ),
        with(
            birth,
            "a negative number",
            &[2, 0, 0],
            Value::Integer((-1).into()),
        )
        .by_meaning(),
        with(
            birth,
            "a text where a record stands",
            &[2, 4],
            text("Nguyễn Văn A"),
        ),
        with(
            birth,
            "a record within a record with an unknown key",
            &[2, 0, 4],
            int(1),
        ),
        with(
            birth,
            "a name without the full name",
            &[2, 10],
            map([(1, text("Nguyễn"))]),
        ),
        with(birth, "a name with a fifth part", &[2, 10, 4], text("x")),
        with(birth, "a name as text", &[2, 10], text("Nguyễn Thị Hòa")),
    ]
}

fn texts(birth: &Value) -> Vec<Refused> {
    let remark = |name: &str, value: &str| with(birth, name, &[2, 11], text(value));
    let unit = |name: &str, value: &str| with(birth, name, &[2, 4, 3, 0, 1], text(value));
    let day = |name: &str, value: &str| with(birth, name, &[2, 1], text(value));
    let born = |name: &str, value: &str| with(birth, name, &[2, 4, 2, 0], text(value));
    let number = |name: &str, value: &str| with(birth, name, &[2, 4, 8, 0], text(value));
    vec![
        remark("an empty text", ""),
        remark("a blank text", "\u{a0}"),
        remark("a text with a blank before it", " a"),
        remark("a text with a line feed behind it", "a\n"),
        remark("a text with a tabulator", "a\tb"),
        remark("a text with a carriage return", "a\r\nb"),
        remark("a text that turns the direction of writing", "a\u{202e}b"),
        remark("a text with a byte order mark", "a\u{feff}b"),
        remark("a text not in NFC", "Nguye\u{302}\u{303}n"),
        remark("a text of 4,001 bytes", &"a".repeat(4_001)),
        with(birth, "a name of 501 bytes", &[2, 10, 0], text("a".repeat(501))),
        with(birth, "a name of two lines", &[2, 10, 0], text("Lê\nÝ")).by_meaning(),
        day("a day without its zeros", "2019-5-20"),
        day("a day that the calendar does not have", "2019-02-29").by_meaning(),
        day("a day in the year 0", "0000-01-01").by_meaning(),
        day("a day in the order of papers", "20/05/2019"),
        born("a partial date that says its unknown end", "2019-XX-XX").by_meaning(),
        born("a partial date of which nothing is known", "XXXX"),
        born("a partial date with a day that no month has", "XXXX-XX-32"),
        born("a month thirteen", "2019-13").by_meaning(),
        number("a personal number of thirteen digits", "0683190000170").by_meaning(),
        number("a personal number in other digits", "０68319000017"),
        unit("a unit without its day", "25129"),
        unit("a unit of four digits", "2512@..").by_meaning(),
        unit("a unit from a day that does not exist", "25129@2025-02-30").by_meaning(),
        with(birth, "a sex in Vietnamese", &[2, 4, 1, 0], text("Nữ")),
    ]
}

fn stated(birth: &Value) -> Vec<Refused> {
    let signer = |name: &str, value| with(birth, name, &[2, 9], value);
    let good = map([(0, map([(0, text("K’ Brếp"))])), (1, text("Chủ tịch"))]);
    vec![
        signer("a stated value without value or reason", map([(1, text("K"))])),
        signer(
            "a stated value with value and reason",
            map([(0, good.clone()), (2, int(1))]),
        )
        .by_meaning(),
        signer("a reason that is not in the list", map([(2, int(5))])),
        signer(
            "computed: false",
            map([(0, good.clone()), (3, Value::Bool(false))]),
        ),
        signer(
            "computed, but missing",
            map([(2, int(1)), (3, Value::Bool(true))]),
        )
        .by_meaning(),
        signer(
            "a fifth part of a stated value",
            map([(0, good.clone()), (4, int(1))]),
        ),
        signer("a plain value where a stated one stands", good),
        signer("the text of the book, empty", map([(1, text("")), (2, int(1))])),
    ]
}

fn others(chain: &Chain) -> Vec<Refused> {
    let guardianship = tree_of(chain, "a guardianship of two guardians");
    let marriage = tree_of(chain, "a marriage under age, acknowledged and endorsed by two");
    let death = tree_of(chain, "a death, with its hour");
    let copy = tree_of(chain, "a copy at a third office");
    let note = tree_of(chain, "the successor writes the note into the old book");
    let revoked = tree_of(chain, "a key is revoked");
    vec![
        with(
            &guardianship,
            "an empty list where it is left out",
            &[2, 4],
            list([]),
        ),
        with(
            &guardianship,
            "one person where a list stands",
            &[2, 4],
            map([(0, int(0))]),
        ),
        with(&marriage, "a truth value as a number", &[2, 7], int(1)),
        with(&death, "an hour twenty-four", &[2, 6, 0], text("24:00")),
        with(&death, "an hour without its zero", &[2, 6, 0], text("7:05")),
        with(&copy, "a hash of 31 bytes", &[2, 5], Value::Bytes(vec![0; 31])),
        with(&copy, "a hash in hexadecimal", &[2, 5], text("00".repeat(32))),
        with(
            &note,
            "an event id of 15 bytes",
            &[2, 0],
            Value::Bytes(vec![0; 15]),
        ),
        with(
            &revoked,
            "a key id of 33 bytes",
            &[2, 0],
            Value::Bytes(vec![0; 33]),
        ),
    ]
}

fn amendments(chain: &Chain) -> Vec<Refused> {
    let tree = tree_of(chain, "a re-determination of ethnicity");
    let stated = |value: &str| map([(0, text(value))]);
    let field = |name: &str, path: &[u64]| {
        with(
            &tree,
            name,
            &[2, 3, 0, 2, 0, 0],
            list(path.iter().copied().map(int)),
        )
        .by_meaning()
    };
    vec![
        with(
            &tree,
            "an amendment of an entry by pointer",
            &[2, 3, 0, 2, 0, 0],
            text("/child/ethnicity"),
        ),
        with(
            &tree,
            "an amended field without a path",
            &[2, 3, 0, 2, 0, 0],
            list([]),
        ),
        field("an amended field that the record does not have", &[4, 99]),
        field("an amendment of the number in the book", &[0, 0]),
        field("an amendment of the day of registration", &[1]),
        field("an amendment inside a stated value", &[4, 5, 0]),
        with(&tree, "an entry amended in nothing", &[2, 3, 0, 2], list([])),
        with(
            &tree,
            "an amended entry of a kind that has none",
            &[2, 3, 0, 1],
            int(48),
        )
        .by_meaning(),
        with(&tree, "an amended entry by UUID text", &[2, 3, 0, 0], text("0")),
        with(
            &tree,
            "a value of another type than the field",
            &[2, 3, 0, 2, 0, 2],
            int(13),
        )
        .by_meaning(),
        with(
            &tree,
            "a value that is not in its one form",
            &[2, 3, 0, 2, 0, 2],
            {
                let mut value = stated("13");
                put(&mut value, &[3], Value::Bool(false));
                value
            },
        )
        .by_meaning(),
        with(
            &tree,
            "a change of four items",
            &[2, 3, 0, 2, 0],
            list([list([int(4), int(5)]), stated("12"), stated("13"), int(0)]),
        )
        .by_meaning(),
    ]
}

fn acknowledgements(birth: &Value) -> Vec<Refused> {
    let seen = |items: &[(&str, &str)]| {
        list(
            items
                .iter()
                .map(|(code, reason)| list([text(*code), text(*reason)])),
        )
    };
    let with = |name: &str, value: Value| with(birth, name, &[3], value);
    vec![
        with("acknowledgements out of order", seen(&[("b", "x"), ("a", "x")])),
        with("an acknowledgement twice", seen(&[("a", "x"), ("a", "y")])),
        with("an acknowledgement without a reason", seen(&[("a", "")])),
        with("an acknowledgement of nothing", seen(&[("", "x")])),
        with("an acknowledgement in capitals", seen(&[("A", "x")])),
        with(
            "an acknowledgement of 65 letters",
            seen(&[(&"a".repeat(65), "x")]),
        )
        .by_meaning(),
        with(
            "an acknowledgement of three items",
            list([list([text("a"), text("x"), int(0)])]),
        ),
        with("acknowledgements as null", Value::Null),
    ]
}
