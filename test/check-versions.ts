import { execFileSync } from 'node:child_process';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { makeProgramFilePowers } from '../core/broker/main/powers/program-files.ts';
import { assertVersions } from '../core/protocol/versions.ts';

// Attack 208, outside the gate, as it asks the world: `npm run check:versions`. The gate itself refuses what
// `known-bad.json` names; this says when a row should be added. Ends 1 when there is something to do, 2 when
// somebody could not be asked.

const NODE_RELEASES = 'https://nodejs.org/dist/index.json';
const ANSWER_MS = 20_000;
/** An engine older than this has missed a round of security releases. */
const MOST_AGE_DAYS = 90;
const PARTS = ['isolated-vm', 'koffi', `node-linux-${process.arch}`] as const;

interface Release {
  readonly version: string;
  readonly date: string;
  readonly v8: string;
  readonly security: boolean;
}

const releases = async (): Promise<readonly Release[]> => {
  const answer = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    const asked = request(NODE_RELEASES, { timeout: ANSWER_MS }, resolve);
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end();
  });
  return JSON.parse(await text(answer));
};

/** npm answers by exit code as well; its words are what counts. */
const npm = (...args: readonly string[]): unknown => {
  try {
    return JSON.parse(
      execFileSync('npm', [...args, '--json'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }) || '{}',
    );
  } catch (failure) {
    return JSON.parse(String(Object(failure).stdout || '{"error":"npm did not answer"}'));
  }
};

let toDo = 0;
let unasked = 0;
const say = (line: string): void => console.log(line);
const act = (line: string): void => {
  toDo += 1;
  say(`LOOK  ${line}`);
};
const ask = async (whom: string, question: () => unknown): Promise<void> => {
  try {
    await question();
  } catch (failure) {
    unasked += 1;
    say(
      `?     ${whom} could not be asked: ${failure instanceof Error ? failure.message : failure}`,
    );
  }
};

const own = makeProgramFilePowers().engineVersions();
say(`node ${own.node}, v8 ${own.v8}, isolated-vm ${own.isolatedVm}`);
assertVersions(own);

await ask('the list of node releases', async () => {
  const line = `v${own.node.split('.')[0]}.`;
  const newer: Release[] = [];
  for (const release of await releases()) {
    if (release.version === `v${own.node}`) break;
    if (release.version.startsWith(line)) newer.push(release);
  }
  const [newest] = newer;
  if (newest === undefined) return;
  say(`      newest of this line: node ${newest.version}, v8 ${newest.v8}, ${newest.date}`);
  for (const { version, date, security } of newer) {
    if (security) act(`node ${version} of ${date} is a security release`);
  }
  const age = (Date.now() - Date.parse(newer.at(-1)?.date ?? newest.date)) / 86_400_000;
  if (age > MOST_AGE_DAYS) act(`node ${own.node} was followed ${Math.floor(age)} days ago`);
});

await ask('npm outdated', () => {
  for (const [name, facts] of Object.entries(Object(npm('outdated', ...PARTS)))) {
    if (name === 'error') throw new Error(String(Object(facts).summary ?? facts));
    act(`${name} ${Object(facts).current} is installed, ${Object(facts).latest} is out`);
  }
});

await ask('npm audit', () => {
  const { metadata, vulnerabilities, message } = Object(npm('audit'));
  if (metadata === undefined) throw new Error(String(message ?? 'no report'));
  for (const [name, { severity }] of Object.entries<{ severity: string }>(vulnerabilities ?? {})) {
    act(`${name} has a ${severity} advisory`);
  }
});

process.exitCode = toDo > 0 ? 1 : unasked > 0 ? 2 : 0;
