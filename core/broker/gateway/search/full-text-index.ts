import type { FoundRow, IndexedFile } from './index-messages.ts';
import { matchExpression } from './match-expression.ts';
import { passages } from './passages.ts';
import type { Passage } from './search-answer.ts';

/** The little of node:sqlite that an index uses. */
export interface IndexStatement {
  run(...values: readonly (string | number)[]): unknown;
  get(...values: readonly (string | number)[]): Record<string, unknown> | undefined;
  all(...values: readonly (string | number)[]): readonly Record<string, unknown>[];
}
export interface IndexDatabase {
  exec(sql: string): void;
  prepare(sql: string): IndexStatement;
  close(): void;
}
export type OpenDatabase = () => IndexDatabase;

export interface FullTextIndex {
  /** Drops rows, then adds files; all of it or nothing. */
  change(drop: readonly number[], put: readonly IndexedFile[]): void;
  /** The best rows by BM25 (k1 1.2, b 0.75), equal scores by name in code point order. */
  find(terms: readonly string[], limit: number): readonly FoundRow[];
  close(): void;
}

/** Text that one query may scan for passages: what bounds its time. Hits beyond it come without any. */
const PASSAGE_CHARACTERS = 16 * 1024 * 1024;

/** One folder's index: a database of its own, so that ranking knows no other folder and closing frees all. */
export const makeFullTextIndex = (open: OpenDatabase): FullTextIndex => {
  const db = open();
  db.exec(`CREATE VIRTUAL TABLE files
    USING fts5(name, body, tokenize = 'unicode61 remove_diacritics 2')`);
  db.exec('CREATE VIRTUAL TABLE terms USING fts5vocab(files, row)');
  const insert = db.prepare('INSERT INTO files(rowid, name, body) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM files WHERE rowid = ?');
  const select = db.prepare(
    `SELECT rowid AS id, bm25(files) AS score FROM files WHERE files MATCH ?
     ORDER BY score, name LIMIT ?`,
  );
  const bodyOf = db.prepare('SELECT body FROM files WHERE rowid = ?');
  const total = db.prepare('SELECT count(*) AS n FROM files');
  const holding = db.prepare('SELECT doc AS n FROM terms WHERE term = ?');

  // A term that few files hold tells more about a passage than one that all of them do.
  const weightsOf = (terms: readonly string[]): ReadonlyMap<string, number> => {
    const files = count(total.get());
    return new Map(
      terms.map((term) => {
        const n = count(holding.get(term));
        return [term, Math.log(1 + (files - n + 0.5) / (n + 0.5))] as const;
      }),
    );
  };

  return Object.freeze({
    change: (drop: readonly number[], put: readonly IndexedFile[]) => {
      db.exec('BEGIN');
      try {
        for (const row of drop) remove.run(row);
        for (const file of put) insert.run(file.row, file.name, file.body);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    find: (terms: readonly string[], limit: number) => {
      if (terms.length === 0) return [];
      const weights = weightsOf(terms);
      let characters = PASSAGE_CHARACTERS;
      const passagesOf = (row: number): readonly Passage[] => {
        const { body = '' } = bodyOf.get(row) ?? {};
        const text = String(body);
        characters -= text.length;
        return characters < 0 ? [] : passages(text, terms, { weights });
      };
      return select.all(matchExpression(terms), limit).map(({ id, score }) => {
        const row = Number(id);
        return { row, score: -Number(score), passages: passagesOf(row) };
      });
    },
    close: () => db.close(),
  });
};

const count = (found: Record<string, unknown> = {}): number => {
  const { n = 0 } = found;
  return Number(n);
};
