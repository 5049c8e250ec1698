use axum::http::header;
use civil::cose::{SecretKey, SignedEvent, assemble, sign};
use civil::envelope::Envelope;
use civil::id::{EntryId, EventHash, EventId, OfficeId};
use serde_json::{Value as Json, json};

use crate::testing::{Answer, House, Office, base64, birth, bytes, correction};

const DAY: &str = "2026-03-02";

struct Scene {
    house: House,
    office: Office,
}

impl Scene {
    async fn new() -> Self {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        Self { house, office }
    }

    async fn signed_birth(&self) -> Json {
        self.house.signed(&self.office, birth(DAY)).await
    }

    /// Records what must not be recorded, and shows that nothing was.
    async fn refused(&self, signed: &Json, status: u16, code: &str) -> Answer {
        let size = self.house.web.registry().head().size;
        let answer = self.house.record(signed).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (status, code),
            "{}",
            answer.text()
        );
        assert_eq!(
            self.house.web.registry().head().size,
            size,
            "something was recorded"
        );
        answer
    }

    /// The draft of a birth whose envelope is changed before it is signed.
    async fn with_envelope(&self, change: impl FnOnce(&mut Envelope)) -> Json {
        self.changed(birth(DAY), &self.office.key, change).await
    }

    async fn changed(&self, request: Json, key: &SecretKey, change: impl FnOnce(&mut Envelope)) -> Json {
        let signed = self.house.signed(&self.office, request).await;
        let mut envelope = envelope(&signed);
        change(&mut envelope);
        with_signed(&signed, &sign(&envelope.encode(), key))
    }
}

fn envelope(signed: &Json) -> Envelope {
    Envelope::decode(SignedEvent::parse(&bytes(&signed["signed"])).unwrap().envelope).unwrap()
}

fn with_signed(request: &Json, signed: &[u8]) -> Json {
    json!({ "signed": base64(signed), "sealed_body": request["sealed_body"] })
}

#[tokio::test]
async fn the_same_bytes_get_the_same_receipt_again() {
    let scene = Scene::new().await;
    let signed = scene.signed_birth().await;
    let first = scene.house.record(&signed).await;
    assert_eq!(first.status, 201);
    let event = first.json()["event"].as_str().unwrap().to_owned();
    assert_eq!(first.header(header::LOCATION), format!("/v1/events/{event}"));
    scene.house.file(&scene.office, birth(DAY)).await;
    let again = scene.house.record(&signed).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.json(), first.json());
    assert_eq!(again.header(header::LOCATION), first.header(header::LOCATION));
}

#[tokio::test]
async fn the_same_id_with_other_bytes_is_refused_and_told_where_it_was_used() {
    let scene = Scene::new().await;
    let signed = scene.signed_birth().await;
    let first = scene.house.record(&signed).await.json();
    let used: EventId = first["event"].as_str().unwrap().parse().unwrap();
    let other = scene.with_envelope(|envelope| envelope.event = used).await;
    let answer = scene.refused(&other, 409, "event_id_reused").await;
    assert_eq!(answer.json()["position"], first["position"]);
}

#[tokio::test]
async fn bytes_that_are_not_the_one_encoding_are_refused() {
    let scene = Scene::new().await;
    let request = scene.signed_birth().await;
    let whole = bytes(&request["signed"]);
    let truncated = &whole[..whole.len() - 1];
    let padded = [whole.as_slice(), &[0]].concat();
    let untagged = &whole[1..];
    // The array of four as one of indefinite length.
    let indefinite = [&whole[..1], &[0x9f], &whole[2..], &[0xff]].concat();
    // The protected header {1: alg, 4: kid} with its members in the other order: map(2) is at 4, after tag, array and bstr.
    let start = 2 + 2;
    let (alg, kid) = (&whole[start + 1..start + 3], &whole[start + 3..start + 3 + 35]);
    assert_eq!((whole[start], alg[0], kid[0]), (0xa2, 1, 4));
    let reordered = [&whole[..=start], kid, alg, &whole[start + 38..]].concat();
    for bytes in [
        truncated,
        &padded,
        untagged,
        &indefinite,
        &reordered,
        b"",
        &[0x9f; 10_000],
    ] {
        scene
            .refused(&with_signed(&request, bytes), 400, "malformed_event")
            .await;
    }
    assert_eq!(scene.house.record(&request).await.status, 201);
}

