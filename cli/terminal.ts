/**
 * All output of a command passes this guard: it holds texts of AR24, of senders and of other programs, and
 * none of them may control the terminal.
 */
import { styleText } from 'node:util';
import { printable } from '../worker/printable.ts';

/** The colours of `paint`. */
const OUR_COLOURS = /(\u001b\[(?:[12]|22|3[123]|39)m)/u;
type Write = NodeJS.WriteStream['write'];

const unguarded = new WeakMap<NodeJS.WritableStream, Write>();

/** Guards standard output and standard error from now on. */
export function guardTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    unguarded.set(stream, write);
    stream.write = (chunk: string | Uint8Array, ...others: []) =>
      write(safe(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()), ...others);
  }
}

/** Removes control characters; keeps our own colours, where colours are wanted. */
export function safe(text: string): string {
  const coloured = styleText('bold', 'x') !== 'x';
  const parts = coloured ? text.split(OUR_COLOURS) : [text];
  return parts.map((part, at) => (at % 2 === 1 ? part : printable(part))).join('');
}

/** The unguarded stream, for a library that moves the cursor: its texts have to be `safe`. */
export function drawable<S extends NodeJS.WritableStream>(stream: S): S {
  const write = unguarded.get(stream);
  if (write === undefined) return stream;
  return Object.create(stream, { write: { value: write } }) as S;
}
