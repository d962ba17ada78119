/** The drill's side of shifted-clock.ts: one clock, for as many processes as it is given to. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../folder.ts';

const PRELOAD = new URL('./shifted-clock.ts', import.meta.url);

export interface Clock {
  /** For Node, to start a process by this clock. */
  readonly nodeOptions: readonly string[];
  /** Milliseconds that it goes before (or, negative, behind) the right time; heeded within 200 ms. */
  shiftTo(offsetMs: number): Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function makeClock(offsetMs: number): Promise<Clock> {
  const folder = await temporaryFolder('clock');
  const file = join(folder.path, 'offset');
  const preload = new URL(PRELOAD);
  preload.searchParams.set('file', file);
  const shiftTo = async (offset: number): Promise<void> => {
    // At once, so that nobody reads half of it.
    await writeFile(`${file}.new`, String(offset));
    await rename(`${file}.new`, file);
  };
  await shiftTo(offsetMs);
  return {
    nodeOptions: ['--import', preload.href],
    shiftTo,
    remove: folder.remove,
  };
}