#[tokio::test]
async fn an_event_that_is_too_large_is_refused() {
    let scene = Scene::new().await;
    let request = scene.signed_birth().await;
    scene
        .refused(&with_signed(&request, &[0; 65_536]), 413, "too_large")
        .await;
    let body = json!({ "signed": request["signed"], "sealed_body": base64(&vec![0; (1 << 20) + 1]) });
    scene.refused(&body, 413, "too_large").await;
}

#[tokio::test]
async fn a_body_that_does_not_open_its_commitment_is_refused() {
    let scene = Scene::new().await;
    let request = scene.signed_birth().await;
    let mut sealed = bytes(&request["sealed_body"]);
    *sealed.last_mut().unwrap() ^= 1;
    let other = json!({ "signed": request["signed"], "sealed_body": base64(&sealed) });
    scene.refused(&other, 400, "commitment_not_opened").await;
    let none = json!({ "signed": request["signed"], "sealed_body": "" });
    scene.refused(&none, 400, "commitment_not_opened").await;
}

#[tokio::test]
async fn ten_thousand_levels_in_a_body_are_refused() {
    let scene = Scene::new().await;
    let deep = [vec![0; 32], vec![0x81; 10_000], vec![0xf6]].concat();
    let signed = scene
        .with_envelope(|envelope| envelope.commitment = civil::envelope::Commitment::to(&deep))
        .await;
    let request = json!({ "signed": signed["signed"], "sealed_body": base64(&deep) });
    scene.refused(&request, 400, "malformed_body").await;
}

#[tokio::test]
async fn a_signature_by_another_algorithm_than_the_header_says_is_refused() {
    let scene = Scene::new().await;
    let request = scene.signed_birth().await;
    let whole = bytes(&request["signed"]);
    let at = whole.windows(2).position(|pair| pair == [0x01, 0x32]).unwrap();
    assert_eq!(
        at, 5,
        "the algorithm -19 (0x32) stands at the head of the protected header"
    );
    let es256 = [&whole[..6], &[0x26], &whole[7..]].concat();
    scene
        .refused(&with_signed(&request, &es256), 403, "signature_algorithm")
        .await;
    let foreign = [&whole[..6], &[0x27], &whole[7..]].concat();
    scene
        .refused(&with_signed(&request, &foreign), 400, "malformed_event")
        .await;
}

#[tokio::test]
async fn a_signature_that_does_not_verify_is_refused() {
    let scene = Scene::new().await;
    let request = scene.signed_birth().await;
    let envelope = envelope(&request).encode();
    let forged = assemble(&envelope, &scene.office.key.public(), &[7; 64]);
    scene
        .refused(&with_signed(&request, &forged), 403, "signature_wrong")
        .await;
}

#[tokio::test]
async fn unknown_revoked_and_foreign_keys_are_refused() {
    let scene = Scene::new().await;
    let house = &scene.house;
    let other = house.open_office(2, "UBND phường Tân Lập").await;
    let stranger = SecretKey::ed25519(&[77; 32]);
    let by = |key| scene.changed(birth(DAY), key, |_| {});
    scene.refused(&by(&stranger).await, 403, "unknown_key").await;
    scene
        .refused(&by(&other.key).await, 403, "key_of_another_office")
        .await;
    let signed = scene.signed_birth().await;
    let revoked =
        json!({ "key": scene.office.key.public().id().to_string(), "on": DAY, "reason": "Mất thiết bị." });
    house
        .file(&house.ministry, json!({ "kind": "key_revoked", "act": revoked }))
        .await;
    scene.refused(&signed, 403, "revoked_key").await;
}

#[tokio::test]
async fn a_key_does_not_sign_what_its_role_does_not_cover() {
    let scene = Scene::new().await;
    let desk = SecretKey::ed25519(&[42; 32]);
    scene.house.grant(1, &desk, "desk").await;
    let signed = scene.changed(birth(DAY), &desk, |_| {}).await;
    scene.refused(&signed, 403, "role_does_not_cover").await;
}

