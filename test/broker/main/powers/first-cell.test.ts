import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withFirstCell } from '../../../../core/broker/main/powers/first-cell.ts';
import { makeSpawnerLauncher } from '../../../../core/broker/main/powers/spawner-launcher.ts';
import type { CellProcess } from '../../../../core/broker/supervisor/cell-process.ts';

/** Real cells, and the one that was asked for before anybody came. */
const counted = () => {
  const cells = makeSpawnerLauncher();
  const launched: Promise<CellProcess>[] = [];
  const source = withFirstCell(
    {
      ...cells,
      launch: (profile) => {
        const cell = cells.launch(profile);
        launched.push(cell);
        return cell;
      },
    },
    'standard',
  );
  return { source, launched };
};

test('the first cell is asked for before anybody wants one, and goes to who wants its profile first', async (t) => {
  const { source, launched } = counted();
  t.after(() => source.close());
  assert.equal(launched.length, 1);
  const other = await source.launch('vetting');
  const first = await source.launch('standard');
  const second = await source.launch('standard');
  assert.equal(first, await launched[0]);
  assert.deepEqual(await Promise.all(launched), [first, other, second]);
});

test('a first cell that ended before anybody wanted it is handed out with its end', async (t) => {
  const { source, launched } = counted();
  t.after(() => source.close());
  const early = await launched[0];
  early?.kill();
  await early?.exited;
  const first = await source.launch('standard');
  assert.equal((await first.exited).signal, 'SIGKILL');
  const next = await source.launch('standard');
  assert.notEqual(next.pid, first.pid);
  assert.ok((await next.usage()) !== undefined);
});
