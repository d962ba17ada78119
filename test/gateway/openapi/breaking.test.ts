/** A breaking change of the API needs a new major version: oasdiff compares the document with the last released one. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findOasdiff } from '../../../devserver/api-tools.ts';
import { documentSchema, openApiDocument } from './document.ts';

const run = promisify(execFile);
const RELEASED = fileURLToPath(new URL('../../../docs/openapi/', import.meta.url));

let oasdiff: string;
let folder: string;

// It may have to be built.
beforeAll(async () => {
  oasdiff = await findOasdiff((line) => process.stderr.write(`${line}\n`));
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
}, 1_200_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What breaks clients of the document in `base`. */
async function breaking(base: string, document: object): Promise<readonly string[]> {
  const revision = join(folder, 'revision.json');
  await writeFile(revision, JSON.stringify(document));
  const { stdout } = await run(oasdiff, ['breaking', '--format', 'json', base, revision]);
  const changes = JSON.parse(stdout === '' ? '[]' : stdout) as readonly {
    level: number;
    id: string;
  }[];
  // 3: an error. 2: a warning, such as a new value of an answer, which clients have to expect.
  return changes.filter(({ level }) => level === 3).map(({ id }) => id);
}

const majorOf = (version: string): number => Number(version.split('.')[0]);

/** The released documents, newest last: `1.0.0.json`. */
const released = (await readdir(RELEASED)).toSorted((one, other) =>
  one.localeCompare(other, 'en', { numeric: true }),
);

test('nothing breaks clients of the last released version, unless the major version is new', async () => {
  const last = join(RELEASED, released.at(-1) ?? '');
  const document = await openApiDocument();
  const base = documentSchema.parse(JSON.parse(await readFile(last, 'utf8')));
  const isNewMajor = majorOf(document.info.version) > majorOf(base.info.version);
  expect(isNewMajor ? [] : await breaking(last, document)).toEqual([]);
});

test('a member that a request did not need, and a route that is gone, are found', async () => {
  const document = await openApiDocument();
  const base = join(folder, 'base.json');
  await writeFile(base, JSON.stringify(document));
  const stricter = structuredClone(document);
  Object.assign(stricter.components.schemas['Start'] ?? {}, { required: ['email', 'language'] });
  delete stricter.paths['/onboardings/{reference}/checks'];
  const found = await breaking(base, stricter);
  expect(found).toContain('request-property-became-required-with-default');
  expect(found.some((id) => id.includes('removed'))).toBe(true);
});
