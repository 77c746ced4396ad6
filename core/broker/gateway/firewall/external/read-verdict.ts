import type { FirewallVerdict } from '../firewall-gateway.ts';
import { type JsonNode, readJson } from '../request/read-json.ts';
import type { PeerAnswer } from './peer-power.ts';

const LONGEST_REASON = 512;

/** What an answer of the peer means: allowed only where it says so, word for word (wire contract section 18). */
export const readVerdict = ({ status, contentType, body }: PeerAnswer): FirewallVerdict => {
  // Whoever listens at the port writes this, and a half answer can look like a whole one. A yes is status 200,
  // JSON, `allowed` as a boolean, no key twice and none that we do not know: what we do not understand may
  // take the yes back.
  const isJson = /^application\/json\s*(?:;|$)/i.test(contentType);
  const verdict = isJson ? verdictOf(readJson(body)) : undefined;
  if (verdict !== undefined && !verdict.allowed) {
    return { allowed: false, code: 'firewall_denied', reason: verdict.reason };
  }
  if (status === 200) return verdict ?? unavailable('the tool firewall answered no verdict');
  return unavailable(FAULTS.get(status) ?? `the tool firewall answered status ${status}`);
};

/** True where an answer acknowledges a reload, word for word. */
export const isReloaded = ({ status, body }: PeerAnswer): boolean => {
  if (status !== 200) return false;
  const members = membersOf(readJson(body));
  return members?.size === 1 && members.get('status') === 'reloaded';
};

export const unavailable = (reason: string): FirewallVerdict => ({
  allowed: false,
  code: 'firewall_unavailable',
  reason,
});

const FAULTS: ReadonlyMap<number, string> = new Map([
  [403, 'the tool firewall refuses the token'],
  [413, 'the call is too large for the tool firewall'],
  [503, 'the tool firewall cannot decide now'],
]);

type Said = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const verdictOf = (answer: JsonNode | undefined): Said | undefined => {
  const members = membersOf(answer);
  const allowed = members?.get('allowed');
  const reason = members?.get('reason');
  const known = 1 + (reason === undefined ? 0 : 1);
  if (members?.size !== known || typeof allowed !== 'boolean') return undefined;
  if (allowed) return reason === undefined ? { allowed } : undefined;
  if (typeof reason !== 'string') return undefined;
  return { allowed, reason: reason.replace(/\p{C}/gu, '?').slice(0, LONGEST_REASON) };
};

const membersOf = (node: JsonNode | undefined): ReadonlyMap<string, JsonNode> | undefined => {
  if (node === undefined || node === null || typeof node !== 'object') return undefined;
  if (!('members' in node)) return undefined;
  const members = new Map(node.members);
  return members.size === node.members.length ? members : undefined;
};
