// Hide what a filter of text would look for. There is no filter: what is reached counts, not what is written.
<!-- an old comment hides a line
const escaped = [];
const { content } = await handles.path.read({ encoding: 'text' });
const got = (name, value) => { if (value !== undefined) escaped.push(name); };
got('escaped identifier', typeof \u0065val === 'undefined' ? undefined : \u0065val);
got('computed key', globalThis['pro' + 'cess']);
got('template', globalThis[`${'req'}uire`]);
got('tagged', ((strings) => globalThis[strings.raw[0].replace('-', '')])`pro-cess`);
got('unicode key', globalThis['\x70rocess']);
with (globalThis) got('with', typeof process === 'undefined' ? undefined : process);
with ({ get process() { return undefined; } }) got('with getter', process);
await import /* x */ ('node:fs').then(() => escaped.push('import'), () => {});
await import
('node:fs').then(() => escaped.push('import over lines'), () => {});
got('this', (function () { return this.process; })());
got('arguments', (function () { return arguments.callee.caller; })() ?? undefined);
label: for (const name of ['constructor']) {
  try { got('constructor', (0, content[name][name])('return this')()); } catch { continue label; }
}
return { escaped, content };
