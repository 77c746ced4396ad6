import { constants, DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import type { IndexRequest } from './index-messages.ts';
import { makeIndexServer } from './index-server.ts';

// Thread entry. The texts in here come from files that an attacker may have written, the terms from a
// guest. Neither becomes SQL or FTS5 syntax; the connection holds no file, attaches none, loads no
// extension, keeps its temporary data in memory, and cannot grow past its pages.
const PAGES = 65_536;

const openDatabase = (): DatabaseSync => {
  const db = new DatabaseSync(':memory:', {
    allowExtension: false,
    defensive: true,
    enableDoubleQuotedStringLiterals: false,
    enableForeignKeyConstraints: false,
  });
  db.exec(
    `PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA max_page_count = ${PAGES}`,
  );
  db.setAuthorizer((action) =>
    action === constants.SQLITE_ATTACH ? constants.SQLITE_DENY : constants.SQLITE_OK,
  );
  return db;
};

const serve = makeIndexServer(openDatabase);
const port = parentPort;
port?.on('message', (request: IndexRequest) => port.postMessage(serve(request)));
