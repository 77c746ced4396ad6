import { dirname } from 'node:path';
import { runSpawner } from '../../core/spawner/run-spawner.ts';

// A spawner for tests: `spawner-of.js MAIN` starts MAIN in place of the cell's own program.

const [main = ''] = process.argv.slice(2);
runSpawner({ main, weak: false, readable: [dirname(main)] });
