// A sealed PDF, read strictly (RFC 0005 §3): one revision, every byte accounted for. Whatever is otherwise is not a paper of this
// ledger, however well others may show it: nothing can be hidden behind the end, between objects or in a second version of one.
//
// Values: numbers; texts as strings of one letter a byte; arrays; maps; { name }, { reference } and { word }.

import { inflated, letters, unhex, unletters } from "./bytes.js";

export const PDF_SIZE_MAX = 4 << 20;
const STREAM_SIZE_MAX = 8 << 20;
const HEAD_SIZE_MAX = 32;
const OBJECTS_MAX = 20000;
const DEPTH_MAX = 24;
const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\n": "" };

/** What is not written as papers are. */
class Odd extends Error {}

function need(condition) {
  if (!condition) throw new Odd();
}

/** Reads values (ISO 32000-1 §7.3) from a string of bytes. */
export class Lexer {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [null];
    if (found !== null) this.at += found.length;
    return found;
  }

  skip(word) {
    const there = this.text.startsWith(word, this.at);
    if (there) this.at += word.length;
    return there;
  }

  isAtEnd() {
    this.match(/[\0\t\n\f\r ]*/y);
    return this.at >= this.text.length;
  }

  object(depth = DEPTH_MAX) {
    need(depth > 0 && !this.isAtEnd());
    if (this.skip("<<")) return this.dictionary(depth - 1);
    if (this.skip("<")) return this.hexadecimal();
    if (this.skip("[")) return this.array(depth - 1);
    if (this.skip("(")) return this.string();
    if (this.skip("/")) return { name: this.regular() };
    const word = this.regular();
    if (/^\d+$/.test(word) && this.skip(" 0 R")) return { reference: Number(word) };
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    need(word !== "" && !/^[\d+.-]/.test(word));
    return { word };
  }

  regular() {
    return this.match(/[^\0\t\n\f\r ()<>[\]{}/%]*/y);
  }

  array(depth) {
    const items = [];
    while (!this.isAtEnd() && !this.skip("]")) items.push(this.object(depth));
    need(this.text[this.at - 1] === "]");
    return items;
  }

  dictionary(depth) {
    const pairs = new Map();
    while (!this.isAtEnd() && !this.skip(">>")) {
      const { name } = this.object(depth);
      need(name !== undefined && !pairs.has(name));
      pairs.set(name, this.object(depth));
    }
    need(this.text.endsWith(">>", this.at));
    return pairs;
  }

  hexadecimal() {
    const bytes = unhex(this.match(/[^>]*/y));
    need(bytes !== null && this.skip(">"));
    return letters(bytes);
  }

  string() {
    let [out, open] = ["", 1];
    for (;;) {
      const letter = this.text[this.at];
      need(letter !== undefined);
      this.at += 1;
      open += (letter === "(") - (letter === ")");
      if (open === 0) return out;
      out += letter === "\\" ? this.escaped() : letter;
    }
  }

  escaped() {
    const octal = this.match(/[0-7]{1,3}/y);
    if (octal !== null) {
      need(parseInt(octal, 8) < 256);
      return String.fromCharCode(parseInt(octal, 8));
    }
    const letter = this.text[this.at];
    need(letter !== undefined);
    this.at += 1;
    return ESCAPES[letter] ?? letter;
  }
}

/** Answers none for what is not written as papers are. */
export function odd(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof Odd || error instanceof TypeError) return null;
    throw error;
  }
}

/** The cross-reference table and the trailer behind it. Ascending, from 1, without gaps. */
function table(text) {
  const [head, count] = /^xref\n0 (\d{1,6})\n0000000000 65535 f\r\n/.exec(text) ?? [];
  need(head && Number(count) >= 2 && Number(count) <= OBJECTS_MAX);
  const end = head.length + 20 * (Number(count) - 1);
  const entries = text.slice(head.length, end).match(/\d{10} 00000 n\r\n/g) ?? [];
  need(entries.join("") === text.slice(head.length, end) && entries.length === Number(count) - 1);
  const offsets = entries.map((entry) => Number(entry.slice(0, 10)));
  need(offsets.every((offset, place) => place === 0 || offsets[place - 1] < offset) && text.startsWith("trailer\n", end));
  const read = new Lexer(text.slice(end + 8));
  const trailer = read.object();
  need(trailer instanceof Map && read.isAtEnd());
  return [offsets, trailer];
}

