/** An element of a document without mixed content, comments, namespaces or references to files. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const TAG = /^<(\/?)([a-z][a-z-]*)((?:\s+[a-z][a-z-]*="[^"<]*")*)\s*(\/?)>/;

/** A strict reader of the XML that a report may have. @throws Error at the first sign that does not belong */
export const parseXml = (text: string): XmlElement => {
  const illegal = /(?![\t\n\r])\p{Cc}|[\ud800-\udfff\ufffe\uffff]/u.exec(text);
  if (illegal !== null) throw new Error(`an illegal sign at ${illegal.index}`);
  let rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (rest === text) throw new Error('no declaration');

  const element = (): XmlElement => {
    const [whole = '', slash, name = '', attributes = '', empty] = TAG.exec(rest) ?? [];
    if (name === '' || slash !== '') throw new Error(`expected a start tag: ${rest.slice(0, 80)}`);
    rest = rest.slice(whole.length);
    const own = new Map<string, string>();
    for (const [, key = '', value = ''] of attributes.matchAll(/([a-z-]+)="([^"]*)"/g)) {
      if (own.has(key)) throw new Error(`\`${key}\` twice`);
      own.set(key, resolved(value));
    }
    const children: XmlElement[] = [];
    let content = '';
    while (empty === '') {
      const until = rest.indexOf('<');
      if (until < 0) throw new Error(`\`${name}\` does not end`);
      content += resolved(rest.slice(0, until));
      rest = rest.slice(until);
      if (!rest.startsWith('</')) children.push(element());
      else {
        if (!rest.startsWith(`</${name}>`)) throw new Error(`\`${name}\` ends with another tag`);
        rest = rest.slice(name.length + 3);
        break;
      }
    }
    return { name, attributes: own, children, text: content };
  };
  const root = element();
  if (rest.trim() !== '') throw new Error('something behind the root');
  return root;
};

const resolved = (text: string): string => {
  if (/[<>]/.test(text)) throw new Error('a bare bracket');
  return text.replace(/&([^;]*;?)/g, (reference, body: string) => {
    const sign = body.endsWith(';') ? ENTITIES.get(body.slice(0, -1)) : undefined;
    if (sign === undefined) throw new Error(`\`${reference}\` is no reference`);
    return sign;
  });
};
