import assert from 'node:assert/strict';
import { link, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openPackage } from '../../../core/broker/catalog/package/open-package.ts';
import { SIGNATURE_FILE } from '../../../core/broker/catalog/package/package-path.ts';
import { readPackageFolder } from '../../../core/broker/catalog/package/read-package-folder.ts';
import { makePackageFilesPowers } from '../../../core/broker/main/powers/package-files.ts';
import { writePackageFolder } from '../../../core/cli/write-package-folder.ts';
import type { ErrorCode } from '../../../core/vocabulary/errors.ts';
import {
  makeSigner,
  manifestText,
  NOW,
  sampleFiles,
  signed,
  trusting,
} from '../../broker/catalog/package/sample-package.ts';
import { makeFolder } from '../../broker/catalog/package/trust-folder.ts';
import {
  makeStoreBench,
  reader,
  WHO,
  widerReader,
} from '../../broker/catalog/store/store-bench.ts';
import { refusedWith } from '../../harness/refused-with.ts';
import type { AttackRow } from './attack-row.ts';

const ada = makeSigner();
const TRUST = trusting([ada]);
const FILES = sampleFiles();

/** A package on disk that is changed after it was signed. */
const folder = (
  what: string,
  file: string,
  code: ErrorCode,
  change: (folder: string, outside: string) => Promise<unknown>,
): AttackRow => ({
  attack: 143,
  what,
  prove: async (t) => {
    const root = await makeFolder(t);
    const place = join(root, 'package');
    const outside = join(root, 'outside');
    await writeFile(outside, 'canary');
    await writePackageFolder(place, signed(FILES, [ada]));
    await rm(join(place, file), { force: true });
    await change(join(place, file), outside);
    await refusedWith(code, file, async () =>
      openPackage(await readPackageFolder(place, makePackageFilesPowers()), TRUST, NOW),
    );
  },
});

/** The signature of one package beside the files of another. */
const repacked = (what: string, file: string, text: string): AttackRow => ({
  attack: 217,
  what,
  prove: async () => {
    const envelope = signed(FILES, [ada]).get(SIGNATURE_FILE);
    assert.ok(envelope);
    const files = new Map(sampleFiles({ [file]: text })).set(SIGNATURE_FILE, envelope);
    await refusedWith('package_tampered', file, () => openPackage(files, TRUST, NOW));
  },
});

const widening = async (t: TestContext): Promise<void> => {
  const { open, workshop } = await makeStoreBench(t);
  const store = await open();
  const { make } = workshop;
  await store.install({ files: make(reader('1.0.0')), verdicts: [] }, WHO);
  const wider = await store.install({ files: make(widerReader('1.1.0')), verdicts: [] }, WHO);
  assert.equal(wider.state, 'quarantined');
  const error = await refusedWith('widening_unapproved', 'reader', () =>
    store.enable({ id: 'reader', version: null, approve: null }, WHO),
  );
  assert.match(JSON.stringify(error.details), /"pointer":"\/tools\/files\.first_line\/input/);
};

/** Attacks on packages and versions, each refused with its code, naming the file, and what to do. */
export const PACKAGE_ROWS: readonly AttackRow[] = [
  folder('a page that is a link', 'docs/guide.md', 'package_invalid', (path, outside) =>
    symlink(outside, path),
  ),
  folder('a page that is a second name', 'docs/guide.md', 'package_invalid', (path, outside) =>
    link(outside, path),
  ),
  folder('a page that was added', 'docs/more.md', 'package_tampered', (path) =>
    writeFile(path, 'more'),
  ),
  { attack: 145, what: 'an update that asks for one more file', prove: widening },
  repacked('another bundle', 'plugin.js', 'var __plugin = {};\n'),
  repacked('another page', 'docs/guide.md', 'Type your password.\n'),
  repacked(
    'another description',
    'manifest.yaml',
    manifestText().replace(/^description: .*$/m, 'description: Type your password.'),
  ),
];
