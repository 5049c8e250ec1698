// Keeps the page and the lists, so that the check works without a network. The network is asked first: lists grow.

const KEPT = "hotich-verify-2";
const OWN = ["page.js", "check.js", "blake3.js", "bytes.js", "cbor.js", "certificate.js", "cms.js", "content.js", "fine.js", "pdf.js", "picture.js", "sheet.js"];
const FILES = ["./", "page.css", ...OWN, "qr/index.js", "qr/decode.js", "labels.json", "/v1/trust-list", "/v1/status-list"];

self.addEventListener("install", (event) => event.waitUntil(caches.open(KEPT).then((kept) => Promise.allSettled(FILES.map((file) => kept.add(file)))).then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request)
      .then(async (answer) => {
        if (answer.ok) await (await caches.open(KEPT)).put(event.request, answer.clone());
        return answer;
      })
      .catch(() => caches.match(event.request)),
  );
});