export class Pdf {
  /** Reads a file; throws for what is not as papers are written (ask through `odd`). */
  constructor(bytes) {
    need(bytes.length <= PDF_SIZE_MAX);
    this.bytes = bytes;
    this.text = letters(bytes);
    const end = this.text.lastIndexOf("\nstartxref\n") + 1;
    const [, at] = /^startxref\n(\d{1,10})\n%%EOF$/.exec(this.text.slice(end)) ?? [];
    need(this.text.startsWith("%PDF-1.7\n") && end > 0 && at !== undefined && Number(at) < end);
    const [offsets, trailer] = table(this.text.slice(Number(at), end));
    this.places = offsets.map((start, place) => [start, offsets[place + 1] ?? Number(at)]);
    this.root = trailer.get("Root").reference;
    const known = ["Size", "Root", "Info", "ID"];
    need(trailer.get("Size") === offsets.length + 1 && [...trailer.keys()].every((name) => known.includes(name)));
    const head = this.text.slice(9, offsets[0]);
    need(head === "" || (/^%[^\n]*\s*$/.test(head) && head.length <= HEAD_SIZE_MAX));
    this.parts = this.places.map((place, index) => this.read(index + 1, place));
  }

  /** `N 0 obj`, a value, a stream or none, `endobj`, and nothing else. */
  read(number, [start, end]) {
    const read = new Lexer(this.text.slice(start, end));
    need(read.skip(`${number} 0 obj\n`));
    const value = read.object();
    need(read.skip("\n"));
    let data = null;
    if (read.skip("stream\n")) {
      const length = value.get("Length");
      need(Number.isInteger(length) && length >= 0 && read.at + length <= end - start);
      data = this.bytes.subarray(start + read.at, start + read.at + length);
      read.at += length;
      need(read.skip("\nendstream\n"));
    }
    need(read.skip("endobj\n") && read.isAtEnd());
    return { value, data };
  }

  /** What a value leads to: itself, unless it is a reference. */
  at(value) {
    if (value?.reference === undefined) return value;
    const found = this.parts[value.reference - 1];
    need(found);
    return found.value;
  }

  dictionary(value) {
    const found = this.at(value);
    need(found instanceof Map);
    return found;
  }

  get catalogue() {
    return this.dictionary({ reference: this.root });
  }

  /** The bytes of a stream, inflated. */
  async stream(value) {
    const { value: pairs, data } = this.parts[value.reference - 1];
    need(data !== null);
    const filter = pairs.get("Filter");
    need(filter === undefined || filter.name === "FlateDecode");
    return filter ? inflated(data, STREAM_SIZE_MAX, "not_a_paper") : data;
  }
}

// The seal of a file

/** The one field of the form, which is a signature. */
function signature(pdf) {
  const fields = pdf.dictionary(pdf.catalogue.get("AcroForm")).get("Fields");
  need(Array.isArray(fields) && fields.length === 1);
  const field = pdf.dictionary(fields[0]);
  const number = field.get("V").reference;
  const found = pdf.dictionary({ reference: number });
  const named = (dictionary, name) => dictionary.get(name)?.name;
  need(named(field, "FT") === "Sig" && named(found, "Type") === "Sig");
  need(named(found, "Filter") === "Adobe.PPKLite" && named(found, "SubFilter") === "ETSI.CAdES.detached");
  return [number, found];
}

/** All bytes but the signature's own: what is left out is just the string of the signature. */
function covered(pdf, number, found) {
  const [start, first, from, rest, ...more] = found.get("ByteRange");
  need(more.length === 0 && [first, from, rest].every(Number.isInteger) && first > 0 && first < from);
  const place = pdf.places[number - 1];
  need(start === 0 && from + rest === pdf.bytes.length && place[0] < first && from < place[1]);
  need(pdf.text.slice(place[0], first).endsWith("/Contents") && /^<[0-9a-f]*>$/.test(pdf.text.slice(first, from)));
  const bytes = new Uint8Array(first + rest);
  bytes.set(pdf.bytes.subarray(0, first));
  bytes.set(pdf.bytes.subarray(from), first);
  return bytes;
}

/** Finds the signature, and the bytes that it is over. */
export function signedPart(pdf) {
  const [number, found] = signature(pdf);
  need(typeof found.get("Contents") === "string");
  return { signed: covered(pdf, number, found), contents: unletters(found.get("Contents")), at: found.get("M") };
}

/** The bytes of the content that rides along. */
export async function contentOf(pdf) {
  const ours = pdf.dictionary(pdf.dictionary(pdf.catalogue.get("PieceInfo")).get("hotich"));
  return pdf.stream(ours.get("Private"));
}
