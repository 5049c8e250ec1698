//! What keeps a sheet from being handed out, and what is shown before it is (RFC 0004).

use civil::act::{Act, ExtractIssued};
use civil::id::{EntryId, EventId};
use civil::kind::Kind;
use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::{Issue, PaperContent, paper_of};
use civil::value::Date;
use serde_json::{Value as Json, json};

use crate::acts::{
    adoption, amendment, birth, confirmation, death, guardianship, guardianship_end, judgment, marriage,
    noted, papers_revoked, with, without,
};
use crate::verdict::{Verdict, refusals};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World, act};

/// A desk anywhere, and that of the office that keeps the books of An Nhơn.
const DESK: &str = "303/desk";
const KEEPER: &str = "102/desk";

/// A sheet of that paper in the form that holds on the day.
pub fn sheet(paper: Paper, form: PaperForm, day: &str) -> Json {
    let day = Date::parse(day).unwrap();
    let template = form_in_force(paper, form, day).map(|(title, _)| title.template.as_str());
    json!({
        "paper": paper.name(), "form": form.name(), "template": template.unwrap_or("birth-2016"), "template_hash": "11".repeat(32),
        "code": "7K2MD0Q9XHVV3TA1ZC4E", "header": ["ỦY BAN NHÂN DÂN", "PHƯỜNG AN HỘI"], "place": "An Hội",
    })
}

/// A copy of an entry for the person themselves; its hash is put in when it is filed.
fn copy(world: &World, entry: EntryId) -> Json {
    let paper = paper_of(&world.entries[&entry]).unwrap();
    json!({
        "book": { "number": 1, "year": 2026 },
        "issued_on": "2026-11-22",
        "received_on": "2026-11-22",
        "standing": "person",
        "content_hash": "00".repeat(32),
        "signer": { "name": "Y Blô Niê", "title": "Chủ tịch" },
        "paper": sheet(paper, PaperForm::Copy, "2026-11-22"),
        "entitlement": { "ground": "themselves" },
    })
}

/// The original of an entry.
fn original(world: &World, entry: EntryId) -> Json {
    let paper = paper_of(&world.entries[&entry]).unwrap();
    let act = with(copy(world, entry), "/book", json!({}));
    with(act, "/paper", sheet(paper, PaperForm::Original, "2026-11-22"))
}

/// The same with the hash of what it says, where it says anything.
fn hashed(world: &World, entry: EntryId, json: Json) -> Json {
    let Act::ExtractIssued(issued) = act(Kind::ExtractIssued, &json) else {
        panic!()
    };
    let issued: &ExtractIssued = &issued;
    let issue = Issue::by(issued).unwrap();
    match PaperContent::of(&world.entries[&entry], &world.directory, &issue) {
        Ok(content) => with(json, "/content_hash", json!(hex::encode(content.hash()))),
        Err(_) => json,
    }
}

fn filed(world: &World, entry: EntryId, desk: &str, act: Json) -> Verdict {
    let act = hashed(world, entry, act);
    world.file_at(entry, desk, Kind::ExtractIssued, &act)
}

fn given(world: &mut World, entry: EntryId, desk: &str, act: Json) -> EventId {
    let act = hashed(world, entry, act);
    world.given_at(entry, desk, Kind::ExtractIssued, &act)
}

fn a_birth(world: &mut World) -> EntryId {
    world.given(AN_NHON, Kind::Birth, &birth())
}

/// What is asked of a copy of a birth.
fn of_birth(world: &mut World, change: impl FnOnce(Json) -> Json) -> Verdict {
    let entry = a_birth(world);
    let act = change(copy(world, entry));
    filed(world, entry, DESK, act)
}

/// What is asked of the original of a birth, by that desk.
fn of_original(world: &mut World, desk: &str, change: impl FnOnce(Json) -> Json) -> Verdict {
    let entry = a_birth(world);
    let act = change(original(world, entry));
    filed(world, entry, desk, act)
}

/// A paper of an entry is revoked.
fn revoking(world: &World, entry: EntryId, paper: EventId) -> Verdict {
    let named = json!([{ "title": "Giấy khai sinh", "event": paper.to_string() }]);
    let act = with(papers_revoked(false), "/papers", named);
    world.file_at(entry, DA_TEH, Kind::PapersRevoked, &act)
}

