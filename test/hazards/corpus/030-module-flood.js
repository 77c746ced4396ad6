// Flood the resolver: huge specifiers, ten thousand of them, ones that throw or re-enter while they are read.
export default async () => {
  const escaped = [];
  let refused = 0;
  const attempt = async (specifier) => {
    try {
      await import(specifier);
      escaped.push('loaded');
    } catch (error) {
      refused += 1;
      if (error instanceof Error && error.message.length > 100_000) escaped.push('a huge message');
    }
  };
  await attempt('x'.repeat(10_000_000));
  await attempt({
    toString() {
      throw new Error('while it is read');
    },
  });
  await attempt({
    toString() {
      import('re-entered').catch(() => {});
      return 'again';
    },
  });
  await attempt(Symbol('x'));
  const all = [];
  for (let index = 0; index < 10_000; index += 1) all.push(attempt(`./cycle-${index % 100}.js`));
  await Promise.all(all);
  return { escaped, refused };
};
