// The content of a paper (RFC 0004 §1, §2): from its bytes to the texts that must stand on the pages.

import { as, demand } from "./bytes.js";
import { whole } from "./cbor.js";

const PAPERS = 18;
const [BIRTH, BIRTH_NOTED, DEATH] = [1, 2, 5];
/** The birth date of the child of a birth; the day of death in its act. */
const [CHILD_BORN_ON, DIED_ON] = [34, 5];
const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

const isTexts = (items) => Array.isArray(items) && items.every((item) => typeof item === "string");

function isDay(text) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const found = new Date(Date.UTC(year, month - 1, day));
  return year > "0000" && found.getUTCMonth() === month - 1 && found.getUTCDate() === Number(day);
}

/** Reads the bytes of a content; they have one encoding. */
export function contentFrom(bytes) {
  const items = as("not_a_paper", () => whole(bytes));
  const [version, paper, form, title, header, number, place, issuedOn, fields, notes, signed] = Array.isArray(items) ? items : [];
  const shaped = version === 2 && items.length === 11 && paper >= 1 && paper <= PAPERS && (form === 1 || form === 2);
  demand(shaped && [title, header, notes, signed, [number, place, issuedOn]].every(isTexts) && signed.length === 4, "not_a_paper");
  const pairs = Array.isArray(fields) && fields.every((field) => Array.isArray(field) && field.length === 2 && field[0] >= 0 && typeof field[1] === "string");
  demand(pairs && new Map(fields).size === fields.length && isDay(issuedOn), "not_a_paper");
  return { paper, form, title, header, number, place, issuedOn, fields, notes, signed };
}

/** Every text of the page that varies, in reading order, blanks left out. Dates in words stand behind their figures. */
export function printed({ paper, title, header, number, place, issuedOn, fields, notes, signed }) {
  const [year, month, day] = issuedOn.split("-").map(Number);
  const line = `ngày ${issuedOn.slice(8)} tháng ${month <= 2 ? issuedOn.slice(5, 7) : month} năm ${year}`;
  const inWords = ([BIRTH, BIRTH_NOTED].includes(paper) && CHILD_BORN_ON) || (paper === DEATH && DIED_ON);
  const values = fields.flatMap(([id, value]) => (id === inWords ? [value, words(value)] : [value]));
  return [...header, number, place ? `${place}, ${line}` : line, ...title, ...values, ...notes, ...signed].filter((text) => text !== "");
}

/** A date in words, from its figures `14/05/2019`, `05/2019`, `1975`, `14/05/…`; empty where they are none. */
function words(figures) {
  const given = figures.split("/");
  if (given.length > 3 || !given.every((part) => part === "…" || /^\d+$/.test(part))) return "";
  const [year, month, day] = [...given].reverse().map((part) => (part === "…" ? undefined : Number(part)));
  const parts = [day && `ngày ${spoken(day)}`, month && `tháng ${month === 4 ? "tư" : spoken(month)}`, year !== undefined && `năm ${spoken(year)}`];
  const line = parts.filter(Boolean).join(" ");
  return line.slice(0, 1).toUpperCase() + line.slice(1);
}

/** A number below ten thousand. */
function spoken(number) {
  if (number < 100) return belowHundred(number);
  const [hundreds, rest] = [Math.floor(number / 100) % 10, number % 100];
  const tail = rest === 0 ? "" : rest < 10 ? ` linh ${DIGITS[rest]}` : ` ${belowHundred(rest)}`;
  if (number < 1000) return `${DIGITS[hundreds]} trăm${tail}`;
  const thousands = `${DIGITS[Math.floor(number / 1000) % 10]} nghìn`;
  return number % 1000 === 0 ? thousands : `${thousands} ${DIGITS[hundreds]} trăm${tail}`;
}

function belowHundred(number) {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (tens === 0) return DIGITS[ones];
  if (tens === 1) return ["mười", ones === 5 ? "lăm" : ones && DIGITS[ones]].filter(Boolean).join(" ");
  return [DIGITS[tens], "mươi", { 0: "", 1: "mốt", 4: "tư", 5: "lăm" }[ones] ?? DIGITS[ones]].filter(Boolean).join(" ");
}

/** What the first person of a paper is, as MOSIP's claim says it: name, birth date, gender. */
export function identityOf({ fields }) {
  const roleOf = (id) => Math.floor((id % 1024) / 32);
  const first = fields.find(([id]) => roleOf(id) > 0);
  if (first === undefined) return new Map();
  const base = first[0] - (first[0] % 32);
  const of = (key) => new Map(fields).get(base + key) || undefined;
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(of(2)) ?? [];
  const found = [[4, of(0)], [8, year && year + month + day], [9, { Nam: 1, "Nữ": 2 }[of(1)]]];
  return new Map(found.filter(([, value]) => value !== undefined));
}
