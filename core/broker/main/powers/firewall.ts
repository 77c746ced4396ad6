import type { FirewallPowers } from '../open-firewall.ts';
import { makeNameFactsPowers } from './name-facts.ts';
import { makePolicyFilePowers } from './policy-file.ts';
import { makePostToPeer } from './post-to-peer.ts';

/** What the two tool firewalls may do: look at names; call a peer and write its policy file. */
export const makeFirewallPowers = (): FirewallPowers =>
  Object.freeze<FirewallPowers>({
    look: makeNameFactsPowers(),
    postTo: makePostToPeer,
    policyFile: makePolicyFilePowers(),
  });
