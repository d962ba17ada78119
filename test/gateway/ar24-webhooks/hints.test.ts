import { expect, test } from '@jest/globals';
import { createHints } from '../../../gateway/ar24-webhooks/hints.ts';

test('two that find out together that what they remember has ended both find what is open now', async () => {
  let open = 'before';
  let searches = 0;
  const hints = createHints({
    onboardings: {
      emailHashOf: (email) => `1.${email}`,
      openOf: (people) => {
        searches += 1;
        return Promise.resolve(people.map(() => [open]));
      },
      hint: (references) => Promise.resolve(references.filter((one) => one === open)),
    },
  });
  const person = { accountId: '1001' };
  expect(await hints.send(person)).toBe(1);
  open = 'now';
  expect(await Promise.all([hints.send(person), hints.send(person)])).toEqual([1, 1]);
  expect(searches).toBe(2);
});