/// A confirmation is revoked that is this office's, or is not.
fn unconfirming(world: &mut World, its: bool) -> Verdict {
    world.open = Some(its);
    let of_papers = papers_revoked(false);
    let act = json!({
        "revoked_on": "2026-11-20", "confirmation": EventId::at(1, [9; 10]).to_string(),
        "decision": of_papers["decision"], "ground": "false_data", "signer": of_papers["signer"],
    });
    world.file(AN_HOI, Kind::ConfirmationRevoked, &act)
}

/// A birth with the note of an adoption, and the adoption.
fn adopted(world: &mut World) -> (EntryId, EntryId) {
    let entry = a_birth(world);
    let adoption = world.given(DA_TEH, Kind::Adoption, &adoption(json!([noted(entry, "birth")])));
    (entry, adoption)
}

/// The same copy with what it tells, and for whom.
fn disclosing(act: Json, ground: &str) -> Json {
    let act = with(act, "/entitlement/ground", json!(ground));
    let act = match ground {
        "themselves" => act,
        "authority" => with(
            with(act, "/standing", json!("authority")),
            "/reason",
            json!("Công văn số 88/CV-TA"),
        ),
        _ => with(act, "/standing", json!("representative")),
    };
    with(
        act,
        "/disclosure",
        json!({ "matters": ["adoption"], "basis": "Luật Nuôi con nuôi, Điều 11" }),
    )
}

fn representative(act: Json, ground: &str) -> Json {
    let act = with(act, "/standing", json!("representative"));
    with(act, "/entitlement/ground", json!(ground))
}

/// A confirmation of information with its sheet.
fn confirmed(world: &World, sheet: Json) -> Verdict {
    let act = json!({
        "book": { "number": 1, "year": 2026 }, "registered_on": "2026-11-22", "received_on": "2026-11-22",
        "requester": { "name": "H’Hen Ê̆ban" }, "standing": "person", "about": { "name": "H’Hen Ê̆ban" },
        "asked": "Có đăng ký kết hôn không", "confirmed": "Không có", "signer": { "name": "Y Blô Niê", "title": "Chủ tịch" },
        "paper": sheet,
    });
    world.file(AN_HOI, Kind::InformationConfirmation, &act)
}

