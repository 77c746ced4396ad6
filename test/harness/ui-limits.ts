import assert from 'node:assert/strict';
import type { JsonValue } from '../../core/vocabulary/json.ts';
import type { Reply } from './call.ts';

// The numbers of wire contract section 22, stated a second time and not imported: a change of the product's
// own table must not change what the UI takes.
const BYTES = 2 * 1024 * 1024;
const NODES = 10_000;
const DEPTH = 12;
const CHARACTERS = 65_536;
const KEYS = 256;

/** A reply that the unmodified UI shows; beyond one of its limits it shows an error in place of everything. */
export const assertWithinUiLimits = ({ text, body }: Reply): void => {
  assert.ok(Buffer.byteLength(text) <= BYTES, `${Buffer.byteLength(text)} bytes`);
  let nodes = 0;
  const look = (value: JsonValue, depth: number): void => {
    nodes += 1;
    assert.ok(depth <= DEPTH, `${depth} levels`);
    if (typeof value === 'string') {
      assert.ok(Array.from(value).length <= CHARACTERS, `a string of ${value.length}`);
    }
    if (value === null || typeof value !== 'object') return;
    const entries = Object.entries(value);
    if (!Array.isArray(value)) {
      assert.ok(entries.length <= KEYS && entries.every(([key]) => key.length <= KEYS));
    }
    for (const [, item] of entries) look(item, depth + 1);
  };
  look(body, 1);
  assert.ok(nodes <= NODES, `${nodes} nodes`);
};
