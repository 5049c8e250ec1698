//! What a paper says, field by field (content version 2, RFC 0004).

use civil::act::BookReference;
use civil::cbor;
use civil::id::EntryId;
use civil::kind::Kind;
use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::{FieldId, Issue, NoPaper, PaperContent, derived, header_of, paper_of};
use civil::value::{Date, Text};
use serde_json::{Value as Json, json};

use crate::acts::{
    abroad, adoption, amendment, birth, changed, confirmation, death, foreign_dissolution, guardianship,
    guardianship_end, marriage, noted, papers_revoked, recognition, with, without,
};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World, act};

/// An issue in which a test changes what it is about.
struct Asked {
    paper: Paper,
    form: PaperForm,
    on: &'static str,
    title: &'static str,
    refers_to: Option<Text>,
    adoption: bool,
}

fn asked(paper: Paper) -> Asked {
    Asked {
        paper,
        form: PaperForm::Copy,
        on: "2026-11-22",
        title: "Chủ tịch",
        refers_to: None,
        adoption: false,
    }
}

impl Asked {
    fn original(self) -> Self {
        Self {
            form: PaperForm::Original,
            ..self
        }
    }

    fn of(&self, world: &World, entry: EntryId) -> Result<PaperContent, NoPaper> {
        let text = |text: &str| Text::parse(text).unwrap();
        let day = Date::parse(self.on).unwrap();
        let header = [text("ỦY BAN NHÂN DÂN"), text("PHƯỜNG AN HỘI")];
        let signer = act(Kind::Birth, &with(birth(), "/signer/title", json!(self.title)));
        let issue = Issue {
            paper: self.paper,
            form: self.form,
            issued_on: day,
            book: &BookReference::numbered(576, day.year()),
            header: &header,
            place: Some(&text("An Hội")),
            signer: signer.signer(),
            refers_to: self.refers_to.as_ref(),
            adoption_disclosed: self.adoption,
        };
        PaperContent::of(&world.entries[&entry], &world.directory, &issue)
    }

    fn of_act(&self, kind: Kind, act: &Json) -> Result<PaperContent, NoPaper> {
        let mut world = World::new();
        let entry = world.given(AN_NHON, kind, act);
        self.of(&world, entry)
    }
}

fn lines(content: &PaperContent) -> Vec<String> {
    let line = |field: &civil::paper::PaperField| {
        format!("{}: {}", field.id.label(content.paper).unwrap(), field.value)
    };
    content.fields.iter().map(line).collect()
}

#[test]
fn a_copy_of_a_birth_has_every_field_of_the_form_and_leaves_blank_what_is_missing() {
    let act = with(
        birth(),
        "/child/sex",
        json!({ "missing": "unreadable", "as_written": "N…" }),
    );
    let content = asked(Paper::Birth).of_act(Kind::Birth, &act).unwrap();
    assert_eq!(
        lines(&content),
        [
            "Con – Họ, chữ đệm, tên: H’ɃƠ̆N Ê̆BAN",
            "Con – Ngày, tháng, năm sinh: 14/05/2019",
            "Con – Giới tính: ",
            "Con – Dân tộc: Kinh",
            "Con – Quốc tịch: Việt Nam",
            "Con – Nơi sinh: Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng",
            "Con – Quê quán: ",
            "Con – Số định danh cá nhân: ",
            "Mẹ – Họ, chữ đệm, tên: H’HEN Ê̆BAN",
            "Mẹ – Ngày, tháng, năm sinh: 1990",
            "Mẹ – Dân tộc: Kinh",
            "Mẹ – Quốc tịch: Việt Nam",
            "Mẹ – Nơi cư trú: Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng",
            "Cha – Họ, chữ đệm, tên: ",
            "Cha – Ngày, tháng, năm sinh: ",
            "Cha – Dân tộc: ",
            "Cha – Quốc tịch: ",
            "Cha – Nơi cư trú: ",
            "Nơi đăng ký: UBND xã An Nhơn",
            "Số đăng ký: 1/2019",
            "Ngày đăng ký: 20/05/2019",
        ]
    );
    assert_eq!(content.title, ["GIẤY KHAI SINH", "(BẢN SAO)"]);
    assert_eq!(content.number, "576/2026/GKS-BS");
    assert_eq!(
        content.printed()[..6],
        [
            "ỦY BAN NHÂN DÂN",
            "PHƯỜNG AN HỘI",
            "576/2026/GKS-BS",
            "An Hội, ngày 22 tháng 11 năm 2026",
            "GIẤY KHAI SINH",
            "(BẢN SAO)"
        ]
    );
    let words = "Ngày mười bốn tháng năm năm hai nghìn không trăm mười chín".to_owned();
    assert!(content.printed().contains(&words));
    assert!(content.printed().iter().all(|text| !text.is_empty()));
}

