import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { sourcesBelow } from './sources-below.ts';

const CPU_MS = 300;
const range = await openHazardRange({ after }, { limits: { cpu_ms: CPU_MS } });

for (const document of ['result', 'argument', 'answer', 'getter']) {
  test(`a guest that loops where it is called back (${document}) does not hold the broker`, async (t) => {
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    t.after(() => clearInterval(beat));
    const result = await range.attack({ script: '066-hold-the-loop', document });
    assertContained(result, 'cpu');
    assert.ok(longest < 1000, `the broker's loop stood still for ${longest} ms`);
  });
}

test('the cell waits for an isolate nowhere: it calls no method of isolated-vm that ends in Sync', () => {
  const synchronous =
    /\b(?:apply|applySyncPromise|compile\w+|createContext|eval\w*|evaluate|get|instantiate|run|set|copy|createSnapshot)Sync\w*\(/;
  const callers = sourcesBelow('core').filter((path) =>
    synchronous.test(readFileSync(`${PACKAGE_ROOT}/${path}`, 'utf8')),
  );
  assert.deepEqual(callers, []);
});
