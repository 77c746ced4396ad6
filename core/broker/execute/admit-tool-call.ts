import { digestOf, equalSecrets } from '../../vocabulary/digest.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Resource } from '../../vocabulary/resource.ts';
import type { FirewallGateway, FirewallVerdict } from '../gateway/firewall/firewall-gateway.ts';
import { withResolvedPaths } from '../grant/resolve.ts';
import { visible } from '../plan/visible-text.ts';
import type { CallJournal } from './step-gateways.ts';

/** One call of a tool that policy allows: its exact id, its arguments, and what those resolved to. */
export interface ToolCall {
  readonly tool: string;
  readonly args: JsonObject;
  readonly resources: readonly Resource[];
}

/** A yes of the firewall, good for these arguments of this tool and no others. */
export interface ToolTicket {
  readonly tool: string;
  readonly digest: Sha256Hex;
}

interface AdmitDeps {
  readonly firewall: Pick<FirewallGateway, 'evaluate'>;
  readonly journal: Pick<CallJournal, 'toolCalled'>;
  readonly signal: AbortSignal;
}

const MOST_OF_A_REASON = 300;

/**
 * Asks the tool firewall right before the run, and writes its verdict down before anything follows from it.
 * @throws AgentError `firewall_denied`, `firewall_unavailable`, `input_invalid`
 */
export const admitToolCall = async (
  { tool, args, resources }: ToolCall,
  { firewall, journal, signal }: AdmitDeps,
): Promise<ToolTicket> => {
  const digest = digestOfArguments(args);
  const params = withResolvedPaths(args, resources);
  const verdict = await firewall.evaluate({ tool, params }, signal);
  if (verdict.allowed === true) {
    await journal.toolCalled({ tool, digest, verdict: 'allowed' });
    return Object.freeze({ tool, digest });
  }
  const reason = reasonOf(verdict);
  await journal.toolCalled({ tool, digest, verdict: 'denied', code: verdict.code, reason });
  throw new AgentError({ code: verdict.code, message: `tool firewall: ${reason}` });
};

// INVARIANT: what was decided is what runs. Between the verdict and the cell the arguments pass through nothing
// that could change them, and this says so (attack 151).
/** @throws AgentError `firewall_denied` where the ticket is for another tool or for other arguments */
export const mustBeTicketed = (
  ticket: ToolTicket | null,
  { tool, args }: Pick<ToolCall, 'tool' | 'args'>,
): void => {
  if (ticket?.tool === tool && equalSecrets(ticket.digest, digestOfArguments(args))) return;
  throw new AgentError({
    code: 'firewall_denied',
    message: 'the arguments are not those that the tool firewall decided on',
  });
};

/** @throws AgentError `input_invalid` for a number without one printed form: what has no digest is bound to none */
const digestOfArguments = (args: JsonObject): Sha256Hex => {
  try {
    return digestOf(args);
  } catch (cause) {
    throw new AgentError({
      code: 'input_invalid',
      message: 'an argument of the tool holds a number that has no portable form',
      cause,
    });
  }
};

// An external firewall is another program: what it says goes into the log and to people as plain, short text.
const reasonOf = ({ reason }: Extract<FirewallVerdict, { allowed: false }>): string =>
  visible(reason.slice(0, MOST_OF_A_REASON)) || 'denied';
