import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';

// Everything in an isolate that could tell two runs apart. Left out, and named in attack 233: where the stack
// and the heap end, how long a call of a handle takes, and the order of replies that race.
const BODY = `
  const deep = (n) => (n === 0 ? new Error('deep').stack : deep(n - 1));
  const caught = (run) => { try { run(); return 'nothing'; } catch (e) { return [e.name, e.message, e.stack]; } };
  const shuffled = Array.from({ length: 50 }, (_, i) => [Math.random(), i]).sort(([a], [b]) => a - b);
  console.log('at', new Date(), Math.random(), new Map([[1, Math.random()]]));
  const before = Date.now();
  await new Promise((done) => setTimeout(done, 30));
  const late = await Promise.race([
    new Promise((done) => setTimeout(done, 20, 'short')), new Promise((done) => setTimeout(done, 200, 'long'))]);
  for (let i = 0, junk = []; i < 2e5; i += 1) junk[i % 100] = { i };
  return {
    clock: [before, Date.now(), +new Date(), Date(), String(new Date()), new Date().toLocaleString(),
      new Date(0).getTimezoneOffset(), new Date(2024, 6, 1).toString(), new Date('2024-07-01T00:00').getTime()],
    random: [Math.random(), Math.random(), shuffled], late,
    intl: [
      (1234567.891).toLocaleString(), (0.5).toLocaleString('de', { style: 'percent' }), 10n.toLocaleString(),
      ['ä', 'z', 'a', 'Z'].sort(), ['ä', 'z', 'a', 'Z'].sort((a, b) => a.localeCompare(b)),
      ['ä', 'z', 'a'].sort(new Intl.Collator('sv').compare), new Intl.Collator().resolvedOptions(),
      new Intl.NumberFormat().resolvedOptions(), new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(5),
      [...new Intl.Segmenter('en', { granularity: 'word' }).segment('One, two!')].map((s) => s.segment),
      new Intl.PluralRules('ar').select(6), new Intl.RelativeTimeFormat('en').format(-1, 'day'),
      new Intl.ListFormat().format(['a', 'b', 'c']), new Intl.DisplayNames(['en'], { type: 'region' }).of('DE'),
      new Intl.Locale('de').maximize().toString(), Intl.getCanonicalLocales('EN-us'),
      Intl.supportedValuesOf('timeZone').length, 'I'.toLocaleLowerCase('tr'), new Date(0).toLocaleString('ja'),
    ],
    order: [[...new Map([[{}, 1], ['b', 2], [1, 3]]).values()], [...new Set([3, 1, 2])],
      Object.keys({ b: 1, 2: 1, a: 1, 1: 1 }), Reflect.ownKeys(class { static b() {} static a() {} })],
    errors: [deep(30), caught(() => null.x), caught(() => undefinedName), caught(() => JSON.parse('{')),
      caught(() => new Array(-1)), caught(() => [].reduce((a) => a)), caught(() => decodeURI('%')),
      caught(() => new URL('no')), caught(() => structuredClone(() => {})), caught(() => (1).toFixed(101)),
      caught(() => Symbol() + ''), caught(() => new Function('1')), (function f() { return f.toString(); })()],
    library: [new URL('http://a/?b#c').href, btoa('x'), [...new TextEncoder().encode('ä')], String(structuredClone(new Date()))],
    math: [Math.sin(1), Math.exp(1), Math.pow(2, 0.5), Math.tan(1e10), 0.1 + 0.2, 1e21 + '', (25).toString(36)],
    promise: await Promise.all([Promise.resolve(1), (async () => 2)(), { then: (done) => done(3) }]),
    globals: Object.getOwnPropertyNames(globalThis),
  };
`;

test('wall.deterministic: a step in two cells, at two times, gives the same bytes', async () => {
  const job = jobOf(BODY, { now: 1_700_000_000_123, seed: 42 });
  const seen: string[] = [];
  const pids = new Set<number>();
  for (let cell = 0; cell < 2; cell += 1) {
    const supervisor = realSupervisor();
    after(() => supervisor.close());
    for (let turn = 0; turn < 2; turn += 1) {
      const onStarted = ({ pid }: { readonly pid: number }): unknown => pids.add(pid);
      const outcome = await supervisor.run({ ...job, onStarted });
      assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
      seen.push(JSON.stringify([outcome.output, outcome.log]));
    }
  }
  assert.equal(pids.size, 2, 'two cells');
  const [first = '', ...others] = seen;
  for (const other of others) assert.equal(other, first);
  assert.ok(first.length > 5000);
  assert.doesNotMatch(
    first,
    /file:|node:|isolated.vm|dist\/|\/core\/|\/tmp\//,
    'no path of the host',
  );
});
