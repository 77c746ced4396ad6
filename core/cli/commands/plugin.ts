import { Command } from 'commander';
import { addFirewall } from './plugin/firewall.ts';
import { addList } from './plugin/list.ts';

// In the order in which help lists them: that of a plugin's way, from new to enabled.
const SUBCOMMANDS: readonly ((plugin: Command) => void)[] = [addList, addFirewall];

/** `secai-agent plugin ...`: write, vet, sign, install and look at plugins. */
export const pluginCommand = (): Command => {
  const plugin = new Command('plugin').description('the installed plugins');
  for (const add of SUBCOMMANDS) add(plugin);
  return plugin;
};
