// The page around check.js: camera, file or text in, an answer in words out.

import { NotGenuine, checkCode, checkFile, dayOf, kindOfList, openStatus, openTrust } from "./check.js";
import { codesOf } from "./picture.js";

const WORDS = {
  current: ["Thật và còn nguyên giá trị", "Genuine and current", "good"],
  genuine: ["Thật; chưa biết nội dung có thay đổi về sau hay không", "Genuine; whether a later act changed it is not known here", "good"],
  superseded: ["Thật, nhưng nội dung đã thay đổi bởi việc hộ tịch", "Genuine, superseded by a later act", "old"],
  revoked: ["Đã bị thu hồi, hủy bỏ", "Revoked", "bad"],
};
/** The words of hotich-verify. */
const REASONS = {
  not_a_paper: ["tệp không được viết theo cách của giấy tờ hộ tịch điện tử, hoặc đã bị thêm, bớt dữ liệu", "the file is not written as papers are, or something was added to it or taken away"],
  not_sealed: ["tệp không có đúng một chữ ký số bao trùm toàn bộ tệp", "the file does not have one signature that covers all of it"],
  seal_unreadable: ["không đọc được chữ ký số", "the signature cannot be read"],
  changed: ["nội dung đã bị thay đổi sau khi đóng dấu điện tử", "something was changed after it was sealed"],
  wrong_time_stamp: ["dấu thời gian không thuộc chữ ký số này", "the time stamp does not belong to this signature"],
  unknown_seal: ["con dấu điện tử không có trong danh sách tin cậy", "the seal is not on the trust list"],
  untrusted_root: ["chứng thư số của con dấu không do cơ quan được tin cậy cấp", "the certificate of the seal was not issued by anybody on the trust list"],
  seal_not_in_force: ["vào ngày đóng dấu, chứng thư số chưa có hoặc đã hết hiệu lực", "the certificate of the seal was not in force on the day of sealing"],
  seal_revoked: ["con dấu điện tử đã bị thu hồi", "the seal has been revoked"],
  code_unreadable: ["không đọc được mã QR của giấy tờ", "the QR code of the paper cannot be read"],
  code_changed: ["chữ ký trong mã QR không đúng", "the signature in the QR code is wrong"],
  other_ledger: ["mã QR thuộc sổ hộ tịch điện tử khác", "the QR code is of another ledger"],
  code_differs: ["mã QR không phải của giấy tờ này", "the QR code is not the one of this paper"],
  text_differs: ["chữ trên trang khác với nội dung đã ghi", "the words on the page differ from the recorded content"],
};
/** What was looked at, and what was not. */
const LOOKED = {
  file: [
    ["Đã kiểm tra: tệp chỉ có một phiên bản và chữ ký số bao trùm từng byte; con dấu có trong danh sách tin cậy và có hiệu lực vào ngày ký; nội dung ghi trong tệp, chữ trên trang và mã QR trùng nhau.", "Checked: the file has one revision and the signature covers every byte; the seal is on the trust list and was in force on the day; the content in the file, the words on the page and the QR code agree."],
    ["Chưa kiểm tra: việc cấp giấy có nằm trong sổ hay không (dùng hotich-verify với tệp chứng minh); hình vẽ ngoài chữ và mã QR.", "Not checked: whether the issue stands in the log (hotich-verify does, with a proof); drawings other than words and QR codes."],
  ],
  code: [
    ["Đã kiểm tra: chữ ký trong mã QR; con dấu có trong danh sách tin cậy và có hiệu lực vào ngày ký.", "Checked: the signature in the QR code; the seal is on the trust list and was in force on the day."],
    ["Chưa kiểm tra: chữ in trên giấy. Hãy so từng chữ trên giấy với bảng này.", "Not checked: the words on the paper. Compare every word on it with this table."],
  ],
};
const UNKNOWN = {
  none: ["Chưa có danh sách tình trạng nên không biết giấy tờ có bị thay đổi hoặc thu hồi về sau hay không.", "There is no status list here: it is not known whether the paper was changed or revoked later."],
  old: ["Danh sách tình trạng cũ hơn giấy tờ này nên không cho biết nó còn giá trị hay không.", "The status list is older than this paper and does not say whether it is still current."],
};
const FRAME_MS = 200;
const PDF = "%PDF";

const at = (id) => document.getElementById(id);
/** `again` judges what was judged last, when other lists are there. */
const lists = { trust: null, status: null, labels: {}, again: () => {} };

