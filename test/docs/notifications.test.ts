/** docs/notifications.md shows and describes the notifications that are sent. */
import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { notifiedSchema, viewSchema } from '../../gateway/api/schemas/view.ts';
import { notificationSchema } from '../../gateway/openapi/notifications.ts';
import { blockWith, PROJECT } from './blocks.ts';

const PAGE = 'docs/notifications.md';

test('the example has each field of a notification, and no other', async () => {
  const example = JSON.parse(await blockWith(PAGE, 'json', '"onboarding.updated"')) as unknown;
  // Zod leaves fields out that it does not know.
  expect(notificationSchema.parse(example)).toEqual(example);
});

test('the page names the fields of the API’s answer that a notification lacks', async () => {
  const text = await readFile(PROJECT + PAGE, 'utf8');
  const [, list = ''] = /API's answer without ([^.]+)\. /.exec(text) ?? [];
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  const lacking = Object.keys(viewSchema.shape).filter((name) => !(name in notifiedSchema.shape));
  expect(named.sort()).toEqual(lacking.sort());
});