#[tokio::test]
async fn a_stale_stream_is_a_conflict_that_carries_the_head_to_sign_again() {
    let scene = Scene::new().await;
    let stale = scene.signed_birth().await;
    let (_, receipt) = scene.house.file(&scene.office, birth(DAY)).await;
    let answer = scene.refused(&stale, 409, "stream_moved").await;
    assert_eq!(
        (&answer.json()["next"], &answer.json()["head"]),
        (&json!(1), &receipt["hash"])
    );

    let gap = scene.with_envelope(|envelope| envelope.seq += 1).await;
    let answer = scene.refused(&gap, 409, "stream_moved").await;
    assert_eq!(
        (&answer.json()["next"], &answer.json()["head"]),
        (&json!(1), &receipt["hash"])
    );

    let prev = scene
        .with_envelope(|envelope| envelope.prev = EventHash([7; 32]))
        .await;
    let answer = scene.refused(&prev, 409, "stream_moved").await;
    assert_eq!(
        (&answer.json()["next"], &answer.json()["head"]),
        (&json!(1), &receipt["hash"])
    );
}

#[tokio::test]
async fn a_stale_basis_is_a_conflict_that_carries_the_entrys_head() {
    let scene = Scene::new().await;
    let other = scene.house.open_office(2, "UBND phường Tân Lập").await;
    let (draft, _) = scene.house.file(&scene.office, birth(DAY)).await;
    let entry = &draft["entry"];
    let stale = scene.house.signed(&scene.office, correction(entry, DAY)).await;
    let (_, moved) = scene.house.file(&other, correction(entry, DAY)).await;
    let answer = scene.refused(&stale, 409, "entry_moved").await;
    assert_eq!(
        (&answer.json()["entry"], &answer.json()["head"]),
        (entry, &moved["hash"])
    );
}

#[tokio::test]
async fn an_entry_that_is_not_there_cannot_be_amended() {
    let scene = Scene::new().await;
    let (draft, _) = scene.house.file(&scene.office, birth(DAY)).await;
    let nowhere = EntryId::from_bytes([9; 16]);
    let amended = correction(&draft["entry"], DAY);
    let answer = scene
        .house
        .draft(&scene.office, correction(&json!(nowhere.to_string()), DAY))
        .await;
    assert_eq!(
        answer.errors(),
        [("/act/amended/0/entry".to_owned(), "entry_unknown".to_owned())]
    );
    // An envelope that names another entry than its body does is no event of this format.
    let signed = scene
        .changed(amended, &scene.office.key, |envelope| {
            envelope.targets[0].entry = nowhere
        })
        .await;
    scene.refused(&signed, 400, "malformed_event").await;
}

#[tokio::test]
async fn text_in_another_normal_form_is_refused() {
    let scene = Scene::new().await;
    let request = scene.signed_birth().await;
    let sealed = bytes(&request["sealed_body"]);
    let composed = [&[0x71], "Phó Chủ tịch".as_bytes()].concat();
    let decomposed = [&[0x72], "Pho\u{301} Chủ tịch".as_bytes()].concat();
    let at = sealed
        .windows(composed.len())
        .position(|window| window == composed)
        .unwrap();
    let other = [&sealed[..at], &decomposed, &sealed[at + composed.len()..]].concat();
    let signed = scene
        .with_envelope(|envelope| envelope.commitment = civil::envelope::Commitment::to(&other))
        .await;
    let request = json!({ "signed": signed["signed"], "sealed_body": base64(&other) });
    scene.refused(&request, 400, "malformed_body").await;
}

#[tokio::test]
async fn an_event_of_another_office_or_lane_is_refused() {
    let scene = Scene::new().await;
    let elsewhere = scene
        .with_envelope(|envelope| envelope.stream.office = OfficeId(2))
        .await;
    scene.refused(&elsewhere, 403, "key_of_another_office").await;
}

