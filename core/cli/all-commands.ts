import type { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { doctorCommand } from './commands/doctor.ts';
import { firewallCommand } from './commands/firewall.ts';
import { pluginCommand } from './commands/plugin.ts';
import { policyCommand } from './commands/policy.ts';
import { probeCommand } from './commands/probe.ts';
import { serveCommand } from './commands/serve.ts';
import { taskCommand } from './commands/task.ts';
import { versionCommand } from './commands/version.ts';

/** Every command of the command line, in the order in which help lists them. */
export const allCommands = (): readonly Command[] => [
  serveCommand(),
  taskCommand(),
  auditCommand(),
  policyCommand(),
  probeCommand(),
  doctorCommand(),
  pluginCommand(),
  firewallCommand(),
  versionCommand(),
];
