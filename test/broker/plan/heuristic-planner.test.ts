import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { heuristicPlanner } from '../../../core/broker/plan/heuristic-planner.ts';
import type { PlanRequest, PlanWorkspace } from '../../../core/broker/plan/planner.ts';
import { validatePlan } from '../../../core/broker/plan/validate-plan.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import type { PlanResult } from '../../../core/vocabulary/plan.ts';
import { runs } from '../../harness/runs.ts';

const DOCS: PlanWorkspace = { id: 'user_docs', readable: true, writable: false, named: false };
const OUTPUTS: PlanWorkspace = { id: 'outputs', readable: false, writable: true, named: false };
const REQUEST: Omit<PlanRequest, 'intent'> = {
  mode: 'standard',
  workspaces: [DOCS, OUTPUTS],
  maxSteps: 30,
  tools: [],
  buildable: new Set([
    'local_search',
    'summarize',
    'report',
    'read_file',
    'write_file',
    'overwrite_file',
  ]),
};

const plan = (intent: string, changes: Partial<PlanRequest> = {}): Promise<PlanResult> =>
  heuristicPlanner.plan({ ...REQUEST, intent, ...changes });

/** The plan's actions and parameters. */
const steps = async (intent: string, changes: Partial<PlanRequest> = {}): Promise<unknown> => {
  const result = await plan(intent, changes);
  if (result.kind === 'unplannable') assert.fail(`${intent}: ${result.reason}`);
  return result.steps.map(({ action, params }) => [action, params]);
};

const from = (key: string, pointer: string): JsonObject => ({ $from: key, pointer });
const search = (query: string, path = 'user_docs'): [string, JsonObject] => [
  'local_search',
  { path, query },
];
const report = (instruction: string, query: string, key = 's1'): [string, JsonObject] => [
  'report',
  { instruction, findings: from(key, '/hits'), query, searched: from(key, '/searched') },
];
const write = (path: string, key: string, pointer = '/text'): [string, JsonObject] => [
  'write_file',
  { path, content: from(key, pointer) },
];

test('several verbs become several steps that refer to each other', async () => {
  assert.deepEqual(
    await steps('find the notes on backups and write a report to outputs/backup.md'),
    [
      search('notes backups note backup'),
      report('the notes on backups', 'notes backups'),
      write('outputs/backup.md', 's2'),
    ],
  );
  assert.deepEqual(
    await steps(
      'Find what the licenses say about patents, and write a report to outputs/patents.md.',
    ),
    [
      search('patents patent'),
      report('what the licenses say about patents', 'patents'),
      write('outputs/patents.md', 's2'),
    ],
  );
  assert.deepEqual(await steps('summarize user_docs/a.md and save it to outputs/y.md'), [
    ['summarize', { path: 'user_docs/a.md' }],
    write('outputs/y.md', 's1'),
  ]);
  assert.deepEqual(await steps('search for backups, then summarize the results'), [
    search('backups backup'),
    ['summarize', { findings: from('s1', '/hits'), topic: 'backups' }],
  ]);
  assert.deepEqual(await steps('read user_docs/a.txt then save it as outputs/b.txt'), [
    ['read_file', { path: 'user_docs/a.txt', whole: true }],
    write('outputs/b.txt', 's1', '/content'),
  ]);
});

test('one verb becomes what it asks for', async () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ['summarize user_docs/notes.md', [['summarize', { path: 'user_docs/notes.md' }]]],
    [
      'Please summarise user_docs/notes.md in 3 sentences',
      [['summarize', { path: 'user_docs/notes.md', sentences: 3 }]],
    ],
    ['read user_docs/a.txt', [['read_file', { path: 'user_docs/a.txt' }]]],
    ['open "user_docs/my notes.txt"', [['read_file', { path: 'user_docs/my notes.txt' }]]],
    [
      'read /var/lib/secure-ai/vault/user_docs/a.txt.',
      [['read_file', { path: '/var/lib/secure-ai/vault/user_docs/a.txt' }]],
    ],
    ['read a.txt', [['read_file', { path: 'user_docs/a.txt' }]]],
    [
      'read user_docs/a.txt and user_docs/b.txt',
      [
        ['read_file', { path: 'user_docs/a.txt' }],
        ['read_file', { path: 'user_docs/b.txt' }],
      ],
    ],
    ['list files about backups', [search('backups backup')]],
    ['search user_docs/work for "off-site backup"', [search('off-site backup', 'user_docs/work')]],
    [
      'find Größenänderung und Übermaß in outputs',
      [search('Größenänderung und Übermaß', 'outputs')],
    ],
    ["find don't panic", [search("don't panic panics")]],
    ['could you please look for invoices?', [search('invoices invoice')]],
    ['find notes and recipes', [search('notes recipes note recipe')]],
  ];
  for (const [intent, expected] of rows) assert.deepEqual(await steps(intent), expected, intent);
});

