import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';

/** A manifest's text as it is edited: comments and order stay, and each edit makes another text. */
export interface ManifestDocument {
  readonly text: string;
  edited(edits: readonly Edit[]): ManifestDocument;
}

/** A value to set, or a place to remove; an object or list that becomes empty goes too. */
export interface Edit {
  readonly path: DocumentPath;
  readonly value?: string | number;
}

/** The text was read by the strict parser before: here it is only changed. */
export const manifestDocument = (text: string): ManifestDocument =>
  Object.freeze<ManifestDocument>({
    text: parsed(text).toString({ lineWidth: 0 }),
    edited: (edits) => {
      const document = parsed(text);
      for (const { path, value } of edits) {
        if (value === undefined) remove(document, path);
        else document.setIn(path, value);
      }
      return manifestDocument(document.toString({ lineWidth: 0 }));
    },
  });

const parsed = (text: string): Document =>
  parseDocument(text, { version: '1.2', schema: 'core', merge: false, logLevel: 'silent' });

const remove = (document: Document, path: DocumentPath): void => {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  const parent = path.slice(0, -1);
  const holder: unknown = parent.length === 0 ? undefined : document.getIn(parent, true);
  if ((isMap(holder) || isSeq(holder)) && holder.items.length === 0) remove(document, parent);
};
