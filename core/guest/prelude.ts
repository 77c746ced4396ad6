import { fixClocks } from './clock.ts';
import { refuseCodeFromText } from './code-from-text.ts';
import { harden, lockGlobal } from './harden.ts';
import { installLibrary } from './install-library.ts';
import { PERMITS } from './permits.ts';
import { plainBuffersOnly } from './plain-buffers.ts';
import { sweep } from './sweep.ts';
import { findUnnamed } from './unnamed.ts';

// The global object's own prototype is an empty relic of the embedder; the language's is enough.
Object.setPrototypeOf(globalThis, Object.prototype);

fixClocks();
plainBuffersOnly();
refuseCodeFromText();
const realm = sweep(PERMITS, findUnnamed());
harden(realm);
installLibrary(realm);
lockGlobal();
