import { type Hash, loadWords, makeHash } from './hash.ts';
import { ROUNDS, START } from './sha512-constants.ts';

/**
 * SHA-512 (FIPS 180-4). A word of 64 bits is two of 32, the high one first: BigInt would cost ten times as much
 * in an isolate without a compiler.
 */
export const makeSha512 = (): Hash => {
  const state = new Int32Array(START);
  const words = new Int32Array(160);
  const v = new Int32Array(16);

  const block = (bytes: Uint8Array, at: number): void => {
    loadWords(words, bytes, at, 32);
    for (let t = 32; t < 160; t += 2) extend(words, t);
    v.set(state);
    for (let t = 0; t < 160; t += 2) round(v, words, t);
    for (let i = 0; i < 16; i += 2) {
      const low = un(state, i + 1) + un(v, i + 1);
      state[i] = (at32(state, i) + at32(v, i) + carry(low)) | 0;
      state[i + 1] = low | 0;
    }
  };
  return makeHash({ blockBytes: 128, lengthBytes: 16, block, state });
};

const at32 = (words: ArrayLike<number>, i: number): number => words[i] ?? 0;
const un = (words: ArrayLike<number>, i: number): number => at32(words, i) >>> 0;
/** What a sum of unsigned low words passes to the high one. */
const carry = (sum: number): number => Math.floor(sum / 4_294_967_296);

/** The high word of a rotation to the right by `by`; with high and low exchanged, the low one. */
const turn = (high: number, low: number, by: number): number =>
  by < 32 ? (high >>> by) | (low << (32 - by)) : (low >>> (by - 32)) | (high << (64 - by));

const extend = (w: Int32Array, t: number): void => {
  const h15 = at32(w, t - 30);
  const l15 = at32(w, t - 29);
  const h2 = at32(w, t - 4);
  const l2 = at32(w, t - 3);
  const s0h = turn(h15, l15, 1) ^ turn(h15, l15, 8) ^ (h15 >>> 7);
  const s0l = turn(l15, h15, 1) ^ turn(l15, h15, 8) ^ ((l15 >>> 7) | (h15 << 25));
  const s1h = turn(h2, l2, 19) ^ turn(h2, l2, 61) ^ (h2 >>> 6);
  const s1l = turn(l2, h2, 19) ^ turn(l2, h2, 61) ^ ((l2 >>> 6) | (h2 << 26));
  const low = un(w, t - 31) + (s0l >>> 0) + un(w, t - 13) + (s1l >>> 0);
  w[t] = (at32(w, t - 32) + s0h + at32(w, t - 14) + s1h + carry(low)) | 0;
  w[t + 1] = low | 0;
};

// `v` holds a to h; each round they move on by one place.
const round = (v: Int32Array, w: Int32Array, t: number): void => {
  const eh = at32(v, 8);
  const el = at32(v, 9);
  const s1h = turn(eh, el, 14) ^ turn(eh, el, 18) ^ turn(eh, el, 41);
  const s1l = turn(el, eh, 14) ^ turn(el, eh, 18) ^ turn(el, eh, 41);
  const chh = (eh & at32(v, 10)) ^ (~eh & at32(v, 12));
  const chl = (el & at32(v, 11)) ^ (~el & at32(v, 13));
  const low1 = un(v, 15) + (s1l >>> 0) + (chl >>> 0) + un(ROUNDS, t + 1) + un(w, t + 1);
  const high1 = (at32(v, 14) + s1h + chh + at32(ROUNDS, t) + at32(w, t) + carry(low1)) | 0;

  const ah = at32(v, 0);
  const al = at32(v, 1);
  const s0h = turn(ah, al, 28) ^ turn(ah, al, 34) ^ turn(ah, al, 39);
  const s0l = turn(al, ah, 28) ^ turn(al, ah, 34) ^ turn(al, ah, 39);
  const majh = (ah & at32(v, 2)) ^ (ah & at32(v, 4)) ^ (at32(v, 2) & at32(v, 4));
  const majl = (al & at32(v, 3)) ^ (al & at32(v, 5)) ^ (at32(v, 3) & at32(v, 5));
  const low2 = (s0l >>> 0) + (majl >>> 0);
  const high2 = (s0h + majh + carry(low2)) | 0;

  const dl = un(v, 7) + (low1 % 4_294_967_296);
  const dh = (at32(v, 6) + high1 + carry(dl)) | 0;
  const nl = (low1 % 4_294_967_296) + (low2 % 4_294_967_296);
  const nh = (high1 + high2 + carry(nl)) | 0;
  v.copyWithin(2, 0, 14);
  v[0] = nh;
  v[1] = nl | 0;
  v[8] = dh;
  v[9] = dl | 0;
};
