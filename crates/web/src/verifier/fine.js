// Codes of which a module is hardly larger than a dot: a page at 100 dots an inch has 1.6 of them to a module. Common readers make
// such a picture black and white first, and lose what they need. Here the three corner marks are found between the dots, the grid is
// laid through them and moved until all that every code must have (marks, timing lines) fits best, and only then is it decided which
// module is dark, from the grey at its middle less what its neighbours shed on it. As crates/verify/src/paper/fine.rs does it.

import { readModules } from "./sheet.js";

const MARKS_MAX = 24;
/** How far the runs of a corner mark may be from 1:1:3:1:1, in modules. */
const RUN_ERROR = 0.75;
const STEPS = [0.5, 0.25, 0.12, 0.06, 0.03];
/** How much of a module's grey each of its four neighbours may have shed on it. */
const SHED = [0, 0.06, 0.12, 0.18];
const VERSION_MAX = 40;

/** The text of the largest code on a picture; null where none is read. */
export function fineCode({ width, height, data }) {
  const dots = new Float32Array(width * height);
  for (let at = 0; at < dots.length; at += 1) dots[at] = (data[4 * at] * 299 + data[4 * at + 1] * 587 + data[4 * at + 2] * 114) / 1000;
  const grey = { width, height, dots, middle: middle(dots) };
  for (const corners of triples(marks(grey))) {
    const text = readAt(grey, corners);
    if (text !== null) return text;
  }
  return null;
}

/** The grey between ink and paper. */
function middle(dots) {
  const counts = new Array(256).fill(0);
  for (const dot of dots) counts[Math.round(dot)] += 1;
  const level = (share) => {
    let sum = 0;
    return counts.findIndex((count) => (sum += count) >= share * dots.length);
  };
  return (level(0.01) + level(0.9)) / 2;
}

// Corner marks

/** Where a line of dots goes over the middle, between the dots. */
function edges(line, middle) {
  const found = [];
  for (let at = 0; at + 1 < line.length; at += 1) {
    if (line[at] < middle !== line[at + 1] < middle) found.push(at + (middle - line[at]) / (line[at + 1] - line[at]));
  }
  return found;
}

/** Every 1:1:3:1:1 of dark and light on a line: its middle and its module. */
function crossings(line, middle) {
  const at = edges(line, middle);
  const found = [];
  for (let first = line[0] < middle ? 1 : 0; first + 5 < at.length; first += 2) {
    const module = (at[first + 5] - at[first]) / 7;
    const fits = [1, 1, 3, 1, 1].every((wanted, run) => Math.abs(at[first + run + 1] - at[first + run] - wanted * module) < RUN_ERROR * module);
    if (fits && module > 1) found.push({ at: (at[first + 2] + at[first + 3]) / 2, module });
  }
  return found;
}

const rowOf = ({ width, dots }, y) => dots.subarray(y * width, (y + 1) * width);
const columnOf = ({ width, height, dots }, x) => Float32Array.from({ length: height }, (_, y) => dots[y * width + x]);

/** The corner marks: what crosses so both ways. */
function marks(grey) {
  const columns = new Map();
  const found = [];
  for (let y = 0; y < grey.height; y += 1) {
    for (const { at: x, module } of crossings(rowOf(grey, y), grey.middle)) {
      const column = Math.round(x);
      if (!columns.has(column)) columns.set(column, crossings(columnOf(grey, column), grey.middle));
      const down = columns.get(column).find((crossing) => Math.abs(crossing.at - y) < crossing.module && crossing.module < 1.6 * module && module < 1.6 * crossing.module);
      if (down) gather(found, { x, y: down.at, module: (module + down.module) / 2, times: 1 });
    }
  }
  return found.sort((a, b) => b.times - a.times).slice(0, MARKS_MAX);
}

function gather(found, mark) {
  const near = found.find((one) => Math.hypot(one.x - mark.x, one.y - mark.y) < 2 * mark.module);
  if (!near) found.push(mark);
  else {
    const times = near.times + 1;
    for (const part of ["x", "y", "module"]) near[part] += (mark[part] - near[part]) / times;
    near.times = times;
  }
}

/** Corners of a square, the one between the others first, clockwise; the largest square first. */
function triples(marks) {
  const found = [];
  for (const a of marks) {
    for (const b of marks) {
      for (const c of marks) {
        const [right, down] = [[b.x - a.x, b.y - a.y], [c.x - a.x, c.y - a.y]];
        const [wide, high] = [Math.hypot(...right), Math.hypot(...down)];
        const square = right[0] * down[1] - right[1] * down[0] > 0.95 * wide * high && Math.abs(wide - high) < 0.08 * wide;
        const alike = [b, c].every(({ module }) => module < 1.3 * a.module && a.module < 1.3 * module);
        if (square && alike) found.push([a, b, c]);
      }
    }
  }
  return found.sort((one, other) => Math.hypot(other[1].x - other[0].x, other[1].y - other[0].y) - Math.hypot(one[1].x - one[0].x, one[1].y - one[0].y));
}

// The grid