test('a topic without a search gets one', async () => {
  const topic = 'what the documents say about backups';
  assert.deepEqual(await steps(`summarize ${topic}`), [
    search('backups backup'),
    ['summarize', { findings: from('s1', '/hits'), topic: 'backups' }],
  ]);
  assert.deepEqual(await steps('report on tape drives to outputs/r.md'), [
    search('tape drives tapes drive'),
    report('tape drives', 'tape drives'),
    write('outputs/r.md', 's2'),
  ]);
  assert.deepEqual(await steps('write a report about tape drives to outputs/r.md'), [
    search('tape drives tapes drive'),
    report('tape drives', 'tape drives'),
    write('outputs/r.md', 's2'),
  ]);
});

test('a report that names the topic of the search before it does not search again', async () => {
  assert.deepEqual(
    await steps('find notes on backups and write a detailed report on backups to outputs/b.md'),
    [
      search('notes backups note backup'),
      report('notes on backups', 'notes backups'),
      write('outputs/b.md', 's2'),
    ],
  );
});

test('quoted text is written as it stands, and never as anything else', async () => {
  assert.deepEqual(await steps("save 'buy milk and write a report' to outputs/x.txt"), [
    ['write_file', { path: 'outputs/x.txt', content: 'buy milk and write a report' }],
  ]);
  assert.deepEqual(
    await steps('create a file called outputs/x.txt containing “it’s {{here}} %{now}”'),
    [['write_file', { path: 'outputs/x.txt', content: 'it’s {{here}} %{now}' }]],
  );
  assert.deepEqual(await steps("overwrite outputs/x.txt with 'see user_docs/a.txt'"), [
    ['overwrite_file', { path: 'outputs/x.txt', content: 'see user_docs/a.txt' }],
  ]);
  assert.deepEqual(await steps('replace the contents of outputs/x.txt with user_docs/a.txt'), [
    ['read_file', { path: 'user_docs/a.txt', whole: true }],
    ['overwrite_file', { path: 'outputs/x.txt', content: from('s1', '/content') }],
  ]);
  assert.deepEqual(await steps('copy user_docs/a.txt to outputs/a.txt'), [
    ['read_file', { path: 'user_docs/a.txt', whole: true }],
    write('outputs/a.txt', 's1', '/content'),
  ]);
});

test('findings that are saved become a report, files become its sources', async () => {
  assert.deepEqual(await steps('find invoices and save the results to outputs/i.md'), [
    search('invoices invoice'),
    report('invoices', 'invoices'),
    write('outputs/i.md', 's2'),
  ]);
  assert.deepEqual(
    await steps('write a report on user_docs/a.md and user_docs/b.md to outputs/r.md'),
    [
      [
        'report',
        {
          instruction: 'user_docs/a.md, user_docs/b.md',
          sources: ['user_docs/a.md', 'user_docs/b.md'],
        },
      ],
      write('outputs/r.md', 's1'),
    ],
  );
});

test('what has no executor is planned as the action it is, so that policy answers', async () => {
  const rows: readonly (readonly [string, string])[] = [
    ['fetch https://example.org/a?b=c and summarize it', 'outbound_request'],
    ['draft a letter to the bank', 'draft'],
    ['write a letter to the bank about fees to outputs/l.md', 'draft'],
    ['classify user_docs/a.txt', 'classify'],
    ['explain the firewall decision', 'explain_security'],
    ['export user_docs/a.txt', 'export_data'],
    ['delete all files in user_docs', 'batch_delete'],
    ['promote the new model', 'trust_change'],
    ['grant access to /etc', 'widen_scope'],
    ['enable tool shell.exec', 'enable_tool'],
    ['change the security policy', 'change_security'],
    ['disable the firewall', 'change_security'],
    ['run filesystem.read', 'tool_invoke'],
  ];
  for (const [intent, action] of rows) {
    const result = await plan(intent);
    assert.equal(result.kind, 'planned', intent);
    assert.equal(result.kind === 'planned' && result.steps[0]?.action, action, intent);
  }
  assert.deepEqual((await steps('fetch https://example.org/a.')) as unknown[], [
    ['outbound_request', { url: 'https://example.org/a' }],
  ]);
});

test('words that merely contain a verb, or hold one inside a sentence, are no verbs', async () => {
  for (const intent of [
    'stage the already pruned trees',
    'I already read it',
    'prune the tree',
    'treads',
    'the report',
    'I give the open access',
  ])
    assert.equal((await plan(intent)).kind, 'unplannable', intent);
  assert.deepEqual(await steps('find the open reports that we save'), [
    search('open reports save opens report saves'),
  ]);
});

