import type { Capability } from '../../../vocabulary/capability.ts';
import type { ManifestEntry, ManifestRequests } from '../../../vocabulary/manifest.ts';

/** One power, the capabilities that give it, and what is said where they are not there and where they are. */
interface Power {
  readonly given: readonly Capability[];
  readonly without: string;
  readonly beyond: string;
}

const FILES: readonly Power[] = [
  { given: ['storage.read'], without: 'read a file', beyond: 'read any other file' },
  {
    given: ['storage.list', 'storage.search'],
    without: 'look into a folder',
    beyond: 'look into any other folder',
  },
  {
    given: ['storage.create', 'storage.create_under'],
    without: 'create a file',
    beyond: 'create any other file',
  },
  { given: ['storage.replace'], without: 'change a file', beyond: 'change any other file' },
  { given: ['storage.delete'], without: 'delete a file', beyond: 'delete any other file' },
];

const OTHERS: readonly Power[] = [
  { given: ['airlock.fetch'], without: 'reach the network', beyond: 'reach any other host' },
  { given: ['tool.invoke'], without: 'call a tool', beyond: 'call any other tool' },
];

/** What an entry cannot do: it follows from the handles that it does not have, and from the wall around it. */
export const cannotSentences = (
  { annotations }: ManifestEntry,
  requests: ManifestRequests,
): readonly string[] => {
  const held = new Set(annotations.map(({ capability }) => capability));
  const said = ({ given, without, beyond }: Power): string =>
    given.some((capability) => held.has(capability)) ? beyond : without;
  const model = requests.inference ? [] : ['ask the model'];
  return [
    `It cannot ${either(FILES.map(said))}.`,
    `It cannot ${either([...OTHERS.map(said), ...model])}.`,
    'It cannot start a program, see a secret or the clock, or keep anything from one run for the next.',
  ];
};

const either = (powers: readonly string[]): string =>
  [powers.slice(0, -1).join(', '), powers.at(-1)].join(' or ');
