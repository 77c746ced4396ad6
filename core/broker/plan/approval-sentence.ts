import { CAPABILITY_FACTS } from '../../vocabulary/capability.ts';
import type { Action } from '../../vocabulary/enums.ts';
import type { FileCapability } from '../../vocabulary/resource.ts';
import { sizeText } from './size-text.ts';
import type { ToolSentence } from './tool-sentence.ts';
import { visible } from './visible-text.ts';

/** One resource that a step would touch, as the broker found it. */
export interface SentenceResource {
  readonly display: string;
  readonly capability?: FileCapability;
  readonly exists: boolean;
  /** Bytes; null where it is not known, as for a folder. */
  readonly size: number | null;
}

interface SentenceFacts {
  readonly action: Action;
  readonly resources: readonly SentenceResource[];
  /** How many bytes would be written, where they are known. */
  readonly bytes?: number;
  /** The tool that `tool_invoke` would run. */
  readonly tool?: ToolSentence;
  /** The ids of tools that the step itself may invoke while it runs. */
  readonly invoked?: readonly string[];
}

const MOST_CHARACTERS = 4096;
const CUT = '... (more is not shown here)';
const MOST_OF_A_NAME = 1500;

const VERBS: Readonly<Record<Action, string>> = {
  local_search: 'search',
  summarize: 'summarize',
  draft: 'draft from',
  classify: 'classify',
  report: 'report on',
  explain_security: 'explain',
  read_file: 'read',
  write_file: 'write',
  overwrite_file: 'replace',
  tool_invoke: 'invoke a tool on',
  outbound_request: 'fetch from the network with',
  export_data: 'export',
  trust_change: 'change trust in',
  batch_delete: 'delete',
  widen_scope: 'widen the scope to',
  enable_tool: 'enable a tool on',
  change_security: 'change the security of',
};

/**
 * What a person approves: `write 1 file: outputs/patents.md (new, 12 KB)`. Made from host data alone, ASCII,
 * without `< > & ' "`, since the unmodified UI shows nothing else of a step.
 */
export const approvalSentence = (facts: SentenceFacts): string => {
  const { action, resources, bytes, tool, invoked = [] } = facts;
  if (tool !== undefined) return sentenceOfTool(tool, resources, bytes);
  const tail =
    invoked.length === 0 ? '' : `, and may invoke ${invoked.map((id) => visible(id)).join(', ')}`;
  const noun = action === 'local_search' ? 'folder' : 'file';
  const count = resources.length;
  const amount = count === 1 ? `1 ${noun}` : `${count === 0 ? 'no' : count} ${noun}s`;
  const head = `${VERBS[action]} ${amount}`;
  if (count === 0) return `${head}${tail}`;
  const entries = resources.map((resource) => entryOf(action, resource, bytes));
  let shown = entries.length;
  const most = MOST_CHARACTERS - tail.length;
  while (shown > 1 && sentence(head, entries, shown).length > most) shown -= 1;
  return `${sentence(head, entries, shown)}${tail}`;
};

// `invoke filesystem.write to write outputs/a.md (new, 12 KB), with mode = plain`: the manifest says what the tool
// does to each place, and an argument is shown as it will be given.
const sentenceOfTool = (
  { name, args }: ToolSentence,
  resources: readonly SentenceResource[],
  bytes: number | undefined,
): string => {
  const places = resources.map((resource) => {
    const action =
      resource.capability === undefined
        ? 'read_file'
        : CAPABILITY_FACTS[resource.capability].governedBy;
    return `${VERBS[action]} ${entryOf(action, resource, bytes)}`;
  });
  const head = `invoke ${name}${places.length === 0 ? '' : ' to '}`;
  const whole = `${head}${places.join(' and ')}${args.length === 0 ? '' : `, with ${args.join(', ')}`}`;
  if (whole.length <= MOST_CHARACTERS) return whole;
  return `${whole.slice(0, MOST_CHARACTERS - CUT.length)}${CUT}`;
};

// What does not fit is counted, so that no one takes the shown part for the whole.
const sentence = (head: string, entries: readonly string[], shown: number): string => {
  const hidden = entries.length - shown;
  const rest = hidden === 0 ? '' : `, and ${hidden} more that are not shown here`;
  return `${head}: ${entries.slice(0, shown).join(', ')}${rest}`;
};

const entryOf = (action: Action, resource: SentenceResource, bytes: number | undefined): string => {
  const facts = factsOf(action, resource, bytes).join(', ');
  return `${shorten(visible(resource.display))}${facts === '' ? '' : ` (${facts})`}`;
};

const factsOf = (
  action: Action,
  { exists, size }: SentenceResource,
  bytes: number | undefined,
): readonly string[] => {
  const written = bytes === undefined ? 'size not known yet' : sizeText(bytes);
  switch (action) {
    case 'write_file':
      return [exists ? 'exists already' : 'new', written];
    case 'overwrite_file':
      return exists
        ? [written, ...(size === null ? [] : [`was ${sizeText(size)}`])]
        : ['new', written];
    default:
      if (!exists) return ['not there'];
      return size === null ? [] : [sizeText(size)];
  }
};

// Both ends stay: the workspace that it lies in and the name that it has.
const shorten = (name: string): string => {
  if (name.length <= MOST_OF_A_NAME) return name;
  const half = MOST_OF_A_NAME / 2;
  const cut = name.length - MOST_OF_A_NAME;
  return `${name.slice(0, half)}[${cut} characters cut]${name.slice(-half)}`;
};
