import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { secaiAgent } from '../harness/cli.ts';
import { parseXml } from '../harness/parse-xml.ts';

const CORPUS = 'test/hazards/corpus';
/** The whole corpus takes less than one on two quiet processors; this bounds a busy machine. */
const MOST_MS = 300_000;

test('probe.suite: every script of the corpus is contained, and the JUnit report says so', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-junit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const junit = join(folder, 'report.xml');
  const startedAt = performance.now();
  const { code, out, err } = await secaiAgent(['probe', CORPUS, '--junit', junit], {
    cwd: PACKAGE_ROOT,
    timeout: MOST_MS,
  });
  const ms = performance.now() - startedAt;
  const problems = out.split(/^(?=(?:not )?ok )/m).filter((point) => point.startsWith('not ok'));
  assert.deepEqual(problems, [], err);
  assert.equal(code, 0, err);

  const scripts = readdirSync(join(PACKAGE_ROOT, CORPUS)).filter((name) => name.endsWith('.js'));
  assert.ok(scripts.length >= 50, `${scripts.length} scripts`);
  assert.match(
    out,
    new RegExp(`^TAP version 14\n1\\.\\.${scripts.length}\n# profile vetting\n# seed \\d+\n`),
  );
  assert.equal(out.match(/^ok \d+ - .* - contained: /gm)?.length, scripts.length);
  const suites = parseXml(readFileSync(junit, 'utf8'));
  assert.equal(suites.attributes.get('tests'), String(scripts.length));
  assert.equal(suites.attributes.get('failures'), '0');
  assert.equal(suites.attributes.get('errors'), '0');
  const cases = suites.children[0]?.children ?? [];
  assert.deepEqual(
    cases.map(({ attributes }) => attributes.get('name')),
    scripts.map((name) => join(CORPUS, name)).sort(),
  );
  console.log(`${scripts.length} scripts in ${(ms / 1000).toFixed(1)} s`);
});
