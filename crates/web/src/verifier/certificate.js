// Certificates (X.509, RFC 5280) and the signatures of X.509 and CMS, as much as seals need: ECDSA over P-256 and P-384, RSA.

import { demand, hex, same, sha256 } from "./bytes.js";

const COMMON_NAME = "0603550403";
const EC_KEY = "06072a8648ce3d0201";
const RSA_KEY = "06092a864886f70d010101";
const RSA_PSS = "06092a864886f70d01010a";
const CURVES = { "06082a8648ce3d030107": ["P-256", 32], "06052b81040022": ["P-384", 48] };
const HASHES = {
  "0609608648016503040201": "SHA-256",
  "0609608648016503040202": "SHA-384",
  "0609608648016503040203": "SHA-512",
};
const SCHEMES = {
  "06082a8648ce3d040302": ["ECDSA", "SHA-256"],
  "06082a8648ce3d040303": ["ECDSA", "SHA-384"],
  "06082a8648ce3d040304": ["ECDSA", "SHA-512"],
  "06092a864886f70d01010b": ["RSASSA-PKCS1-v1_5", "SHA-256"],
  "06092a864886f70d01010c": ["RSASSA-PKCS1-v1_5", "SHA-384"],
  "06092a864886f70d01010d": ["RSASSA-PKCS1-v1_5", "SHA-512"],
};
const KEY_USAGE = "0603551d0f";
const CONSTRAINTS = "0603551d13";
const EXTENDED_USAGE = "0603551d25";
const EMAIL_PROTECTION = "06082b06010505070304";
const TIME_STAMPING = "06082b06010505070308";
const RSA_BYTES_MIN = 256;
const RSA_BYTES_MAX = 1024;

// DER

