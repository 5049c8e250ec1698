// The check of a paper in a browser, without a server: its QR code (checkCode) or the sealed file (checkFile). RFC 0005 §1 to §5, from
// their text alone, and held against the same vectors as hotich-verify. Nothing here touches the page, the network or a clock.

import { NotGenuine, as, demand, hex, inflated, same, sha256 } from "./bytes.js";
import { blake3 } from "./blake3.js";
import { sign1, whole } from "./cbor.js";
import { certificate, issued, signsCose } from "./certificate.js";
import { signed, withoutRoom } from "./cms.js";
import { contentFrom, identityOf, printed } from "./content.js";
import { Pdf, contentOf, odd, signedPart } from "./pdf.js";
import { bare, codeOf, sheet } from "./sheet.js";

export { NotGenuine, hex };

const CLAIM_SIZE_MAX = 65536;
const CODE_LENGTH_MAX = 4296;
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const CROCKFORD = /^[0-9A-HJKMNP-TV-Z]{20}$/;
const TRUST_LIST = "application/hotich-trust-list+cbor";
const STATUS_LIST = "application/hotich-status-list+cbor";
const SEAL = 2;
const ADMINISTRATION = 0;
const DAY = 86400;
const VIETNAM = 7 * 3600;

export function base45(text) {
  const digits = Array.from(text, (letter) => BASE45.indexOf(letter));
  demand(!digits.includes(-1) && digits.length % 3 !== 1, "code_unreadable");
  const out = [];
  for (let at = 0; at < digits.length; at += 3) {
    const group = digits.slice(at, at + 3);
    const number = group.reduceRight((sum, digit) => sum * 45 + digit, 0);
    demand(number < (group.length === 3 ? 65536 : 256), "code_unreadable");
    if (group.length === 3) out.push(number >> 8);
    out.push(number & 255);
  }
  return Uint8Array.from(out);
}

// Lists

async function readable(bytes) {
  try {
    return await certificate(bytes);
  } catch {
    return null; // A certificate that cannot be read here is trusted for nothing; the others stay.
  }
}

/** Which list these bytes are: "trust", "status", or null. */
export function kindOfList(bytes) {
  try {
    return { [TRUST_LIST]: "trust", [STATUS_LIST]: "status" }[sign1(bytes).type] ?? null;
  } catch {
    return null;
  }
}

function listFrom(bytes, type, size) {
  const message = as("list_unreadable", () => sign1(bytes));
  const list = as("list_unreadable", () => whole(message.payload));
  demand(message.type === type && list instanceof Map && list.get(0) === 1 && list.size === size, "list_unreadable");
  return [message, list];
}

/** Opens a trust list. `root` is the SHA-256 of the one root that may vouch for it (hex), or null: then it vouches for itself. */
export async function openTrust(bytes, root = null) {
  const [message, list] = listFrom(bytes, TRUST_LIST, 7);
  const roots = (await Promise.all(list.get(4).map(readable))).filter(Boolean);
  const seals = [];
  for (const listed of list.get(5)) {
    const seal = await readable(listed.get(2));
    if (seal) {
      seals.push({ seal, office: listed.get(0), use: listed.get(1), from: listed.get(3), until: listed.get(4), revokedOn: listed.get(5) ?? null, suspectSince: listed.get(6) ?? null });
    }
  }
  const fingerprints = await Promise.all(roots.map(async (one) => hex(await sha256(one.der))));
  const trust = { origin: list.get(1), madeAt: list.get(2), nextUpdate: list.get(3), roots, seals, fingerprints };
  const vouching = root === null ? roots : roots.filter((_, place) => fingerprints[place] === root);
  await signedByTheCountry(message, trust, vouching, trust.madeAt);
  return trust;
}

/** Opens a status list of the same ledger. */
export async function openStatus(bytes, trust) {
  const [message, list] = listFrom(bytes, STATUS_LIST, 6);
  demand(list.get(5).length % 21 === 0, "list_unreadable");
  demand(list.get(1) === trust.origin, "other_ledger");
  await signedByTheCountry(message, trust, trust.roots, list.get(2));
  return { madeAt: list.get(2), size: list.get(4), records: list.get(5) };
}

async function signedByTheCountry(message, trust, roots, at) {
  const wrote = async (one) => same(one.kid, message.kid) && (await signsCose(one, message.message, message.signature));
  for (const root of roots) {
    if (await wrote(root)) return;
  }
  for (const listed of trust.seals.filter(({ office, use }) => office === ADMINISTRATION && use === SEAL)) {
    const known = (await issuer(listed.seal, roots, at)) && whyNot(listed, at, false) === null;
    if (known && (await wrote(listed.seal))) return;
  }
  demand(false, "list_untrusted");
}

