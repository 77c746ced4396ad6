#!/usr/bin/env node
// Be a module where a script stands: a `then` export, live bindings, names that imitate the host's, and text that closes the wrapper.
//# sourceURL=file:///usr/lib/secai/core/broker/main/entry.js
//# sourceMappingURL=file:///etc/passwd
export const escaped = [];
export let live = 'first';
export function then(resolve) {
  escaped.push('the then of a module');
  resolve({ escaped });
}
export { live as changing, escaped as default$ };

const wrapped = () => {
  const found = [];
  // The variables of whatever is around this text.
  for (const name of ['__default', 'load', 'value', 'input', 'handles', 'door', 'ask', 'host', 'call', 'settle', 'run', '$0', 'applyHost', 'evaluate', 'libraryText', 'module', 'exports', 'require', '__filename', '__dirname']) {
    try {
      const seen = new Function(`return typeof ${name}`)();
      if (seen !== 'undefined') found.push(`${name} as a global: ${seen}`);
    } catch {}
  }
  return found;
};

const frames = () => {
  try {
    null.x;
  } catch (error) {
    return String(error.stack);
  }
};

export default async (input, handles) => {
  escaped.push(...wrapped());
  const text = frames();
  if (/node:|isolated|\/core\/guest|\/dist\//.test(text)) escaped.push('frames of the host');
  live = 'second';
  for (const meta of ['import.meta.url', 'import.meta', 'new.target']) {
    try {
      const seen = new Function(`return ${meta}`)();
      if (seen !== undefined) escaped.push(meta);
    } catch {}
  }
  for (const specifier of ['node:fs', 'fs', 'file:///etc/passwd', 'data:text/javascript,export{}', 'isolated-vm', './door.js']) {
    try {
      await import(specifier);
      escaped.push(`import of ${specifier}`);
    } catch {}
  }
  // The entry was read once: another step of this name comes too late.
  try {
    globalThis.__plugin.steps.attack = () => ({ escaped: ['an entry changed after it was read'] });
  } catch {}
  return { escaped, live, named: text.split('\n').slice(1).length };
};
