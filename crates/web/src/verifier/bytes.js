// Bytes, and the one way in which a check says no.

/** Why a paper, or a list, is not believed. `code` is the name that hotich-verify gives it too. */
export class NotGenuine extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export function demand(condition, code) {
  if (!condition) throw new NotGenuine(code);
}

/** What `read` answers; whatever goes wrong in it is this reason. */
export function as(code, read) {
  try {
    return read();
  } catch {
    throw new NotGenuine(code);
  }
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** None for what is no hexadecimal of whole bytes. */
export function unhex(text) {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

export function same(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function joined(parts) {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}

/** Bytes as letters, one each. */
export function letters(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
}

export function unletters(text) {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** zlib (RFC 1950), at most `sizeMax` bytes of it. */
export async function inflated(bytes, sizeMax, code) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => demand(false, code));
    if (done) return joined(parts);
    size += value.length;
    if (size > sizeMax) {
      await reader.cancel();
      demand(false, code);
    }
    parts.push(value);
  }
}