test('what cannot be planned says why and how to say it, and drops nothing', async () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ['hello there', /does not begin with something to do/],
    ['What is the meaning of life?', /does not begin/],
    ['the backups and write a report', /does not begin/],
    ['find', /what to look for/],
    ['find all the files', /what to look for/],
    ['read it', /does not name a file/],
    ['find notes about taxes and read them', /does not name a file/],
    ['summarize', /what to summarize/],
    ['write a report', /what the report is about/],
    ['save it to outputs/x.md', /no text to write/],
    ['write hello to outputs/x.txt', /no text to write/],
    ['summarize user_docs/a.md and write hello to outputs/x.txt', /no text to write/],
    ["save 'text'", /which file to write/],
    ["save 'a' and 'b' to outputs/x.txt", /one text/],
    ["replace 'a' with 'b' in outputs/x.txt", /cannot be exchanged/],
    ['overwrite it', /which file to overwrite/],
    ['copy user_docs/a.md', /one source and one target/],
    ['read user_docs/a.md and user_docs/b.md and save it to outputs/c.md', /several texts/],
    [
      `report on ${Array.from({ length: 6 }, (_, i) => `user_docs/${i}.md`).join(' ')}`,
      /at most 5 files/,
    ],
  ];
  for (const [intent, reason] of rows) {
    const result = await plan(intent);
    if (result.kind === 'planned') assert.fail(`${intent}: ${JSON.stringify(result.steps)}`);
    assert.match(result.reason, reason, intent);
    assert.ok(result.remedy.length > 10, intent);
  }
});

test('the search goes to the workspace that is named, and nowhere where none is readable', async () => {
  const named = [DOCS, { ...OUTPUTS, readable: true, named: true }];
  assert.deepEqual(await steps('find taxes', { workspaces: named }), [
    search('taxes tax', 'outputs'),
  ]);
  const closed = await plan('find taxes', { mode: 'sensitive', workspaces: [OUTPUTS] });
  assert.equal(
    closed.kind === 'unplannable' && closed.reason,
    'no workspace is readable in mode `sensitive`',
  );
});

test('a plan over the limit of steps is refused, and a step that could not run is not added', async () => {
  const many = Array.from({ length: 31 }, (_, i) => `user_docs/${i}.txt`).join(' ');
  const result = await plan(`read ${many}`);
  assert.match(result.kind === 'unplannable' ? result.reason : '', /31 steps, at most 30/);
  const without = await plan('find taxes and save it to outputs/x.md', {
    buildable: new Set(['local_search']),
  });
  assert.match(
    without.kind === 'unplannable' ? without.reason : '',
    /`report`, which is not available/,
  );
});

test('strange paths are passed on as they are, for the resolver to refuse', async () => {
  for (const path of [
    'user_docs/..',
    '../etc/passwd',
    '/etc/../shadow',
    'user_docs/a//b.txt',
    './a.txt',
    '~/a.txt',
  ])
    assert.match(
      JSON.stringify(await steps(`read ${path}`)),
      new RegExp(path.replaceAll('.', '\\.')),
      path,
    );
});

test('every intent is answered, quickly, by a valid plan or by a reason', async () => {
  const words = fc.constantFrom(
    'find',
    'and',
    'write',
    'a',
    'report',
    'summary',
    'to',
    'outputs/x.md',
    "'",
    '"text"',
    'it',
    'read',
    'user_docs/a',
    'save',
    ',',
    '.',
    'overwrite',
    'with',
    'about',
    'taxes',
    'delete',
    'fetch',
    'https://a/b',
    'draft',
    'copy',
    'in',
    'user_docs',
    '__proto__',
    'constructor',
    '\u202e',
  );
  const intents = fc.oneof(
    fc.array(words, { maxLength: 14 }).map((list) => list.join(' ')),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.toWellFormed()),
  );
  await fc.assert(
    fc.asyncProperty(intents, async (intent) => {
      const result = await plan(intent);
      if (result.kind === 'planned')
        assert.deepEqual(validatePlan(result.steps, { maxSteps: 30 }), { ok: true });
      else assert.ok(result.reason !== '' && result.remedy !== '');
    }),
    { numRuns: runs(300) },
  );
  const started = performance.now();
  for (const intent of [
    "'a ".repeat(1000),
    'find '.repeat(400),
    '/a'.repeat(1000),
    'and '.repeat(600),
    '"'.repeat(2000),
  ])
    await plan(intent.slice(0, 4000));
  assert.ok(performance.now() - started < 2000);
});
