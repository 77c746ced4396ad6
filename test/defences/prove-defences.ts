import type { Defence } from './defence.ts';
import type { TestEnd } from './run-test-file.ts';
import { copyTree, type TreeCopy } from './tree-copy.ts';

/** What became of one defence: it bites when each of its hazards passes with it and fails without it. */
export interface Proof {
  readonly defence: Defence;
  readonly bites: boolean;
  /** Each hazard with the tests that failed, or what was wrong. */
  readonly findings: readonly string[];
  readonly ms: number;
}

const COPIES = 2;
/** A copy has to be built first: not worth it for fewer. */
const FEW = 8;
const MOST_MS = 240_000;

/** How a hazard ended with all defences in place, and in what time. */
interface Sound {
  readonly end: TestEnd;
  readonly ms: number;
}

/**
 * Takes the defences away one at a time, each in a copy of the tree. Hazards run with all defences in
 * place first: one that fails then proves nothing.
 */
export const proveDefences = async (
  defences: readonly Defence[],
  report: (proof: Proof) => void,
): Promise<readonly Proof[]> => {
  const copies: TreeCopy[] = [];
  try {
    while (copies.length < (defences.length < FEW ? 1 : COPIES)) copies.push(await copyTree());
    const sound = new Map<string, Sound>();
    const hazards = [...new Set(defences.flatMap((defence) => defence.hazards))];
    await share(copies, hazards, async (copy, hazard) => {
      const started = performance.now();
      const end = await copy.run(hazard, MOST_MS);
      sound.set(hazard, { end, ms: performance.now() - started });
    });
    const proofs: Proof[] = [];
    await share(copies, defences, async (copy, defence) => {
      const proof = await prove(copy, defence, sound);
      proofs.push(proof);
      report(proof);
    });
    return proofs;
  } finally {
    await Promise.all(copies.map((copy) => copy.delete()));
  }
};

/** Works through a list with several copies, each taking what is next. */
const share = async <Item>(
  copies: readonly TreeCopy[],
  items: readonly Item[],
  work: (copy: TreeCopy, item: Item) => Promise<void>,
): Promise<void> => {
  const queue = [...items];
  const drain = async (copy: TreeCopy): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(copy, item);
  };
  await Promise.all(copies.map(drain));
};

const prove = async (
  copy: TreeCopy,
  defence: Defence,
  sound: ReadonlyMap<string, Sound>,
): Promise<Proof> => {
  const started = performance.now();
  const findings: string[] = [];
  let bites = defence.hazards.length > 0;
  const note = (isAsItShould: boolean, finding: string): void => {
    bites &&= isAsItShould;
    findings.push(finding);
  };
  try {
    await copy.remove(defence);
    try {
      for (const hazard of defence.hazards) {
        const before = sound.get(hazard);
        const after = await copy.run(hazard, patience(before));
        if (before?.end.kind !== 'passed')
          note(false, `${hazard} ${words(before?.end)} with the defence`);
        note(after.kind === 'failed', `${hazard} ${words(after)} without it`);
      }
    } finally {
      await copy.putBack(defence);
    }
  } catch (thrown) {
    note(false, wordsOf(thrown));
  }
  return { defence, bites, findings, ms: performance.now() - started };
};

// A hazard may take longer to fail than to pass: a limit further out ends what the defence ended at once.
const patience = (before: Sound | undefined): number => 60_000 + 2 * (before?.ms ?? 0);

const words = (end: TestEnd | undefined): string => {
  switch (end?.kind) {
    case 'failed':
      return `fails (${end.names.map((name) => `"${name}"`).join(', ')})`;
    case 'empty':
      return `ran no test (${end.output.slice(-2000)})`;
    case 'passed':
      return 'passes';
    case 'hung':
      return 'hangs';
    default:
      return 'did not run';
  }
};

const wordsOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  const detail =
    typeof cause === 'object' && cause !== null && 'stdout' in cause && 'stderr' in cause
      ? `${cause.stdout}${cause.stderr}`.slice(0, 2000)
      : '';
  return `${thrown.message}\n${detail}`.trim();
};
