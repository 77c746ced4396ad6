import { checkManifest } from '../../../broker/catalog/manifest/check-manifest.ts';
import type { Manifest } from '../../../vocabulary/manifest.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import type { Bench } from '../bench/open-bench.ts';
import { openBench } from '../bench/open-bench.ts';
import type { BuiltPlugin } from '../built-plugin.ts';
import type { PluginCase } from '../plugin-case.ts';
import { runCases } from '../run-cases.ts';
import { type Candidate, candidates } from './candidates.ts';
import { type ManifestDocument, manifestDocument } from './manifest-document.ts';

export interface Shrunk {
  /** What was taken away, in the order in which it was. */
  readonly removed: readonly Pick<Candidate, 'pointer' | 'what'>[];
  /** The manifest as it was, in the layout of the one below, so that a comparison shows changes alone. */
  readonly before: string;
  /** The least that still passes every case and is still a manifest; its examples fit. */
  readonly after: string;
}

type Subject = Pick<BuiltPlugin, 'manifest' | 'manifestText' | 'source'>;

/**
 * Takes away what the cases do not need. All at once where that passes, for most manifests are nearly right; else
 * one after another, and what cannot go stays.
 * @throws CommandFailure where a case fails as things stand: then nothing is known
 */
export const shrinkPlugin = async (
  plugin: Subject,
  cases: readonly PluginCase[],
  { bench: given }: { readonly bench?: Bench } = {},
): Promise<Shrunk> => {
  const bench = given ?? (await openBench({ shared: true }));
  try {
    const results = await runCases(plugin, cases, { bench });
    const failing = results.find(({ verdict }) => verdict === 'failed');
    if (failing !== undefined) {
      throw new CommandFailure(
        EXIT.failed,
        `case \`${failing.name}\` fails already, so it says of no grant that it is not needed: ${failing.problems[0] ?? ''}`,
      );
    }
    const found = candidates(plugin.manifest, results);
    const passes = (document: ManifestDocument): Promise<boolean> =>
      stillPasses(plugin, document, cases, bench);
    const before = manifestDocument(plugin.manifestText);
    const { removed, document } = await least(before, found, passes);
    return {
      removed: removed.map(({ pointer, what }) => ({ pointer, what })),
      before: before.text,
      after: document.text,
    };
  } finally {
    if (given === undefined) await bench.close();
  }
};

interface Least {
  readonly removed: readonly Candidate[];
  readonly document: ManifestDocument;
}

const least = async (
  before: ManifestDocument,
  found: readonly Candidate[],
  passes: (document: ManifestDocument) => Promise<boolean>,
): Promise<Least> => {
  if (found.length === 0) return { removed: [], document: before };
  const first = [...new Map(found.toReversed().map((each) => [each.pointer, each])).values()];
  const inOrder = found.filter((each) => first.includes(each));
  const all = before.edited(inOrder.flatMap(({ edits }) => edits));
  if (await passes(all)) return { removed: inOrder, document: all };
  let document = before;
  const removed: Candidate[] = [];
  for (const each of found) {
    if (removed.some(({ pointer }) => pointer === each.pointer)) continue;
    const without = document.edited(each.edits);
    if (!(await passes(without))) continue;
    document = without;
    removed.push(each);
  }
  return { removed, document };
};

// A manifest that contradicts itself is none, however the cases end under it.
const stillPasses = async (
  { source }: Subject,
  { text }: ManifestDocument,
  cases: readonly PluginCase[],
  bench: Bench,
): Promise<boolean> => {
  const checked = checkManifest(text, 'manifest.yaml');
  if (!checked.ok) return false;
  const manifest: Manifest = checked.manifest;
  for (const each of cases) {
    const [result] = await runCases({ manifest, manifestText: text, source }, [each], { bench });
    if (result?.verdict !== 'passed') return false;
  }
  return true;
};
