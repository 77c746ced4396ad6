import { report } from './report.ts';
import { summarize } from './summarize.ts';

export const steps = { summarize, report };
