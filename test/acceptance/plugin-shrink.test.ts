import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Bench, openBench } from '../../core/cli/kit/bench/open-bench.ts';
import { manifestDocument } from '../../core/cli/kit/shrink/manifest-document.ts';
import { shrinkPlugin } from '../../core/cli/kit/shrink/shrink-plugin.ts';
import { kitPlugin } from '../cli/kit/kit-plugin.ts';
import { PLANTS, SOURCE } from './shrink-plants.ts';

let bench: Bench;
before(async () => {
  bench = await openBench({ shared: true });
});
after(() => bench.close());

test('plugin.shrink: of thirty manifests with one planted grant each, that grant goes and all else stays', async () => {
  assert.equal(PLANTS.length, 30);
  assert.equal(
    new Set(PLANTS.map(({ planted, cases }) => planted + JSON.stringify(cases))).size,
    30,
  );
  for (const { what, planted, least, cases } of PLANTS) {
    const { after: shrunk, removed } = await shrinkPlugin(kitPlugin(planted, SOURCE), cases, {
      bench,
    });
    assert.ok(removed.length > 0, `${what}: nothing was found`);
    assert.equal(shrunk, manifestDocument(least).text, what);
  }
});

test('plugin.shrink: a manifest that asks for what it needs stays as it is', async () => {
  const [{ least, cases } = { least: '', cases: [] }] = PLANTS;
  const {
    removed,
    after: same,
    before: was,
  } = await shrinkPlugin(kitPlugin(least, SOURCE), cases, { bench });
  assert.deepEqual(removed, []);
  assert.equal(same, was);
});

test('plugin.shrink: where a case needs what others do not, only the rest goes', async () => {
  const [{ least, cases } = { least: '', cases: [] }] = PLANTS;
  // The tool looks whether there is a handle and never calls it: no record shows the need, only the case.
  const source = SOURCE.replace(
    'return { text: content, names',
    'return { text: typeof many[0], names',
  ).replace('{ path, folder }', '{ path, folder, many = [] }');
  const asking = least
    .replace(
      'extra: { type: string, maxLength: 200 }',
      'extra: { type: string, maxLength: 200, x-capability: storage.list }',
    )
    .replace(
      'items: { type: string, maxLength: 200 }',
      'items: { type: string, maxLength: 200, x-capability: storage.read }',
    );
  const needing = cases.map((each) =>
    each.run === 'shrink.read'
      ? {
          ...each,
          input: { ...each.input, many: ['docs/b.md'] },
          expect: { output: { text: 'object', names: 2 } },
        }
      : each,
  );
  const { removed } = await shrinkPlugin(kitPlugin(asking, source), needing, { bench });
  assert.deepEqual(
    removed.map(({ pointer }) => pointer),
    ['/tools/shrink.read/input/properties/extra/x-capability'],
  );
});
