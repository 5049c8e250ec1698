// The verifier page as somebody uses it: node verifier.mjs CASES.json. The cases are written by tests/verifier_page.rs:
// { "address": the server, "code": of a paper, "secret": words that its page must not show, "pictures": folder for screenshots,
//   "files": [[file, words of the verdict]], "lists": [[[files], file, words]] }. When all is done that needs the server it writes
// `stop the server` and waits for a line; then everything is checked again without it.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Chromium } from "./chromium.mjs";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
/** A browser that says nothing for so long says nothing more. */
setTimeout(() => {
  console.error("the browser does not answer");
  process.exit(1);
}, 240_000).unref();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const [DESK, PHONE] = [[1280, 900, false], [390, 844, true]];

/** A promise of the page: what `read` answers once `ready` holds. */
const once = (ready, read) => `new Promise((done) => {
  const look = () => { if (${ready}) { watch.disconnect(); done(${read}); } };
  const watch = new MutationObserver(look);
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  look();
})`;
const LISTS = once('document.getElementById("lists").textContent !== ""', 'document.getElementById("lists").textContent');
const ANSWER = once('!document.getElementById("answer").hidden', 'document.getElementById("answer").innerText');
const forget = (page) => page.ask('document.getElementById("answer").hidden = true');

async function judged(page, file) {
  await forget(page);
  await page.choose("#file", [file]);
  return page.ask(ANSWER);
}

async function everyFile(page) {
  for (const [file, words] of cases.files) {
    const told = await judged(page, file);
    assert.ok(told.includes(words), `${file}: ${words}: ${told}`);
  }
}

/** Nothing hangs out at the side, and both languages are there. */
async function fits(page, what) {
  const wide = await page.ask("[document.documentElement.scrollWidth, window.innerWidth]");
  assert.ok(wide[0] <= wide[1], `${what}: ${wide}`);
  const [own, english] = await page.ask('[document.documentElement.lang, document.querySelectorAll("[lang=en]").length]');
  assert.ok(own === "vi" && english > 0, what);
}

async function looks(page, name) {
  for (const [size, of] of [[DESK, "desk"], [PHONE, "phone"]]) {
    await page.size(...size);
    await fits(page, `${name}, ${of}`);
    await page.picture(`${cases.pictures}/${name}-${of}.png`);
  }
  await page.size(...DESK);
}

/** Everything that can be used has a name, and the keyboard reaches it in order. */
async function reaches(page) {
  const { nodes } = await page.send("Accessibility.getFullAXTree");
  const used = nodes.filter(({ ignored, role }) => !ignored && ["button", "textbox", "DisclosureTriangle"].includes(role?.value));
  assert.ok(used.length >= 4, `${used.length} things to use`);
  for (const { role, name } of used) assert.ok(name?.value.trim(), `a ${role.value} without a name`);
  await page.ask('document.getElementById("file").focus()');
  const order = ["file"];
  for (let step = 0; step < 3; step += 1) {
    await page.press("Tab");
    order.push(await page.ask("document.activeElement.id"));
  }
  assert.deepEqual(order, ["file", "camera", "text", "check"]);
}

/** A code that was pasted, checked by the keyboard alone. */
async function pasted(page, text) {
  await forget(page);
  await page.ask('document.getElementById("text").focus()');
  await page.send("Input.insertText", { text });
  await page.press("Tab");
  await page.press("Enter");
  return page.ask(ANSWER);
}

async function withServer(page) {
  await page.open(`${cases.address}/verify/`);
  const trusted = await page.ask(LISTS);
  assert.match(trusted, /SHA-256/);
  await reaches(page);
  await looks(page, "verify-empty");
  await everyFile(page);
  await judged(page, cases.files[0][0]);
  await looks(page, "verify-good");
  await judged(page, cases.files[1][0]);
  await looks(page, "verify-bad");
  assert.ok((await pasted(page, "no code")).includes("Not genuine: the QR code of the paper cannot be read"));
  for (const [lists, file, words] of cases.lists) {
    await judged(page, file);
    await forget(page);
    await page.choose("#others", lists);
    const told = await page.ask(ANSWER);
    assert.ok(told.includes(words), `${lists}: ${words}: ${told}`);
  }
  // What the page keeps for the days without a network.
  await page.ask("navigator.serviceWorker.ready.then(() => true)");
  await page.open(`${cases.address}/verify/`);
  await page.ask(LISTS);
}

async function statusPage(page) {
  await page.open(`${cases.address}/v/${cases.code}`);
  const told = await page.ask("document.body.innerText");
  for (const word of cases.secret) assert.ok(!told.includes(word), `the status page shows ${word}`);
  assert.ok(told.includes("Trích lục") || told.includes("Giấy"), told);
  await looks(page, "status");
}

const browser = new Chromium();
try {
  const page = await browser.page();
  await statusPage(page);
  await withServer(page);
  console.log("stop the server");
  await lines.next();
  await page.open(`${cases.address}/verify/`);
  await page.ask(LISTS);
  await everyFile(page);
  const elsewhere = page.requests.filter((url) => !url.startsWith(cases.address) && !url.startsWith("data:") && !url.startsWith("blob:"));
  assert.deepEqual(elsewhere, [], "the page asks somebody else");
  assert.ok(page.requests.length > 15, "requests are not seen");
  assert.deepEqual(page.told, [], "an error of the page");
} finally {
  await browser.close();
}
console.log("done");
process.exit(0);
