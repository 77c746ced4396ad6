import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { TEMPLATES } from './template-texts.ts';

/**
 * Writes the templates and answers their paths.
 * @throws CommandFailure where one of them is there already; then none is written
 */
export const writeTemplate = (folder: string): readonly string[] => {
  const files = Object.entries(TEMPLATES).map(
    ([name, text]) => [join(folder, name), text] as const,
  );
  for (const [file] of files) {
    if (existsSync(file)) throw new CommandFailure(EXIT.failed, `\`${file}\` is there already`);
  }
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(file, text, { flag: 'wx' });
  return files.map(([file]) => file);
};
