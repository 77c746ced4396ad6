import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle as makeBundle } from '../core/cli/kit/bundle.ts';
import { sha256 } from '../core/vocabulary/digest.ts';
import { PACKAGE_ROOT } from '../core/vocabulary/package-root.ts';

/**
 * The last step of the build: one script for each plugin, as an isolate runs it, beside its manifest.
 * The same sources give the same bytes on every machine, so that their digests can be checked in and
 * reviewed like source; bytes that differ from that list fail the build until a person accepts them.
 */

const DIGESTS = 'core/broker/catalog/shipped-digests.json';

/** A plugin is a folder with a manifest; the other folders hold what plugins share. */
const pluginIds = async (): Promise<readonly string[]> => {
  const entries = await readdir(join(PACKAGE_ROOT, 'plugins'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const files = await Promise.all(folders.map((id) => readdir(join(PACKAGE_ROOT, 'plugins', id))));
  return folders.filter((_, index) => files[index]?.includes('manifest.yaml')).sort();
};

const bundle = async (id: string): Promise<Uint8Array> => {
  const { contents, modules } = await makeBundle(
    { build },
    {
      folder: PACKAGE_ROOT,
      entry: `plugins/${id}/index.ts`,
      outfile: `dist/plugins/${id}/plugin.js`,
    },
  );
  const foreign = modules.filter((path) => !path.startsWith('plugins/'));
  if (foreign.length > 0) throw new Error(`plugin ${id} imports ${foreign.join(', ')}`);
  return contents;
};

const buildPlugin = async (id: string): Promise<readonly [string, object]> => {
  const manifest = await readFile(join(PACKAGE_ROOT, 'plugins', id, 'manifest.yaml'));
  const script = await bundle(id);
  const folder = join(PACKAGE_ROOT, 'dist', 'plugins', id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'manifest.yaml'), manifest);
  await writeFile(join(folder, 'plugin.js'), script);
  return [id, { manifest: sha256(manifest), bundle: sha256(script) }];
};

const built = await Promise.all((await pluginIds()).map(buildPlugin));
const list = `${JSON.stringify(Object.fromEntries(built), null, 2)}\n`;
if (list !== (await readFile(join(PACKAGE_ROOT, DIGESTS), 'utf8'))) {
  if (!process.argv.includes('--accept')) {
    process.stderr.write(
      `the plugins differ from ${DIGESTS}; if that is meant, run: npm run build -- --accept\n`,
    );
    process.exit(1);
  }
  await writeFile(join(PACKAGE_ROOT, DIGESTS), list);
  await writeFile(join(PACKAGE_ROOT, 'dist', DIGESTS), list);
}
