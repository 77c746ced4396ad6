import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokerPlaces } from '../../../core/broker/main/broker-places.ts';
import { readConfig } from '../../../core/broker/main/config.ts';
import { parseAgentPolicy } from '../../../core/broker/policy/parse-agent-policy.ts';

const POLICY = parseAgentPolicy(
  Buffer.from(`version: 1
workspaces: { docs: /home/u/docs, elsewhere: /srv/elsewhere }
workspace: { readable: [/home/u/docs/**], writable: [/home/u/outputs/**] }
`),
  '/etc/secure-ai/policy/agent.yaml',
);

const placesOf = (env: Readonly<Record<string, string>>) => brokerPlaces(readConfig(env), POLICY);

test('the broker gets the scopes, its own folders, and the folders of its secrets, and no other place', () => {
  const { folders } = placesOf({
    AGENT_UI_TOKEN_PATH: '/run/secure-ai/tokens/ui',
    AGENT_SIGNING_KEY_PATH: '/var/lib/secure-ai/keys/signing',
    AUDIT_HMAC_KEY_PATH: '/var/lib/secure-ai/keys/audit',
    AIRLOCK_TOKEN_PATH: '/run/secure-ai/peers/airlock',
  });
  assert.deepEqual(Object.fromEntries(folders), {
    '@readable': ['/home/u/docs'],
    '@writable': ['/home/u/outputs'],
    '@state': [
      '/var/lib/secure-ai/agent',
      '/var/lib/secure-ai/logs',
      '/var/lib/secure-ai/agent/plugins',
    ],
    '@secrets': [
      '/run/secure-ai/tokens',
      '/var/lib/secure-ai/keys',
      '/run/secure-ai/peers',
      '/etc/secure-ai/policy',
      '/etc/secure-ai/trust',
    ],
    '@socket_folder': ['/run/secure-ai'],
  });
});

test('a file in the root folder never brings the root folder with it', () => {
  const { folders } = placesOf({
    BIND_ADDR: 'unix:/agent.sock',
    AGENT_UI_TOKEN_PATH: '/token',
    AGENT_POLICY_PATH: '/agent.yaml',
    AUDIT_LOG_PATH: '/audit.jsonl',
    AGENT_TASK_STATE_PATH: '/tasks.json',
    AGENT_CONTAINMENT_STATE_PATH: '/containment.json',
    AGENT_PLUGIN_DIR: '/plugins',
    AGENT_TRUST_STORE_PATH: '/trust',
  });
  assert.deepEqual(folders.get('@state'), ['/plugins']);
  assert.deepEqual(folders.get('@secrets'), ['/trust']);
  assert.deepEqual(folders.get('@socket_folder'), []);
});

test('it connects to the ports of its peers, and binds only where it listens over TCP', () => {
  const { ports } = placesOf({ AIRLOCK_URL: 'http://127.0.0.1:9999', REGISTRY_URL: '' });
  assert.deepEqual(ports.get('@peers'), [8465, 8475, 9999, 8470, 8485]);
  assert.deepEqual(ports.get('@listen'), []);
  const tcp = placesOf({ BIND_ADDR: '127.0.0.1:8476', SECAI_DEV_MODE: '1' });
  assert.deepEqual(tcp.ports.get('@listen'), [8476]);
});
