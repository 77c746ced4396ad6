import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import {
  type EntrySentences,
  manifestSentences,
} from '../../core/broker/catalog/manifest/sentences.ts';
import shipped from '../../core/broker/catalog/shipped-digests.json' with { type: 'json' };
import { demandProfiles } from '../../core/broker/main/demand-profiles.ts';
import { makeProgramFilePowers } from '../../core/broker/main/powers/program-files.ts';
import type { Capability } from '../../core/vocabulary/capability.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import type { Manifest, ManifestEntry } from '../../core/vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { secaiAgent } from '../harness/cli.ts';

const PROFILES = demandProfiles(makeProgramFilePowers());

const manifestOf = async (id: string): Promise<Manifest> => {
  const file = join(PACKAGE_ROOT, 'plugins', id, 'manifest.yaml');
  const check = checkManifest(await readFile(file, 'utf8'), file);
  return check.ok ? check.manifest : assert.fail(JSON.stringify(check.findings));
};

const sentencesOf = (manifest: Manifest, name: string): EntrySentences =>
  manifestSentences(manifest, PROFILES).entries.find((entry) => entry.name === name) ??
  assert.fail(name);

/** The same manifest with one entry changed. */
const withEntry = (manifest: Manifest, entry: ManifestEntry): Manifest => ({
  ...manifest,
  entries: new Map([...manifest.entries, [entry.name, entry]]),
});

const without = (entry: ManifestEntry): ManifestEntry => ({ ...entry, annotations: [] });
const holding = (entry: ManifestEntry, capability: Capability): ManifestEntry => ({
  ...entry,
  annotations: [{ parameter: 'it', capability, many: false }],
});

const said = ({ may, cannot, uses, leaves }: EntrySentences): string =>
  [...may, ...cannot, ...uses, ...leaves].join('\n');

for (const id of Object.keys(shipped)) {
  test(`plugin.sentences: \`plugin show ${id}\` prints the sentences that its handles and limits give`, async () => {
    const manifest = await manifestOf(id);
    const { code, out, err } = await secaiAgent(['plugin', 'show', id]);
    assert.equal(code, 0, err);
    const shown = out.replaceAll(/\s+/g, ' ');
    for (const name of manifest.entries.keys()) {
      for (const sentence of said(sentencesOf(manifest, name)).split('\n')) {
        assert.ok(shown.includes(sentence), sentence);
      }
      assert.match(sentencesOf(manifest, name).cannot.join(' '), /It cannot reach the network/);
    }
  });

  test(`plugin.sentences: changing a handle, a limit or a request of ${id} changes them`, async () => {
    const manifest = await manifestOf(id);
    for (const entry of manifest.entries.values()) {
      const before = said(sentencesOf(manifest, entry.name));
      const changed: readonly Manifest[] = [
        ...(entry.annotations.length === 0 ? [] : [withEntry(manifest, without(entry))]),
        withEntry(manifest, holding(entry, 'storage.delete')),
        withEntry(manifest, holding(entry, 'airlock.fetch')),
        withEntry(manifest, { ...entry, limits: { ...entry.limits, cpu_ms: 11 } }),
        withEntry(manifest, { ...entry, limits: { ...entry.limits, calls_total: 1 } }),
        withEntry(manifest, {
          ...entry,
          profile: entry.profile === 'strict' ? 'vetting' : 'strict',
        }),
        withEntry(manifest, { ...entry, reversibility: 'irreversible' }),
        withEntry(manifest, { ...entry, idempotent: !entry.idempotent }),
        {
          ...manifest,
          requests: { ...manifest.requests, inference: !manifest.requests.inference },
        },
      ];
      const texts = changed.map((mutation) => said(sentencesOf(mutation, entry.name)));
      assert.ok(
        texts.every((text) => text !== before),
        entry.name,
      );
      assert.equal(new Set(texts).size, texts.length);
      // What the author says of it changes nothing.
      const boast = withEntry(manifest, { ...entry, description: 'Harmless, reads nothing.' });
      assert.equal(said(sentencesOf(boast, entry.name)), before);
    }
  });
}

test('plugin.sentences: `plugin show --json` of a changed manifest has other sentences and hints', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-'));
  t.after(() => rm(folder, { recursive: true }));
  const text = await readFile(join(PACKAGE_ROOT, 'plugins/filesystem/manifest.yaml'), 'utf8');
  const changed = text.replace('x-capability: storage.create }', 'x-capability: storage.delete }');
  assert.notEqual(changed, text);
  await writeFile(join(folder, 'manifest.yaml'), changed);
  const entryOf = async (named: string): Promise<JsonObject> => {
    const { code, out, err } = await secaiAgent(['plugin', 'show', named, '--json']);
    assert.equal(code, 0, err);
    const { entries }: { entries: readonly JsonObject[] } = JSON.parse(out);
    return entries.find(({ name }) => name === 'write_file') ?? assert.fail(out);
  };
  const before = await entryOf('filesystem');
  const after = await entryOf(folder);
  assert.deepEqual(
    [Object(before['hints']).destructiveHint, Object(after['hints']).destructiveHint],
    [false, true],
  );
  assert.deepEqual(before['may'], [
    'It may create the file that `path` names, where nothing has that name yet.',
  ]);
  assert.match(String(after['may']), /^It may delete the file that `path` names/);
  assert.match(String(after['cannot']), /create a file, change a file or delete any other file/);
});
