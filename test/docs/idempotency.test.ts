/** docs/integrating.md names the routes that read an Idempotency-Key. */
import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PROJECT } from './blocks.ts';

const openapi = z.object({ info: z.object({ description: z.string() }) });

test('it names the routes that the OpenAPI document names, and no other', async () => {
  const document: unknown = JSON.parse(await readFile(`${PROJECT}docs/openapi.json`, 'utf8'));
  const { description } = openapi.parse(document).info;
  const [, routes = ''] = /These routes read the key: (.+)\./.exec(description) ?? [];
  const inDocument = [...routes.matchAll(/\{reference\}(\/\w+)`/g)].map(([, part]) => part);
  expect(inDocument.length).toBeGreaterThan(0);
  const page = await readFile(`${PROJECT}docs/integrating.md`, 'utf8');
  const [, list = ''] =
    /send an `Idempotency-Key` with ([^.]+)\. /.exec(
      page.replaceAll(/…/g, '').replaceAll(/\s+/g, ' '),
    ) ?? [];
  expect([...list.matchAll(/(\/\w+)`/g)].map(([, part]) => part)).toEqual(inDocument);
});
