import { makeLineReader } from '../../../protocol/lines.ts';
import { toAgentError } from '../../../vocabulary/errors.ts';
import { becomeBroker } from '../../become-broker.ts';
import {
  type BenchAnswer,
  encodeLine,
  MOST_REQUEST_BYTES,
  parseRequest,
} from './bench-messages.ts';
import { type BenchParts, runRequest } from './run-request.ts';

// The process that holds the cells of `plugin test`: `main.js FOLDER [--shared]`, one call a line on stdin. It starts
// its spawner, then locks itself as the broker does, with that folder as all that it may read and write: a plugin
// that comes out of its cell meets here what it would meet in service.

becomeBroker();
const { lockBroker } = await import('../../../broker/main/lock-broker.ts');
const { demandProfiles } = await import('../../../broker/main/demand-profiles.ts');
const { makePowers } = await import('../../../broker/main/powers.ts');
const { makeSupervisor } = await import('../../../broker/supervisor/supervisor.ts');

const [folder = '', shared] = process.argv.slice(2);
const powers = makePowers();
const profiles = demandProfiles(powers.program);
const cells = powers.startCells({ launcher: { kind: 'spawn' }, weak: false });
const work = `${folder}/work`;
const state = `${folder}/state`;
lockBroker(
  powers.lock,
  {
    folders: new Map([
      ['@readable', [work]],
      ['@writable', [work]],
      ['@state', [state]],
      ['@secrets', []],
      ['@socket_folder', []],
    ]),
    ports: new Map([
      ['@peers', []],
      ['@listen', []],
    ]),
  },
  { weak: false },
);
await cells.ready();

// With `--shared` one process serves many calls of one plugin, as it does in the profile `standard`: its own author
// asks, again and again, and each call has an isolate of its own all the same.
const recycle = { steps: 200, age_ms: 600_000 };
const asked = (name: keyof typeof profiles) =>
  shared === '--shared' ? { ...profiles[name], recycle } : profiles[name];
const supervisor = makeSupervisor({
  launcher: cells,
  profiles: {
    standard: asked('standard'),
    strict: asked('strict'),
    vetting: asked('vetting'),
  },
  log: { info: () => {}, warn: () => {}, error: () => {} },
  elapsed: powers.elapsed,
  size: 2,
});
await supervisor.ready();

const parts: BenchParts = { supervisor, profiles, powers, restoreFolder: state };
const answer = (message: BenchAnswer): void => void process.stdout.write(encodeLine(message));

let last: Promise<void> = Promise.resolve();
const serve = async (line: string): Promise<void> => {
  try {
    answer({ bench: 'ran', run: await runRequest(parseRequest(line), parts) });
  } catch (thrown) {
    const { code, message } = toAgentError(thrown);
    answer({ bench: 'refused', code, message });
  }
};
const read = makeLineReader(MOST_REQUEST_BYTES);
process.stdin.on('data', (chunk: Buffer) => {
  for (const line of read(chunk)) last = last.then(() => serve(line));
});
// Whoever asked is gone.
process.stdin.on('end', () => process.exit(0));
answer({ bench: 'ready' });
