//! Acts as an officer would fill them in, with names that are hard to search for.

use civil::act::{
    Act, Amended, Amendment, Birth, BirthEntry, BookReference, Death, DeathEntry, DivorceNoted, FieldChange,
    Guardianship, Judgment, MaritalStatusConfirmation, Marriage, MarriageEntry, ParentChildRecognition,
    Person, Place, RecognitionDirection, Signer,
};
use civil::entry::{RegisterEntry, field_value};
use civil::kind::Kind;
use civil::stated::{Missing, Stated};
use civil::value::{Date, Ethnicity, Nationality, PartialDate, PersonName, PersonalNumber, Sex, Text};
use civil::wire::Wire;

use super::Chance;

const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Hoàng", "H’", "Y"];
const MIDDLE: [&str; 6] = ["Thị", "Văn", "Hữu", "Thuỳ", "Ngọc", "Minh"];
const GIVEN: [&str; 10] = [
    "Hoà", "Hòa", "Dũng", "Đạt", "Mrang", "Ơ̆n", "Lan", "Tuấn", "Quý", "Ánh",
];

/// A text.
pub fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

/// A name out of a few, some of them hard to search for.
pub fn name(chance: &mut Chance) -> PersonName {
    let full = format!(
        "{} {} {}",
        chance.of(&FAMILY),
        chance.of(&MIDDLE),
        chance.of(&GIVEN)
    );
    PersonName::parse(&Text::normalise(&full)).unwrap()
}

/// Who signs for every office.
pub fn signer() -> Stated<Signer> {
    Stated::plain(Signer {
        name: PersonName::parse("Vũ Thị Ký").unwrap(),
        title: text("Chủ tịch"),
    })
}

fn place(chance: &mut Chance) -> Stated<Place> {
    const PLACES: [&str; 3] = [
        "xã Ea Kly, huyện Krông Pắc, tỉnh Đắk Lắk",
        "phường Phúc Xá",
        "Bệnh viện tỉnh",
    ];
    Stated::plain(Place {
        text: text(chance.of::<&str>(&PLACES)),
        unit: None,
        facility: None,
    })
}

/// Somebody born about that year; what old books leave out is sometimes left out.
pub fn person(chance: &mut Chance, year: u16) -> Person {
    let mut person = Person::named(name(chance));
    person.sex = Some(Stated::plain(*chance.of(&[Sex::Female, Sex::Male])));
    let month = u8::try_from(1 + chance.below(12)).unwrap();
    let born = match chance.below(6) {
        0 => PartialDate::from_year(year),
        1 => PartialDate::new(Some(year), Some(month), None),
        _ => PartialDate::new(Some(year), Some(month), Some(15)),
    };
    person.born_on = Some(Stated::plain(born.unwrap()));
    person.ethnicity = Some(Stated::plain(Ethnicity::parse("01").unwrap()));
    person.nationality = Some(Stated::plain(Nationality::parse("VN").unwrap()));
    person.residence = Some(place(chance));
    if chance.below(3) == 0 {
        let number = format!("0{:011}", chance.below(100_000_000_000));
        person.personal_number = PersonalNumber::parse(&number).ok().map(Stated::plain);
    }
    if chance.below(20) == 0 {
        person.name = Stated::missing(Missing::Unreadable);
        person.name.as_written = Some(text("Ng… Thị H…"));
    }
    person
}

/// A birth.
pub fn birth(chance: &mut Chance, book: BookReference, day: Date) -> Act {
    let mut child = person(chance, day.year());
    child.name = Stated::plain(name(chance));
    child.birth_place = Some(place(chance));
    let father = (chance.below(5) > 0).then(|| person(chance, 1988));
    let mother = person(chance, 1990);
    birth_of(child, Some(mother), father, book, day)
}

