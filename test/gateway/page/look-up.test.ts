/** The look-up of a company by its SIRET, at a stand-in of the public service. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCompanyLookUp } from '../../../gateway/page/company/look-up.ts';
import { draws } from '../../support/draws.ts';

const SIRET = '73282932000074';
const OFFICE = {
  siret: SIRET,
  adresse: '12 RUE DES LILAS 01000 BOURG-EN-BRESSE',
  code_postal: '01000',
  libelle_commune: 'BOURG-EN-BRESSE',
};
const HEAD_OFFICE = {
  ...{ siret: '73282932000082', adresse: '1 PLACE DU MARCHE 69001 LYON' },
  ...{ code_postal: '69001', libelle_commune: 'LYON' },
};

/** As the service answers, with more fields than are read. */
const answerWith = (fields: object = {}) => ({
  results: [
    {
      ...{ siren: '732829320', nom_complet: 'ATELIERS BRULE (AB)' },
      ...{ nom_raison_sociale: 'ATELIERS BRULE', siege: HEAD_OFFICE },
      matching_etablissements: [OFFICE],
      ...fields,
    },
  ],
  ...{ total_results: 1, page: 1, per_page: 1, total_pages: 1 },
});

let server: Server;
let url: string;
let requested: string[] = [];
let connections = 0;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    requested.push(request.url ?? '');
    answer(response);
  });
  server.on('connection', () => connections++);
  await once(server.listen(0), 'listening');
  const address = server.address();
  url = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}/search`;
});

beforeEach(() => {
  requested = [];
  connections = 0;
});

afterAll(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

const lookUp = (timeoutMs = 20_000) =>
  createCompanyLookUp({ url, privateTargets: 'allowed', timeoutMs })(SIRET);
const json = (value: unknown) => (response: ServerResponse) => response.end(JSON.stringify(value));
const FOUND = {
  ...{ company: 'ATELIERS BRULE', address1: '12 RUE DES LILAS' },
  ...{ zipcode: '01000', city: 'BOURG-EN-BRESSE' },
};

test('the office of the SIRET is found, and not the head office', async () => {
  answer = json(answerWith());
  expect(await lookUp()).toEqual({ kind: 'found', company: FOUND });
  expect(requested).toEqual([`/search?q=${SIRET}&per_page=1`]);
});

test('a company of one office, and one without a registered name, are found', async () => {
  answer = json(
    answerWith({ siege: OFFICE, matching_etablissements: [], nom_raison_sociale: null }),
  );
  expect(await lookUp()).toEqual({
    kind: 'found',
    company: { ...FOUND, company: 'ATELIERS BRULE (AB)' },
  });
});

test.each([
  ['no company', { results: [] }],
  ['another company', answerWith({ matching_etablissements: [] })],
])('nothing is found if the service finds %s', async (_what, value) => {
  answer = json(value);
  expect(await lookUp()).toEqual({ kind: 'not-found' });
});

test.each<[string, (response: ServerResponse) => void]>([
  ['refuses', (response) => response.writeHead(429).end('{}')],
  ['redirects', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['sends no JSON', (response) => response.end('<html>')],
  ['sends another shape', json({ results: 'none' })],
  [
    'hides the address',
    json(answerWith({ matching_etablissements: [{ ...OFFICE, adresse: '[ND]' }] })),
  ],
  ['sends a line break', json(answerWith({ nom_raison_sociale: 'A\nB' }))],
  ['sends a name that is too long', json(answerWith({ nom_raison_sociale: 'x'.repeat(201) }))],
  ['sends too much', json({ ...answerWith(), more: 'x'.repeat(200_000) })],
  [
    'breaks off',
    (response) =>
      response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
  ],
])('the look-up fails if the service %s', async (_what, does) => {
  answer = does;
  expect(await lookUp()).toEqual({ kind: 'failed' });
  expect(requested).toHaveLength(1);
});

test('a slow service is not waited for, even if it has begun to answer', async () => {
  answer = (response) => response.write('{');
  expect(await lookUp(50)).toEqual({ kind: 'failed' });
});

test('any JSON is read without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      answer = json(value);
      expect((await lookUp()).kind).toBe('failed');
    }),
    { numRuns: draws(50) },
  );
});

test('private addresses are refused unless they are allowed, and so is http', async () => {
  expect(() => createCompanyLookUp({ url, privateTargets: 'refused' })).toThrow('must be https');
  const secure = url.replace('http:', 'https:');
  const refused = createCompanyLookUp({ url: secure, privateTargets: 'refused' });
  expect(await refused(SIRET)).toEqual({ kind: 'failed' });
  expect(connections).toBe(0);
});
