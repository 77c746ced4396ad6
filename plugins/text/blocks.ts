import { type Line, linesOf } from './lines.ts';

/** A stretch of prose: a paragraph, a list item without its marker, or one line of a quotation. */
export interface Block {
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** Where its first line stands, counted from 0. */
  readonly line: number;
  /** True where its beginning belongs to a sentence of an earlier block. */
  readonly continues: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}#{1,6}(\s|$)/;
const RULER = /^\s*([-=*_~#+])(\s*\1){2,}\s*$/;
const TABLE = /^\s*\||\|[^|]*\|/;
const TAG_ALONE = /^\s*<[^<>]*>\s*$/;
const IMAGE = /^\s*\[?!\[/;
const LINK_TARGET = /^ {0,3}\[[^\]]+\]:\s/;
const INDENTED_CODE = /^( {4}|\t)/;
const QUOTATION = /^ {0,3}(?:>\s?)+/;
const ITEM =
  /^\s*(?:[-*+\u2022]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|[a-z]\.(?=\s+["'(]?[A-Z])|\([ivx]{1,5}\))\s+/;
/** The settings at the top of a Markdown file. */
const FRONT_MATTER = /^---[ \r]*\n(?:.*\n){0,100}?---[ \r]*(?:\n|$)/;

/**
 * The prose of a text, in order, one after another: a text of nothing but the shortest blocks must not fill a
 * guest's memory. Headings, code, tables, rulers, images and tags are no prose; neither are
 * the markers of lists and quotations, which lie between the blocks and never inside one.
 */
export function* blocksOf(
  text: string,
  { markdown }: { readonly markdown: boolean },
): Generator<Block, void> {
  const closed: Block[] = [];
  let open: (Block & { readonly lines: number }) | undefined;
  let fence: string | undefined;
  let afterBlank = true;
  let quoted: string | undefined;

  const close = (): void => {
    if (open !== undefined) closed.push(open);
    open = undefined;
  };
  const begin = (line: Line, index: number, skip: number, continues = false): void => {
    close();
    open = { start: line.start + skip, end: line.end, line: index, continues, lines: 1 };
  };

  const settings = FRONT_MATTER.exec(text)?.[0].length ?? 0;
  let index = -1;
  for (const line of linesOf(text)) {
    index += 1;
    if (line.start < settings) continue;
    const mark = FENCE.exec(line.text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      continue;
    }
    const quotation = QUOTATION.exec(line.text)?.[0].length;
    const earlier = quoted;
    quoted = quotation === undefined ? undefined : line.text.trimEnd();
    const item = ITEM.exec(line.text)?.[0].length;
    const isBlank = line.text.trim() === '';
    if (mark !== undefined) {
      close();
      fence = mark;
    } else if (RULER.test(line.text)) {
      // A ruler under one line makes a heading of it.
      if (open?.lines !== 1) close();
      open = undefined;
    } else if (isBlank || isNoProse(line.text) || (markdown && afterBlank && isCode(line.text))) {
      close();
    } else if (quotation !== undefined) {
      // The marks of a quotation stand between its lines, so no sentence may reach over a line end.
      const continues = earlier !== undefined && !/[.!?:][^\p{L}]*$/u.test(earlier.slice(-40));
      begin(line, index, quotation, continues);
    } else if (item !== undefined) begin(line, index, item);
    else if (open === undefined || earlier !== undefined) begin(line, index, 0);
    else open = { ...open, end: line.end, lines: open.lines + 1 };
    afterBlank = isBlank || (afterBlank && isCode(line.text));
    yield* closed.splice(0);
  }
  close();
  yield* closed;
}

const isNoProse = (line: string): boolean =>
  [HEADING, TABLE, TAG_ALONE, IMAGE, LINK_TARGET].some((pattern) => pattern.test(line));

const isCode = (line: string): boolean => INDENTED_CODE.test(line) && !ITEM.test(line);
