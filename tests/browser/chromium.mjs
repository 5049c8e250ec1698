// Chromium without a window, driven over a pipe by its own protocol (https://chromedevtools.github.io/devtools-protocol/): nothing is
// installed for it but the browser.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe",
];

export class Chromium {
  constructor() {
    this.folder = mkdtempSync(`${tmpdir()}/chromium-`);
    this.process = spawn("chromium", [...FLAGS, `--user-data-dir=${this.folder}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    [this.asked, this.number, this.heard, this.rest] = [new Map(), 0, [], ""];
    this.process.on("error", () => this.end(new Error("chromium cannot be started; ops/setup installs it")));
    this.process.stdio[4].on("data", (data) => this.hear(String(data)));
  }

  hear(data) {
    const messages = (this.rest + data).split("\0");
    this.rest = messages.pop();
    for (const text of messages) {
      const message = JSON.parse(text);
      if (message.id === undefined) this.heard.forEach((listen) => listen(message));
      else {
        const { done, failed, method } = this.asked.get(message.id);
        this.asked.delete(message.id);
        if (message.error) failed(new Error(`${method}: ${message.error.message}`));
        else done(message.result);
      }
    }
  }

  end(error) {
    for (const { failed } of this.asked.values()) failed(error);
  }

  send(method, params = {}, sessionId = undefined) {
    this.number += 1;
    this.process.stdio[3].write(`${JSON.stringify({ id: this.number, method, params, sessionId })}\0`);
    return new Promise((done, failed) => this.asked.set(this.number, { done, failed, method }));
  }

  /** A new page, of which every request is kept, those of its workers too. */
  async page() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    for (const domain of ["Page", "Runtime", "DOM", "Accessibility", "Network"]) await page.send(`${domain}.enable`);
    await page.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    return page;
  }

  async close() {
    const gone = new Promise((done) => this.process.once("exit", done));
    await this.send("Browser.close").catch(() => this.process.kill());
    await gone;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  constructor(browser, session) {
    [this.browser, this.session, this.requests, this.told] = [browser, session, [], []];
    browser.heard.push((message) => {
      if (message.method === "Network.requestWillBeSent") this.requests.push(message.params.request.url);
      if (message.method === "Target.attachedToTarget") browser.send("Network.enable", {}, message.params.sessionId).catch(() => {});
      if (message.method === "Runtime.exceptionThrown") this.told.push(message.params.exceptionDetails.exception?.description ?? "an exception");
    });
  }

  send(method, params = {}) {
    return this.browser.send(method, params, this.session);
  }

  heard(method) {
    return new Promise((done) => {
      const listen = (message) => {
        if (message.method !== method || message.sessionId !== this.session) return;
        this.browser.heard.splice(this.browser.heard.indexOf(listen), 1);
        done(message.params);
      };
      this.browser.heard.push(listen);
    });
  }

  async open(url) {
    const loaded = this.heard("Page.loadEventFired");
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** What an expression of the page answers, once it is there. */
  async ask(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Puts files into a picker, as somebody who chose them would. */
  async choose(selector, files) {
    const expression = `((picker) => ((picker.value = ""), picker))(document.querySelector(${JSON.stringify(selector)}))`;
    const { result } = await this.send("Runtime.evaluate", { expression });
    await this.send("DOM.setFileInputFiles", { files, objectId: result.objectId });
  }

  async press(key) {
    const code = { Tab: 9, Enter: 13 }[key];
    const text = key === "Enter" ? "\r" : undefined;
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, code: key, windowsVirtualKeyCode: code, text });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: code });
  }

  /** So wide and so high, as a phone or a desk has it. */
  async size(width, height, mobile) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: mobile ? 2 : 1, mobile });
  }

  async picture(path) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  }
}
