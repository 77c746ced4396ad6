import { readFile } from 'node:fs/promises';
import { installedSteps } from '../../broker/catalog/installed-steps.ts';
import { loadShipped } from '../../broker/catalog/load-shipped.ts';
import { parseManifest } from '../../broker/catalog/parse-manifest.ts';
import { parseSha256 } from '../../vocabulary/ids.ts';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { type OperatorOptions, operatorContextOf, operatorTokenFile } from '../operator-context.ts';
import { askInstalled } from './installed-manifest.ts';

/** The enabled steps and tools: of a running agent where its operator asks, else those that come with the program. */
export const enabledEntries = async (
  options: OperatorOptions,
): Promise<readonly InstalledStep[]> => {
  const shipped = await loadShipped({ readFile, packageRoot: PACKAGE_ROOT });
  if (operatorTokenFile(options) === undefined) return shipped;
  const told = ownValue(
    await operatorContextOf(options).client.get('/v1/operator/plugins'),
    'plugins',
  );
  const rows = Array.isArray(told) ? told.filter(isJsonObject) : [];
  const enabled = rows.filter((row) => ownValue(row, 'state') === 'enabled');
  const ids = new Set(enabled.map((row) => ownValue(row, 'id')));
  const installed = enabled.filter((row) => ownValue(row, 'source') === 'installed');
  const entries = await Promise.all(installed.map((row) => entriesOf(row, options)));
  return [...shipped.filter(({ plugin }) => ids.has(plugin)), ...entries.flat()];
};

const entriesOf = async (
  row: JsonObject,
  options: OperatorOptions,
): Promise<readonly InstalledStep[]> => {
  const [id, version] = [String(ownValue(row, 'id')), String(ownValue(row, 'version'))];
  const found = await askInstalled(options)(id, version);
  const digest = parseSha256(ownValue(row, 'digest'));
  if (found === undefined || digest === undefined) return [];
  return installedSteps(parseManifest(found.text, `${id}@${version}/manifest.yaml`), digest, '');
};
