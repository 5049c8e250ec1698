// What stands on the pages of a PDF: their letters, in the order in which they are drawn, and the QR codes, module by module, for
// they are no pictures of dots but rectangles.

import { Lexer } from "./pdf.js";
import { decodeQR } from "./qr/decode.js";

const PAGES_MAX = 16;
const OPERANDS_MAX = 4096;
const RECTANGLES_MAX = 40000;
const [SIDE_MIN, SIDE_MAX] = [21, 177];
/** Dots a module, and modules of paper around a code, when a code is shown to the reader. */
const [DOTS, QUIET] = [4, 4];

class Unreadable extends Error {}

function need(condition) {
  if (!condition) throw new Unreadable();
}

const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const unit = (text, at) => text.charCodeAt(at) * 256 + text.charCodeAt(at + 1);

function units(text) {
  need(text.length % 2 === 0);
  return Array.from({ length: text.length / 2 }, (_, at) => unit(text, 2 * at));
}

const utf16 = (text) => String.fromCharCode(...units(text));

/** What each glyph stands for: the `bfchar` and `bfrange` lines of a ToUnicode map (ISO 32000-1 §9.10.3). */
function lettersOf(map) {
  const read = new Lexer(map.split("\n").filter((line) => !line.startsWith("%")).join("\n"));
  const found = new Map();
  let seen = [];
  while (!read.isAtEnd()) {
    const value = read.object();
    if (value.word === undefined) seen.push(value);
    else {
      if (value.word === "endbfchar") for (let at = 0; at < seen.length; at += 2) found.set(unit(seen[at], 0), utf16(seen[at + 1]));
      if (value.word === "endbfrange") for (let at = 0; at < seen.length; at += 3) spread(found, seen.slice(at, at + 3));
      seen = [];
    }
  }
  return found;
}

function spread(found, [first, last, text]) {
  for (let step = 0; step <= unit(last, 0) - unit(first, 0); step += 1) {
    const told = Array.isArray(text) ? units(text[step]) : units(text);
    if (!Array.isArray(text)) told[told.length - 1] += step;
    found.set(unit(first, 0) + step, String.fromCharCode(...told));
  }
}

/** A text without any blank, in NFC. */
export function bare(text) {
  return text.replace(/\s+/gu, "").normalize("NFC").replace(/\s+/gu, "");
}

/** Draws one page: its letters go to `told`, what it fills to `filled`. */
class Hand {
  constructor(fonts, found) {
    Object.assign(this, { fonts, found, font: null, silent: [], corners: [], rectangles: [], plain: true });
  }

  draw(content) {
    const read = new Lexer(content);
    let operands = [];
    while (!read.isAtEnd()) {
      const value = read.object();
      if (value.word === undefined) operands.push(value);
      else {
        this.operate(value.word, operands);
        operands = [];
      }
      need(operands.length < OPERANDS_MAX);
    }
  }

  operate(operator, operands) {
    const [first, second] = operands;
    if (operator === "Tf") this.font = first.name;
    else if (operator === "Tj") this.show(first);
    else if (operator === "TJ") first.filter((part) => typeof part === "string").forEach((part) => this.show(part));
    else if (operator === "BMC" || operator === "BDC") this.mark(first, second);
    else if (operator === "EMC") need(this.silent.pop() !== undefined);
    else if ("mlhcvy".includes(operator) || operator === "re") this.path(operator, operands);
    else if (operator === "f" || operator === "f*") this.fill();
    else if (["n", "S", "s", "F", "B", "B*", "b", "b*"].includes(operator)) this.forget();
    else need(!["'", '"', "BI"].includes(operator));
  }

  /** What repeats on every page is no part of what it says; a mark may tell its own text. */
  mark(first, second) {
    const own = second instanceof Map ? second.get("ActualText") : undefined;
    if (own !== undefined) this.tell(own.startsWith("\xfe\xff") ? utf16(own.slice(2)) : new TextDecoder().decode(Uint8Array.from(own, (byte) => byte.charCodeAt(0))));
    this.silent.push(own !== undefined || first?.name === "Artifact");
  }

  show(text) {
    const letters = this.fonts.get(this.font);
    const told = units(text).map((glyph) => letters.get(glyph));
    need(!told.includes(undefined));
    this.tell(told.join(""));
  }

