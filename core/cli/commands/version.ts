import { Command } from 'commander';
import { contextOf, withSharedOptions } from '../command-context.ts';
import { packageVersion } from '../package-facts.ts';

export const versionCommand = (): Command =>
  withSharedOptions(new Command('version'))
    .description('version of the agent, of node and of V8')
    .action((options) => {
      const facts = {
        secai_agent: packageVersion(),
        node: process.versions.node,
        v8: process.versions.v8,
      };
      contextOf(options).print(
        facts,
        () => `secai-agent ${facts.secai_agent} (node ${facts.node}, v8 ${facts.v8})`,
      );
    });
