// Reads codes from pictures in grey: node check_pictures.mjs LIST.json, a list of [file of dots, width, height]. Answers their texts.

import { readFileSync } from "node:fs";
import { fineCode } from "./fine.js";

function codeOn([path, width, height]) {
  const dots = readFileSync(path);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  dots.forEach((dot, at) => data.fill(dot, 4 * at, 4 * at + 3));
  return fineCode({ width, height, data });
}

console.log(JSON.stringify(JSON.parse(readFileSync(process.argv[2], "utf8")).map(codeOn)));
