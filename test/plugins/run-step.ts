import assert from 'node:assert/strict';
import vm from 'node:vm';
import { loadShipped } from '../../core/broker/catalog/load-shipped.ts';
import { checkValue } from '../../core/broker/catalog/schema-profile/check-value.ts';
import { excerpt } from '../../core/broker/gateway/storage/excerpt.ts';
import { makeCatalogFilesPowers } from '../../core/broker/main/powers/catalog-files.ts';
import type { Action } from '../../core/vocabulary/enums.ts';
import type { JsonObject, JsonValue } from '../../core/vocabulary/json.ts';
import type { InstalledStep } from '../../core/vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

const entries = await loadShipped({ ...makeCatalogFilesPowers(), packageRoot: PACKAGE_ROOT });

/** The shipped steps by the action that each executes. */
export const shipped: ReadonlyMap<Action, InstalledStep> = new Map(
  entries.filter(({ kind }) => kind === 'step').map((step) => [step.action, step]),
);

export const stepOf = (action: Action): InstalledStep => {
  const step = shipped.get(action);
  assert.ok(step, `no plugin executes ${action}`);
  return step;
};

type HandleCall = (args: JsonObject) => JsonValue;
export type Handles = Readonly<Record<string, Readonly<Record<string, HandleCall>> | object>>;

/**
 * Runs a step of a shipped bundle in a context of its own, as a cell does: input and output are checked
 * against the manifest, only JSON goes in and comes out.
 */
export const runStep = async <Output>(
  action: Action,
  input: object,
  handles: Handles = {},
): Promise<Output> => {
  const step = stepOf(action);
  const given: unknown = JSON.parse(JSON.stringify(input));
  assert.deepEqual(checkValue(step.input, given), { ok: true });
  const context = vm.createContext(Object.create(null));
  vm.runInContext(`'use strict';${step.source}`, context);
  const run: (json: string, handles: Handles) => Promise<string> = vm.runInContext(
    `async (json, handles) => JSON.stringify(await __plugin.steps.${action}(JSON.parse(json), handles))`,
    context,
  );
  const output: unknown = JSON.parse(await run(JSON.stringify(given), handles));
  assert.deepEqual(checkValue(step.output, output), { ok: true });
  return output as Output;
};

/** A file in memory behind the methods of a `storage.read` handle. */
export const fileHandle = (text: string): { readonly read: HandleCall } => {
  const bytes = Buffer.from(text);
  return {
    read: ({ offset, length }) => ({
      ...excerpt(bytes, {
        encoding: 'text',
        ...(typeof offset === 'number' ? { offset } : {}),
        ...(typeof length === 'number' ? { length } : {}),
      }),
      size: bytes.length,
      label: 'low',
    }),
  };
};
