import { report } from './report.ts';
import { summarize } from './summarize.ts';
import type { Steps } from './types.d.ts';

export const steps: Steps = { summarize, report };
