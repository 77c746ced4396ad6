import { toAgentError } from '../../../vocabulary/errors.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Operator } from './plugin-store.ts';

/** What happens to plugins, as the audit log names it. */
export type PluginEventName =
  | 'plugin_installed'
  | 'plugin_enabled'
  | 'plugin_suspended'
  | 'plugin_revoked'
  | 'plugin_refused';

export interface PluginEvents {
  /** Durable when it resolves. @throws AgentError `log_unavailable` */
  record(event: PluginEventName, facts: JsonObject, who: Operator): Promise<void>;
  /** Runs a verb; its refusal is on record with what is known by then, and goes on to the caller. */
  refusing<Result>(
    facts: () => JsonObject,
    who: Operator,
    verb: () => Promise<Result>,
  ): Promise<Result>;
}

export const makePluginEvents = (audit: Pick<AuditLog, 'record' | 'commit'>): PluginEvents => {
  const record: PluginEvents['record'] = async (event, facts, { uid }) => {
    audit.record({ event, data: { ...facts, uid } });
    await audit.commit();
  };
  return Object.freeze<PluginEvents>({
    record,
    refusing: async (facts, who, verb) => {
      try {
        return await verb();
      } catch (thrown) {
        const { code } = toAgentError(thrown);
        // Where the log is the reason, there is no place to say so.
        if (code !== 'log_unavailable') {
          await record('plugin_refused', { ...facts(), code }, who).catch(() => undefined);
        }
        throw thrown;
      }
    },
  });
};
