import { fileURLToPath } from 'node:url';
import { runSpawner } from '../../core/spawner/run-spawner.ts';

// A spawner of owned cells for tests: `owned-spawner.js FOLDER` lets them read the folder until they are locked.

const [folder = ''] = process.argv.slice(2);
const main = fileURLToPath(new URL('../../core/cell/owned.js', import.meta.url));
runSpawner({ main, weak: false, readable: [folder] });