  tell(text) {
    if (!this.silent.includes(true)) this.found.told.push(text);
  }

  path(operator, numbers) {
    if (operator === "m") this.close();
    if (operator === "m" || operator === "l") this.corners.push(numbers);
    else if (operator === "h") this.close();
    else if (operator === "re") this.rectangles.push(ordered(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]));
    else this.plain = false;
    need(this.corners.length + this.rectangles.length <= RECTANGLES_MAX);
  }

  close() {
    const corners = this.corners;
    this.corners = [];
    if (corners.length === 5 && String(corners[0]) === String(corners[4])) corners.pop();
    if (corners.length === 0) return;
    const [a, b, c, d] = corners;
    const along = corners.length === 4 && a[1] === b[1] && b[0] === c[0] && c[1] === d[1] && d[0] === a[0];
    const across = corners.length === 4 && a[0] === b[0] && b[1] === c[1] && c[0] === d[0] && d[1] === a[1];
    if (along || across) this.rectangles.push(ordered(...a, ...c));
    else this.plain = false;
  }

  fill() {
    this.close();
    if (this.plain && this.rectangles.length > 0) this.found.filled.push(this.rectangles);
    this.forget();
  }

  forget() {
    [this.corners, this.rectangles, this.plain] = [[], [], true];
  }
}

const ordered = (x, y, toX, toY) => [Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)];

/** Reads the pages; throws when they are not as papers are written. */
export async function sheet(pdf) {
  const pages = pdf.dictionary(pdf.catalogue.get("Pages"));
  const kids = pages.get("Kids");
  need(kids.length <= PAGES_MAX && pages.get("Count") === kids.length);
  const found = { told: [], filled: [] };
  for (const kid of kids) {
    const page = pdf.dictionary(kid);
    need(page.get("Type").name === "Page");
    const fonts = new Map();
    const resources = pdf.dictionary(page.get("Resources"));
    for (const [name, value] of resources.has("Font") ? pdf.dictionary(resources.get("Font")) : []) {
      const font = pdf.dictionary(value);
      need(font.get("Encoding").name === "Identity-H");
      fonts.set(name, lettersOf(latin(await pdf.stream(font.get("ToUnicode")))));
    }
    new Hand(fonts, found).draw(latin(await pdf.stream(page.get("Contents"))));
  }
  return { text: bare(found.told.join("")), filled: found.filled };
}

// Codes

/** A number of modules: whole but for what is lost when coordinates are written. */
function modules(length, module) {
  const near = Math.round(length / module);
  return Math.abs(length / module - near) < 0.05 ? near : null;
}

/** The text of the code that the rectangles of one path draw; null where they draw none. */
export function codeOf(rectangles) {
  const edge = (at, far) => rectangles.reduce((found, rectangle) => far(found, rectangle[at]), rectangles[0][at]);
  const module = rectangles.reduce((least, [, bottom, , top]) => Math.min(least, top - bottom), Infinity);
  const [left, bottom, right, top] = [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
  const side = modules(right - left, module);
  if (side === null || side < SIDE_MIN || side > SIDE_MAX || modules(top - bottom, module) !== side) return null;
  const dark = Array.from({ length: side }, () => new Array(side).fill(false));
  for (const [from, below, to, above] of rectangles) {
    const [x, toX, y, toY] = [from - left, to - left, top - above, top - below].map((length) => modules(length, module));
    if ([x, toX, y, toY].includes(null)) return null;
    for (let row = y; row < toY; row += 1) dark[row].fill(true, x, toX);
  }
  return readModules(dark) ?? readModules([...dark].reverse());
}

/** The text of a code of which every module is known; null where the reader finds none. */
export function readModules(dark) {
  const side = (dark.length + 2 * QUIET) * DOTS;
  const data = new Uint8Array(side * side * 4).fill(255);
  dark.forEach((row, y) =>
    row.forEach((black, x) => {
      for (let line = 0; black && line < DOTS; line += 1) {
        const at = (((y + QUIET) * DOTS + line) * side + (x + QUIET) * DOTS) * 4;
        for (let dot = 0; dot < DOTS; dot += 1) data.fill(0, at + 4 * dot, at + 4 * dot + 3);
      }
    }),
  );
  try {
    return decodeQR({ width: side, height: side, data });
  } catch {
    return null;
  }
}
