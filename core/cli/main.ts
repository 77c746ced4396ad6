#!/usr/bin/env node
// The bin. It looks at its own Node before it imports anything: an older one would fail on the first
// import with an error that says nothing about the cause.
const NEEDED_NODE = 26;
const major = Number(process.versions.node.split('.')[0]);

if (major < NEEDED_NODE) {
  process.stderr.write(
    `secai-agent needs node ${NEEDED_NODE} or newer, this is ${process.versions.node}\n` +
      'run it from the package as `npm run -s secai-agent -- ...`, which uses the packaged node,\n' +
      'or as `node_modules/.bin/node dist/core/cli/main.js ...`\n',
  );
  process.exitCode = 1;
} else {
  if (process.argv[2] === 'serve') {
    // It replaces itself anyway: before the rest of the program is loaded, that costs least.
    const { becomeBroker } = await import('./become-broker.ts');
    becomeBroker();
  }
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
}

export {};