/// The birth of that child.
pub fn birth_of(
    child: Person,
    mother: Option<Person>,
    father: Option<Person>,
    book: BookReference,
    day: Date,
) -> Act {
    Act::Birth(Box::new(Birth {
        registered_on: Some(day),
        received_on: Some(day),
        mother,
        father,
        ..Birth::least(book, BirthEntry::OnTime, child, signer())
    }))
}

/// A marriage.
pub fn marriage(chance: &mut Chance, book: BookReference, day: Date) -> Act {
    Act::Marriage(Box::new(Marriage {
        registered_on: Some(day),
        received_on: Some(day),
        ..Marriage::least(
            book,
            MarriageEntry::New,
            person(chance, 1995),
            person(chance, 1993),
            Stated::plain(day.into()),
            true,
            signer(),
        )
    }))
}

/// A death.
pub fn death(chance: &mut Chance, book: BookReference, day: Date) -> Act {
    Act::Death(Box::new(Death {
        registered_on: Some(day),
        received_on: Some(day),
        ..Death::least(
            book,
            DeathEntry::OnTime,
            person(chance, 1944),
            Stated::plain(day.into()),
            place(chance),
            signer(),
        )
    }))
}

/// A confirmation of marital status.
pub fn confirmation(chance: &mut Chance, book: BookReference, day: Date) -> Act {
    Act::MaritalStatusConfirmation(Box::new(MaritalStatusConfirmation {
        registered_on: Some(day),
        received_on: Some(day),
        status: Some(text("Chưa đăng ký kết hôn với ai")),
        purpose: Some(text("Để kết hôn")),
        ..MaritalStatusConfirmation::least(book, person(chance, 1999), signer())
    }))
}

/// A recognition of a child.
pub fn recognition(chance: &mut Chance, book: BookReference, day: Date) -> Act {
    Act::ParentChildRecognition(Box::new(ParentChildRecognition {
        registered_on: Some(day),
        received_on: Some(day),
        ..ParentChildRecognition::least(
            book,
            RecognitionDirection::FatherRecognisesChild,
            person(chance, 1985),
            person(chance, 2015),
            signer(),
        )
    }))
}

/// A guardianship of two for one.
pub fn guardianship(chance: &mut Chance, book: BookReference, day: Date) -> Act {
    Act::Guardianship(Box::new(Guardianship {
        registered_on: Some(day),
        received_on: Some(day),
        guardians: vec![person(chance, 1970), person(chance, 1972)],
        wards: vec![person(chance, 2012)],
        reason: Some(text("Cha mẹ đã mất")),
        ..Guardianship::least(book, signer())
    }))
}

/// An amendment of that kind, of those entries.
pub fn amendment(kind: Kind, book: BookReference, day: Date, amended: Vec<Amended>) -> Act {
    let amendment = Box::new(Amendment {
        registered_on: Some(day),
        received_on: Some(day),
        amended,
        reason: Some(text("Theo yêu cầu")),
        ..Amendment::least(book, signer())
    });
    match kind {
        Kind::Change => Act::Change(amendment),
        Kind::Correction => Act::Correction(amendment),
        Kind::Supplement => Act::Supplement(amendment),
        _ => Act::EthnicityRedetermination(amendment),
    }
}

/// One field of an entry, from what stands there to something else.
pub fn amended(entry: &RegisterEntry, field: &str, to: Option<impl Wire>) -> Amended {
    Amended {
        entry: entry.id,
        kind: entry.kind,
        changes: vec![FieldChange {
            field: field.to_owned(),
            from: field_value(&entry.current, field),
            to: to.map(|to| to.to_cbor()),
        }],
    }
}

/// A divorce noted at a marriage.
pub fn divorce(day: Date) -> Act {
    Act::DivorceNoted(Box::new(DivorceNoted::least(
        day,
        Judgment {
            number: Some(text("12/2025/HNGĐ-ST")),
            date: Some(day.add_days(-30).unwrap()),
            ..Judgment::least(text("Tòa án nhân dân khu vực 1"))
        },
        signer(),
    )))
}
