import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROKER_FLAGS } from '../../core/cli/broker-flags.ts';
import { readUnit } from './unit-file.ts';

const unit = readUnit('secure-ai-agent.service');

// Wire contract §17.1: what each directive must hold, in any order and beside more.
const HOLDS: readonly (readonly [directive: string, words: string])[] = [
  ['ConditionPathExists', '/var/lib/secure-ai/vault/.initialized'],
  [
    'After',
    'secure-ai-registry.service secure-ai-tool-firewall.service secure-ai-inference.service secure-ai-credentials.service secure-ai-vault-mounted.service',
  ],
  [
    'Requires',
    'secure-ai-registry.service secure-ai-tool-firewall.service secure-ai-credentials.service secure-ai-vault-mounted.service',
  ],
  [
    'Environment',
    'BIND_ADDR=unix:/run/secure-ai/agent/agent.sock AGENT_UI_TOKEN_PATH=%d/ui-control-token AGENT_CONTAINMENT_TOKEN_PATH=%d/containment-token AGENT_SIGNING_KEY_PATH=%d/signing-key AIRLOCK_TOKEN_PATH=%d/airlock-token REGISTRY_TOKEN_PATH=%d/registry-token TOOL_FIREWALL_TOKEN_PATH=%d/tool-firewall-token AUDIT_HMAC_KEY_PATH=%d/audit-hmac-key',
  ],
  [
    'LoadCredential',
    'airlock-token:/var/lib/secure-ai/credentials/airlock.token registry-token:/var/lib/secure-ai/credentials/registry-read.token tool-firewall-token:/var/lib/secure-ai/credentials/tool-firewall.token audit-hmac-key:/var/lib/secure-ai/credentials/agent-audit-hmac.key ui-control-token:/var/lib/secure-ai/credentials/agent-ui.token containment-token:/var/lib/secure-ai/credentials/agent-containment.token signing-key:/var/lib/secure-ai/credentials/agent-signing.key',
  ],
  [
    'SupplementaryGroups',
    'secure-ai-services secure-ai-agent-ipc secure-ai-agent-state secure-ai-logs secure-ai-vault-read secure-ai-vault-write',
  ],
  ['ReadOnlyPaths', '/etc/secure-ai /var/lib/secure-ai/vault/user_docs'],
  ['WantedBy', 'multi-user.target'],
];

// What each directive must be, word for word: more would be weaker.
const EQUALS: Readonly<Record<string, string>> = {
  StartLimitIntervalSec: '300',
  StartLimitBurst: '5',
  Type: 'simple',
  DynamicUser: 'yes',
  ReadWritePaths:
    '/run/secure-ai/agent /var/lib/secure-ai/vault/outputs /var/lib/secure-ai/logs /var/lib/secure-ai/agent',
  PrivateTmp: 'yes',
  PrivateDevices: 'yes',
  ProtectSystem: 'strict',
  ProtectHome: 'yes',
  ProtectProc: 'invisible',
  ProcSubset: 'pid',
  ProtectKernelTunables: 'yes',
  ProtectKernelModules: 'yes',
  ProtectKernelLogs: 'yes',
  ProtectControlGroups: 'yes',
  ProtectClock: 'yes',
  ProtectHostname: 'yes',
  NoNewPrivileges: 'yes',
  RestrictSUIDSGID: 'yes',
  MemoryDenyWriteExecute: 'yes',
  LockPersonality: 'yes',
  RestrictRealtime: 'yes',
  CapabilityBoundingSet: '',
  AmbientCapabilities: '',
  RestrictNamespaces: 'yes',
  IPAddressDeny: 'any',
  IPAddressAllow: 'localhost',
  RestrictAddressFamilies: 'AF_UNIX AF_INET',
  SystemCallArchitectures: 'native',
  SystemCallErrorNumber: 'EPERM',
  DevicePolicy: 'closed',
  DeviceAllow: '',
  MemoryMax: '512M',
  CPUQuota: '50%',
  TasksMax: '64',
  LimitNPROC: '64',
  LimitNOFILE: '1024',
  LimitCORE: '0',
  TimeoutStartSec: '30',
  TimeoutStopSec: '15',
  Restart: 'always',
  RestartSec: '2',
};

test('the agent unit has every directive of the wire contract', () => {
  for (const [directive, words] of HOLDS) {
    const there = unit.words(directive);
    const missing = words.split(' ').filter((word) => !there.includes(word));
    assert.deepEqual(missing, [], directive);
  }
  for (const [directive, value] of Object.entries(EQUALS)) {
    assert.notEqual(unit.lines(directive).length, 0, directive);
    assert.equal(unit.words(directive).join(' '), value, directive);
  }
});

test('the agent unit allows the system calls of the contract and of its own lock, then takes away', () => {
  const lines = unit.lines('SystemCallFilter');
  const allowed = lines.filter((line) => !line.startsWith('~')).join(' ');
  assert.equal(
    allowed,
    '@system-service @network-io seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self',
  );
  const denied = lines.filter((line) => line.startsWith('~')).map((line) => line.slice(1));
  const words = new Set(denied.join(' ').split(' '));
  const demanded =
    '@privileged @resources @mount @clock @debug @swap @reboot @raw-io @module @cpu-emulation @obsolete io_uring_setup';
  for (const word of demanded.split(' ')) assert.ok(words.has(word), word);
  // A line of systemd adds or removes from what stands above it: what is taken away stays so.
  assert.ok(lines.findLastIndex((line) => !line.startsWith('~')) < lines.length - denied.length);
});

test('the agent unit starts the broker with the flags of the broker, so that it need not start again', () => {
  const [node, ...words] = unit.words('ExecStart');
  const root = '/usr/lib/secure-ai/agent';
  assert.equal(node, `${root}/bin/node`);
  assert.deepEqual(words, [...BROKER_FLAGS, `${root}/dist/core/cli/main.js`, 'serve']);
});
