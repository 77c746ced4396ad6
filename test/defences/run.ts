import { parseArgs } from 'node:util';
import { readDefences } from './defence.ts';
import { proveDefences } from './prove-defences.ts';

/**
 * Takes each defence away in a copy of the tree and demands that its hazards fail without it. Prints TAP;
 * exit 1 when a defence does not bite or a patch no longer applies.
 *
 *     node dist/test/defences/run.js [--list] [--only PART_OF_A_NAME]…
 */

const { values } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  },
});

const chosen = readDefences().filter(
  ({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)),
);
const unknown = values.only.filter((part) => !chosen.some(({ name }) => name.includes(part)));
if (chosen.length === 0 || unknown.length > 0) {
  console.error(`no defence is named \`${unknown.join('`, `')}\``);
  process.exit(2);
}

if (values.list) {
  for (const { name, says, hazards } of chosen) {
    console.log(`${name}: ${says}`);
    for (const hazard of hazards) console.log(`  ${hazard}`);
  }
  process.exit(0);
}

const asRoot = process.getuid?.() === 0;
const tried = chosen.filter(({ needsRoot }) => asRoot || !needsRoot);
const left = chosen.filter((defence) => !tried.includes(defence));

console.log(`TAP version 13\n1..${chosen.length}`);
let count = 0;
const say = (holds: boolean, text: string): void => {
  count += 1;
  console.log(`${holds ? 'ok' : 'not ok'} ${count} - ${text}`);
};
for (const { name } of left) say(true, `${name} # SKIP needs root`);
const proofs = await proveDefences(tried, ({ defence, bites, findings, ms }) => {
  say(bites, `${defence.name} (${(ms / 1000).toFixed(1)} s)`);
  for (const line of findings.join('\n').split('\n')) console.log(`  # ${line}`);
});
const biting = proofs.filter(({ bites }) => bites).length;
console.log(`# defences: ${biting} of ${tried.length} bite`);
if (left.length > 0) console.log(`# not tried, for want of root: ${left.length}`);
process.exitCode = biting === tried.length ? 0 : 1;
