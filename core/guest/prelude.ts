import { fixClocks } from './clock.ts';
import { refuseCodeFromText } from './code-from-text.ts';
import { harden } from './harden.ts';
import { plainBuffersOnly } from './plain-buffers.ts';
import { sweep } from './sweep.ts';

// The global object's own prototype is an empty relic of the embedder; the language's is enough.
Object.setPrototypeOf(globalThis, Object.prototype);

fixClocks();
plainBuffersOnly();
refuseCodeFromText();
harden(sweep());
