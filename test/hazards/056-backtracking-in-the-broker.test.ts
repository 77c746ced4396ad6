import assert from 'node:assert/strict';
import { it } from 'node:test';
import { classifyInSlices } from '../../core/broker/gateway/sensitivity/classify-in-slices.ts';
import { segmentProblem } from '../../core/broker/grant/path-segment.ts';

// Attack 56, for the patterns that the broker runs on a stranger's text and names.
const HOSTILE = [
  ...['a', '4', '4 ', '444 ', '4444 ', '4444-4444-4444-4444 ', '111-11-111 ', 'a@', 'a@a.'],
  ...['@a.a.a.a.a.a.a.a.1', 'password  ', 'secret"        ', '-----BEGIN AAAA AAAA AAAA '],
  ...[
    'bearer    abcdefghijklmno ',
    'AKIAAAAAAAAAAAAAAAA ',
    'ssn                                ',
    '\0a',
  ],
];
const TWO_MIB = 2 * 1024 * 1024;
const fill = (part: string, length: number): string =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

it('two hostile megabytes are classified in linear time and never hold the broker for a second', async () => {
  for (const part of HOSTILE) {
    const started = performance.now();
    let longest = 0;
    let last = started;
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await classifyInSlices(fill(part, TWO_MIB));
    clearInterval(beat);
    const took = performance.now() - started;
    // Quadratic time would be hours; the bounds only have to tell that apart on a loaded machine.
    assert.ok(took < 20_000, `${JSON.stringify(part)} took ${took} ms`);
    assert.ok(longest < 1_000, `${JSON.stringify(part)} held the loop for ${longest} ms`);
  }
});

it('a name of hostile characters is judged at once', () => {
  for (const part of ['%25', '%2525', '\u0301', 'e\u0301', ' ', '.', '\ufdfa']) {
    const started = performance.now();
    segmentProblem(fill(part, 4096));
    assert.ok(performance.now() - started < 1_000, JSON.stringify(part));
  }
});
