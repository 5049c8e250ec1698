// CBOR in its one encoding (RFC 0001 §1), and what is signed in it (COSE_Sign1, RFC 9052).

import { NotGenuine, demand, joined } from "./bytes.js";

// Numbers, bytes, texts, arrays, maps in order, true, and the one tag

export class Reader {
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

/** The one item that these bytes are. */
export function whole(bytes) {
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
export function sign1(bytes) {
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
