import { AgentError } from '../../../vocabulary/errors.ts';
import { shownPath } from './package-path.ts';
import type { PackageFiles } from './plugin-package.ts';

/**
 * The text of a file of a package.
 * @throws AgentError `package_invalid` where it is not UTF-8
 */
export const packageText = (files: PackageFiles, path: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(files.get(path));
  } catch {
    const message = `not a package: ${shownPath(path)} is not UTF-8`;
    throw new AgentError({ code: 'package_invalid', message });
  }
};
