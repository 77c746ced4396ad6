import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { JsonValue } from '../../core/vocabulary/json.ts';

type Scope = typeof import('./child-scope.ts');

interface Child {
  /** The child is an ordinary user, whom no mode check of a file lets pass. */
  readonly ordinary?: boolean;
  readonly flags?: readonly string[];
}

const SCOPE = new URL('./child-scope.js', import.meta.url).href;

/**
 * Runs `act` in a process of its own and answers what it returns: for what cannot be taken back. The act
 * crosses as text, so it uses its arguments and nothing else.
 */
export const inChild = <Arguments extends readonly JsonValue[], Answer>(
  { ordinary = false, flags = [] }: Child,
  act: (scope: Scope, ...args: Arguments) => Answer,
  ...args: Arguments
): Awaited<Answer> => {
  const drop = ordinary && process.getuid?.() === 0;
  const source = `import * as scope from ${JSON.stringify(SCOPE)};
    ${drop ? 'scope.becomeNobody();' : ''}
    const answer = await (${act})(scope, ...${JSON.stringify(args)});
    scope.fs.writeSync(1, JSON.stringify(answer ?? null));`;
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '--eval', source],
    { cwd: '/', timeout: 30_000, encoding: 'utf8' },
  );
  assert.equal(status, 0, `${signal ?? ''} ${stderr}`);
  return JSON.parse(stdout);
};
