import { Command } from 'commander';
import { addBuild } from './plugin/build.ts';
import { addCheck } from './plugin/check.ts';
import { addDiff } from './plugin/diff.ts';
import { addDisable } from './plugin/disable.ts';
import { addEnable } from './plugin/enable.ts';
import { addFirewall } from './plugin/firewall.ts';
import { addInstall } from './plugin/install.ts';
import { addKeygen } from './plugin/keygen.ts';
import { addList } from './plugin/list.ts';
import { addNew } from './plugin/new.ts';
import { addPack } from './plugin/pack.ts';
import { addRevoke } from './plugin/revoke.ts';
import { addShow } from './plugin/show.ts';
import { addShrink } from './plugin/shrink.ts';
import { addSign } from './plugin/sign.ts';
import { addTest } from './plugin/test.ts';
import { addTrace } from './plugin/trace.ts';
import { addTypes } from './plugin/types.ts';
import { addVerify } from './plugin/verify.ts';
import { addVet } from './plugin/vet.ts';

// In the order in which help lists them: that of a plugin's way, from new to enabled.
const SUBCOMMANDS: readonly ((plugin: Command) => void)[] = [
  addNew,
  addCheck,
  addTypes,
  addBuild,
  addTest,
  addTrace,
  addShrink,
  addKeygen,
  addPack,
  addSign,
  addVerify,
  addVet,
  addInstall,
  addEnable,
  addDisable,
  addRevoke,
  addList,
  addShow,
  addDiff,
  addFirewall,
];

/** `secai-agent plugin ...`: write, vet, sign, install and look at plugins. */
export const pluginCommand = (): Command => {
  const plugin = new Command('plugin').description('write, vet, sign, install and look at plugins');
  for (const add of SUBCOMMANDS) add(plugin);
  return plugin;
};
