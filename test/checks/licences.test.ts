/** All packages in production have an allowed licence and are in the bill of materials. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ALLOWED_LICENCES, LICENCES_BY_HAND } from '../../checks/allowed-licences.ts';
import { licenceOf, readBill, type Component } from './sbom.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dev: z.boolean().default(false) }),
  ),
});

let components: readonly Component[];
/** `NAME@VERSION` of all packages in production. */
let locked: readonly string[];

beforeAll(async () => {
  components = (await readBill()).components;
  const { packages } = lockSchema.parse(
    JSON.parse(await readFile(`${PROJECT}package-lock.json`, 'utf8')),
  );
  locked = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version = '' }]) => `${path.split('node_modules/').at(-1) ?? ''}@${version}`);
});

test('every package has a licence of the list', () => {
  const others = components.flatMap((one) => {
    const licence = licenceOf(one) ?? LICENCES_BY_HAND.get(one.name)?.licence ?? 'none named';
    return ALLOWED_LICENCES.has(licence) ? [] : [`${one.name}: ${licence}`];
  });
  expect(others).toEqual([]);
});

test('a licence is given by hand only for packages that declare none', () => {
  const unnamed = components.filter((one) => licenceOf(one) === undefined).map(({ name }) => name);
  expect([...LICENCES_BY_HAND.keys()]).toEqual([...new Set(unnamed)]);
});

test('the bill of materials names each package in production, and no other', () => {
  const named = components.map(({ name, version }) => `${name}@${version}`);
  expect(new Set(named)).toEqual(new Set(locked));
  expect(named.length).toBeGreaterThan(200);
});