refusals! {
    a_birth_has_no_paper_of_a_marriage: PaperDoesNotFit at "/paper/paper" {
        |world| of_birth(world, |act| with(act, "/paper", sheet(Paper::Marriage, PaperForm::Copy, "2026-11-22")))
    } beside {
        |world| of_birth(world, |act| act)
    }
    nobody_gets_a_copy_of_a_confirmation_of_marital_status: PaperDoesNotFit at "/paper/form" {
        |world| {
            let entry = world.given(DA_TEH, Kind::MaritalStatusConfirmation, &confirmation());
            let act = copy(world, entry);
            filed(world, entry, DESK, act)
        }
    } beside {
        |world| {
            let entry = world.given(DA_TEH, Kind::MaritalStatusConfirmation, &confirmation());
            let act = original(world, entry);
            filed(world, entry, KEEPER, act)
        }
    }
    a_confirmation_of_information_is_no_other_paper: PaperDoesNotFit at "/paper/paper" {
        |world| confirmed(world, sheet(Paper::Birth, PaperForm::Original, "2026-11-22"))
    } beside {
        |world| confirmed(world, sheet(Paper::InformationConfirmation, PaperForm::Original, "2026-11-22"))
    }
    the_template_is_that_of_the_paper_and_the_day: TemplateNotInForce at "/paper/template" {
        |world| of_birth(world, |act| with(act, "/paper/template", json!("death-2016")))
    } beside {
        |world| of_birth(world, |act| act)
    }
    a_sheet_says_who_issues_it: HeaderMissing at "/paper/header" {
        |world| of_birth(world, |act| without(act, "/paper/header"))
    } beside {
        |world| of_birth(world, |act| act)
    }
    a_sheet_says_what_follows_from_the_entry: ContentDiffers at "/content_hash" {
        |world| {
            let entry = a_birth(world);
            let before = hashed(world, entry, copy(world, entry));
            let act = amendment(entry, "birth", "/child/sex", json!("female"), json!("male"));
            world.given(AN_HOI, Kind::Correction, &act);
            world.file_at(entry, DESK, Kind::ExtractIssued, &before)
        }
    } beside {
        |world| of_birth(world, |act| act)
    }
    what_is_printed_around_the_entry_is_signed_too: ContentDiffers at "/content_hash" {
        |world| {
            let entry = a_birth(world);
            let act = hashed(world, entry, copy(world, entry));
            let elsewhere = with(act, "/paper/header", json!(["ỦY BAN NHÂN DÂN", "XÃ KHÁC"]));
            world.file_at(entry, DESK, Kind::ExtractIssued, &elsewhere)
        }
    } beside {
        |world| of_birth(world, |act| act)
    }
    nothing_is_issued_of_an_entry_that_lost_something: ContentErased at "" {
        |world| {
            let entry = a_birth(world);
            let act = copy(world, entry);
            world.entries.get_mut(&entry).unwrap().lost.push(civil::id::EventId::at(1, [1; 10]));
            filed(world, entry, DESK, act)
        }
    } beside {
        |world| {
            let entry = a_birth(world);
            let act = copy(world, entry);
            filed(world, entry, DESK, act)
        }
    }
    whoever_revokes_a_paper_names_one_that_was_issued_of_that_entry: PaperNotIssued at "/papers/0/event" {
        |world| {
            let (entry, other) = (a_birth(world), a_birth(world));
            let act = copy(world, other);
            let paper = given(world, other, DESK, act);
            revoking(world, entry, paper)
        }
    } beside {
        |world| {
            let entry = a_birth(world);
            let act = copy(world, entry);
            let paper = given(world, entry, DESK, act);
            revoking(world, entry, paper)
        }
    }
    whoever_revokes_a_paper_does_not_name_an_event_that_issued_none: PaperNotIssued at "/papers/0/event" {
        |world| {
            let (entry, other) = (a_birth(world), a_birth(world));
            let registered = world.entries[&other].opened_by;
            revoking(world, entry, registered)
        }
    } beside {
        // The original of before was handed out with the registration.
        |world| {
            let entry = a_birth(world);
            let registered = world.entries[&entry].opened_by;
            revoking(world, entry, registered)
        }
    }
    a_confirmation_is_revoked_by_the_office_that_gave_it: PaperNotIssued at "/confirmation" {
        |world| unconfirming(world, false)
    } beside {
        |world| unconfirming(world, true)
    }
    there_is_one_original: OriginalIssued at "/paper/form" {
        |world| {
            let entry = a_birth(world);
            given(world, entry, KEEPER, original(world, entry));
            let again = original(world, entry);
            filed(world, entry, KEEPER, again)
        }
    } beside {
        |world| {
            let entry = a_birth(world);
            given(world, entry, KEEPER, original(world, entry));
            let copied = copy(world, entry);
            filed(world, entry, KEEPER, copied)
        }
    }
    the_original_of_an_old_book_was_handed_out: OriginalIssued at "/paper/form" {
        |world| {
            let old = with(birth(), "/source", json!({ "system": "book", "no_image": "Chưa chụp" }));
            let entry = world.given("102/digitised", Kind::Birth, &old);
            let act = original(world, entry);
            filed(world, entry, KEEPER, act)
        }
    } beside {
        |world| of_original(world, KEEPER, |act| act)
    }
    the_original_comes_from_the_office_that_has_the_book: OriginalElsewhere at "" {
        |world| of_original(world, DESK, |act| act)
    } beside {
        |world| of_original(world, KEEPER, |act| act)
    }
    an_original_takes_no_number_among_the_copies: OriginalNumbered at "/book" {
        |world| of_original(world, KEEPER, |act| with(act, "/book", json!({ "number": 1, "year": 2026 })))
    } beside {
        |world| of_original(world, KEEPER, |act| act)
    }
    a_paper_says_by_what_right: EntitlementMissing at "/entitlement" {
        |world| of_birth(world, |act| without(act, "/entitlement"))
    } beside {
        |world| of_birth(world, |act| act)
    }
    a_parent_does_not_ask_as_the_person: EntitlementDoesNotFit at "/entitlement/ground" {
        |world| of_birth(world, |act| with(act, "/entitlement/ground", json!("parent")))
    } beside {
        |world| of_birth(world, |act| representative(act, "parent"))
    }
    an_authority_does_not_ask_as_a_parent: EntitlementDoesNotFit at "/entitlement/ground" {
        |world| of_birth(world, |act| {
            let act = with(act, "/standing", json!("authority"));
            with(with(act, "/reason", json!("Công văn số 88/CV-TA")), "/entitlement/ground", json!("parent"))
        })
    } beside {
        |world| of_birth(world, |act| {
            let act = with(act, "/standing", json!("authority"));
            with(with(act, "/reason", json!("Công văn số 88/CV-TA")), "/entitlement/ground", json!("authority"))
        })
    }
    they_ask_for_somebody_of_the_entry: NoSuchPerson at "/entitlement/whose" {
        |world| {
            let entry = a_birth(world);
            let whose = json!({ "entry": entry.to_string(), "role": "wife" });
            let act = with(copy(world, entry), "/entitlement/whose", whose);
            filed(world, entry, DESK, act)
        }
    } beside {
        |world| {
            let entry = a_birth(world);
            let whose = json!({ "entry": entry.to_string(), "role": "mother" });
            let act = with(copy(world, entry), "/entitlement/whose", whose);
            filed(world, entry, DESK, act)
        }
    }
    an_authority_that_gets_a_sheet_gives_its_reason: ReasonMissing at "/reason" {
        |world| of_birth(world, |act| {
            with(with(act, "/standing", json!("authority")), "/entitlement/ground", json!("authority"))
        })
    } beside {
        |world| of_birth(world, |act| act)
    }
    the_paper_of_an_adoption_says_why_it_may: ContentIsSealed at "/disclosure" {
        |world| {
            let (_, adoption) = adopted(world);
            let act = copy(world, adoption);
            filed(world, adoption, DESK, act)
        }
    } beside {
        |world| {
            let (_, adoption) = adopted(world);
            let act = disclosing(copy(world, adoption), "parent");
            filed(world, adoption, DESK, act)
        }
    }
    an_adoption_is_not_told_to_whoever_is_authorised: ContentIsSealed at "/disclosure" {
        |world| {
            let (entry, _) = adopted(world);
            let act = disclosing(copy(world, entry), "authorised");
            filed(world, entry, DESK, act)
        }
    } beside {
        |world| {
            let (entry, _) = adopted(world);
            let act = disclosing(copy(world, entry), "authority");
            filed(world, entry, DESK, act)
        }
    }
    a_copy_of_the_first_release_hides_nothing_and_is_not_made_of_an_adopted_child: ContentIsSealed at "" {
        |world| {
            let (entry, _) = adopted(world);
            let hash = civil::content::Content::of(&world.entries[&entry], &world.directory).hash();
            world.file_at(entry, DESK, Kind::ExtractIssued, &crate::acts::copy(hash))
        }
    } beside {
        |world| {
            let (entry, _) = adopted(world);
            let act = copy(world, entry);
            filed(world, entry, DESK, act)
        }
    }
}

