// The QR codes on a picture: the device's own reader where it has one, else ours.

import { decodeQR } from "./qr/decode.js";
import { fineCode } from "./fine.js";

const SIDE_MAX = 2000;

/** The texts of the codes on what a canvas can draw. */
export async function codesOf(source, width, height) {
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  const image = pen.getImageData(0, 0, canvas.width, canvas.height);
  const found = await theDevices(canvas);
  if (found.some(isLong)) return found;
  return [...found, plainCode(image), fineCode(image)].filter((text) => text !== null);
}

/** The link beside a claim is short, and the first that readers find. */
const isLong = (text) => !text.startsWith("https://");

async function theDevices(canvas) {
  if (!("BarcodeDetector" in window)) return [];
  const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(canvas).catch(() => []);
  return found.map((code) => code.rawValue);
}

function plainCode(image) {
  try {
    return decodeQR(image);
  } catch {
    return null;
  }
}
