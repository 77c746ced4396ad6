import type { JsonObject } from '../../vocabulary/json.ts';
import type { AuditState } from '../audit/audit-log.ts';
import type { FirewallStatus } from '../gateway/firewall/firewall-gateway.ts';

/** What `/health` shows (wire contract section 2.1), and which of it makes the agent degraded. */
export interface HealthFacts {
  readonly active: number;
  readonly total: number;
  readonly audit: AuditState;
  readonly storeWritable: boolean;
  readonly policyCurrent: boolean;
  readonly missingLayers: readonly string[];
  readonly cells: number;
  /** True when no further cell can be started. */
  readonly cellsLost: boolean;
  /** True when the agent was told to go on without layers of the wall. */
  readonly weakSandbox: boolean;
  readonly quarantined: readonly JsonObject[];
  /** Plugins that the agent itself suspended, because they did not hold any more. */
  readonly suspended: readonly JsonObject[];
  /** How often a cell broke the protocol since the start. */
  readonly violations: number;
  readonly firewall: FirewallStatus;
  readonly devMode: boolean;
  readonly version: string;
}

export const healthReply = (facts: HealthFacts): JsonObject => {
  const { audit } = facts;
  const persistent = facts.storeWritable && audit.writable && audit.verified !== 'broken';
  const wall = { complete: facts.missingLayers.length === 0, missing: facts.missingLayers };
  return {
    status: persistent && facts.policyCurrent && !facts.cellsLost ? 'ok' : 'degraded',
    service: 'agent',
    version: facts.version,
    active_tasks: facts.active,
    total_tasks: facts.total,
    containment_frozen: false,
    persistence_healthy: persistent,
    policy_current: facts.policyCurrent,
    audit: { writable: audit.writable, verified: audit.verified, problem: audit.problem },
    wall: { ...wall, cells: facts.cells },
    sandbox: facts.weakSandbox ? 'weak' : 'enforced',
    quarantined: facts.quarantined,
    suspended: facts.suspended,
    violations: facts.violations,
    tool_firewall: { ...facts.firewall },
    ...(facts.devMode ? { development_mode: true } : {}),
  };
};
