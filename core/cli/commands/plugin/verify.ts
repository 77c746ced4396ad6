import type { Command } from 'commander';
import { contextOf, fromHere, withJsonOption } from '../../command-context.ts';

const HELP = `
As the agent does at an installation, but for the verdict and the version. Nothing is asked over a network.

Exit codes:
  0  enough trusted publishers signed just these bytes
  1  refused, with the code and the file`;

/** `plugin verify`: whether a trust store would let a package in. */
export const addVerify = (plugin: Command): void => {
  withJsonOption(plugin.command('verify'))
    .description('whether enough trusted publishers signed just these bytes; works offline')
    .addHelpText('after', HELP)
    .argument('<package>', 'folder of the package')
    .requiredOption('--trust <folder>', 'the trust store: trust.json, keys/ and revoked.json')
    .action(async (folder, options) => {
      const { openPackage } = await import('../../../broker/catalog/package/open-package.ts');
      const { readPackageFolder } = await import(
        '../../../broker/catalog/package/read-package-folder.ts'
      );
      const { readTrustStore } = await import(
        '../../../broker/catalog/package/read-trust-store.ts'
      );
      const { makePackageFilesPowers } = await import(
        '../../../broker/main/powers/package-files.ts'
      );
      const powers = makePackageFilesPowers();
      const trust = await readTrustStore(powers, fromHere(options.trust));
      const files = await readPackageFolder(fromHere(folder), powers);
      const { manifest, digest, signedBy, expires } = openPackage(files, trust, Date.now());
      const { id, version } = manifest;
      const ends = expires === null ? null : new Date(expires).toISOString();
      contextOf(options).print(
        {
          id,
          version,
          digest,
          threshold: trust.publishers.threshold,
          signedBy: [...signedBy],
          expires: ends,
        },
        () =>
          [
            `${id} ${version}: signed by ${signedBy.length}, ${trust.publishers.threshold} needed`,
            `digest ${digest}`,
            ...signedBy.map((signer) => `signed by ${signer}`),
            `expires ${ends ?? 'never'}`,
          ].join('\n'),
      );
    });
};
