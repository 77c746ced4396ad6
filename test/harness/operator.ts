import assert from 'node:assert/strict';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import type { AgentFolder } from './agent-folder.ts';
import { call, type Reply } from './call.ts';
import {
  installation,
  makeWorkshop,
  type PluginText,
  type Workshop,
} from './installable-plugins.ts';

/** The operator of a running agent, whose trust store is made here. */
export interface OperatorOfAgent {
  readonly workshop: Workshop;
  /** Packs, signs, vets and installs; fails unless that is taken. */
  install(plugin: PluginText): Promise<JsonObject>;
  verb(id: string, verb: 'enable' | 'suspend' | 'revoke', body?: JsonObject): Promise<Reply>;
  get(path: string): Promise<Reply>;
}

export const makeOperator = (folder: AgentFolder): OperatorOfAgent => {
  const workshop = makeWorkshop(folder.trustFolder);
  const token = folder.operatorToken;
  const at = (path: string): string => `/v1/operator/plugins${path}`;
  return {
    workshop,
    install: async (plugin) => {
      const body = installation(workshop.make(plugin));
      const reply = await call(folder.socket, at(''), { token, body });
      assert.equal(reply.status, 201, reply.text);
      return reply.body;
    },
    verb: (id, verb, body = {}) => call(folder.socket, at(`/${id}/${verb}`), { token, body }),
    get: (path) => call(folder.socket, at(path), { token }),
  };
};
