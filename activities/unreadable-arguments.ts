/**
 * Arguments that this worker cannot read, since it lacks a key. The SDK would fail such a try before the
 * activity knows of it, and the next one would take it for one that may have called AR24: it would hold
 * back a mail, or call a paid order lost, that was never sent. So the try begins, says that it sent
 * nothing, and fails; another one follows.
 */
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import type { CallFailure } from '../workflows/contract/index.ts';
import { passedOn } from './sends.ts';

const WHY = 'argumentsCannotBeRead';
const TYPE = 'ArgumentsUnreadable';

/** What stands in such an argument's place. */
export interface UnreadableArgument {
  readonly [WHY]: string;
}

/** @param why without personal data */
export function unreadableArgument(why: string): UnreadableArgument {
  return { [WHY]: why };
}

/** For the worker that calls AR24. */
export const refuseUnreadableArguments: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const why = input.args.map(whyUnreadable).find((one) => one !== undefined);
      if (why === undefined) return next(input);
      const { info } = context;
      const left: unknown = info.heartbeatDetails;
      // What cannot be read is left as it is, for who can.
      if (whyUnreadable(left) === undefined) context.heartbeat(passedOn(info.attempt, left));
      const nothingSent: CallFailure = { problem: 'unreachable', delivered: 'no' };
      throw ApplicationFailure.create({ type: TYPE, message: why, details: [nothingSent] });
    },
  },
});

function whyUnreadable(argument: unknown): string | undefined {
  const isOne = typeof argument === 'object' && argument !== null && WHY in argument;
  return isOne ? String(argument[WHY]) : undefined;
}
