import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pluginCommand } from '../../core/cli/commands/plugin.ts';

/** Those that speak to a running agent. */
const AGENT = new Set([
  'install',
  'enable',
  'disable',
  'revoke',
  'list',
  'show',
  'diff',
  'firewall',
]);

test('every command of `plugin` explains its arguments and exit codes, and has no option that it does not heed', () => {
  const commands = pluginCommand().commands;
  assert.ok(commands.length >= 20, `found ${commands.length}`);
  for (const command of commands) {
    const name = command.name();
    assert.ok(
      command.options.some(({ long }) => long === '--json'),
      name,
    );
    const speaks = command.options.some(({ long }) => long === '--socket');
    assert.equal(speaks, AGENT.has(name), name);
    for (const { description } of command.registeredArguments) assert.ok(description, name);
    for (const { description } of command.options) assert.ok(description, name);
  }
});

test('every command of `plugin` prints its exit codes with --help', () => {
  for (const command of pluginCommand().commands) {
    const printed: string[] = [];
    command.configureOutput({ writeOut: (part) => printed.push(part) });
    command.outputHelp();
    assert.match(printed.join(''), /^Exit codes:\n {2}0 {2}\S/m, command.name());
  }
});
