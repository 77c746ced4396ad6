import { CAPABILITY_FACTS } from '../../../vocabulary/capability.ts';
import type { Manifest, ManifestEntry } from '../../../vocabulary/manifest.ts';

/** Where a manifest asks for more than its script can use. It breaks no rule; the plugin is refused for none. */
export interface Hint {
  readonly pointer: string;
  readonly hint: string;
}

/**
 * Least authority, by what is certain: a handle's only methods stand nowhere in the script as words, so nobody
 * calls it; a step with no handle that could change anything says that it changes something.
 */
export const leastAuthorityHints = (
  manifest: Manifest,
  source: string | undefined,
): readonly Hint[] => [
  ...[...manifest.entries.values()].flatMap((entry) => [
    ...(source === undefined ? [] : uncalled(entry, source)),
    ...overstated(entry),
  ]),
  ...(manifest.requests.inference && source !== undefined && !says(source, 'inference')
    ? [{ pointer: '/requests/inference', hint: 'the script never mentions `inference`: remove it' }]
    : []),
];

const uncalled = (entry: ManifestEntry, source: string): readonly Hint[] =>
  entry.annotations.flatMap(({ parameter, capability, many }): readonly Hint[] => {
    // A parameter can be reached without its name; its handle does nothing without one of its methods.
    const { methods } = CAPABILITY_FACTS[capability];
    if (methods.some((method) => says(source, method))) return [];
    const names = methods.map((method) => `\`${method}\``).join(', ');
    return [
      {
        pointer: `${pointerOf(entry)}/input/properties/${parameter}${many ? '/items' : ''}/x-capability`,
        hint: `the script never mentions ${names}, all that this handle can do: remove the capability`,
      },
    ];
  });

// Computed names aside, a method is called by a word that stands in the script.
const says = (source: string, word: string): boolean => new RegExp(`\\b${word}\\b`).test(source);

const overstated = (entry: ManifestEntry): readonly Hint[] =>
  entry.reversibility !== 'read-only' && entry.annotations.every(isReading)
    ? [
        {
          pointer: `${pointerOf(entry)}/reversibility`,
          hint: 'no handle of it changes anything: `read-only` is enough',
        },
      ]
    : [];

const isReading = ({
  capability,
}: {
  readonly capability: keyof typeof CAPABILITY_FACTS;
}): boolean => CAPABILITY_FACTS[capability].reversibility === 'read-only';

const pointerOf = ({ kind, name }: ManifestEntry): string => `/${kind}s/${name}`;
