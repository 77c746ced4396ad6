import type { BuildOptions, Metafile, OutputFile } from 'esbuild';

/** What turns the modules of a plugin into the one script that an isolate runs. */
const BUNDLE_OPTIONS: BuildOptions = {
  write: false,
  metafile: true,
  bundle: true,
  format: 'iife',
  globalName: '__plugin',
  // The guest evaluates the script as strict code, where a `var` stays inside: the one global is said.
  footer: { js: 'globalThis.__plugin = __plugin;' },
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['import'],
  target: 'es2024',
  charset: 'utf8',
  legalComments: 'none',
  // Its own settings, so that no file above the sources changes the bytes.
  tsconfigRaw: { compilerOptions: { alwaysStrict: true, verbatimModuleSyntax: true } },
  // An isolate loads no modules. What cannot be bundled becomes a call of the helper that is looked for below.
  supported: { 'dynamic-import': false },
  logLevel: 'silent',
};

/** The two ways of a bundler that the kit uses; esbuild is one. */
export interface Bundler {
  build(options: BuildOptions): Promise<BundlerResult>;
}

interface BundlerResult {
  readonly outputFiles?: readonly Pick<OutputFile, 'contents' | 'text'>[] | undefined;
  readonly warnings: readonly BundlerMessage[];
  readonly metafile?: Metafile | undefined;
}

export interface BundlerMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
  } | null;
}

export interface Bundle {
  readonly contents: Uint8Array;
  /** The modules in it, by their paths from the folder in which it was made. */
  readonly modules: readonly string[];
}

interface BundleOrder {
  /** Paths in the bundle's comments start here, so that the same sources give the same bytes everywhere. */
  readonly folder: string;
  readonly entry: string;
  readonly outfile: string;
}

/**
 * Bundles a plugin. Warnings are failures: each is something that an isolate does otherwise than its author thinks.
 * @throws BundleFault saying what cannot be bundled, and where
 */
export const bundle = async (
  bundler: Bundler,
  { folder, entry, outfile }: BundleOrder,
): Promise<Bundle> => {
  const { outputFiles, warnings, metafile } = await bundler
    .build({ ...BUNDLE_OPTIONS, absWorkingDir: folder, entryPoints: [entry], outfile })
    .catch((thrown: unknown) => {
      throw new BundleFault(errorsOf(thrown).map(messageText));
    });
  if (warnings.length > 0) throw new BundleFault(warnings.map(messageText));
  const [file] = outputFiles ?? [];
  if (file === undefined) throw new BundleFault(['the bundler made no file']);
  if (LOADS_AT_RUN_TIME.test(file.text)) {
    throw new BundleFault([
      'a module is loaded by a name that is known at run time only, and an isolate loads none: import it by its name',
    ]);
  }
  return { contents: file.contents, modules: Object.keys(metafile?.inputs ?? {}) };
};

/** Why a plugin cannot be bundled, a line for each reason. */
export class BundleFault extends Error {
  override readonly name = 'BundleFault';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}

// The bundler's own helper behind every `require` and `import()` that is left.
const LOADS_AT_RUN_TIME = /^ *var __require = /m;

const messageText = ({ text, location }: BundlerMessage): string =>
  location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`;

const errorsOf = (thrown: unknown): readonly BundlerMessage[] =>
  thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
    ? thrown.errors
    : [{ text: thrown instanceof Error ? thrown.message : String(thrown), location: null }];
