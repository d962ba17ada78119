import { expect, test } from '@jest/globals';
import { createHints } from '../../../gateway/ar24-webhooks/hints.ts';

test('a lookup that finds a remembered onboarding ended keeps what another lookup found meanwhile', async () => {
  const person = { accountId: '1001' };
  let open = 'before';
  let searches = 0;
  let late: Promise<number> | undefined;
  const hints = createHints({
    onboardings: {
      emailHashOf: (email) => `1.${email}`,
      openOf: (people) => {
        searches += 1;
        return Promise.resolve(people.map(() => [open]));
      },
      hint(references) {
        // Too late for this lookup, so it gets one of its own.
        if (open === 'now') late ??= hints.send(person);
        return Promise.resolve(references.filter((one) => one === open));
      },
    },
  });
  expect(await hints.send(person)).toBe(1);
  open = 'now';
  expect(await hints.send(person)).toBe(1);
  expect(await late).toBe(1);
  expect(searches).toBe(2);
});