/** The root that issued a certificate and was valid then. */
async function issuer(seal, roots, at) {
  for (const root of roots) {
    if (root.from <= at && at <= root.until && (await issued(seal, root))) return root;
  }
  return null;
}

function whyNot({ seal, from, until, revokedOn, suspectSince }, at, inTime) {
  const day = dayOf(at);
  if (at < seal.from || seal.until < at || day < from || until < day) return "seal_not_in_force";
  const revoked = revokedOn !== null && revokedOn <= day;
  const suspect = suspectSince !== null && (suspectSince <= day || !inTime);
  return revoked || suspect ? "seal_revoked" : null;
}

/** Null, or why the seal does not count at that second; `inTime` when somebody else saw that it sealed before anybody suspected it. */
async function judged(listed, trust, at, inTime) {
  if (!listed.seal.maySeal) return "seal_unreadable";
  if (!(await issuer(listed.seal, trust.roots, at))) return "untrusted_root";
  return whyNot(listed, at, inTime);
}

/** Whether a time-stamp authority is believed at that second: a root issued it for that, and it is not revoked on the list. */
async function believesTime({ by, at }, trust) {
  const listed = trust.seals.find(({ seal }) => same(seal.der, by.der));
  const withdrawn = listed ? (listed.suspectSince ?? listed.revokedOn) : null;
  const valid = by.mayStampTime && by.from <= at && at <= by.until && (withdrawn === null || dayOf(at) < withdrawn);
  return valid && (await issuer(by, trust.roots, at)) !== null;
}

/** The day in Vietnam. */
export function dayOf(at) {
  return new Date((at + VIETNAM) * 1000).toISOString().slice(0, 10);
}

// Papers

/** Checks the text of a code. Answers the standing, the claim and whose seal it is; throws NotGenuine. */
export async function checkCode(code, trust, status = null) {
  const opened = await opens(await messageFrom(code), trust, false);
  return { ...(await standing(opened.claim, status)), ...opened };
}

/** The signed message in the text of a code; nothing of it is believed yet. */
async function messageFrom(code) {
  demand(code.length <= CODE_LENGTH_MAX, "code_unreadable");
  const message = sign1(await inflated(base45(code), CLAIM_SIZE_MAX, "code_unreadable"));
  demand(message.type === undefined, "code_unreadable");
  return message;
}

/** The claim of a code, once its signature is judged. */
async function opens(message, trust, inTime) {
  const claim = claims(message.payload);
  demand(claim.origin === trust.origin, "other_ledger");
  const known = trust.seals.filter(({ seal, use }) => use === SEAL && same(seal.kid, message.kid));
  demand(known.length > 0, "unknown_seal");
  for (const listed of known) {
    if (!(await signsCose(listed.seal, message.message, message.signature))) continue;
    await demandSeal(listed, claim, trust, claim.signedAt, inTime);
    return { claim, sealedBy: listed.seal.name };
  }
  throw new NotGenuine("code_changed");
}

/** An office's seal speaks for that office; the national administration's for every desk. */
async function demandSeal(listed, claim, trust, at, inTime) {
  demand(listed.office === claim.office || listed.office === ADMINISTRATION, "unknown_seal");
  const why = await judged(listed, trust, at, inTime);
  demand(why === null, why);
}

/** Checks a sealed PDF (RFC 0005 §5, 1 to 6). Answers as checkCode does, with the content, and `stampedAt` where an authority stamped it. */
export async function checkFile(bytes, trust, status = null) {
  const pdf = odd(() => new Pdf(bytes));
  demand(pdf !== null, "not_a_paper");
  const part = odd(() => signedPart(pdf));
  demand(part !== null, "not_sealed");
  const cms = withoutRoom(part.contents);
  const at = instant(part.at);
  const riding = await contentOf(pdf).catch(() => demand(false, "not_a_paper"));
  const { by, stamped, beside } = await signed(cms, part.signed);
  const content = contentFrom(riding);
  const page = await sheet(pdf).catch(() => demand(false, "not_a_paper"));
  demand(allInOrder(content, page.text), "text_differs");
  const message = await drawn(page.filled);
  const stampedAt = stamped && (await believesTime(stamped, trust)) ? stamped.at : null;
  const listed = trust.seals.find(({ seal, use }) => use === SEAL && same(seal.der, by.der));
  const inTime = stampedAt !== null && listed !== undefined && listed.suspectSince !== null && dayOf(stampedAt) < listed.suspectSince;
  const opened = await opens(message, trust, inTime);
  demand(listed !== undefined, "unknown_seal");
  await demandSeal(listed, opened.claim, trust, at, inTime);
  demand(at === opened.claim.signedAt && agrees(opened.claim, content, riding), "code_differs");
  demand(beside.every((one) => trust.roots.some((root) => same(root.der, one))), "untrusted_root");
  return { ...(await standing(opened.claim, status)), ...opened, content, stampedAt };
}

