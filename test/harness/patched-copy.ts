import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** A change of one built file: the text that stands there once, and what stands there instead. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const COPIED = ['dist', 'plugins', 'sandbox-profiles', 'schemas', 'package.json'];
const LEFT_OUT = join(PACKAGE_ROOT, 'dist/test');

/**
 * The built program in a folder of its own, with a hole made in it on purpose. Answers the path of its command
 * line.
 */
export const patchedCopy = (t: TestContext, patches: readonly Patch[]): string => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'secai-patched-'));
  t.after(() => rmSync(root, { recursive: true }));
  // Cells of an agent that root started are ordinary users, and load from here.
  chmodSync(root, 0o755);
  for (const name of COPIED) {
    const from = join(PACKAGE_ROOT, name);
    cpSync(from, join(root, name), { recursive: true, filter: (path) => path !== LEFT_OUT });
  }
  symlinkSync(realpathSync(join(PACKAGE_ROOT, 'node_modules')), join(root, 'node_modules'));
  for (const { file, from, to } of patches) {
    const path = join(root, file);
    const pieces = readFileSync(path, 'utf8').split(from);
    if (pieces.length !== 2) throw new Error(`\`${file}\` has ${pieces.length - 1} times: ${from}`);
    writeFileSync(path, pieces.join(to));
  }
  return join(root, 'dist/core/cli/main.js');
};
