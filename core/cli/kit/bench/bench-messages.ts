import type { Capability } from '../../../vocabulary/capability.ts';
import { type JsonObject, type JsonValue, ownValue } from '../../../vocabulary/json.ts';

/** One call of a plugin's entry, for the process that holds the cells. The manifest goes as its text. */
export interface BenchRequest {
  readonly manifest: string;
  readonly source: string;
  readonly entry: string;
  readonly input: JsonObject;
  /** Folders by the workspace names that the input uses. */
  readonly workspaces: Readonly<Record<string, string>>;
}

/** A handle that a call was given, and what it did with it. */
export interface HandleUse {
  readonly parameter: string;
  readonly index: number | null;
  readonly capability: Capability;
  /** What it stands for, as the input names it. */
  readonly display: string;
  /** Calls by method; none where it lay unused. */
  readonly calls: Readonly<Record<string, number>>;
  /** Read or written through it. */
  readonly bytes: number;
}

/** How the call ended, by what the broker's side saw. */
export interface CaseRun {
  /** `completed`, or the code with which it failed. */
  readonly ended: string;
  readonly message: string;
  readonly output: JsonObject | null;
  readonly resultBytes: number;
  readonly handles: readonly HandleUse[];
  readonly calls: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  /** What it wrote to its console. */
  readonly log: readonly string[];
}

/** Bytes of one line: a bundle, its input and its manifest, written as JSON. */
export const MOST_REQUEST_BYTES: number = 32 * 1024 * 1024;

// Both ends are this program; a cell's words stand inside a string of an answer and never make a line of their own.
export const encodeLine = (message: BenchRequest | BenchAnswer): string =>
  `${JSON.stringify(message)}\n`;

export type BenchAnswer =
  | { readonly bench: 'ready' }
  | { readonly bench: 'ran'; readonly run: CaseRun }
  /** The call could not be made at all. */
  | { readonly bench: 'refused'; readonly code: string; readonly message: string };

export const parseRequest = (line: string): BenchRequest => JSON.parse(line);

/** Undefined for a line that is no answer: of a library, or of the engine. */
export const parseAnswer = (line: string): BenchAnswer | undefined => {
  try {
    const value: JsonValue = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? asAnswer(value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
};

const asAnswer = (value: JsonObject): BenchAnswer | undefined =>
  ownValue(value, 'bench') === undefined ? undefined : (value as unknown as BenchAnswer);
