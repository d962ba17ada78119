import { readFile } from 'node:fs/promises';

/** The end of a log, for a message; empty when there is no log. */
export async function lastLines(file: string, count: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
