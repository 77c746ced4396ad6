import { stringify } from 'yaml';
import type { FirewallPolicy } from '../../../../vocabulary/firewall-policy.ts';

const HEAD =
  '# Made from the manifests of the enabled plugins by `secai-agent plugin firewall`. Do not edit:\n# it is written anew whenever a plugin is enabled or disabled.\n';

/** A policy as the text of the peers' policy file, the same for the same policy. */
export const toFirewallYaml = ({ version, ...tools }: FirewallPolicy): string =>
  HEAD +
  stringify(
    { version, tools },
    {
      schema: 'core',
      lineWidth: 0,
      aliasDuplicateObjects: false,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
    },
  );
