import { contentWords, countWords } from './words.ts';

/** A sentence that may be picked; `source` tells apart the texts that candidates come from. */
export interface Candidate {
  readonly text: string;
  readonly source: number;
  /** Scales the worth of this sentence; 1 is usual. */
  readonly factor: number;
}

export interface PickOptions {
  readonly count: number;
  /** What the reader asks for, as content words; empty for a summary of everything. */
  readonly topic: ReadonlySet<string>;
}

/** A sentence of fewer words says too little, one of more is too long to quote first. */
const USUAL_WORDS = { least: 6, most: 36 };
/** How much a sentence gains by its length alone: 0.5 favours long ones, 1 favours none. */
const LENGTH = 0.7;
/** Notices and addresses belong to a text and say nothing of it. */
const NOTICE = /^\W*(copyright\b|\(c\)|\u00a9|all rights reserved|spdx-)/i;
/** What a word is still worth once a picked sentence has said it. */
const REPEATED = 0.4;
const NEW_SOURCE = 1.4;
const TOPIC = 6;
/** A fifth of a text from its beginning, sentences gain up to this much. */
const LEAD = 0.5;

interface Scored extends Candidate {
  readonly index: number;
  readonly words: readonly number[];
  readonly shape: number;
}

/**
 * Picks the sentences that say most about their texts, or about a topic, and repeat each other least.
 * Answers the indexes of the candidates in their own order; no text is picked twice.
 */
export const pickSentences = (
  candidates: readonly Candidate[],
  { count, topic }: PickOptions,
): readonly number[] => {
  const { scored, weights, asked } = weigh(candidates, topic);
  const sources = new Set<number>();
  // A sentence is worth less with each pick, never more. So what it was worth before bounds what it is
  // worth now, and only what may still lead is weighed again.
  const first = scored.map((sentence) => worthOf(sentence, weights) * NEW_SOURCE);
  const bounds = [...first];
  const order = [...first.keys()].sort((a, b) => (first[b] ?? 0) - (first[a] ?? 0) || a - b);
  const picked = new Set<number>();
  while (picked.size < Math.min(count, scored.length)) {
    let leader = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (const place of order) {
      if ((first[place] ?? 0) <= most) break;
      const sentence = scored[place];
      if (sentence === undefined || (bounds[place] ?? 0) <= most || picked.has(place)) continue;
      const worth = worthOf(sentence, weights) * (sources.has(sentence.source) ? 1 : NEW_SOURCE);
      bounds[place] = worth;
      if (worth <= most) continue;
      leader = place;
      most = worth;
    }
    const sentence = scored[leader];
    if (sentence === undefined) break;
    picked.add(leader);
    sources.add(sentence.source);
    for (const word of sentence.words) {
      if (!asked.has(word)) weights[word] = (weights[word] ?? 0) * REPEATED;
    }
  }
  return scored.filter((_, place) => picked.has(place)).map(({ index }) => index);
};

const worthOf = ({ words, shape }: Scored, weights: Float64Array): number => {
  let sum = 0;
  for (const word of words) sum += weights[word] ?? 0;
  return (sum / (words.length + 4) ** LENGTH) * shape;
};

/** Numbers the words, and weighs each by how many sentences use it. */
const weigh = (
  candidates: readonly Candidate[],
  topic: ReadonlySet<string>,
): {
  readonly scored: readonly Scored[];
  readonly weights: Float64Array;
  /** The numbers of the topic's words: what is asked for may be said more than once. */
  readonly asked: ReadonlySet<number>;
} => {
  const ids = new Map<string, number>();
  const uses: number[] = [];
  const lengths = new Map<number, number>();
  for (const { source } of candidates) lengths.set(source, (lengths.get(source) ?? 0) + 1);
  const positions = new Map<number, number>();
  const seen = new Set<string>();
  const scored: Scored[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const position = positions.get(candidate.source) ?? 0;
    positions.set(candidate.source, position + 1);
    const key = candidate.text.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    const words = contentWords(candidate.text).map((word) => {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      uses[id] = (uses[id] ?? 0) + 1;
      return id;
    });
    const shape = shapeOf(candidate, position / (lengths.get(candidate.source) ?? 1));
    scored.push({ ...candidate, index, words, shape });
  }
  const weights = Float64Array.from(uses, (count) => Math.log(1 + count) - 0.4);
  const asked = new Set<number>();
  for (const word of topic) {
    const id = ids.get(word);
    if (id === undefined) continue;
    asked.add(id);
    // The rarer a word of the topic, the more it tells: `patent` more than `license` among licences.
    weights[id] = TOPIC * Math.log(1 + scored.length / (uses[id] ?? 1));
  }
  return { scored, weights, asked };
};

const shapeOf = ({ text, factor }: Candidate, share: number): number => {
  const words = countWords(text);
  const short = Math.min(1, words / USUAL_WORDS.least);
  const long = Math.min(1, USUAL_WORDS.most / Math.max(1, words));
  const letters = (text.match(/[\p{L}\s]/gu)?.length ?? 0) / Math.max(1, text.length);
  const lead = 1 + LEAD * Math.max(0, 1 - share * 5);
  const plain = letters < 0.7 || NOTICE.test(text) ? 0.3 : 1;
  return factor * lead * short * short * long * plain;
};
