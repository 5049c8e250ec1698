// The page around check.js: camera, picture or text in, an answer in words out.

import { NotGenuine, checkCode, dayOf, openStatus, openTrust } from "./check.js";
import { decodeQR } from "./qr/decode.js";

const WORDS = {
  current: ["Thật và còn nguyên giá trị", "Genuine and current", "good"],
  genuine: ["Thật; chưa biết nội dung có thay đổi về sau hay không", "Genuine; whether it was changed later is not known here", "good"],
  superseded: ["Thật, nhưng nội dung đã thay đổi", "Genuine, superseded by a later act", "old"],
  revoked: ["Đã bị thu hồi, hủy bỏ", "Revoked", "bad"],
};
const REASONS = {
  code_unreadable: ["không đọc được mã QR", "the QR code cannot be read"],
  code_changed: ["chữ ký trong mã QR không đúng", "the signature in the QR code is wrong"],
  other_ledger: ["mã QR thuộc sổ hộ tịch điện tử khác", "the QR code is of another ledger"],
  unknown_seal: ["con dấu điện tử không có trong danh sách tin cậy", "the seal is not on the trust list"],
  untrusted_root: ["chứng thư số của con dấu không do cơ quan được tin cậy cấp", "the seal was not issued by anybody on the trust list"],
  seal_not_in_force: ["chứng thư số chưa có hoặc đã hết hiệu lực vào ngày cấp", "the seal was not in force on the day of issue"],
  seal_revoked: ["con dấu điện tử đã bị thu hồi", "the seal has been revoked"],
};
const FRAME_MS = 200;
const SIDE_MAX = 2000;

const at = (id) => document.getElementById(id);
const lists = { trust: null, status: null, labels: {} };

async function fetched(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function load() {
  lists.trust = await openTrust(await fetched("/v1/trust-list"));
  lists.status = await fetched("/v1/status-list").then((bytes) => openStatus(bytes, lists.trust)).catch(() => null);
  lists.labels = await fetch("labels.json").then((answer) => answer.json()).catch(() => ({}));
  const of = lists.status ? `; tình trạng đến ngày ${dayOf(lists.status.madeAt)}` : "";
  at("lists").textContent = `${lists.trust.origin}: danh sách tin cậy ngày ${dayOf(lists.trust.madeAt)}${of}. Gốc (SHA-256): ${lists.trust.fingerprints.join(" ")}`;
}

function show(style, vietnamese, english, detail) {
  at("answer").hidden = false;
  at("answer").className = style;
  at("verdict").textContent = `${vietnamese} – ${english}`;
  at("detail").textContent = detail;
  at("fields").replaceChildren();
  at("compare").hidden = true;
}

function row(label, value) {
  const [term, said] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = label;
  said.textContent = value;
  at("fields").append(term, said);
}

async function judge(text) {
  try {
    const { standing, on, claim, sealedBy } = await checkCode(text.replace(/[\r\n]+$/, ""), lists.trust, lists.status);
    const [vietnamese, english, style] = WORDS[standing];
    show(style, on ? `${vietnamese} ngày ${on}` : vietnamese, english, `${sealedBy}, ${dayOf(claim.signedAt)}`);
    at("compare").hidden = false;
    row("Số", claim.number);
    row("Ngày cấp", claim.issuedOn);
    for (const [id, value] of claim.fields) row(lists.labels[claim.paper]?.[id] ?? `${id}`, value);
    for (const note of claim.notes) row("Ghi chú", note);
    if (claim.notesLeftOut) row("Ghi chú", "có trên giấy, mã QR không đủ chỗ để chứa");
    return true;
  } catch (error) {
    const [vietnamese, english] = REASONS[error instanceof NotGenuine ? error.code : ""] ?? ["không kiểm tra được", "cannot be checked here"];
    show("bad", `Không thật: ${vietnamese}`, `Not genuine: ${english}`, "");
    return false;
  }
}

/** The texts of the codes in a picture: the device's own reader where it has one, else ours. */
async function codes(source, width, height) {
  if ("BarcodeDetector" in window) {
    const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(source).catch(() => []);
    if (found.length > 0) return found.map((code) => code.rawValue);
  }
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return [decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height))];
  } catch {
    return [];
  }
}

/** Of several codes on a sheet the status link is not the one that is signed. */
const signed = (texts) => texts.find((text) => !text.startsWith("https://"));

async function picture(file) {
  const image = await createImageBitmap(file);
  const text = signed(await codes(image, image.width, image.height));
  if (text === undefined) show("bad", "Không tìm thấy mã QR", "No QR code found", "");
  else await judge(text);
}

async function film() {
  const video = at("video");
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  video.hidden = false;
  await video.play();
  const look = async () => {
    const text = signed(await codes(video, video.videoWidth, video.videoHeight));
    if (text !== undefined && (await judge(text))) {
      video.srcObject.getTracks().forEach((track) => track.stop());
      video.hidden = true;
    } else {
      setTimeout(look, FRAME_MS);
    }
  };
  await look();
}

at("camera").addEventListener("click", () => film().catch(() => show("bad", "Không dùng được máy ảnh", "The camera cannot be used", "")));
at("file").addEventListener("change", (event) => event.target.files[0] && picture(event.target.files[0]));
at("check").addEventListener("click", () => judge(at("text").value));
navigator.serviceWorker?.register("worker.js");
load().catch(() => show("bad", "Không tải được danh sách tin cậy", "The trust list cannot be loaded", ""));
