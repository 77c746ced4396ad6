// Written by `plugin new`, and then the author's to change.

/** The files of a new plugin by name, but for its types, which are made of the manifest. */
export const templateTexts = (id: string): Readonly<Record<string, string>> => {
  const tool = `${id.replaceAll('-', '_')}.count_lines`;
  return {
    'manifest.yaml': manifest(id, tool),
    'index.ts': module(tool),
    'cases.yaml': cases(tool),
    'README.md': readme(id, tool),
    'docs/usage.md': usage(tool),
  };
};

const manifest = (
  id: string,
  tool: string,
): string => `# The only place where this plugin's power is written.
id: ${id}
version: 0.1.0
title: Line counter
description: Counts the lines and words of a text file.
license: Apache-2.0
authors: [You]
tools:
  ${tool}:
    description: Counts the lines and words of one file.
    reversibility: read-only
    idempotent: true
    profile: vetting
    input:
      type: object
      additionalProperties: false
      required: [path]
      properties:
        # x-capability: the task names a file, and this tool gets a handle that reads just that file.
        path: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.read }
    output:
      type: object
      additionalProperties: false
      required: [lines, words]
      properties:
        lines: { type: integer, minimum: 0 }
        words: { type: integer, minimum: 0 }
    examples:
      - title: Count the lines of a note.
        input: { path: user_docs/note.md }
`;

const module = (tool: string): string => `import type { Tools } from './types.d.ts';

// Input and output are as the manifest says; \`path\` is a handle on the one file that the task names. Nothing else
// reaches the world: no files, no network, and the clock stands still.
export const tools: Tools = {
  '${tool}': async (_input, { path }) => {
    const { content } = await path.read({ encoding: 'text' });
    const lines = content.split('\\n');
    if (lines.at(-1) === '') lines.pop();
    const words = content.split(/\\s+/).filter((word) => word !== '');
    return { lines: lines.length, words: words.length };
  },
};
`;

const cases = (
  tool: string,
): string => `# Each case runs in a real cell; its files are all that there is.
cases:
  - name: counts lines and words
    run: ${tool}
    input: { path: user_docs/note.md }
    files:
      user_docs/note.md: |
        one two
        three
    expect:
      output: { lines: 2, words: 3 }
  - name: counts nothing in an empty file
    run: ${tool}
    input: { path: user_docs/empty.md }
    files: { user_docs/empty.md: "" }
    expect:
      output: { lines: 0, words: 0 }
  - name: says that there is no such file
    run: ${tool}
    input: { path: user_docs/missing.md }
    expect:
      error: not_available
`;

const readme = (id: string, tool: string): string => `# ${id}

\`${tool}\` counts the lines and words of the one file that a task names. It reads that file and nothing else.

| file            | what it is                                                        |
| --------------- | ----------------------------------------------------------------- |
| \`manifest.yaml\` | what it offers and asks for: the only place where power is written |
| \`index.ts\`      | the code                                                          |
| \`types.d.ts\`    | made of the manifest by \`secai-agent plugin types .\`             |
| \`cases.yaml\`    | what must come out of which call                                  |
| \`docs/\`         | goes into the package, for who uses it                            |
`;

const usage = (tool: string): string => `# Usage

Name \`${tool}\` and a file: \`{ "path": "user_docs/note.md" }\`. The answer is \`{ "lines": 2, "words": 3 }\`.
`;