/** What every code of a size has: module by module, 1 where it is dark, -1 where it is light. */
function pattern(side) {
  const known = [];
  const put = (x, y, dark) => x >= 0 && y >= 0 && x < side && y < side && known.push([x, y, dark ? 1 : -1]);
  for (const [left, top] of [[0, 0], [side - 7, 0], [0, side - 7]]) {
    for (let y = -1; y < 8; y += 1) {
      for (let x = -1; x < 8; x += 1) {
        const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
        put(left + x, top + y, ring !== 2 && ring !== 4);
      }
    }
  }
  for (let at = 8; at < side - 8; at += 1) {
    put(at, 6, at % 2 === 0);
    put(6, at, at % 2 === 0);
  }
  const places = alignments(side);
  for (const y of places) {
    for (const x of places) {
      const corner = (x === 6 && y === 6) || (x === 6 && y === side - 7) || (x === side - 7 && y === 6);
      for (let at = 0; at < 25 && !corner; at += 1) {
        const [dx, dy] = [(at % 5) - 2, Math.floor(at / 5) - 2];
        put(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    }
  }
  return known;
}

/** Where alignment patterns have their middles (ISO/IEC 18004, annex E). */
function alignments(side) {
  const version = (side - 17) / 4;
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => side - 7 - (count - 2 - at) * step)];
}

/** The corners' middles and how far the fourth corner is from where they put it, as eight numbers. */
const gridOf = (corners) => [...corners.flatMap(({ x, y }) => [x, y]), 0, 0];

function placeOf([ax, ay, bx, by, cx, cy, dx, dy], side, x, y) {
  const [u, v] = [(x - 3) / (side - 7), (y - 3) / (side - 7)];
  return [ax + (bx - ax) * u + (cx - ax) * v + dx * u * v, ay + (by - ay) * u + (cy - ay) * v + dy * u * v];
}

/** The grey between dots: a curve through the four nearest each way (Catmull-Rom). */
function sample({ width, height, dots }, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 1 || top < 1 || left + 2 >= width || top + 2 >= height) return 255;
  const [across, down] = [weights(x - left), weights(y - top)];
  let sum = 0;
  for (let row = 0; row < 4; row += 1) {
    const at = (top + row - 1) * width + left - 1;
    sum += down[row] * (across[0] * dots[at] + across[1] * dots[at + 1] + across[2] * dots[at + 2] + across[3] * dots[at + 3]);
  }
  return sum;
}

function weights(t) {
  return [((2 - t) * t - 1) * t * 0.5, ((3 * t - 5) * t * t + 2) * 0.5, ((4 - 3 * t) * t + 1) * t * 0.5, (t - 1) * t * t * 0.5];
}

/** How well what must be there is there: the mean of light less that of dark. */
function score(grey, grid, side, known) {
  return known.reduce((sum, [x, y, dark]) => sum - dark * sample(grey, ...placeOf(grid, side, x, y)), 0) / known.length;
}

/** Moves the grid until it fits best. */
function fitted(grey, grid, side, known) {
  let best = score(grey, grid, side, known);
  for (const step of STEPS) {
    for (let better = true; better; ) {
      better = false;
      for (let part = 0; part < grid.length; part += 1) {
        for (const way of [step, -step]) {
          grid[part] += way;
          const found = score(grey, grid, side, known);
          if (found > best + 1e-6) [best, better] = [found, true];
          else grid[part] -= way;
        }
      }
    }
  }
  return best;
}

function readAt(grey, corners) {
  const [a, b] = corners;
  const guess = (Math.hypot(b.x - a.x, b.y - a.y) / a.module - 10) / 4;
  const versions = [0, 1, -1, 2, -2, 3, -3].map((more) => Math.round(guess) + more).filter((version) => version >= 1 && version <= VERSION_MAX);
  const rough = versions.map((version) => {
    const side = 17 + 4 * version;
    const known = pattern(side);
    return { side, known, fit: score(grey, gridOf(corners), side, known) };
  });
  for (const { side, known } of rough.sort((one, other) => other.fit - one.fit).slice(0, 2)) {
    const grid = gridOf(corners);
    fitted(grey, grid, side, known);
    const levels = Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => sample(grey, ...placeOf(grid, side, x, y))));
    for (const shed of SHED) {
      const text = readModules(decided(levels, known, shed));
      if (text !== null) return text;
    }
  }
  return null;
}

/** Which modules are dark: the grey at their middles, from ink to paper, less what neighbours shed. */
function decided(levels, known, shed) {
  const mean = (wanted) => {
    const those = known.filter(([, , dark]) => dark === wanted);
    return those.reduce((sum, [x, y]) => sum + levels[y][x], 0) / those.length;
  };
  const [ink, paper] = [mean(1), mean(-1)];
  const seen = levels.map((row) => row.map((level) => (level - ink) / (paper - ink)));
  let clear = seen;
  for (let round = 0; shed > 0 && round < 6; round += 1) {
    const at = (x, y) => clear[y]?.[x] ?? 1;
    clear = seen.map((row, y) =>
      row.map((level, x) => {
        const shown = (1 - 4 * shed) * at(x, y) + shed * (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1));
        return Math.min(1.1, Math.max(-0.1, at(x, y) + level - shown));
      }),
    );
  }
  return clear.map((row) => row.map((level) => level < 0.5));
}
