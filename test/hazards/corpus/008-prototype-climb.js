// Climb from every injected object by its prototypes: the end is this realm's Object.prototype, then null.
export default async (input, handles) => {
  const escaped = [];
  let climbed = 0;
  for (const name of [
    '__lookupGetter__',
    '__lookupSetter__',
    '__defineGetter__',
    '__defineSetter__',
    '__proto__',
  ]) {
    if (name in Object.prototype || name in handles.path.read) escaped.push(name);
  }
  const reply = handles.path.read({ encoding: 'text' });
  const failure = await handles.path.read({ encoding: 'evil' }).catch((error) => error);
  for (const [name, value] of Object.entries({
    input,
    handles,
    path: handles.path,
    read: handles.path.read,
    reply,
    failure,
    answer: await reply,
    globalThis,
  })) {
    const chain = [];
    for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
      chain.push(at);
      climbed += 1;
      if (chain.length > 10) {
        escaped.push(`${name}: endless`);
        break;
      }
    }
    const last = chain.at(-1);
    // handles have no prototype at all
    if (last !== Object.prototype && last !== value) escaped.push(`${name}: ends elsewhere`);
    if (value.__proto__ !== undefined) escaped.push(`${name}.__proto__`);
  }
  return { escaped, climbed };
};
