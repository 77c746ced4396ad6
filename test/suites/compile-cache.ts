import { enableCompileCache } from 'node:module';

// Loaded into each test process before its file, with the folder in our own name: `?/tmp/…`. By a call and not by
// NODE_COMPILE_CACHE, so that no process that a test starts inherits it: the program itself never reads compiled code that
// somebody else could have written.

enableCompileCache(decodeURIComponent(new URL(import.meta.url).search.slice(1)));
