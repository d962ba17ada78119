import { styleText } from 'node:util';

/** What a text means to the reader, which decides its colour. */
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
