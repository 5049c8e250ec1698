// The check of a paper's QR code in a browser, without a server: RFC 0005 §1, §2, §4 and §5, from their text alone.
// Nothing here touches the page, the network or a clock. ECDSA P-256 alone: a seal of another kind is for hotich-verify.

const CLAIM_SIZE_MAX = 65536;
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const CROCKFORD = /^[0-9A-HJKMNP-TV-Z]{20}$/;
const TRUST_LIST = "application/hotich-trust-list+cbor";
const STATUS_LIST = "application/hotich-status-list+cbor";
const DAY = 86400;
const VIETNAM = 7 * 3600;

/** Why a paper, or a list, is not believed. `code` is the name that hotich-verify gives it too. */
export class NotGenuine extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

function demand(condition, code) {
  if (!condition) throw new NotGenuine(code);
}

// Bytes

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function same(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

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

async function inflated(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => demand(false, "code_unreadable"));
    if (done) break;
    size += value.length;
    if (size > CLAIM_SIZE_MAX) {
      await reader.cancel();
      demand(false, "code_unreadable");
    }
    parts.push(value);
  }
  const out = new Uint8Array(size);
  parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// Deterministic CBOR (RFC 0001 §1): numbers, bytes, texts, arrays, maps in order, true, and the one tag

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(count) {
    demand(count <= this.bytes.length - this.at, "code_unreadable");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  head() {
    const first = this.take(1)[0];
    const [major, low] = [first >> 5, first & 31];
    if (low < 24) return [major, low];
    demand(low < 28 && major !== 7, "code_unreadable");
    const number = this.take(1 << (low - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    const least = [24, 256, 65536, 4294967296][low - 24];
    demand(number >= least && Number.isSafeInteger(number), "code_unreadable");
    return [major, number];
  }

  item(depth = 12) {
    demand(depth >= 0, "code_unreadable");
    const [major, number] = this.head();
    if (major === 0) return number;
    if (major === 1) return -1 - number;
    if (major === 2) return this.take(number);
    if (major === 3) return text(this.take(number));
    if (major === 4) {
      demand(number <= this.bytes.length - this.at, "code_unreadable");
      return Array.from({ length: number }, () => this.item(depth - 1));
    }
    if (major === 5) return this.map(number, depth - 1);
    demand(major === 7 && number === 21, "code_unreadable");
    return true;
  }

  map(count, depth) {
    demand(count <= this.bytes.length - this.at, "code_unreadable");
    const found = new Map();
    let last = null;
    for (let pair = 0; pair < count; pair += 1) {
      const from = this.at;
      const key = this.item(0);
      const written = this.bytes.subarray(from, this.at);
      demand(typeof key === "number" && (last === null || ascending(last, written)), "code_unreadable");
      last = written;
      found.set(key, this.item(depth));
    }
    return found;
  }

  end() {
    demand(this.at === this.bytes.length, "code_unreadable");
  }
}

function ascending(a, b) {
  const at = a.findIndex((byte, place) => byte !== b[place]);
  return at === -1 ? a.length < b.length : at < b.length && a[at] < b[at];
}

function text(bytes) {
  try {
    const read = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    demand(read.normalize("NFC") === read, "code_unreadable");
    return read;
  } catch {
    throw new NotGenuine("code_unreadable");
  }
}

function whole(bytes) {
  const reader = new Reader(bytes);
  const item = reader.item();
  reader.end();
  return item;
}

function bytesOf(major, bytes) {
  const size = bytes.length;
  const head = size < 24 ? [size] : size < 256 ? [24, size] : size < 65536 ? [25, size >> 8, size & 255] : [26, size >>> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255];
  head[0] |= major << 5;
  const out = new Uint8Array(head.length + size);
  out.set(head);
  out.set(bytes, head.length);
  return out;
}

// COSE_Sign1

/** Takes a signed message apart; nothing of it is believed yet. */
function sign1(bytes) {
  const reader = new Reader(bytes);
  const [major, tag] = reader.head();
  demand(major === 6 && tag === 18, "code_unreadable");
  const parts = reader.item();
  reader.end();
  demand(Array.isArray(parts) && parts.length === 4, "code_unreadable");
  const [guarded, open, payload, signature] = parts;
  demand(guarded instanceof Uint8Array && payload instanceof Uint8Array, "code_unreadable");
  demand(open instanceof Map && open.size === 0 && signature instanceof Uint8Array && signature.length === 64, "code_unreadable");
  const header = whole(guarded);
  const kid = header.get(4);
  demand(header.get(1) === -7 && kid instanceof Uint8Array && kid.length === 8, "code_unreadable");
  demand(header.size === (header.has(3) ? 3 : 2), "code_unreadable");
  const message = [Uint8Array.of(0x84), bytesOf(3, new TextEncoder().encode("Signature1")), bytesOf(2, guarded), Uint8Array.of(0x40), bytesOf(2, payload)];
  return { type: header.get(3), kid, payload, signature, message: joined(message) };
}

function joined(parts) {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

async function verified(signed, key) {
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signed.signature, signed.message);
}

// Certificates (X.509, RFC 5280), as much as a seal needs

function der(bytes, at = 0) {
  demand(at + 2 <= bytes.length, "seal_unreadable");
  let length = bytes[at + 1];
  let start = at + 2;
  if (length >= 128) {
    const count = length & 127;
    demand(count >= 1 && count <= 3, "seal_unreadable");
    length = bytes.subarray(start, start + count).reduce((sum, byte) => sum * 256 + byte, 0);
    start += count;
  }
  demand(start + length <= bytes.length, "seal_unreadable");
  return { tag: bytes[at], inside: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

function members(inside) {
  const found = [];
  for (let at = 0; at < inside.length; ) {
    const item = der(inside, at);
    found.push(item);
    at += item.whole.length;
  }
  return found;
}

function seconds(time) {
  const digits = text(time.inside);
  const full = time.tag === 0x17 ? (digits < "50" ? "20" : "19") + digits : digits;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? [];
  demand(year, "seal_unreadable");
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

const ECDSA_SHA256 = "300a06082a8648ce3d040302";
const P256_KEY = "301306072a8648ce3d020106082a8648ce3d030107";
const COMMON_NAME = "0603550403";
const CONSTRAINTS_CA = "300f0603551d130101ff040530030101ff";

async function certificate(bytes) {
  const parts = members(der(bytes).inside);
  const tbs = members(parts[0].inside);
  const [, , algorithm, issuer, validity, subject, info, ...rest] = tbs;
  demand(parts.length === 3 && tbs.length >= 7 && der(bytes).whole.length === bytes.length, "seal_unreadable");
  demand(hex(algorithm.whole) === ECDSA_SHA256 && hex(parts[1].whole) === ECDSA_SHA256, "seal_unreadable");
  demand(hex(members(info.inside)[0].whole) === P256_KEY, "seal_unreadable");
  const [from, until] = members(validity.inside).map(seconds);
  const name = members(subject.inside).flatMap((set) => members(set.inside)).map((pair) => members(pair.inside)).find(([oid]) => hex(oid.whole) === COMMON_NAME);
  const key = await crypto.subtle.importKey("spki", info.whole, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return {
    der: bytes,
    issuer: issuer.whole,
    subject: subject.whole,
    from,
    until,
    name: name ? text(name[1].inside) : "",
    authority: rest.some((extra) => hex(extra.whole).includes(CONSTRAINTS_CA)),
    key,
    kid: (await sha256(info.whole)).subarray(0, 8),
    signed: parts[0].whole,
    signature: plain(parts[2].inside.subarray(1)),
  };
}

/** `r ‖ s` of an ECDSA signature in DER. */
function plain(bytes) {
  const out = new Uint8Array(64);
  members(der(bytes).inside).forEach((number, place) => {
    const digits = number.inside[0] === 0 ? number.inside.subarray(1) : number.inside;
    demand(place < 2 && digits.length <= 32, "seal_unreadable");
    out.set(digits, 32 * place + 32 - digits.length);
  });
  return out;
}

async function issued(certificate, issuer) {
  const right = issuer.authority && same(certificate.issuer, issuer.subject);
  return right && crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, issuer.key, certificate.signature, certificate.signed);
}

// Lists

async function readable(bytes) {
  try {
    return await certificate(bytes);
  } catch {
    return null; // A certificate that cannot be read here is trusted for nothing; the others stay.
  }
}

/** Opens a trust list. `root` is the SHA-256 of the one root that may vouch for it (hex), or null: then it vouches for itself. */
export async function openTrust(bytes, root = null) {
  const signed = sign1(bytes);
  demand(signed.type === TRUST_LIST, "list_unreadable");
  const list = whole(signed.payload);
  demand(list instanceof Map && list.get(0) === 1 && list.size === 7, "list_unreadable");
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
  await signedByTheCountry(signed, trust, vouching, trust.madeAt);
  return trust;
}

/** Opens a status list of the same ledger. */
export async function openStatus(bytes, trust) {
  const signed = sign1(bytes);
  demand(signed.type === STATUS_LIST, "list_unreadable");
  const list = whole(signed.payload);
  demand(list instanceof Map && list.get(0) === 1 && list.size === 6 && list.get(5).length % 21 === 0, "list_unreadable");
  demand(list.get(1) === trust.origin, "other_ledger");
  await signedByTheCountry(signed, trust, trust.roots, list.get(2));
  return { madeAt: list.get(2), size: list.get(4), records: list.get(5) };
}

async function signedByTheCountry(signed, trust, roots, at) {
  for (const root of roots) {
    if (same(root.kid, signed.kid) && (await verified(signed, root.key))) return;
  }
  for (const listed of trust.seals.filter(({ office, use }) => office === 0 && use === 2)) {
    const known = same(listed.seal.kid, signed.kid) && (await judged(listed, roots, at)) === null;
    if (known && (await verified(signed, listed.seal.key))) return;
  }
  demand(false, "list_untrusted");
}

/** Null, or why the seal does not count at that second. A code has no time stamp, so a suspect seal never counts. */
async function judged(listed, roots, at) {
  const { seal } = listed;
  const issuers = roots.filter((root) => root.from <= at && at <= root.until);
  const found = await Promise.all(issuers.map((root) => issued(seal, root)));
  if (!found.includes(true)) return "untrusted_root";
  const day = dayOf(at);
  if (at < seal.from || seal.until < at || day < listed.from || listed.until < day) return "seal_not_in_force";
  const revoked = listed.revokedOn !== null && listed.revokedOn <= day;
  return revoked || listed.suspectSince !== null ? "seal_revoked" : null;
}

/** The day in Vietnam. */
export function dayOf(at) {
  return new Date((at + VIETNAM) * 1000).toISOString().slice(0, 10);
}

// Papers

/** Checks the text of a code. Answers the standing, the claim and whose seal it is; throws NotGenuine. */
export async function checkCode(code, trust, status = null) {
  demand(code.length <= 4296, "code_unreadable");
  const signed = sign1(await inflated(base45(code)));
  demand(signed.type === undefined, "code_unreadable");
  const claim = claims(signed.payload);
  demand(claim.origin === trust.origin, "other_ledger");
  const known = trust.seals.filter(({ seal, use }) => use === 2 && same(seal.kid, signed.kid));
  demand(known.length > 0, "unknown_seal");
  for (const listed of known) {
    if (!(await verified(signed, listed.seal.key))) continue;
    demand(listed.office === claim.office || listed.office === 0, "unknown_seal");
    const why = await judged(listed, trust.roots, claim.signedAt);
    demand(why === null, why);
    return { ...(await standing(claim, status)), claim, sealedBy: listed.seal.name };
  }
  throw new NotGenuine("code_changed");
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
  demand(numbers && texts && hashes && codes && fields, "code_unreadable");
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
  return { standing: claim.position < status.size ? "current" : "genuine" };
}