#[tokio::test]
async fn a_number_that_was_given_already_is_refused_with_the_next_one() {
    let scene = Scene::new().await;
    let signed = scene.signed_birth().await;
    scene.house.file(&scene.office, birth(DAY)).await;
    // The officer signs again for the present head, but leaves the number as it was.
    let fresh = scene.house.signed(&scene.office, birth(DAY)).await;
    let mut envelope = envelope(&fresh);
    let old = bytes(&signed["sealed_body"]);
    envelope.commitment = civil::envelope::Commitment::to(&old);
    let again = sign(&envelope.encode(), &scene.office.key);
    let again = json!({ "signed": base64(&again), "sealed_body": signed["sealed_body"] });
    let answer = scene.refused(&again, 422, "number_taken").await;
    let error = &answer.json()["errors"][0];
    assert_eq!(
        (&error["pointer"], &error["expected"]),
        (&json!("/act/book/number"), &json!(2))
    );
    assert_eq!(answer.json()["article"], "Thông tư 04/2020/TT-BTP, Điều 29(3)");
}

#[tokio::test]
async fn a_warning_that_was_not_acknowledged_keeps_the_event_out() {
    let scene = Scene::new().await;
    let mut request = birth(DAY);
    request["act"]["child"]
        .as_object_mut()
        .unwrap()
        .remove("birth_place");
    let draft = scene
        .house
        .post("/v1/acts", Some(&scene.office), &scene.office.signing(request))
        .await
        .json();
    assert_eq!(draft["warnings"][0]["pointer"], "/act/child/birth_place");
    assert_eq!(draft["warnings"][0]["acknowledged"], false);
    let signed = crate::testing::sign_draft(&draft, &scene.office.key);
    let answer = scene.refused(&signed, 422, "warning_not_acknowledged").await;
    assert_eq!(
        answer.errors(),
        [(
            "/act/child/birth_place".to_owned(),
            "warning_not_acknowledged".to_owned()
        )]
    );
    assert_eq!(answer.json()["errors"][0]["warning"], "field_left_out");
}

#[tokio::test]
async fn a_warning_that_wants_a_second_person_keeps_the_event_out_until_one_endorses() {
    let scene = Scene::new().await;
    let mut request = birth(DAY);
    request["act"]["mother"]["born_on"] = "2014".into();
    let signed = scene.house.signed(&scene.office, request).await;
    scene.refused(&signed, 422, "second_person_missing").await;
    let second = SecretKey::ed25519(&[43; 32]);
    scene.house.grant(1, &second, "head").await;
    let mut envelope = envelope(&signed);
    envelope
        .endorsements
        .push(civil::cose::endorse(&envelope.commitment, &second));
    let endorsed = with_signed(&signed, &sign(&envelope.encode(), &scene.office.key));
    assert_eq!(scene.house.record(&endorsed).await.status, 201);
}

#[tokio::test]
async fn whoever_signs_is_told_that_they_are_not_their_own_second_person() {
    let scene = Scene::new().await;
    let mut request = birth(DAY);
    request["act"]["mother"]["born_on"] = "2014".into();
    let signed = scene.house.signed(&scene.office, request).await;
    let mut envelope = envelope(&signed);
    let own = civil::cose::endorse(&envelope.commitment, &scene.office.key);
    envelope.endorsements.push(own);
    let endorsed = with_signed(&signed, &sign(&envelope.encode(), &scene.office.key));
    let answer = scene.refused(&endorsed, 422, "endorsed_by_signer").await;
    assert_eq!(
        answer.errors(),
        [("/act".to_owned(), "endorsed_by_signer".to_owned())]
    );
    let said = answer.json().to_string();
    assert!(said.contains("phải là người khác với người ký"), "{said}");
}

#[tokio::test]
async fn every_faulty_field_of_the_request_is_reported_at_once() {
    let scene = Scene::new().await;
    let answer = scene
        .refused(&json!({ "signed": 7, "body": "x" }), 422, "form")
        .await;
    let expected = [
        ("/body", "unknown_field"),
        ("/signed", "not_base64"),
        ("/sealed_body", "missing"),
    ];
    let expected: Vec<_> = expected
        .map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
        .into();
    assert_eq!(answer.errors(), expected);
    let answer = scene.refused(&json!([]), 422, "form").await;
    assert_eq!(answer.errors(), [(String::new(), "not_an_object".to_owned())]);
}