pub mod warned {
    use super::*;
    use crate::verdict::warnings;

    /// A copy of an entry, of which something is asked.
    fn asked(world: &mut World, kind: Kind, json: &Json, change: impl FnOnce(Json) -> Json) -> Verdict {
        let entry = world.given(DA_TEH, kind, json);
        let act = change(copy(world, entry));
        filed(world, entry, DESK, act)
    }

    /// For a child of that entry who was born on a day, by father or mother.
    fn for_the_child(world: &mut World, born_on: &str) -> Verdict {
        let entry = world.given(
            AN_NHON,
            Kind::Birth,
            &with(birth(), "/child/born_on", json!(born_on)),
        );
        let act = representative(copy(world, entry), "parent");
        let act = with(
            act,
            "/entitlement/whose",
            json!({ "entry": entry.to_string(), "role": "child" }),
        );
        filed(world, entry, DESK, act)
    }

    /// A copy of a guardianship's end that names, or does not name, what ended.
    fn of_an_end(world: &mut World, change: impl FnOnce(Json) -> Json) -> Verdict {
        let entry = world.given(DA_TEH, Kind::Guardianship, &guardianship());
        let end = world.given(
            DA_TEH,
            Kind::GuardianshipEnd,
            &guardianship_end(noted(entry, "guardianship")),
        );
        let act = change(copy(world, end));
        filed(world, end, DESK, act)
    }

    /// A copy of a paper that is issued on a day of the next law.
    fn in_2027(world: &mut World, kind: Kind, json: &Json) -> Verdict {
        let entry = world.given(DA_TEH, kind, json);
        world.today = Date::parse("2027-03-02").unwrap();
        let paper = paper_of(&world.entries[&entry]).unwrap();
        let act = with(copy(world, entry), "/issued_on", json!("2027-03-02"));
        let act = with(
            with(act, "/received_on", json!("2027-03-02")),
            "/book/year",
            json!(2027),
        );
        let act = with(act, "/paper", sheet(paper, PaperForm::Copy, "2027-03-02"));
        filed(world, entry, DESK, act)
    }

