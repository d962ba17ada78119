/** Two events about one person, at the same time. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../../client/index.ts';
import { act, type Acting } from '../../../gateway/events/act.ts';
import { createMailBudget } from '../../../gateway/mail-budget.ts';
import { HASH_KEY, useDevelopmentServer } from '../../client/development-server.ts';
import { aReference, anAddress, reaches } from '../../client/onboardings.ts';
import { eventually } from '../../support/eventually.ts';

const here = useDevelopmentServer();
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await here.startWorker();
});

afterAll(() => stopWorker());

test.each([
  { what: 'another address', isSame: false },
  { what: 'the same address', isSame: true },
])(
  'a correction that loses the race against a start with $what is reported',
  async ({ isSame }) => {
    const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
    const [reference, email] = [aReference(), anAddress()];
    const asOf = new Date();
    const otherwise = { reference, email, emailVerified: true };
    const start = { ...otherwise, email: isSame ? email : anAddress() };
    const racing: Acting['onboardings'] = {
      mails: onboardings.mails,
      newestRun: (one) => onboardings.newestRun(one),
      accept: (...claim) => onboardings.accept(...claim),
      eraseByEvent: (...erasure) => onboardings.eraseByEvent(...erasure),
      hint: (...hint) => onboardings.hint(...hint),
      withdraw: (...withdrawal) => onboardings.withdraw(...withdrawal),
      reportAddress: (...report) => onboardings.reportAddress(...report),
      async start(...request) {
        await onboardings.start(start, { addressAsOf: new Date(asOf.getTime() - 2_000) });
        return onboardings.start(...request);
      },
    };
    const budget = createMailBudget({ onboardings, perDay: 1, onRefused: () => undefined });
    const correction = { report: { ...otherwise, asOf }, otherwise } as const;
    const origin = { by: 'event:clerk', eventId: 'one' };
    const acting = { onboardings: racing, budget };
    expect(await act(acting, { kind: 'correct', ...correction }, origin)).toBe('address reported');
    // Its time counts too: an event from before it changes nothing any more.
    const between = new Date(asOf.getTime() - 1_000);
    await onboardings.reportAddress(reference, {
      email: anAddress(),
      emailVerified: false,
      asOf: between,
    });
    await reaches(onboardings, reference, 'awaiting-registration');
    const key = await eventually(
      'corrected',
      () => onboardings.mails.keyOf(reference),
      (hash) => hash === onboardings.emailHashOf(email),
    );
    expect(key).toBeDefined();
    expect(await budget.take(onboardings.mails.keyOfAddress(email), 'next')).toBeUndefined();
  },
);
