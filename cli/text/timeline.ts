/** What happened so far, a line each. */
import type { TimelineEntry } from '../../client/index.ts';
import { paint } from './colour.ts';
import { tellHappening } from './happening.ts';
import { toTheSecond } from './time.ts';

/** The same thing many times in a row, such as a flood of hints, is one line. */
export function timelineLines(entries: readonly TimelineEntry[]): readonly string[] {
  const lines: { readonly at: string; readonly told: Told; times: number }[] = [];
  for (const { at, what } of entries) {
    const told = tellHappening(what);
    const last = lines.at(-1);
    if (last?.told.text === told.text) last.times++;
    else lines.push({ at, told, times: 1 });
  }
  return lines.map(({ at, told: { text, tone }, times }) => {
    const often = times > 1 ? ` (${times} times)` : '';
    return `${paint('quiet', toTheSecond(at))}  ${paint(tone, text + often)}`;
  });
}

type Told = ReturnType<typeof tellHappening>;
