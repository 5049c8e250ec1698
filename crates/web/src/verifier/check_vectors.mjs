// Holds check.js against the vectors of RFC 0004 and 0005: node check_vectors.mjs FOLDER-OF-PAPERS

import { readFileSync } from "node:fs";
import { strict as assert } from "node:assert";
import { blake3 } from "./blake3.js";
import { unhex as bytes, unletters } from "./bytes.js";
import { base45, checkCode, checkFile, hex, kindOfList, openStatus, openTrust } from "./check.js";
import { contentFrom, printed } from "./content.js";

const folder = process.argv[2];
const json = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const vectors = json("seals.json");
const root = vectors.keys.find((key) => key.name === "root").fingerprint;

const trust = await openTrust(bytes(vectors.trust_list.cose), root);
assert.equal(trust.seals.length, 1);
await assert.rejects(openTrust(bytes(vectors.trust_list.cose), "00".repeat(32)), { code: "list_untrusted" });
await assert.rejects(openTrust(bytes(vectors.status_list.cose), root), { code: "list_unreadable" });
const status = await openStatus(bytes(vectors.status_list.cose), trust);
for (const [plain, text] of vectors.base45) assert.equal(hex(base45(text)), plain);

// The list of the vectors says that the seal's key may have been stolen later: a code, which has no time stamp, is then not believed.
for (const { text } of vectors.claims) await assert.rejects(checkCode(text, trust), { code: "seal_revoked" });
for (const seal of trust.seals) seal.suspectSince = null;
const fates = new Map(vectors.status_list.papers.map(([code, fate, on]) => [code, [fate, on]]));
for (const { text, claim, code } of vectors.claims) {
  const answer = await checkCode(text, trust, status);
  const [standing, on] = fates.get(code) ?? ["current", undefined];
  assert.deepEqual([answer.standing, answer.on], [standing, on]);
  assert.deepEqual([...answer.claim.fields], claim.fields);
  assert.deepEqual(answer.claim.notes, claim.notes);
  assert.equal(answer.claim.notesLeftOut, claim.notes_left_out);
  assert.equal(hex(answer.claim.contentHash), claim.content_hash);
  const changed = text.slice(0, 99) + (text[99] === "0" ? "1" : "0") + text.slice(100);
  await assert.rejects(checkCode(changed, trust, status));
}
for (const seal of trust.seals) seal.until = "2026-11-01";
await assert.rejects(checkCode(vectors.claims[0].text, trust), { code: "seal_not_in_force" });
for (const refused of vectors.refused.filter(({ item }) => item === "text")) {
  await assert.rejects(checkCode(refused.text, trust), { code: "code_unreadable" }, refused.name);
}

// Contents: their hash, and every text that must stand on the page.
const { contents } = json("contents.json");
for (const content of contents) {
  assert.equal(hex(blake3(bytes(content.bytes))), content.blake3);
  assert.deepEqual(printed(contentFrom(bytes(content.bytes))), content.printed);
  await assert.rejects(async () => contentFrom(bytes(`${content.bytes}00`)), { code: "not_a_paper" });
}

// Sealed papers: the same rows as hotich-verify.
const sealed = json("sealed/cases.json");
const pinned = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(sealed.root))));

function edited(file, edit) {
  const [what, how] = Object.entries(edit ?? {})[0] ?? [];
  const put = (at, text) => file.set(unletters(text), at);
  if (what === "flip") file[how] ^= 1;
  if (what === "append") return Uint8Array.from([...file, ...unletters(how)]);
  if (what === "keep") return file.subarray(0, how);
  if (what === "put") put(...how);
  if (what === "contents") {
    const start = Buffer.from(file).indexOf("/Contents<3") + 10;
    put(start, how.padEnd(file.indexOf(62, start) - start, "0"));
  }
  return file;
}

for (const row of sealed.cases) {
  const list = bytes(sealed.trust_lists[row.trust_list]);
  const trust = await openTrust(list, pinned);
  assert.equal(kindOfList(list), "trust");
  const status = row.status_list ? await openStatus(bytes(sealed.status_lists[row.status_list]), trust) : null;
  const file = edited(new Uint8Array(readFileSync(`${folder}/sealed/${row.file}`)), row.edit);
  const answer = await checkFile(file, trust, status).catch((error) => ({ standing: "not_genuine", why: error.code ?? String(error) }));
  assert.equal(answer.standing, row.verdict, row.name);
  assert.equal(answer.on ?? null, row.on ?? null, row.name);
  assert.equal(answer.stampedAt ?? null, row.stamped_at ?? null, row.name);
  if (row.why) assert.equal(answer.why, row.why, row.name);
  else if (row.verdict === "not_genuine") assert.match(answer.why, /^[a-z_]+$/, row.name);
}

// Whatever is done to a file, the answer is a reason and not an accident.
const plain = await openTrust(bytes(sealed.trust_lists.plain), pinned);
const whole = new Uint8Array(readFileSync(`${folder}/sealed/copy.pdf`));
for (let at = 0; at < whole.length; at += Math.floor(whole.length / 160)) {
  const flipped = whole.slice();
  flipped[at] ^= 0x20;
  await assert.rejects(checkFile(flipped, plain), { name: "Error", code: /^[a-z_]+$/ }, `byte ${at}`);
  await assert.rejects(checkFile(whole.subarray(0, at), plain), { code: "not_a_paper" }, `${at} bytes`);
}
console.log(`${vectors.claims.length} claims, ${contents.length} contents, ${sealed.cases.length} sealed papers`);
