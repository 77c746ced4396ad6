// Reach an inspector: stop in it, talk through a console's channel, find its globals.
export default async () => {
  const escaped = [
    'inspector',
    'debug',
    'undebug',
    'monitor',
    'inspect',
    'copy',
    'queryObjects',
    '$_',
    'profile',
  ].filter((name) => name in globalThis);
  debugger;
  for (const key of Reflect.ownKeys(globalThis.console ?? {})) {
    if (/^(profile|timeStamp|context|memory|_)/.test(String(key)))
      escaped.push(`console.${String(key)}`);
  }
  for (let index = 0; index < 3; index += 1) debugger;
  return { escaped, went: 'on' };
};
