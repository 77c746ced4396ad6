import { toPrefix } from '../grant/path-matcher.ts';
import { type PolicyFile, WORKER_KEYS } from './policy-file.ts';

/** A wish of the file that has the right shape and cannot be granted, with its place. */
export interface FileFault {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly remedy: string;
}

/** The first value that would be accepted and not obeyed, or obeyed and unsafe. */
export const firstFileFault = (file: PolicyFile): FileFault | undefined =>
  [scopeFaults, workspaceFaults, onlineFaults, loggingFaults, workerFaults, indexFaults]
    .flatMap((look) => look(file))
    .at(0);

const scopeFaults = ({ workspace }: PolicyFile): readonly FileFault[] =>
  (['readable', 'writable'] as const).flatMap((access) =>
    workspace[access].flatMap((pattern, index) =>
      toPrefix(pattern) === undefined
        ? [
            {
              path: ['workspace', access, index],
              problem: 'expected an absolute folder, or one with `/**` at its end',
              remedy: 'write it as `/a/b/**`; no other wildcard is known',
            },
          ]
        : [],
    ),
  );

const workspaceFaults = ({ workspaces = {} }: PolicyFile): readonly FileFault[] => {
  const seen = new Set<string>();
  const faults: FileFault[] = [];
  for (const [id, folder] of Object.entries(workspaces)) {
    const path = ['workspaces', id];
    if (toPrefix(folder) !== folder) {
      const problem = 'expected an absolute folder';
      faults.push({ path, problem, remedy: 'write it as `/a/b`, without a wildcard' });
    } else if (seen.has(folder)) {
      const problem = 'this folder is a workspace already';
      faults.push({ path, problem, remedy: 'give each workspace a folder of its own' });
    }
    seen.add(folder);
  }
  return faults;
};

const onlineFaults = ({ modes = {} }: PolicyFile): readonly FileFault[] =>
  (['offline_only', 'sensitive'] as const)
    .filter((mode) => modes[mode]?.online === true)
    .map((mode) => ({
      path: ['modes', mode, 'online'],
      problem: `the mode \`${mode}\` is never online`,
      remedy: 'set it to false',
    }));

const loggingFaults = ({ logging = {} }: PolicyFile): readonly FileFault[] =>
  (['log_raw_prompts', 'log_raw_content'] as const)
    .filter((key) => logging[key] === true)
    .map((key) => ({
      path: ['logging', key],
      problem: 'prompts and contents are never logged',
      remedy: 'set it to false',
    }));

const workerFaults = ({ worker = {} }: PolicyFile): readonly FileFault[] =>
  WORKER_KEYS.filter((key) => worker[key] === false).map((key) => ({
    path: ['worker', key],
    problem: 'this protection cannot be switched off',
    remedy: 'set it to true',
  }));

const indexFaults = ({ index }: PolicyFile): readonly FileFault[] =>
  index?.at_rest === true
    ? [
        {
          path: ['index', 'at_rest'],
          problem: 'a search index on disk does not exist yet',
          remedy: 'set it to false: the index lives in memory',
        },
      ]
    : [];
