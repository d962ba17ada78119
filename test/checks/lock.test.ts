/** `npm ci` installs the locked packages from any registry. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { z } from 'zod';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const packageSchema = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
const { packages } = z
  .object({ packages: z.record(z.string(), packageSchema) })
  .parse(JSON.parse(readFileSync(`${PROJECT}package-lock.json`, 'utf8')));
const { '': _project, ...locked } = packages;
const { allowScripts } = z
  .object({ allowScripts: z.record(z.string(), z.boolean()) })
  .parse(JSON.parse(readFileSync(`${PROJECT}package.json`, 'utf8')));

test('each package is locked by its checksum and not to a registry', () => {
  const others = Object.entries(locked).filter(
    ([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || resolved !== undefined,
  );
  expect(others.map(([path]) => path)).toEqual([]);
});

test('packages for all operating systems are locked', () => {
  const missing = Object.entries(locked).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).filter((name) => {
      const within = `${path}/node_modules/${name}`;
      return !(within in locked || `node_modules/${name}` in locked);
    }),
  );
  expect(missing).toEqual([]);
});

test('only the package of Node may run a script when it is installed', () => {
  expect(allowScripts).toEqual({ node: true });
});
