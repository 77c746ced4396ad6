// Ask functions for their callers and arguments: strict ones have neither.
const outer = async function (input, handles) {
  const escaped = [];
  const { read } = handles.path;
  const asked = { read, then: Promise.prototype.then, parse: JSON.parse, dateNow: Date.now, random: Math.random };
  const inner = function () {
    for (const [name, value] of Object.entries(asked)) {
      for (const key of ['caller', 'arguments', 'callee']) {
        try {
          if (value[key] !== undefined && value[key] !== null) escaped.push(`${name}.${key}`);
        } catch {}
      }
    }
    for (const key of ['caller', 'callee']) {
      try {
        if (arguments[key] !== undefined && arguments[key] !== inner) escaped.push(`arguments.${key}`);
      } catch {}
    }
    try {
      if (typeof inner.caller === 'function' && inner.caller !== outer) escaped.push('a caller above');
    } catch {}
  };
  // called back by the stub's own machinery
  await read({ get encoding() { inner(); return 'text'; } });
  await read({ encoding: 'text', toJSON() { inner(); return { encoding: 'text' }; } });
  [1].forEach(inner);
  return { escaped };
};
return outer(input, handles);