#[test]
fn an_original_bears_the_number_of_its_registration_and_names_who_declared() {
    let declarant = json!({
        "name": "Y Ñuê", "identity_paper": { "kind": "can_cuoc", "number": "066075001234", "issued_by": "Bộ Công an", "issued_on": "2024-08-01" },
    });
    let act = with(birth(), "/declarant", declarant);
    let content = asked(Paper::Birth).original().of_act(Kind::Birth, &act).unwrap();
    assert_eq!(content.number, "1/2019");
    assert_eq!(content.title, ["GIẤY KHAI SINH"]);
    assert_eq!(content.signed.heading, "NGƯỜI KÝ GIẤY KHAI SINH");
    let all = lines(&content);
    assert!(all.contains(&"Người đi khai sinh: Y ÑUÊ".to_owned()), "{all:#?}");
    let paper =
        "Giấy tờ tùy thân người yêu cầu: Thẻ căn cước số 066075001234, Bộ Công an cấp ngày 01/08/2024";
    assert!(all.contains(&paper.to_owned()), "{all:#?}");
}

#[test]
fn a_copy_after_a_correction_shows_the_new_value_and_its_note() {
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &birth());
    let before = asked(Paper::Birth).of(&world, entry).unwrap();
    let change = amendment(
        entry,
        "birth",
        "/child/name",
        json!("H’Ƀơ̆n Ê̆ban"),
        json!("H’Ƀơ̆n Niê"),
    );
    let correction = world.given(AN_HOI, Kind::Correction, &change);
    let after = asked(Paper::Birth).of(&world, entry).unwrap();
    assert_eq!(after.fields[0].value, "H’ɃƠ̆N NIÊ");
    assert_eq!(after.notes.len(), 1);
    assert_ne!(after.hash(), before.hash());
    let asked = Asked {
        refers_to: Some(Text::parse("Giấy khai sinh số 1/2019 ngày 20/05/2019").unwrap()),
        ..asked(Paper::Correction).original()
    };
    let own = asked.of(&world, correction).unwrap();
    assert_eq!(own.number, "1/2026/TLCCHT");
    assert_eq!(own.title, ["TRÍCH LỤC", "CẢI CHÍNH HỘ TỊCH"]);
    let value = |key| own.value(FieldId::of_act(key));
    assert_eq!(
        value(derived::REFERS_TO),
        "Giấy khai sinh số 1/2019 ngày 20/05/2019"
    );
    assert!(value(derived::CHANGE).ends_with("từ “H’Ƀơ̆n Ê̆ban” thành “H’Ƀơ̆n Niê”"));
}

#[test]
fn the_cause_of_death_stands_on_the_original_alone() {
    let act = with(death(), "/cause", json!("Bệnh tim"));
    let tells = |content: PaperContent| lines(&content).iter().any(|line| line.contains("Bệnh tim"));
    assert!(tells(
        asked(Paper::Death).original().of_act(Kind::Death, &act).unwrap()
    ));
    assert!(!tells(asked(Paper::Death).of_act(Kind::Death, &act).unwrap()));
}

#[test]
fn a_death_is_proved_by_another_paper_from_the_first_of_march_2027() {
    for (on, form, title) in [
        ("2027-02-28", PaperForm::Original, "TRÍCH LỤC KHAI TỬ"),
        ("2027-03-01", PaperForm::Original, "GIẤY CHỨNG TỬ"),
        ("2027-03-01", PaperForm::Copy, "GIẤY CHỨNG TỬ (BẢN SAO)"),
    ] {
        let asked = Asked {
            on,
            form,
            ..asked(Paper::Death)
        };
        let content = asked.of_act(Kind::Death, &death()).unwrap();
        assert_eq!(content.title.join(" "), title);
        let words = "Ngày mười tháng hai năm hai nghìn không trăm hai mươi".to_owned();
        assert!(content.printed().contains(&words));
    }
}

