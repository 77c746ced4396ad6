import { Command } from 'commander';
import { addDiff } from './plugin/diff.ts';
import { addDisable } from './plugin/disable.ts';
import { addEnable } from './plugin/enable.ts';
import { addInstall } from './plugin/install.ts';
import { addKeygen } from './plugin/keygen.ts';
import { addList } from './plugin/list.ts';
import { addPack } from './plugin/pack.ts';
import { addRevoke } from './plugin/revoke.ts';
import { addShow } from './plugin/show.ts';
import { addSign } from './plugin/sign.ts';
import { addVerify } from './plugin/verify.ts';

// In the order in which help lists them: that of a plugin's way, from new to enabled.
const SUBCOMMANDS: readonly ((plugin: Command) => void)[] = [
  addKeygen,
  addPack,
  addSign,
  addVerify,
  addInstall,
  addEnable,
  addDisable,
  addRevoke,
  addList,
  addShow,
  addDiff,
];

/** `secai-agent plugin ...`: write, vet, sign, install and look at plugins. */
export const pluginCommand = (): Command => {
  const plugin = new Command('plugin').description('the installed plugins');
  for (const add of SUBCOMMANDS) add(plugin);
  return plugin;
};
