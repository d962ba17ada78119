import { styleText } from 'node:util';
import { printable } from '../../worker/printable.ts';

/** The meaning of a text, which decides its colour. */
export type Tone = 'plain' | 'quiet' | 'strong' | 'good' | 'bad' | 'todo';

const FORMATS = {
  quiet: 'dim',
  strong: 'bold',
  good: 'green',
  bad: 'red',
  todo: 'yellow',
} as const satisfies Readonly<Record<Exclude<Tone, 'plain'>, Parameters<typeof styleText>[0]>>;

/** Coloured where standard output is a terminal and the environment (NO_COLOR) allows it. */
export function paint(tone: Tone, text: string): string {
  return tone === 'plain' || text === '' ? text : styleText(FORMATS[tone], text);
}

/** A text of others made safe for a terminal: no colours, no cursor moves, one line. */
export function plain(text: string): string {
  return printable(text).replace(/[\n\t]/g, '\uFFFD');
}