/** `D:20261122134200Z` in seconds since 1970. */
function instant(text) {
  const [, year, month, day, hour, minute, second] = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? "") ?? [];
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const written = Number.isNaN(at) ? "" : new Date(at).toISOString().replace(/\D/g, "").slice(0, 14);
  demand(at >= 0 && text === `D:${written}Z`, "seal_unreadable");
  return at / 1000;
}

/** Whether every text that the content says stands on the pages, each behind the one before. Blanks do not count: lines break. */
function allInOrder(content, page) {
  let from = 0;
  return printed(content).every((text) => {
    const at = page.indexOf(bare(text), from);
    from = at + bare(text).length;
    return at !== -1;
  });
}

/** The first code of a paper among what is drawn. */
async function drawn(filled) {
  for (const rectangles of filled) {
    const code = codeOf(rectangles);
    const message = code && (await messageFrom(code).catch(() => null));
    if (message) return message;
  }
  throw new NotGenuine("code_unreadable");
}

/** Whether this is a claim of that content: its hash, and every field, number and note as printed. */
function agrees(claim, content, bytes) {
  const fields = content.fields.filter(([, value]) => value !== "").sort(([a], [b]) => a - b);
  const notes = claim.notesLeftOut ? [] : content.notes;
  const said = [claim.paper, claim.form, claim.number, claim.issuedOn, [...claim.fields], claim.notes, [...claim.identity], hex(claim.contentHash)];
  const ours = [content.paper, content.form, content.number, content.issuedOn, fields, notes, [...identityOf(content)], hex(blake3(bytes))];
  return JSON.stringify(said) === JSON.stringify(ours) && (!claim.notesLeftOut || content.notes.length > 0);
}

function claims(payload) {
  const read = whole(payload);
  const paper = read.get(-70001);
  demand(read.size === 5 && paper instanceof Map && paper.get(0) === 1, "code_unreadable");
  const [which, form] = paper.get(1) ?? [];
  const claim = {
    origin: read.get(1),
    signedAt: read.get(6),
    event: read.get(7),
    identity: read.get(169),
    paper: which,
    form,
    code: paper.get(2),
    number: paper.get(3),
    issuedOn: paper.get(4),
    office: paper.get(5),
    leafHash: paper.get(6),
    position: paper.get(7),
    contentHash: paper.get(8),
    fields: paper.get(9),
    notes: paper.get(10) ?? [],
    notesLeftOut: paper.get(11) ?? false,
  };
  const numbers = [claim.signedAt, claim.office, claim.position].every((number) => Number.isSafeInteger(number) && number >= 0);
  const texts = [claim.origin, claim.number, claim.issuedOn, ...claim.notes].every((part) => typeof part === "string");
  const hashes = [claim.leafHash, claim.contentHash].every((hash) => hash instanceof Uint8Array && hash.length === 32);
  const codes = which >= 1 && which <= 18 && (form === 1 || form === 2) && CROCKFORD.test(claim.code);
  const fields = claim.fields instanceof Map && [...claim.fields.values()].every((value) => typeof value === "string" && value !== "");
  demand(numbers && texts && hashes && codes && fields && claim.identity instanceof Map, "code_unreadable");
  return claim;
}

async function standing(claim, status) {
  if (status === null) return { standing: "genuine" };
  const hash = await sha256(new TextEncoder().encode(`hotich/paper/v1${claim.code}`));
  const id = hex(hash.subarray(0, 16));
  for (let at = 0; at < status.records.length; at += 21) {
    const record = status.records.subarray(at, at + 21);
    if (hex(record.subarray(0, 16)) === id) {
      const days = record.subarray(17).reduce((sum, byte) => sum * 256 + byte, 0);
      const on = new Date(days * DAY * 1000).toISOString().slice(0, 10);
      return { standing: record[16] === 1 ? "superseded" : "revoked", on };
    }
  }
  return claim.position < status.size ? { standing: "current" } : { standing: "genuine", statusTooOld: true };
}