async function fetched(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function useTrust(bytes) {
  lists.trust = await openTrust(bytes);
  lists.status = null;
}

function describe() {
  const [trust, status] = [lists.trust, lists.status].map((list) => list && dayOf(list.madeAt));
  const vietnamese = `${lists.trust.origin}: danh sách tin cậy ngày ${shown(trust)}${status ? `; tình trạng đến ngày ${shown(status)}` : ""}. Gốc tin cậy (SHA-256): ${lists.trust.fingerprints.join(" ")}`;
  said(at("lists"), [vietnamese, `Trust list of ${trust}${status ? `; status as of ${status}` : "; no status list"}. Compare the root's SHA-256 before you rely on it.`]);
}

async function load() {
  lists.labels = await fetch("labels.json").then((answer) => answer.json()).catch(() => ({}));
  await useTrust(await fetched("/v1/trust-list"));
  lists.status = await fetched("/v1/status-list").then((bytes) => openStatus(bytes, lists.trust)).catch(() => null);
  describe();
}

/** Lists that the asker brings. The trust list first: it judges the other. */
async function bring(files) {
  const brought = await Promise.all(Array.from(files, async (file) => new Uint8Array(await file.arrayBuffer())));
  const [trust, status] = ["trust", "status"].map((kind) => brought.find((bytes) => kindOfList(bytes) === kind));
  if (!trust && !status) throw new NotGenuine("list_unreadable");
  if (trust) await useTrust(trust);
  if (status) lists.status = await openStatus(status, lists.trust);
  describe();
  await lists.again();
}

/** `22/11/2026`. */
const shown = (day) => day.split("-").reverse().join("/");

function said(element, [vietnamese, english]) {
  const other = document.createElement("span");
  other.lang = "en";
  other.textContent = english;
  element.replaceChildren(vietnamese, " ", other);
  return element;
}

function show(style, verdict, detail = null) {
  at("answer").hidden = false;
  at("answer").className = style;
  at("answer").scrollIntoView({ block: "nearest" });
  said(at("verdict"), verdict);
  if (detail) said(at("detail"), detail);
  else at("detail").replaceChildren();
  at("looked").replaceChildren();
  at("fields").replaceChildren();
}

function row(label, value) {
  const [term, told] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = label;
  told.textContent = value;
  at("fields").append(term, told);
}

function refuse(error) {
  const [vietnamese, english] = REASONS[error instanceof NotGenuine ? error.code : ""] ?? ["không kiểm tra được", "cannot be checked here"];
  show("bad", [`Không thật: ${vietnamese}`, `Not genuine: ${english}`]);
}

/** The day on which it changed, or as of which it is so. */
function dated([vietnamese, english], on, asOf) {
  if (asOf) return [`${vietnamese} tính đến ${shown(asOf)}`, `${english} as of ${asOf}`];
  return on ? [`${vietnamese} ngày ${shown(on)}`, `${english} on ${on}`] : [vietnamese, english];
}

function answer({ standing, on, statusTooOld, claim, content, sealedBy, stampedAt }) {
  const [vietnamese, english, style] = WORDS[standing];
  const asOf = standing === "current" ? dayOf(lists.status.madeAt) : null;
  const [day, stamped] = [dayOf(claim.signedAt), stampedAt && dayOf(stampedAt)];
  const detail = [
    `Con dấu: ${sealedBy}; ký ngày ${shown(day)}${stamped ? `; dấu thời gian ngày ${shown(stamped)}` : ""}`,
    `Seal: ${sealedBy}; signed on ${day}${stamped ? `; time stamp of ${stamped}` : ""}`,
  ];
  show(style, dated([vietnamese, english], on, asOf), detail);
  const told = [...LOOKED[content ? "file" : "code"], ...(standing === "genuine" ? [UNKNOWN[statusTooOld ? "old" : "none"]] : [])];
  at("looked").replaceChildren(...told.map((words) => said(document.createElement("p"), words)));
  row("Số", claim.number);
  row("Ngày cấp", shown(claim.issuedOn));
  for (const [id, value] of claim.fields) row(lists.labels[claim.paper]?.[id] ?? `${id}`, value);
  for (const note of content?.notes ?? claim.notes) row("Ghi chú", note);
  if (claim.notesLeftOut && !content) row("Ghi chú", "có trên giấy, mã QR không đủ chỗ để chứa");
}

/** Judges what the asker gave; whether it was good. */
async function judge(check) {
  lists.again = () => judge(check);
  if (lists.trust === null) {
    show("bad", ["Chưa có danh sách tin cậy", "There is no trust list"]);
    return false;
  }
  try {
    answer(await check());
    return true;
  } catch (error) {
    refuse(error);
    return false;
  }
}

const judgeText = (text) => judge(() => checkCode(text.replace(/[\r\n]+$/, ""), lists.trust, lists.status));

/** Of several codes on a sheet the status link is not the one that is signed. */
const signed = (texts) => texts.find((text) => !text.startsWith("https://"));

async function look(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (String.fromCharCode(...bytes.subarray(0, 4)) === PDF) {
    await judge(() => checkFile(bytes, lists.trust, lists.status));
    return;
  }
  const text = await createImageBitmap(file).then((image) => codesOf(image, image.width, image.height)).then(signed, () => undefined);
  if (text === undefined) show("bad", ["Không tìm thấy mã QR", "No QR code found"]);
  else await judgeText(text);
}

async function film() {
  const video = at("video");
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  video.hidden = false;
  await video.play();
  const next = async () => {
    const text = signed(await codesOf(video, video.videoWidth, video.videoHeight));
    if (text !== undefined && (await judgeText(text))) {
      video.srcObject.getTracks().forEach((track) => track.stop());
      video.hidden = true;
    } else {
      setTimeout(next, FRAME_MS);
    }
  };
  await next();
}

at("camera").addEventListener("click", () => film().catch(() => show("bad", ["Không dùng được máy ảnh", "The camera cannot be used"])));
// Whoever picks the same file again wants it to be looked at again.
for (const picker of ["file", "others"]) at(picker).addEventListener("click", (event) => (event.target.value = ""));
at("file").addEventListener("change", (event) => event.target.files[0] && look(event.target.files[0]));
at("check").addEventListener("click", () => judgeText(at("text").value));
at("others").addEventListener("change", (event) => bring(event.target.files).catch(() => show("bad", ["Không tin được danh sách này", "This list cannot be believed"])));
navigator.serviceWorker?.register("worker.js");
load().catch(() => show("bad", ["Không tải được danh sách tin cậy", "The trust list cannot be loaded"]));