/** One item: its tag, what is inside, and all of it. */
export function der(bytes, at = 0) {
  demand(at + 2 <= bytes.length, "seal_unreadable");
  let length = bytes[at + 1];
  let start = at + 2;
  if (length >= 128) {
    const count = length & 127;
    demand(count >= 1 && count <= 3 && start + count <= bytes.length, "seal_unreadable");
    length = bytes.subarray(start, start + count).reduce((sum, byte) => sum * 256 + byte, 0);
    demand(length >= [0, 128, 256, 65536][count], "seal_unreadable");
    start += count;
  }
  demand(start + length <= bytes.length, "seal_unreadable");
  return { tag: bytes[at], inside: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** The items that stand behind each other. */
export function members(inside) {
  const found = [];
  for (let at = 0; at < inside.length; ) {
    const item = der(inside, at);
    found.push(item);
    at += item.whole.length;
  }
  return found;
}

/** The members of an item of that tag (a SEQUENCE unless another is asked for). */
export function parts(item, tag = 0x30) {
  demand(item?.tag === tag, "seal_unreadable");
  return members(item.inside);
}

/** The one item that these bytes are. */
export function alone(bytes) {
  const item = der(bytes);
  demand(item.whole.length === bytes.length, "seal_unreadable");
  return item;
}

/** Seconds since 1970 of a UTCTime or GeneralizedTime. */
export function seconds(time) {
  const digits = String.fromCharCode(...time.inside);
  const full = time.tag === 0x17 ? (digits < "50" ? "20" : "19") + digits : digits;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? [];
  demand(year, "seal_unreadable");
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

// Signatures

/** The hash function that an AlgorithmIdentifier names; none for another. */
export function hashOf(algorithm) {
  return HASHES[hex(parts(algorithm)[0].whole)] ?? null;
}

/** RSASSA-PSS-params (RFC 4055 §3.1): the hash, and MGF1 with the same hash. */
function pss(parameters) {
  const tagged = (tag) => members(parts(parameters).find((part) => part.tag === tag)?.inside ?? [])[0];
  const [hash, mask] = [tagged(0xa0), tagged(0xa1)];
  if (!hash || !mask || hashOf(hash) !== hashOf(parts(mask)[1])) return null;
  return hashOf(hash) && ["RSA-PSS", hashOf(hash)];
}

function scheme(algorithm, hash) {
  const [oid, parameters] = parts(algorithm);
  const name = hex(oid.whole);
  if (name === RSA_PSS) return parameters ? pss(parameters) : null;
  if (name === RSA_KEY) return hash && ["RSASSA-PKCS1-v1_5", hash];
  const found = SCHEMES[name] ?? null;
  // Where a hash is named twice, both must be the same.
  return found && (hash === null || hash === found[1]) ? found : null;
}

/** `r ‖ s` of an ECDSA signature in DER. */
function plain(bytes, size) {
  const out = new Uint8Array(2 * size);
  const numbers = parts(alone(bytes));
  demand(numbers.length === 2, "seal_unreadable");
  numbers.forEach((number, place) => {
    const digits = number.inside[0] === 0 ? number.inside.subarray(1) : number.inside;
    demand(number.tag === 2 && digits.length <= size, "seal_unreadable");
    out.set(digits, size * (place + 1) - digits.length);
  });
  return out;
}

/** Whether the key of a certificate made this signature. `hash` is the one that CMS names beside the algorithm. */
export async function signs(certificate, algorithm, hash, message, signature) {
  const [name, used] = scheme(algorithm, hash) ?? [];
  const { curve, size, spki } = certificate;
  if (!name || (name === "ECDSA") !== (curve !== null)) return false;
  try {
    const kind = curve ? { name, namedCurve: curve } : { name, hash: used };
    const key = await crypto.subtle.importKey("spki", spki, kind, false, ["verify"]);
    const bytes = curve ? plain(signature, size) : signature;
    return await crypto.subtle.verify({ name, hash: used, saltLength: { "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 }[used] }, key, bytes, message);
  } catch {
    return false;
  }
}

// Certificates

/** What each extension says, by its name; one that is critical and that nobody here understands makes the certificate unusable. */
function extensions(rest) {
  const list = rest.find((item) => item.tag === 0xa3);
  const found = new Map();
  for (const extension of list ? parts(parts(list, 0xa3)[0]) : []) {
    const [oid, ...behind] = parts(extension);
    const name = hex(oid.whole);
    const critical = behind.length === 2 && behind[0].inside[0] !== 0;
    const known = [KEY_USAGE, CONSTRAINTS, EXTENDED_USAGE].includes(name);
    demand((known || !critical) && !found.has(name) && behind.length >= 1, "seal_unreadable");
    found.set(name, alone(behind[behind.length - 1].inside));
  }
  return found;
}

/** The bits of a key usage, the first in the highest place; all where none is stated. */
function usage(found) {
  const bits = found.get(KEY_USAGE);
  return bits ? (bits.inside[1] ?? 0) : 255;
}

function keyKind(info) {
  const [algorithm, bits] = parts(info);
  const [oid, curve] = parts(algorithm);
  const name = hex(oid.whole);
  const [named, size] = (name === EC_KEY && CURVES[hex(curve?.whole ?? [])]) || [null, 0];
  if (named) return { curve: named, size };
  demand(name === RSA_KEY, "seal_unreadable");
  const number = parts(alone(bits.inside.subarray(1)))[0].inside;
  const bytes = number[0] === 0 ? number.length - 1 : number.length;
  demand(RSA_BYTES_MIN <= bytes && bytes <= RSA_BYTES_MAX, "seal_unreadable");
  return { curve: null, size };
}

/** Reads DER. Nothing of it is believed yet. */
export async function certificate(bytes) {
  const [signed, algorithm, signature, ...more] = parts(alone(bytes));
  const tbs = parts(signed);
  const [, serial, inner, issuer, validity, subject, info, ...rest] = tbs;
  demand(tbs[0].tag === 0xa0 && tbs.length >= 7 && more.length === 0 && signature?.tag === 3, "seal_unreadable");
  const [from, until] = parts(validity).map(seconds);
  const name = parts(subject).flatMap((set) => members(set.inside)).map((pair) => parts(pair)).find(([oid]) => hex(oid.whole) === COMMON_NAME);
  const found = extensions(rest);
  const [constraints, extended] = [found.get(CONSTRAINTS), found.get(EXTENDED_USAGE)];
  const uses = extended ? parts(extended).map((use) => hex(use.whole)) : [];
  const keyId = await sha256(info.whole);
  return {
    der: bytes,
    issuer: issuer.whole,
    serial: serial.whole,
    subject: subject.whole,
    from,
    until,
    name: name ? new TextDecoder().decode(name[1].inside) : "",
    spki: info.whole,
    ...keyKind(info),
    kid: keyId.subarray(0, 8),
    authority: constraints !== undefined && parts(constraints)[0]?.tag === 1 && (usage(found) & 4) !== 0,
    maySeal: (usage(found) & 0xc0) !== 0 && (uses.length === 0 || uses.includes(EMAIL_PROTECTION)),
    mayStampTime: uses.length === 1 && uses[0] === TIME_STAMPING,
    signed: signed.whole,
    algorithm,
    sameAlgorithm: same(algorithm.whole, inner.whole),
    signature: signature.inside.subarray(1),
  };
}

export async function issued(certificate, issuer) {
  const right = issuer.authority && same(certificate.issuer, issuer.subject) && certificate.sameAlgorithm;
  return right && signs(issuer, certificate.algorithm, null, certificate.signed, certificate.signature);
}

/** Judges an ES256 signature of COSE: `r ‖ s` over SHA-256. */
export async function signsCose(certificate, message, signature) {
  if (certificate.curve !== "P-256") return false;
  const key = await crypto.subtle.importKey("spki", certificate.spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, message);
}
