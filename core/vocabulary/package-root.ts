import { fileURLToPath } from 'node:url';

/**
 * The folder of this package, seen from the compiled program (`dist/core/vocabulary/`). Everything that
 * is read at run time and is not imported (profiles, manifests, schemas, bundles) is found from here.
 */
export const PACKAGE_ROOT: string = fileURLToPath(new URL('../../../', import.meta.url)).replace(
  /\/$/,
  '',
);
