//! The demo's story: offices, keys and acts of real places, filed as their officers' machines would file them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use civil::cose::SecretKey;
use civil::id::{EntryId, OfficeId};
use civil::unit::catalogue;
use civil::value::Date;
use ledger::{Clock, Receipt};
use registry::{DraftedAct, Registry};
use serde_json::{Value as Json, json};

use crate::client::sign_draft;
use crate::outcome::{Error, Result};

/// A clock that stands where the story puts it.
#[derive(Debug, Default)]
pub struct StoryClock(AtomicI64);

impl StoryClock {
    /// Nine o'clock in the morning of that day, in Vietnam.
    pub fn set(&self, day: &str) -> Result<()> {
        let day = Date::parse(day).map_err(Error::using)?;
        let epoch = Date::new(1970, 1, 1).map_err(Error::using)?;
        let hours = epoch.days_between(day) * 24 + 9 - 7;
        self.0.store(hours * 3_600_000, Ordering::Relaxed);
        Ok(())
    }
}

impl Clock for StoryClock {
    /// Each look moves it on by a millisecond, so that ids sort as they were made.
    fn now_ms(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// An office with the key of its officer.
#[derive(Debug, Clone)]
pub struct StoryOffice {
    /// Its number in the ledger.
    pub id: OfficeId,
    /// Its name.
    pub name: String,
    key: Arc<SecretKey>,
    seed: [u8; 32],
}

impl StoryOffice {
    /// The key of its officer.
    pub fn key(&self) -> &Arc<SecretKey> {
        &self.key
    }

    /// Writes the office's key file.
    pub fn save_key(&self, path: &std::path::Path) -> Result<()> {
        crate::key_file::save(path, &self.seed)
    }
}

/// The ledger with the people who act in the story.
pub struct Story<'a> {
    /// The ledger.
    pub registry: &'a Registry,
    /// The administration's key.
    pub administrator: Arc<SecretKey>,
}

/// An act that was filed.
pub struct Filed {
    /// The draft that the officer saw.
    pub draft: DraftedAct,
    /// The receipt that the ledger gave.
    pub receipt: Receipt,
}

impl Filed {
    /// The entry that it opened or continued.
    pub fn entry(&self) -> Result<EntryId> {
        self.draft
            .envelope
            .entry
            .ok_or_else(|| Error::using("the act has no entry"))
    }
}

impl Story<'_> {
    /// Opens the office of a commune and grants its officer a key.
    pub async fn open_office(
        &self,
        id: u32,
        code: &str,
        opened_on: &str,
        today: &str,
    ) -> Result<StoryOffice> {
        let day = Date::parse(opened_on).map_err(Error::using)?;
        let unit = catalogue()
            .on(code, day)
            .ok_or_else(|| Error::using(format!("no unit {code} on {opened_on}")))?;
        let name = office_name(code, opened_on)?;
        let opened = json!({
            "office": id, "name": name, "level": "commune", "unit": unit.id.to_string(), "opened_on": opened_on,
        });
        self.administer("office_opened", opened).await?;
        let mut seed = [0; 32];
        self.registry.chance().fill(&mut seed);
        let key = Arc::new(SecretKey::ed25519(&seed));
        let granted = json!({
            "office": id, "key": hex::encode(key.public().to_cose_key()), "role": "officer", "valid_from": today,
        });
        self.administer("key_granted", granted).await?;
        Ok(StoryOffice {
            id: OfficeId(id),
            name,
            key,
            seed,
        })
    }

    /// Records an event of the administration.
    pub async fn administer(&self, kind: &str, act: Json) -> Result<Filed> {
        let office = StoryOffice {
            id: OfficeId::ADMINISTRATION,
            name: "Bộ Tư pháp".to_owned(),
            key: Arc::clone(&self.administrator),
            seed: [0; 32],
        };
        self.file(&office, json!({ "kind": kind, "act": act })).await
    }

    /// Files an act as the office's machine does: draft, check, sign, append. Warnings are acknowledged with a reason.
    pub async fn file(&self, office: &StoryOffice, mut request: Json) -> Result<Filed> {
        request["office"] = office.id.0.into();
        request["key"] = office.key.public().id().to_string().into();
        let draft = self.registry.draft(&request).await?;
        let signed = sign_draft(
            &request,
            &draft.envelope_bytes,
            draft.sealed_body.clone(),
            &office.key,
            None,
            self.registry.clock().now_ms(),
        )?;
        let receipt = self
            .registry
            .record(signed.signed.into(), signed.sealed_body.into())
            .await?;
        Ok(Filed { draft, receipt })
    }
}

/// The name of the office of a commune.
pub fn office_name(code: &str, on: &str) -> Result<String> {
    let day = Date::parse(on).map_err(Error::using)?;
    let unit = catalogue().on(code, day);
    let unit = unit.ok_or_else(|| Error::using(format!("no unit {code} on {on}")))?;
    let name = catalogue().full_name_on(&unit.id, day).unwrap_or_default();
    Ok(format!("UBND {name}"))
}

