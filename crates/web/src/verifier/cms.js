// The signature in a PDF (CMS, RFC 5652), and the time stamp on it (RFC 3161): whose it is and whether it is over these bytes.
// Whether they are to be believed is for check.js.

import { as, demand, hex, same, sha256 } from "./bytes.js";
import { alone, certificate, hashOf, members, parts, seconds, signs } from "./certificate.js";

const SIGNED_DATA = "06092a864886f70d010702";
const DATA = "06092a864886f70d010701";
const TST_INFO = "060b2a864886f70d0109100104";
const CONTENT_TYPE = "06092a864886f70d010903";
const MESSAGE_DIGEST = "06092a864886f70d010904";
const SIGNING_CERTIFICATE = "060b2a864886f70d010910022f";
const TIME_STAMP = "060b2a864886f70d010910020e";

/** The signature without the zeros behind it. */
export function withoutRoom(contents) {
  return as("seal_unreadable", () => {
    const size = contents.length > 2 ? members(contents.subarray(0, sizeOf(contents)))[0].whole.length : 0;
    demand(contents[0] === 0x30 && contents.subarray(size).every((byte) => byte === 0), "seal_unreadable");
    return contents.subarray(0, size);
  });
}

function sizeOf(contents) {
  const count = contents[1] < 128 ? 0 : contents[1] & 127;
  demand(count <= 3, "seal_unreadable");
  const length = count === 0 ? contents[1] : contents.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return 2 + count + length;
}

/** Takes SignedData apart. */
function signedData(item) {
  const [type, content, ...more] = parts(item);
  demand(hex(type.whole) === SIGNED_DATA && content.tag === 0xa0 && more.length === 0, "seal_unreadable");
  const [version, algorithms, inner, ...rest] = parts(alone(content.inside));
  const signers = parts(rest.pop(), 0x31);
  const [certificates, other] = [rest.shift(), rest.shift()];
  demand(certificates?.tag === 0xa0 && other === undefined, "seal_unreadable");
  const [innerType, wrapped] = parts(inner);
  return {
    version: hex(version.whole),
    algorithms: parts(algorithms, 0x31),
    type: hex(innerType.whole),
    content: wrapped ? alone(wrapped.inside).inside : null,
    certificates: members(certificates.inside).map((one) => one.whole),
    signers,
  };
}

/** Attributes by their names; a name that stands twice, or with several values, is none. */
function attributes(items) {
  const found = new Map();
  for (const item of items) {
    const [oid, values] = parts(item);
    const [value, ...more] = parts(values, 0x31);
    const name = hex(oid.whole);
    found.set(name, found.has(name) || more.length > 0 ? null : value);
  }
  return found;
}

function signerInfo(item) {
  const [version, sid, digest, ...rest] = parts(item);
  demand(rest[0]?.tag === 0xa0 && rest.length >= 3 && rest.length <= 4, "seal_unreadable");
  const [signed, algorithm, signature, unsigned] = rest;
  demand(signature.tag === 4 && (unsigned === undefined || unsigned.tag === 0xa1), "seal_unreadable");
  const [issuer, serial] = parts(sid);
  const message = signed.whole.slice();
  message[0] = 0x31;
  return {
    version: hex(version.whole),
    issuer: issuer.whole,
    serial: serial.whole,
    digest,
    signed: attributes(members(signed.inside)),
    message,
    algorithm,
    signature: signature.inside,
    unsigned: attributes(unsigned ? members(unsigned.inside) : []),
  };
}

/** Whether the signed attributes name this certificate by its SHA-256 (RFC 5035). */
async function names(value, bytes) {
  const first = parts(parts(parts(value)[0])[0])[0];
  // The hash algorithm stands before the hash only when it is not SHA-256.
  return first.tag === 4 && same(first.inside, await sha256(bytes));
}

/** The one signer, whose signature is right. */
async function verified(data, type, bytes) {
  demand(data.signers.length === 1, "not_sealed");
  const signer = signerInfo(data.signers[0]);
  const hash = hashOf(signer.digest);
  let by = null;
  for (const one of data.certificates) {
    const [, serial, , issuer] = parts(parts(alone(one))[0]);
    if (by === null && same(issuer.whole, signer.issuer) && same(serial.whole, signer.serial)) by = await certificate(one);
  }
  demand(by && hash && signer.signed.get(SIGNING_CERTIFICATE) && (await names(signer.signed.get(SIGNING_CERTIFICATE), by.der)), "seal_unreadable");
  const [typed, digest] = [signer.signed.get(CONTENT_TYPE), signer.signed.get(MESSAGE_DIGEST)];
  demand(typed && hex(typed.whole) === type && digest?.tag === 4, "seal_unreadable");
  demand(same(new Uint8Array(await crypto.subtle.digest(hash, bytes)), digest.inside), "changed");
  demand(await signs(by, signer.algorithm, hash, signer.message, signer.signature), "changed");
  return { by, signer };
}

/** A token over this signature: by whom, and at which second. */
async function timeStamp(token, signature) {
  const data = signedData(token);
  demand(data.type === TST_INFO && data.content, "wrong_time_stamp");
  const { by } = await verified(data, TST_INFO, data.content);
  const [, , imprint, , time] = parts(alone(data.content));
  const [algorithm, hash] = parts(imprint);
  const found = await crypto.subtle.digest(hashOf(algorithm), signature);
  demand(same(new Uint8Array(found), hash.inside) && time.tag === 0x18, "wrong_time_stamp");
  return { at: seconds(time), by };
}

/** Judges a signature over bytes that stand elsewhere. Answers by whom, the time stamp if there is one, and what lies beside. */
export async function signed(cms, bytes) {
  const data = as("seal_unreadable", () => signedData(alone(cms)));
  demand(data.content === null && data.type === DATA, "seal_unreadable");
  const { by, signer } = await verified(data, DATA, bytes);
  const [version, signerVersion] = [data.version, signer.version];
  const plain = version === "020101" && signerVersion === "020101" && data.algorithms.length === 1 && same(data.algorithms[0].whole, signer.digest.whole);
  const stamp = signer.unsigned.get(TIME_STAMP);
  demand(plain && signer.unsigned.size === (stamp ? 1 : 0), "seal_unreadable");
  const stamped = stamp ? await timeStamp(stamp, signer.signature).catch(() => demand(false, "wrong_time_stamp")) : null;
  return { by, stamped, beside: data.certificates.filter((one) => !same(one, by.der)) };
}
