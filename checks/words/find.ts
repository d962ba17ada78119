/** Finds the words of list.ts in a file: in comments and printed texts of code, and in Markdown. */
import ts from 'typescript';
import { ALLOWED, WORDS } from './list.ts';

export interface WordFinding {
  /** From 1 on. */
  readonly line: number;
  readonly word: string;
  readonly better: string;
}

/** A part of a file, with its offset. */
interface Piece {
  readonly at: number;
  readonly text: string;
}

/** Each pattern finds whole words only, and no part of a name such as `left-behind.ts` or `not-told`. */
const PATTERNS = WORDS.map(({ word, better }) => ({
  pattern: new RegExp(`(?<![\\w./-])(?:${word.source})(?![\\w-]|\\.\\w)`, 'gi'),
  better,
}));

/** @param path relative to the project's folder, with `/` */
export function wordsIn(path: string, content: string): readonly WordFinding[] {
  const allowed = ALLOWED.filter((one) => one.path === path);
  const lines = content.split('\n');
  const pieces = path.endsWith('.md') ? [proseIn(content)] : proseInCode(path, content);
  return pieces
    .flatMap(({ at, text }) =>
      PATTERNS.flatMap(({ pattern, better }) =>
        [...text.matchAll(pattern)].map(({ 0: word, index }) => ({
          line: content.slice(0, at + index).split('\n').length,
          word,
          better,
        })),
      ),
    )
    .filter(({ line }) => !allowed.some(({ text }) => lines[line - 1]?.includes(text)))
    .sort((one, other) => one.line - other.line);
}

/** Markdown without its blocks of code. */
function proseIn(markdown: string): Piece {
  const text = markdown.replaceAll(/^( *)```[^]*?^\1```/gm, (block) => block.replaceAll(/./g, ' '));
  return { at: 0, text };
}

function proseInCode(path: string, content: string): readonly Piece[] {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest);
  const comments = new Map<number, Piece>();
  const texts: Piece[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    // Around every token, so that no comment is missed, and nothing in a text or a pattern taken for one.
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(content, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(content, node.getEnd()) ?? []),
    ]) {
      comments.set(pos, { at: pos, text: content.slice(pos, end) });
    }
    if (isText(node)) {
      const at = node.getStart(source);
      // An escape such as `\n` would join with the word after it.
      const text = content.slice(at, node.getEnd()).replaceAll(/\\[a-z]/g, '  ');
      // A text without a space is a name, for machines.
      if (/\S\s\S/.test(text)) texts.push({ at, text });
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return [...comments.values(), ...texts];
}

/** The literals of which printed texts are made. */
function isText(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}
