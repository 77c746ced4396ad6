import type { Action } from '../../vocabulary/enums.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { PlannedStep } from '../../vocabulary/plan.ts';
import type { PlanRequest } from './planner.ts';
import type { Topic } from './topic.ts';
import { Unplannable } from './unplannable.ts';

/** A plan in the making: its steps, and what a later clause may mean by `it`. */
export interface PlanDraft {
  readonly request: PlanRequest;
  readonly workspaces: ReadonlySet<string>;
  readonly steps: PlannedStep[];
  /** What the newest clause gives; undefined before the first. */
  latest: Product | undefined;
  /** The newest search, which a report may still mean after a summary of it. */
  found: Findings | undefined;
}

/** What a clause gives to those after it. */
export type Product = Findings | Texts;

export interface Findings {
  readonly kind: 'findings';
  readonly from: JsonObject;
  /** How many files were searched. */
  readonly searched: JsonObject;
  readonly topic: Topic;
  /** What was searched for, in the words of the intent. */
  readonly phrase: string;
}

export interface Texts {
  readonly kind: 'texts';
  /** A reference to each text. */
  readonly from: readonly JsonObject[];
  /** The files that they were read from, where they are whole files. */
  readonly files: readonly string[];
  readonly phrase: string;
}

export const makePlanDraft = (request: PlanRequest): PlanDraft => ({
  request,
  workspaces: new Set(request.workspaces.map(({ id }) => id)),
  steps: [],
  latest: undefined,
  found: undefined,
});

/** Adds a step and answers its key. */
export const addStep = (
  draft: PlanDraft,
  action: Action,
  params: JsonObject,
  description: string,
): string => {
  const key = `s${draft.steps.length + 1}`;
  draft.steps.push({ key, action, params, description });
  return key;
};

/** Adds a step of the planner's own only where it could run. */
export const mustBeBuilt = ({ request }: PlanDraft, action: Action): void => {
  if (request.buildable.has(action)) return;
  throw new Unplannable(`this would need \`${action}\`, which is not available`, 'ask for less');
};

/** Demands of a reading that its whole file fits: what is passed on must not be cut in silence. */
export const mustBeWhole = ({ steps }: PlanDraft, content: JsonObject): void => {
  const at = steps.findIndex(({ key }) => key === content['$from']);
  const step = steps[at];
  if (step?.action !== 'read_file') return;
  steps[at] = { ...step, params: { ...step.params, whole: true } };
};

/** The reference to a place in an earlier step's result. */
export const referTo = (key: string, pointer: string): JsonObject => ({ $from: key, pointer });

/** Adds a search that the intent asks for or that a topic needs. */
export const addSearch = (
  draft: PlanDraft,
  topic: Topic,
  phrase: string,
  folder: string = searchFolder(draft),
): Findings => {
  const params = { path: folder, query: topic.query };
  const key = addStep(draft, 'local_search', params, `search ${folder} for ${topic.words}`);
  const findings: Findings = {
    kind: 'findings',
    from: referTo(key, '/hits'),
    searched: referTo(key, '/searched'),
    topic,
    phrase,
  };
  draft.latest = findings;
  draft.found = findings;
  return findings;
};

// The workspace that the request names comes first, then the order of the configuration.
const searchFolder = ({ request }: PlanDraft): string => {
  const readable = request.workspaces.filter((workspace) => workspace.readable);
  const chosen = readable.find(({ named }) => named) ?? readable[0];
  if (chosen !== undefined) return chosen.id;
  throw new Unplannable(
    `no workspace is readable in mode \`${request.mode}\``,
    'name a workspace in the request',
  );
};

/** A path with its workspace: a bare file name lies in the first workspace that fits. */
export const placed = (draft: PlanDraft, path: string, use: 'read' | 'write'): string => {
  const first = path.split('/', 1)[0] ?? '';
  if (path.startsWith('/') || draft.workspaces.has(first)) return path;
  const fits = draft.request.workspaces.filter(({ readable, writable }) =>
    use === 'read' ? readable : writable,
  );
  const chosen = fits.find(({ named }) => named) ?? fits[0];
  return chosen === undefined ? path : `${chosen.id}/${path}`;
};

/** A file with its workspace. What can only be a folder is refused: no step takes a whole one. */
export const placedFile = (draft: PlanDraft, path: string, use: 'read' | 'write'): string => {
  if (!isFolder(draft, path)) return placed(draft, path, use);
  const example = examplePath(draft, use);
  throw use === 'read'
    ? new Unplannable(
        `\`${path}\` is a folder, and only files can be read`,
        `name the file, for example ${example}; or a topic, for example: find notes about backups`,
      )
    : new Unplannable(`\`${path}\` is a folder`, `name the file to write, for example ${example}`);
};

/** True for a path that can be nothing but a folder. */
export const isFolder = ({ workspaces }: PlanDraft, path: string): boolean =>
  path.endsWith('/') || workspaces.has(path);

/** A path to show in a remedy. */
export const examplePath = ({ request }: PlanDraft, use: 'read' | 'write'): string => {
  const fit = request.workspaces.find(({ readable, writable }) =>
    use === 'read' ? readable : writable,
  );
  return `\`${fit?.id ?? 'outputs'}/notes.md\``;
};
