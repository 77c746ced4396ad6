import { fileURLToPath } from 'node:url';

/**
 * The folder of this package, seen from the compiled program (`dist/core/vocabulary/`). Everything that
 * is read at run time and is not imported (profiles, manifests, schemas, bundles) is found from here.
 */
export const PACKAGE_ROOT: string = fileURLToPath(new URL('../../../', import.meta.url)).replace(
  /\/$/,
  '',
);

/** Where Node looks for the packages that this one depends on: its own folder, and each one above it. */
export const MODULE_FOLDERS: readonly string[] = PACKAGE_ROOT.split('/').map((_, depth, names) =>
  [...names.slice(0, names.length - depth), 'node_modules'].join('/'),
);
