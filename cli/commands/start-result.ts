/** What came of a start, told, with the exit code that belongs to it. */
import type { SenderView, StartResult } from '../../client/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import type { Output } from '../output.ts';
import { inShort } from '../text/headline.ts';
import { outcomeWords } from '../text/outcome.ts';
import { expectReady } from '../watch/watch.ts';

/** @throws CommandError where the sender is not on the way that was asked for */
export function tellStart(result: StartResult, output: Output): void {
  const fine =
    result.kind === 'started' ||
    result.kind === 'open' ||
    (result.kind === 'ended' && result.ending.kind === 'ready');
  if (fine || output.json) output.result(result, () => startWords(result));
  if (!fine) throw new CommandError(startWords(result), EXIT.refused);
}

/**
 * What came of the waiting for the end. A program is told all of it, however it ended.
 *
 * @param view the last one; undefined where there was none yet
 * @throws CommandError unless the sender is ready
 */
export function tellWaited(
  result: StartResult,
  view: SenderView | undefined,
  output: Output,
): void {
  if (output.json || view?.outcome?.kind === 'ready') {
    const told = { ...result, view: view ?? null };
    output.result(told, () => (view === undefined ? '' : inShort(view, Date.now())));
  }
  expectReady(result.reference, view);
}

export function startWords(result: StartResult): string {
  const { reference } = result;
  switch (result.kind) {
    case 'started':
      return `${reference}: started; see it with: onboard watch ${reference}`;
    case 'open':
      return `${reference}: open already, and asked for the same; it goes on`;
    case 'open-differs':
      return (
        `${reference}: open already, and asked for something else, which was left as it is: ` +
        'use register or correct-address, or cancel it and start again'
      );
    case 'ended': {
      const ended = `${reference}: has ended already: ${outcomeWords(result.ending)}`;
      return result.ending.kind === 'ready' ? ended : `${ended}; --restart begins another one`;
    }
  }
}
