/** What one name is on disk: a link and where it leads, another thing, nothing, or not to be told. */
export type NameFacts =
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' };

/** Looks at a name itself and not at what it points to. */
export type LookAtName = (path: string) => Promise<NameFacts>;

const MOST_LINKS = 255;

/**
 * An absolute clean path with the links of its deepest existing prefix followed; undefined where a name cannot
 * be looked at. A link that leads nowhere stays as it is (wire contract section 32.18).
 * @param root a folder that stands for `/`, in tests; nothing leads out of it
 */
export const resolvePath = async (
  path: string,
  look: LookAtName,
  root = '',
): Promise<string | undefined> => {
  const names = path.split('/').filter((name) => name !== '');
  let resolved: readonly string[] = [];
  let links = 0;
  for (const [index, name] of names.entries()) {
    const found = await follow(name);
    if (found === 'unreadable') return undefined;
    if (found === 'missing') return toPath([...resolved, ...names.slice(index)]);
    resolved = found;
  }
  return toPath(resolved);

  async function follow(
    name: string,
  ): Promise<readonly string[] | Exclude<NameFacts['kind'], 'link' | 'other'>> {
    const waiting = [name];
    let here = resolved;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (next === '..') {
        here = here.slice(0, -1);
        continue;
      }
      const facts = await look(root + toPath([...here, next]));
      if (facts.kind === 'missing' || facts.kind === 'unreadable') return facts.kind;
      if (facts.kind === 'other') {
        here = [...here, next];
        continue;
      }
      links += 1;
      if (links > MOST_LINKS) return 'unreadable';
      if (facts.target.startsWith('/')) here = [];
      waiting.unshift(...facts.target.split('/').filter((part) => part !== '' && part !== '.'));
    }
    return here;
  }
};

const toPath = (names: readonly string[]): string => `/${names.join('/')}`;
