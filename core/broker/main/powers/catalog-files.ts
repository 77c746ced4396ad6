import { readFile } from 'node:fs/promises';
import type { CatalogPowers } from '../../catalog/load-shipped.ts';

/** Reads the files of the shipped plugins. */
export const makeCatalogFilesPowers = (): CatalogPowers => ({ readFile: (path) => readFile(path) });
