import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../../core/vocabulary/canonical.ts';
import type { JsonValue } from '../../../core/vocabulary/json.ts';
import { KEY, makeTempLog } from './temp-log.ts';

const skip = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed';

const python = (code: string, args: readonly string[], input = ''): string => {
  const run = spawnSync('python3', ['-c', code, ...args], { input, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
};

// Written from the wire contract, section 16, alone.
const VERIFIER = `
import hashlib, hmac, json, sys
path, key = sys.argv[1], sys.argv[2].encode()
canon = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":")).encode()
sign = lambda v: hmac.new(key, canon(v), hashlib.sha256).hexdigest()
prev, count = "", 0
for line in open(path, "rb"):
    entry = json.loads(line)
    assert list(entry) == ["timestamp", "event", "data", "prev_hash", "entry_hash", "algorithm"]
    assert entry["algorithm"] == "hmac-sha256" and entry["prev_hash"] == prev, count
    body = {k: entry[k] for k in ("prev_hash", "event", "data", "timestamp")}
    assert entry["entry_hash"] == sign(body), count
    prev, count = entry["entry_hash"], count + 1
point = json.load(open(path + ".checkpoint"))
assert point["hmac"] == sign({"entries": point["entries"], "last_hash": point["last_hash"]})
assert (point["entries"], point["last_hash"]) == (count, prev)
print(count)
`;

// The earlier writer: data in insertion order, floats as Python prints them.
const WRITER = `
import hashlib, hmac, json, sys
path, key = sys.argv[1], sys.argv[2].encode()
canon = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":")).encode()
sign = lambda v: hmac.new(key, canon(v), hashlib.sha256).hexdigest()
prev = ""
data = [{"z": 600.0, "a": {"y": 1e-05, "b": [1e16, 2]}}, {"path": "caf\\u00e9 \\x7f \\U0001f600"}, {}]
with open(path, "w") as log:
    for i, item in enumerate(data):
        body = {"timestamp": f"2026-01-01T00:00:0{i}.000000+00:00", "event": "note", "data": item, "prev_hash": prev}
        prev = sign(body)
        log.write(json.dumps({**body, "entry_hash": prev, "algorithm": "hmac-sha256"}, separators=(",", ":")) + "\\n")
point = {"entries": len(data), "last_hash": prev}
json.dump({**point, "hmac": sign(point)}, open(path + ".checkpoint", "w"))
`;

const KEY_TEXT = Buffer.from(KEY).toString();

test('an independent verifier in Python agrees with what the log wrote', { skip }, async (t) => {
  const temp = makeTempLog(t);
  const log = await temp.open();
  log.record({ event: 'service_started', data: { bind: 'unix:/run/x', pid: 12, share: 0.25 } });
  log.record({
    event: 'note',
    data: { '\u{1f600}': 1, '\uff5e': 2, text: 'é\u007f\n\u2028\ud800' },
  });
  await log.append({ event: 'note', data: { deep: [{ b: null, a: [true, -1.5, 1e14] }] } });
  await log.close();
  await temp.fill(2);
  assert.equal(python(VERIFIER, [temp.path, KEY_TEXT]).trim(), '5');
});

test('a log that Python wrote is verified, continued and verified by both', { skip }, async (t) => {
  const temp = makeTempLog(t);
  python(WRITER, [temp.path, KEY_TEXT]);
  assert.equal((await temp.verify()).valid, true);
  await temp.fill(2);
  assert.deepEqual(await temp.verify().then(({ valid, entries }) => [valid, entries]), [true, 5]);
  assert.equal(python(VERIFIER, [temp.path, KEY_TEXT]).trim(), '5');
});

test("canonicalJson equals Python's json.dumps for everything that it prints", { skip }, () => {
  const json = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, min: -1e14, max: 1e14 }).filter(isPortable),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('any')),
    ),
  })).any;
  const values = fc.sample(json, 400).map((raw): JsonValue => JSON.parse(JSON.stringify(raw)));
  const dumps =
    'import json,sys\nfor line in sys.stdin: print(json.dumps(json.loads(line), sort_keys=True, separators=(",", ":")))';
  const input = values.map((value) => `${canonicalJson(value)}\n`).join('');
  assert.equal(python(dumps, [], input), input);
});

const isPortable = (value: number): boolean =>
  !Object.is(value, -0) && (Number.isInteger(value) || Math.abs(value) >= 1e-4);