/// It was called a divorce.
#[test]
fn what_was_done_abroad_is_called_by_its_name() {
    for (matter, title) in [
        ("divorce", "TRÍCH LỤC GHI CHÚ LY HÔN"),
        ("annulment", "TRÍCH LỤC GHI CHÚ HỦY VIỆC KẾT HÔN"),
    ] {
        let act = with(foreign_dissolution(json!(null)), "/matter", json!(matter));
        let content = asked(Paper::ForeignDissolution)
            .original()
            .of_act(Kind::ForeignDissolution, &act);
        assert_eq!(content.unwrap().title, [title]);
    }
}

#[test]
fn where_nobody_knows_the_form_of_a_day_it_is_the_last_one_known() {
    let on = |day: &str| form_in_force(Paper::Birth, PaperForm::Copy, Date::parse(day).unwrap());
    assert!(on("2015-12-31").is_none());
    assert_eq!(
        on("2018-01-01").map(|(form, known)| (form.title[0].as_str(), known)),
        Some(("TRÍCH LỤC KHAI SINH", true))
    );
    assert_eq!(on("2027-02-28").map(|(_, known)| known), Some(true));
    assert_eq!(
        on("2030-01-01").map(|(form, known)| (form.title[0].as_str(), known)),
        Some(("GIẤY KHAI SINH", false))
    );
}

#[test]
fn an_adoption_is_told_only_where_that_is_disclosed() {
    let mut world = World::new();
    let born = world.given(AN_NHON, Kind::Birth, &birth());
    let father = json!({ "name": "Trần Hậu", "standing": "adoptive" });
    let reached = json!([changed(born, "birth", "/father", json!(null), father)]);
    let adopted = world.given(DA_TEH, Kind::Adoption, &adoption(reached));
    assert_eq!(asked(Paper::Adoption).of(&world, adopted), Err(NoPaper::Sealed));
    let sealed = asked(Paper::Birth).of(&world, born).unwrap();
    assert!(sealed.notes.is_empty(), "{:?}", sealed.notes);
    let open = |paper| Asked {
        adoption: true,
        ..asked(paper)
    };
    assert_eq!(open(Paper::Birth).of(&world, born).unwrap().notes.len(), 1);
    let own = open(Paper::Adoption).of(&world, adopted).unwrap();
    assert!(
        lines(&own)
            .iter()
            .any(|line| line == "Cha nuôi – Họ, chữ đệm, tên: TRẦN HẬU")
    );
}

#[test]
fn a_computed_birth_year_is_explained_and_a_registration_that_fell_is_called_so_first() {
    let mother = json!({
        "name": "Lý Thị Sen", "age_as_written": 28, "born_on": { "value": "1990", "computed": true },
    });
    let mut world = World::new();
    let entry = world.given(AN_NHON, Kind::Birth, &with(birth(), "/mother", mother));
    let told = asked(Paper::Birth).of(&world, entry).unwrap().notes;
    assert_eq!(told, ["Năm sinh 1990 (mẹ) tính từ tuổi ghi trong Sổ: 28 tuổi."]);
    world.given_at(entry, DA_TEH, Kind::PapersRevoked, &papers_revoked(true));
    let told = asked(Paper::Birth).of(&world, entry).unwrap().notes;
    assert!(told[0].starts_with("Việc đăng ký này đã bị hủy"), "{told:?}");
    assert_eq!(told.len(), 3);
}

#[test]
fn a_birth_year_that_nobody_computed_is_computed_from_book_and_age_and_one_that_the_book_gives_is_not_explained()
 {
    let notes_and_year = |mother: Json| {
        let content = asked(Paper::Birth)
            .of_act(Kind::Birth, &with(birth(), "/mother", mother))
            .unwrap();
        let year = content.fields[9].value.clone();
        (content.notes, year)
    };
    let (notes, year) = notes_and_year(json!({ "name": "Lý Thị Sen", "age_as_written": 28 }));
    assert_eq!(year, "1991");
    assert_eq!(notes, ["Năm sinh 1991 (mẹ) tính từ tuổi ghi trong Sổ: 28 tuổi."]);
    let stated = json!({ "name": "Lý Thị Sen", "age_as_written": 28, "born_on": "1990-02-03" });
    assert_eq!(notes_and_year(stated), (vec![], "1990".to_owned()));
}

#[test]
fn a_child_without_known_parents_is_called_so_in_the_words_of_the_decree() {
    let notes = |entry: &str| {
        let act = with(without(birth(), "/mother"), "/entry", json!(entry));
        asked(Paper::Birth).of_act(Kind::Birth, &act).unwrap().notes
    };
    assert_eq!(notes("foundling"), ["Trẻ bị bỏ rơi"]);
    assert_eq!(notes("parents_unknown"), ["Trẻ chưa xác định được cha, mẹ"]);
    assert!(notes("on_time").is_empty());
}

