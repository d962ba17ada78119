/** Whatever AR24 answers, the probe ends, and its report can be read again. */
import { afterEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { asMarkdown, ReportSchema, STEPS, type Report } from '../../probe/index.ts';
import { operatorOf, probeAt } from './probing.ts';
import { startSimulator } from '../../simulator/index.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const success = (result: unknown): string => JSON.stringify({ status: 'SUCCESS', result });
const SECRET = 'Jeanne Secret <jeanne@secret.example>';

const ANSWERS: readonly (readonly [string, number, string])[] = [
  ['nothing', 200, ''],
  ['HTML', 200, `<html>${SECRET}</html>`],
  ['a number', 200, '7'],
  ['an array', 200, '[]'],
  ['no status', 200, '{"result": {}}'],
  ['base64 that does not decrypt', 200, Buffer.from(SECRET.repeat(4)).toString('base64')],
  ['a success without a result', 200, '{"status": "SUCCESS"}'],
  ['null as result', 200, success(null)],
  ['a text as result', 200, success(SECRET)],
  ['a list that is no object', 200, success([{ id: 1, email: SECRET }])],
  ['users that are none', 200, success({ users: [null, 7, SECRET], [SECRET]: SECRET })],
  [
    'odd names of fields',
    200,
    success({ id: '5', [SECRET]: SECRET, '': 1, users: [{ [SECRET]: 1 }] }),
  ],
  ['an odd id', 200, success({ id: { [SECRET]: SECRET } })],
  ['a slug that is a sentence', 200, JSON.stringify({ status: 'ERROR', slug: SECRET })],
  ['a redirect', 302, ''],
  ['a server error', 500, SECRET],
];

test.each(ANSWERS)('%s', async (_name, status, body) => {
  let answersLists = false;
  server = createServer((request, response) => {
    request.resume();
    // Without a proper answer to the plain list around each step, the run would end at the first.
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://here');
    const isPlain = searchParams.get('max') === '1' && !searchParams.has('start');
    if (answersLists && isPlain && pathname.endsWith('/user/list')) {
      response.end(success({ users: [] }));
      return;
    }
    response.writeHead(status, {
      'content-type': `text/${SECRET}`,
      location: 'http://127.0.0.1:1/',
    });
    response.end(body);
  });
  const { port } = await new Promise<{ port: number }>((resolve) => {
    server?.listen(0, '127.0.0.1', () => {
      resolve(server?.address() as { port: number });
    });
  });
  const nobody = await startSimulator({ port: 0 });
  const saved: Report[] = [];
  try {
    // Without `transport`, which would stop the others.
    const names = STEPS.map(({ name }) => name).filter((name) => name !== 'transport');
    const first = ['transport'];
    for (const named of [first, names]) {
      answersLists = named !== first;
      const partner = { apiUrl: `http://127.0.0.1:${port}/api/`, token: 't', privateKey: 'k' };
      saved.push(await probeAt(partner, operatorOf(nobody), { named }));
    }
  } finally {
    await nobody.stop();
  }
  expect(Object.keys(saved[1]?.steps ?? {})).toHaveLength(STEPS.length - 1);
  for (const report of saved) {
    expect(ReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    // AR24 has to show or refuse an account before anything is written about it.
    expect(body.startsWith('{"status"') ? [] : report.writes).toEqual([]);
    expect(JSON.stringify(report) + asMarkdown(report)).not.toMatch(/secret\.example|Jeanne/i);
  }
});
