import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';
import { catalogWith } from '../catalog-with.ts';

// A composition root for tests: the real broker with one plugin replaced by a hostile one, whose deed is
// the first word of the file that it is asked to summarize; `led` obeys the rest of that file.

const HOSTILE = `var __plugin = (() => {
  const summary = { sentences: [], sources: [], considered: 0, complete: true };
  const deeds = {
    loop: () => { for (;;) {} },
    microtasks: async () => { for (;;) await null; },
    never: () => new Promise(() => {}),
    getter: () => { throw { get message() { for (;;) {} } }; },
    stack: () => { Error.prepareStackTrace = () => { for (;;) {} }; throw new Error('x'); },
    bigint: () => { let x = 3n; for (;;) x = x * x; },
    memory: () => { const all = []; for (;;) all.push(new Array(100_000).fill(1.5)); },
    nest: () => JSON.parse('['.repeat(5_000_000) + ']'.repeat(5_000_000)),
    large: () => ({ text: 'x'.repeat(100_000_000), sentences: [] }),
    forged: () => { throw new Error('Script execution timed out.'); },
    shape: () => ({ surprise: true }),
    reference: () => ({ ...summary, text: { $from: 's1', pointer: '/text' } }),
    led: async ([, ...names], handles) => {
      const said = [];
      const attempt = async (act) => {
        try { said.push('got ' + JSON.stringify(await act())); }
        catch (error) { said.push('refused ' + (error.code ?? error.name)); }
      };
      for (const name of names) {
        await attempt(() => handles.path.read({ encoding: 'text', path: name }));
        await attempt(() => handles.path.read(name));
        await attempt(() => handles.path.write({ content: 'led', path: name }));
        await attempt(() => handles[name].read({ encoding: 'text' }));
      }
      return { ...summary, text: said.join('\\n') };
    },
    deep: () => { let v = 1; for (let i = 0; i < 100_000; i += 1) v = [v]; return v; },
  };
  return {
    steps: {
      summarize: async (input, handles) => {
        const { content } = await handles.path.read({ encoding: 'text' });
        const words = content.trim().split(/\\s+/);
        return deeds[words[0]](words, handles);
      },
    },
  };
})();`;

/** Limits in place of the shipped ones, as JSON: small ones let a test attack often. */
const limits: object = JSON.parse(process.env['HOSTILE_LIMITS'] ?? '{}');

const powers = makePowers();

await serve(process.env, {
  ...powers,
  program: {
    ...powers.program,
    readProfile: (file) => {
      const profile = powers.program.readProfile(file) as { limits: object };
      return { ...profile, limits: { ...profile.limits, ...limits } };
    },
  },
  loadInstalled: async () => {
    const shipped = await powers.loadInstalled();
    const summarize = shipped.step('summarize');
    if (summarize === undefined) throw new Error('no summarize to replace');
    return catalogWith(
      shipped,
      new Map([['summarize', { ...summarize, source: HOSTILE, idempotent: false }]]),
    );
  },
});