#[test]
fn a_note_of_whatever_day_says_on_a_paper_that_the_cause_of_death_changed_and_not_how() {
    for today in [(2026, 11, 21), (2026, 11, 22)] {
        let mut world = World::new();
        world.today = Date::new(today.0, today.1, today.2).unwrap();
        let entry = world.given(AN_NHON, Kind::Death, &with(death(), "/cause", json!("Tuổi già")));
        let act = amendment(entry, "death", "/cause", json!("Tuổi già"), json!("Bệnh tim"));
        let own = world.given(AN_NHON, Kind::Correction, &act);
        let notes = asked(Paper::Death).of(&world, entry).unwrap().notes;
        assert!(
            notes[0].starts_with("Cải chính hộ tịch: Nguyên nhân chết; theo"),
            "{notes:?}"
        );
        let own = lines(&asked(Paper::Correction).of(&world, own).unwrap());
        assert!(!own.iter().any(|line| line.contains("Bệnh tim")), "{own:#?}");
    }
}

#[test]
fn a_recognition_is_called_by_what_was_recognised() {
    let content =
        asked(Paper::ParentChildRecognition).of_act(Kind::ParentChildRecognition, &recognition(json!([])));
    assert_eq!(
        content.unwrap().title,
        ["TRÍCH LỤC ĐĂNG KÝ NHẬN CHA, CON", "(BẢN SAO)"]
    );
}

#[test]
fn a_deputy_signs_for_the_chairman() {
    let signed = |title| {
        let asked = Asked {
            title,
            ..asked(Paper::Birth)
        };
        asked.of_act(Kind::Birth, &birth()).unwrap().signed
    };
    assert_eq!(
        (
            signed("Chủ tịch").on_behalf.as_str(),
            signed("Chủ tịch").title.as_str()
        ),
        ("", "CHỦ TỊCH")
    );
    assert_eq!(signed("Phó Chủ tịch").on_behalf, "KT. CHỦ TỊCH");
    assert_eq!(signed("Phó Chủ tịch").title, "PHÓ CHỦ TỊCH");
}

#[test]
fn several_guardians_and_wards_keep_their_places() {
    let content = asked(Paper::Guardianship)
        .of_act(Kind::Guardianship, &guardianship())
        .unwrap();
    let names: Vec<_> = content
        .fields
        .iter()
        .filter(|field| field.id.name(content.paper) == Some("name"))
        .collect();
    let seen: Vec<_> = names
        .iter()
        .map(|field| (field.id.index(), field.value.as_str()))
        .collect();
    assert_eq!(
        seen,
        [(0, "CIL KA THUYÊN"), (1, "RƠ ÔNG HA KRÊNG"), (0, "CIL HA WÊL")]
    );
    let mut world = World::new();
    let of = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    let ended = world.given(
        DA_TEH,
        Kind::GuardianshipEnd,
        &guardianship_end(noted(of, "guardianship")),
    );
    let content = asked(Paper::GuardianshipEnd).of(&world, ended).unwrap();
    let lines = lines(&content);
    assert!(lines.contains(&"Lý do chấm dứt việc giám hộ: Cha mẹ đã trở về".to_owned()));
    assert!(
        !lines.iter().any(|line| line.contains("Nơi cư trú")),
        "the form of an end does not ask where people live: {lines:#?}"
    );
}

#[test]
fn a_marriage_says_from_when_it_holds_where_that_is_another_day() {
    let says = |act: &Json| lines(&asked(Paper::Marriage).of_act(Kind::Marriage, act).unwrap());
    let holds = |lines: &[String]| {
        lines
            .iter()
            .any(|line| line == "Ngày xác lập quan hệ hôn nhân: 30/04/2001")
    };
    assert!(!says(&marriage()).iter().any(|line| line.contains("xác lập")));
    assert!(holds(&says(&with(
        marriage(),
        "/established_on",
        json!("2001-04-30")
    ))));
}

#[test]
fn a_day_of_which_the_year_alone_is_known_is_called_a_year() {
    let paper = json!({ "kind": "cmnd", "number": "250123456", "issued_by": "Công an tỉnh Lâm Đồng", "issued_on": "2009" });
    let act = with(marriage(), "/husband/identity_paper", paper);
    let lines = lines(&asked(Paper::Marriage).of_act(Kind::Marriage, &act).unwrap());
    let line =
        "Chồng – Giấy tờ tùy thân: Chứng minh nhân dân số 250123456, Công an tỉnh Lâm Đồng cấp năm 2009";
    assert!(lines.contains(&line.to_owned()), "{lines:#?}");
}

