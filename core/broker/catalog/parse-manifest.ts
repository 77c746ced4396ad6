import { AgentError } from '../../vocabulary/errors.ts';
import type { Manifest } from '../../vocabulary/manifest.ts';
import { checkManifest } from './manifest/check-manifest.ts';

/**
 * Reads a plugin's manifest. `file` is the name that a refusal shows.
 * @throws AgentError `manifest` with file, line and column of the first fault, and how to mend it
 */
export const parseManifest = (text: string, file: string): Manifest => {
  const check = checkManifest(text, file);
  if (check.ok) return check.manifest;
  const [{ line = 1, column = 1, problem, mend } = NO_FINDING] = check.findings;
  const message = `${file}:${line}:${column}: ${problem}`;
  throw new AgentError({ code: 'manifest', message, remedy: mend });
};

const NO_FINDING = { line: 1, column: 1, problem: 'not a manifest', mend: 'correct the manifest' };
