// Holds check.js against the vectors of RFC 0005: node check_vectors.mjs SEALS.json

import { readFileSync } from "node:fs";
import { strict as assert } from "node:assert";
import { base45, checkCode, hex, openStatus, openTrust } from "./check.js";

const vectors = JSON.parse(readFileSync(process.argv[2], "utf8"));
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
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
console.log(`${vectors.claims.length} claims`);
