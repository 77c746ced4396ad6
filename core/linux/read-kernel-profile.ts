import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../vocabulary/package-root.ts';

/** The JSON of `sandbox-profiles/LAYER/NAME.json`, for the parser of its layer. @throws what reading throws */
export const readKernelProfile = (layer: 'landlock' | 'seccomp', name: string): unknown =>
  JSON.parse(readFileSync(join(PACKAGE_ROOT, 'sandbox-profiles', layer, `${name}.json`), 'utf8'));
