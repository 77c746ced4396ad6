import type { FirewallPowers } from '../open-firewall.ts';
import { makeNameFactsPowers } from './name-facts.ts';

/** What the tool firewall may do: look at names. */
export const makeFirewallPowers = (): FirewallPowers =>
  Object.freeze<FirewallPowers>({ look: makeNameFactsPowers() });
