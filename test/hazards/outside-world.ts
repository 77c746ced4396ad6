import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileResource } from '../../core/vocabulary/resource.ts';
import {
  FILE_REFUSED,
  FOLDER_REFUSED,
  type Workspace,
} from '../broker/gateway/storage/workspace.ts';

/** A digest over every name, kind and content below a folder: equal before and after means untouched. */
export const fingerprint = (folder: string): string => {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const stats = lstatSync(path);
    hash.update(`${path}\0${stats.mode}\0${stats.ino}\0`);
    if (stats.isFile()) hash.update(readFileSync(path));
    if (stats.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  visit(folder);
  return hash.digest('hex');
};

/** Tries every way in through one resource; each must end in the one refusal, and change nothing. */
export const assertNoWayIn = async (
  { gateway, access }: Workspace,
  resource: FileResource,
  label: string,
): Promise<void> => {
  const bytes = Buffer.from('planted');
  const { folders } = gateway;
  const limits = { maxFiles: 10, maxDepth: 5, signal: new AbortController().signal };
  const walk = async (): Promise<void> => {
    for await (const _ of folders.walk(resource, access, limits)) break;
  };
  for (const encoding of ['text', 'base64'] as const)
    await assert.rejects(gateway.read(resource, access, { encoding }), FILE_REFUSED, label);
  await assert.rejects(gateway.create(resource, access, bytes), FILE_REFUSED, label);
  await assert.rejects(gateway.replace(resource, access, bytes), FILE_REFUSED, label);
  await assert.rejects(gateway.list(resource, access, {}), FOLDER_REFUSED, label);
  await assert.rejects(walk(), FOLDER_REFUSED, label);
  const scope = { ...resource, relative: '', absolute: resource.root };
  const indexed = await folders.readForIndex(scope, access, resource.relative);
  assert.equal(indexed, undefined, label);
};

/** The next access works: a refusal leaves nothing behind. */
export const assertStillServes = async ({ gateway, access, at, put }: Workspace): Promise<void> => {
  put('docs/ordinary.txt', 'still here');
  const answer = await gateway.read(at('docs/ordinary.txt'), access, { encoding: 'text' });
  assert.equal(answer.content, 'still here');
};
