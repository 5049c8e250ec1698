// BLAKE3, 32 bytes of it, of what is not longer than a paper says: the hash by which an act names a content. From the paper of its
// authors (https://github.com/BLAKE3-team/BLAKE3-specs), held against schemas/papers/contents.json.

const IV = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const ORDER = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
const MIXED = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];
const [CHUNK_START, CHUNK_END, PARENT, ROOT] = [1, 2, 4, 8];
const [CHUNK, BLOCK] = [1024, 64];

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function compressed(chain, words, counter, size, flags) {
  const state = Uint32Array.of(...chain, ...IV.slice(0, 4), counter, 0, size, flags);
  let message = words;
  for (let round = 0; round < 7; round += 1) {
    MIXED.forEach(([a, b, c, d], pair) => {
      for (const [word, first, second] of [[message[2 * pair], 16, 12], [message[2 * pair + 1], 8, 7]]) {
        state[a] = state[a] + state[b] + word;
        state[d] = turned(state[d] ^ state[a], first);
        state[c] = state[c] + state[d];
        state[b] = turned(state[b] ^ state[c], second);
      }
    });
    message = ORDER.map((place) => message[place]);
  }
  return Array.from({ length: 8 }, (_, at) => (state[at] ^ state[at + 8]) >>> 0);
}

function wordsOf(bytes) {
  const block = new Uint8Array(BLOCK);
  block.set(bytes);
  return Array.from({ length: 16 }, (_, at) => new DataView(block.buffer).getUint32(4 * at, true));
}

function chunk(bytes, counter, root) {
  let chain = IV;
  for (let at = 0; at === 0 || at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    const last = at + BLOCK >= bytes.length;
    const flags = (at === 0 ? CHUNK_START : 0) | (last ? CHUNK_END | root : 0);
    chain = compressed(chain, wordsOf(block), counter, block.length, flags);
  }
  return chain;
}

/** The left part of a tree is the largest one of a power of two chunks that leaves something to the right. */
function tree(bytes, counter, root) {
  if (bytes.length <= CHUNK) return chunk(bytes, counter, root);
  let left = CHUNK;
  while (2 * left < bytes.length) left *= 2;
  const below = [...tree(bytes.subarray(0, left), counter, 0), ...tree(bytes.subarray(left), counter + left / CHUNK, 0)];
  return compressed(IV, below, 0, BLOCK, PARENT | root);
}

export function blake3(bytes) {
  const out = new Uint8Array(32);
  tree(bytes, 0, ROOT).forEach((word, at) => new DataView(out.buffer).setUint32(4 * at, word, true));
  return out;
}