#[test]
fn what_was_registered_abroad_has_a_paper_of_its_own() {
    let act = abroad(marriage());
    assert_eq!(
        asked(Paper::Marriage).of_act(Kind::Marriage, &act),
        Err(NoPaper::DoesNotFit)
    );
    let content = asked(Paper::MarriageNoted).of_act(Kind::Marriage, &act).unwrap();
    assert_eq!(content.number, "576/2026/TLGCKH-BS");
    let all = lines(&content);
    assert!(
        all.contains(
            &"Đăng ký tại nước ngoài: Tòa thị chính Lyon, Cộng hòa Pháp, số 88/2018, ngày 01/10/2018"
                .to_owned()
        ),
        "{all:#?}"
    );
}

#[test]
fn every_entry_has_a_paper_and_no_other_fits_it() {
    let mut world = World::new();
    let of = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    let entries = [
        (world.given(AN_NHON, Kind::Birth, &birth()), Paper::Birth),
        (
            world.given(AN_NHON, Kind::Birth, &abroad(birth())),
            Paper::BirthNoted,
        ),
        (world.given(AN_NHON, Kind::Marriage, &marriage()), Paper::Marriage),
        (world.given(AN_NHON, Kind::Death, &death()), Paper::Death),
        (
            world.given(DA_TEH, Kind::MaritalStatusConfirmation, &confirmation()),
            Paper::MaritalStatusConfirmation,
        ),
        (
            world.given(
                DA_TEH,
                Kind::ForeignDissolution,
                &without(foreign_dissolution(json!(null)), "/marriage"),
            ),
            Paper::ForeignDissolution,
        ),
        (of, Paper::Guardianship),
    ];
    for (entry, paper) in entries {
        assert_eq!(paper_of(&world.entries[&entry]), Some(paper));
        for other in Paper::ALL {
            let content = asked(*other).original().of(&world, entry);
            assert_eq!(
                content.is_ok(),
                *other == paper,
                "{paper:?} as {other:?}: {content:?}"
            );
        }
    }
}

#[test]
fn the_bytes_of_a_content_read_back_and_every_change_is_another_hash_or_none() {
    let content = asked(Paper::Birth).of_act(Kind::Birth, &birth()).unwrap();
    let bytes = content.encode();
    assert_eq!(PaperContent::decode(&bytes), Ok(content.clone()));
    for place in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[place] ^= 1;
        if let Ok(read) = PaperContent::decode(&damaged) {
            assert_ne!(read.hash(), content.hash(), "byte {place}");
            assert_eq!(read.encode(), damaged, "byte {place}");
        }
    }
    let twice = cbor::decode(&bytes).unwrap();
    let mut items = twice.into_array().unwrap();
    let fields = items[8].as_array_mut().unwrap();
    fields.push(fields[0].clone());
    assert!(PaperContent::decode(&cbor::encode(&ciborium::Value::Array(items))).is_err());
}

#[test]
fn a_commune_writes_its_district_until_the_districts_ended() {
    let opened = |unit: &str| {
        let mut world = World::new();
        let office = json!({ "office": 900, "name": "UBND xã", "level": "commune", "unit": unit, "opened_on": "2016-01-01" });
        world.administer(Kind::OfficeOpened, &office);
        world.directory.office(civil::id::OfficeId(900)).unwrap().clone()
    };
    let day = |day: &str| Date::parse(day).unwrap();
    let unit = civil::unit::catalogue()
        .on("25129", day("2024-01-01"))
        .unwrap()
        .id
        .to_string();
    let (lines, place) = header_of(&opened(&unit), day("2024-01-01"));
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert_eq!(lines[0], "ỦY BAN NHÂN DÂN");
    assert_eq!(lines[3], "TỈNH LÂM ĐỒNG");
    assert!(place.is_some());
    let unit = civil::unit::catalogue()
        .search("Cam Ly - Đà Lạt", Some(day("2026-01-01")))
        .first()
        .unwrap()
        .id
        .to_string();
    let (lines, place) = header_of(&opened(&unit), day("2026-01-01"));
    assert_eq!(
        lines,
        ["ỦY BAN NHÂN DÂN", "PHƯỜNG CAM LY - ĐÀ LẠT", "TỈNH LÂM ĐỒNG"]
    );
    assert_eq!(place.as_deref(), Some("Cam Ly - Đà Lạt"));
}
