import { openAuditLog } from '../../../core/broker/audit/open-audit-log.ts';
import { makeAuditFilePowers } from '../../../core/broker/main/powers/audit-files.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { KEY, silent } from './temp-log.ts';

// A process of its own for the hazard of a full disk: appends until the log refuses, then tries again,
// and prints what it was told. Run with a file size limit.
const [path = ''] = process.argv.slice(2);
const log = await openAuditLog({
  path,
  key: KEY,
  files: makeAuditFilePowers(),
  now: Date.now,
  log: silent,
});
let broken: string | null = null;
log.onBroken((problem) => {
  broken = problem;
});

const attempt = async (i: number): Promise<string | null> => {
  try {
    await log.append({ event: 'effect_intended', data: { i, pad: 'x'.repeat(700) } });
    return null;
  } catch (error) {
    return error instanceof AgentError ? error.code : String(error);
  }
};

let durable = 0;
let refusal: string | null = null;
while (durable < 10_000) {
  refusal = await attempt(durable);
  if (refusal !== null) break;
  durable += 1;
}
const again = await attempt(durable);
process.stdout.write(JSON.stringify({ durable, refusal, again, broken, state: log.state() }));