    warnings! {
        the_last_known_form_is_used_where_nobody_knows_that_of_the_day: PaperFormNotKnown at "/paper/form" {
            |world| in_2027(world, Kind::Marriage, &marriage())
        } beside {
            |world| in_2027(world, Kind::Death, &death())
        }
        the_paper_of_an_end_names_what_ended: ReferenceMissing at "/paper/refers_to" {
            |world| of_an_end(world, |act| act)
        } beside {
            |world| of_an_end(world, |act| {
                with(act, "/paper/refers_to", json!("Đăng ký giám hộ số 3/2024, ngày 06/05/2024 của UBND xã An Nhơn"))
            })
        }
        whoever_is_authorised_shows_it: EntitlementNotShown at "/entitlement/evidence" {
            |world| asked(world, Kind::Marriage, &marriage(), |act| representative(act, "authorised"))
        } beside {
            |world| asked(world, Kind::Marriage, &marriage(), |act| {
                with(representative(act, "authorised"), "/entitlement/evidence", json!("Văn bản ủy quyền ngày 20/11/2026"))
            })
        }
        a_guardian_shows_the_guardianship_where_the_entry_does_not: EntitlementNotShown at "/entitlement/evidence" {
            |world| asked(world, Kind::Birth, &birth(), |act| representative(act, "guardian"))
        } beside {
            |world| asked(world, Kind::Guardianship, &guardianship(), |act| representative(act, "guardian"))
        }
        kin_of_the_dead_show_what_they_are: EntitlementNotShown at "/entitlement/evidence" {
            |world| asked(world, Kind::Death, &death(), |act| representative(act, "kin"))
        } beside {
            |world| asked(world, Kind::Death, &death(), |act| {
                with(representative(act, "kin"), "/entitlement/evidence", json!("Giấy khai sinh của con"))
            })
        }
        a_child_of_full_age_is_not_represented_by_a_parent: EntitlementNotShown at "/entitlement/evidence" {
            |world| for_the_child(world, "2008-11-22")
        } beside {
            |world| for_the_child(world, "2008-11-23")
        }
    }
}

#[test]
fn an_original_that_was_revoked_makes_room_for_another() {
    let mut world = World::new();
    let entry = a_birth(&mut world);
    let act = original(&world, entry);
    let first = given(&mut world, entry, KEEPER, act);
    let revoked = with(
        papers_revoked(false),
        "/papers",
        json!([{ "title": "Giấy khai sinh", "event": first.to_string() }]),
    );
    let by = world.given_at(entry, DA_TEH, Kind::PapersRevoked, &revoked);
    assert_eq!(world.entries[&entry].copies[0].revoked, Some(by));
    let again = original(&world, entry);
    filed(&world, entry, KEEPER, again).draft();
}

#[test]
fn a_copy_of_an_adopted_child_tells_of_the_adoption_neither_when_it_began_nor_when_it_ended() {
    let mut world = World::new();
    let (entry, adoption) = adopted(&mut world);
    let ended = judgment(
        "adoption_ended",
        json!([noted(entry, "birth"), noted(adoption, "adoption")]),
    );
    world.given_at(entry, DA_TEH, Kind::JudgmentNoted, &ended);
    assert!(world.entries[&entry].tells_of_adoption());
    let Act::ExtractIssued(issued) = act(Kind::ExtractIssued, &copy(&world, entry)) else {
        panic!()
    };
    let issue = Issue::by(&issued).unwrap();
    let content = PaperContent::of(&world.entries[&entry], &world.directory, &issue).unwrap();
    assert!(
        content.notes.iter().all(|note| !note.contains("con nuôi")),
        "{:?}",
        content.notes
    );
    let told = Issue {
        adoption_disclosed: true,
        ..issue
    };
    let told = PaperContent::of(&world.entries[&entry], &world.directory, &told).unwrap();
    assert_eq!(
        told.notes.iter().filter(|note| note.contains("con nuôi")).count(),
        2
    );
}

#[test]
fn a_copy_of_an_entry_is_issued_before_there_was_a_rule_on_adoptions_as_it_was() {
    let mut world = World::new();
    let (entry, _) = adopted(&mut world);
    world.today = Date::parse("2026-11-21").unwrap();
    let hash = civil::content::Content::of(&world.entries[&entry], &world.directory).hash();
    world
        .file_at(entry, DESK, Kind::ExtractIssued, &crate::acts::copy(hash))
        .draft();
}
