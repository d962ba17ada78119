import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY, mailAgainFrom, mailsToRepeat } from '../../workflows/contract/index.ts';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import { detailsOf } from '../../workflows/show/details.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { rejectRemind } from '../../workflows/state/rejections.ts';
import { repeatable } from '../../workflows/state/remindable.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import { draws } from '../support/draws.ts';
import { onboardingRequest } from '../support/people.ts';
import { anyEvent } from './any-event.ts';

const PARAMETERS = { numRuns: draws(20_000), maxSkipsPerRun: 0 } as const;
const start = {
  request: onboardingRequest(),
  accessRequestedBefore: false,
  emailHashes: ['1.own'],
  identityOrderedBefore: false,
  policy: DEFAULT_POLICY,
};

test('any events, in any order and shape, can be reduced, planned for and shown', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 16 }), (events) => {
      let sender = newSender(start, 0);
      const surplusVersions: number[] = [];
      const wakeUps: number[] = [];
      const details: string[] = [];
      for (const event of events) {
        const next = reduce(sender, event);
        surplusVersions.push(next.meta.version - sender.meta.version - (next === sender ? 0 : 1));
        sender = next;
        plan(sender, event.at);
        const { soon, later } = wakeAt(sender, event.at);
        wakeUps.push(soon ?? 0, later ?? 0);
        details.push(detailsOf(viewOf(sender, event.at)));
      }
      expect(surplusVersions.filter((surplus) => surplus !== 0)).toEqual([]);
      expect(wakeUps.filter(Number.isNaN)).toEqual([]);
      expect(details.join()).not.toContain('undefined');
      // Temporal carries it from run to run as JSON.
      expect(JSON.parse(JSON.stringify(sender))).toEqual(sender);
    }),
    PARAMETERS,
  );
});

test('a view says which mails can be repeated, and from when, as the workflow decides it', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
      let sender = newSender(start, 0);
      for (const event of events) {
        sender = reduce(sender, event);
        const view = viewOf(sender, event.at);
        expect(mailsToRepeat(view)).toEqual(sender.outcome ? [] : repeatable(sender));
        const from = mailAgainFrom(view);
        const isAccepted = rejectRemind(sender, event.at) === null;
        expect(from !== null && event.at >= from).toBe(isAccepted);
      }
    }),
    { ...PARAMETERS, numRuns: draws(5_000) },
  );
});

test('an outcome does not change with later events', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
      const left = { accessRequested: true, identityOrdered: false } as const;
      const outcome = { kind: 'refused', by: 'the holder', ...left } as const;
      const ended = reduce(newSender(start, 0), { kind: 'finished', outcome, at: 0 });
      expect(events.reduce(reduce, ended)).toBe(ended);
    }),
    { ...PARAMETERS, numRuns: draws(5_000) },
  );
});