/// The birth that the story is about, as the commune of Hòa Phú wrote it in 2019, with a slip in the birth date.
pub fn birth() -> Json {
    let hoa_phu = "Xã Hòa Phú, Huyện Tây Hoà, Tỉnh Phú Yên";
    json!({
        "kind": "birth",
        "act": {
            "registered_on": "2019-04-02", "received_on": "2019-04-02", "entry": "on_time",
            "book": { "volume": "01/2019-KS", "page": 17 },
            "child": {
                "name": { "full": "Ksor H’Lan", "family": "Ksor", "given": "H’Lan" },
                "sex": "female", "born_on": "2019-03-08", "ethnicity": "10", "nationality": "VNM",
                "birth_place": { "text": hoa_phu, "unit": "22270@..", "facility": "Trạm y tế xã Hòa Phú" },
                "home_place": { "text": hoa_phu, "unit": "22270@.." },
            },
            "mother": {
                "name": "Ksor H’Bia", "born_on": "1994", "ethnicity": "10", "nationality": "VNM",
                "residence": { "text": hoa_phu, "unit": "22270@.." },
            },
            "father": {
                "name": "Nguyễn Văn Thành", "born_on": "1991", "ethnicity": "01", "nationality": "VNM",
                "residence": { "text": hoa_phu, "unit": "22270@.." },
            },
            "declarant": { "name": "Nguyễn Văn Thành", "relation": "cha" },
            "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
            "officer": "Trần Quốc Bảo",
        },
    })
}

/// The correction that the parents ask for where they live now.
pub fn correction(entry: EntryId) -> Json {
    json!({
        "kind": "correction",
        "act": {
            "registered_on": "2026-03-10", "received_on": "2026-03-09",
            "amended": [{
                "entry": entry.to_string(), "kind": "birth",
                "changes": [{ "field": "/child/born_on", "from": "2019-03-08", "to": "2019-03-18" }],
            }],
            "reason": "Giấy chứng sinh ghi ngày 18; khi đăng ký ghi nhầm ngày 08.",
            "evidence": "Giấy chứng sinh số 112",
            "declarant": { "name": "Nguyễn Văn Thành", "relation": "cha" },
            "signer": { "name": "Phạm Minh Tuấn", "title": "Phó Chủ tịch" },
        },
    })
}

/// The supplement filed with the same office later: the personal number has come.
pub fn supplement(entry: EntryId) -> Json {
    json!({
        "kind": "supplement",
        "act": {
            "registered_on": "2026-05-20", "received_on": "2026-05-20",
            "amended": [{
                "entry": entry.to_string(), "kind": "birth",
                "changes": [{ "field": "/child/personal_number", "from": null, "to": "054319000123" }],
            }],
            "reason": "Đã được cấp số định danh cá nhân.",
            "declarant": { "name": "Nguyễn Văn Thành", "relation": "cha" },
            "signer": { "name": "Phạm Minh Tuấn", "title": "Phó Chủ tịch" },
        },
    })
}

/// The copy that the mother asks for in a third province.
pub fn copy(entry: EntryId) -> Json {
    json!({
        "kind": "extract",
        "entry": entry.to_string(),
        "act": {
            "issued_on": "2026-11-16", "standing": "representative", "requester": "Ksor H’Bia",
            "entitlement": { "ground": "parent", "whose": { "entry": entry.to_string(), "role": "child" } },
            "purpose": "Nhập học", "paper": {},
            "signer": { "name": "Đặng Thu Hà", "title": "Chủ tịch" },
        },
    })
}

/// The office that keeps the old book writes a note into it.
pub fn note_entered(entry: EntryId, noted: &Filed, day: &str) -> Json {
    json!({
        "kind": "marginal_note",
        "entry": entry.to_string(),
        "act": {
            "noted": noted.draft.envelope.event.to_string(), "entered_on": day, "page": 17,
            "signer": { "name": "Y Thịnh Mlô", "title": "Chủ tịch" },
            "officer": "Hoàng Văn Nam",
        },
    })
}

/// An act for whoever goes on where the story ends: a second correction, filed from the command line.
pub fn visitors_act(entry: EntryId) -> Json {
    json!({
        "kind": "correction",
        "office": 3,
        "act": {
            "registered_on": "2026-11-18", "received_on": "2026-11-18",
            "amended": [{
                "entry": entry.to_string(), "kind": "birth",
                "changes": [{ "field": "/mother/born_on", "from": "1994", "to": "1994-06-01" }],
            }],
            "reason": "Sổ ghi thiếu ngày, tháng sinh của mẹ; căn cứ Giấy khai sinh của mẹ.",
            "signer": { "name": "Phạm Minh Tuấn", "title": "Phó Chủ tịch" },
        },
    })
}
