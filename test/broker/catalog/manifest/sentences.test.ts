import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../../../core/broker/catalog/manifest/check-manifest.ts';
import { PROFILE_CAPS } from '../../../../core/broker/catalog/manifest/profile-caps.ts';
import {
  type EntrySentences,
  manifestSentences,
} from '../../../../core/broker/catalog/manifest/sentences.ts';
import { demandProfiles } from '../../../../core/broker/main/demand-profiles.ts';
import { makeProgramFilePowers } from '../../../../core/broker/main/powers/program-files.ts';
import type { JsonObject } from '../../../../core/vocabulary/json.ts';
import { closed, naming, sampleText } from '../../../harness/sample-manifest.ts';

const PROFILES = demandProfiles(makeProgramFilePowers());

const sentencesOf = (entry: JsonObject, top: JsonObject = {}): EntrySentences => {
  const check = checkManifest(sampleText({ top, entry }), 'm');
  if (!check.ok) return assert.fail(JSON.stringify(check.findings));
  const [first] = manifestSentences(check.manifest, PROFILES).entries;
  return first ?? assert.fail('no entry');
};

test('sentences say what a tool that reads one file can do, and what it cannot', () => {
  assert.deepEqual(sentencesOf({}), {
    kind: 'tool',
    name: 'text.count',
    says: 'Counts the lines of a file.',
    may: ['It may read the file that `path` names.'],
    cannot: [
      'It cannot read any other file, look into a folder, create a file, change a file or delete a file.',
      'It cannot reach the network, call a tool or ask the model.',
      'It cannot start a program, see a secret or the clock, or keep anything from one run for the next.',
    ],
    uses: [
      'It runs at most 30 s, with 5 s of processor time and 32 MB of heap.',
      'It calls its handles at most 10 000 times.',
      'It answers with at most 1 MiB.',
      'It shares its process with no other plugin (profile `standard`).',
    ],
    leaves: ['It changes nothing.', 'If its process breaks down, it is not run again.'],
  });
});

test('sentences of a tool without handles promise computing and nothing else', () => {
  const { may, cannot } = sentencesOf({ input: closed({}) });
  assert.deepEqual(may, ['It may compute with what it is given.']);
  assert.match(cannot[0] ?? '', /^It cannot read a file, look into a folder, create a file/);
});

test('sentences name hosts with their methods, tools, the model, and how many names one parameter may give', () => {
  const egress = [{ host: 'api.example.org', methods: ['GET', 'POST'] }];
  const { may, cannot, leaves } = sentencesOf(
    {
      reversibility: 'irreversible',
      input: closed(
        {
          url: naming('airlock.fetch'),
          tool: naming('tool.invoke'),
          files: { type: 'array', maxItems: 5, items: naming('storage.read') },
        },
        'url',
        'files',
      ),
    },
    { requests: { egress, tools: ['text.diff'], inference: true } },
  );
  const [fetches = '', calls = '', ...others] = may;
  assert.match(
    fetches,
    /^It may send a request to the address that `url` names, at no other host than `api.example.org` \(GET, POST\)/,
  );
  assert.match(
    calls,
    /^It may call the tool that `tool` names, where one is given, and no other than `text.diff`/,
  );
  assert.deepEqual(others, [
    'It may read the files that `files` names (at most 5).',
    'It may ask the model.',
  ]);
  assert.equal(cannot[1], 'It cannot reach any other host or call any other tool.');
  assert.equal(leaves[0], 'What it does cannot be undone.');
});

test('sentences give the limits of the manifest where they are below those of the profile', () => {
  const { uses } = sentencesOf({
    profile: 'vetting',
    limits: { cpu_ms: 250, wall_ms: 1500, heap_mb: 8, result_bytes: 1000, calls_total: 0 },
  });
  assert.deepEqual(uses, [
    'It runs at most 1500 ms, with 250 ms of processor time and 8 MB of heap.',
    'It calls no handle.',
    'It answers with at most 1 000 bytes.',
    'It has a process for each run alone, with the least of everything (profile `vetting`).',
  ]);
});

test('the limits that a manifest is held to are those of the shipped profiles', () => {
  for (const [name, { limits }] of Object.entries(PROFILES)) {
    assert.deepEqual([name, limits], [name, Reflect.get(PROFILE_CAPS, name)]);
  }
});
