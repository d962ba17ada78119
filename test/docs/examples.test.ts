/** The examples of docs/examples.md, run as printed against a gateway and with a real notification. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { NotificationEvent } from '../../client/index.ts';
import { findPythonGenerator, pythonOfClients } from '../../devserver/api-tools.ts';
import { findPhp } from '../../devserver/php.ts';
import { freePort } from '../../devserver/port.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from '../gateway/gateway.ts';
import { PartnerServer, SECRET, type Signed } from '../notifications/partner.ts';
import { eventually } from '../support/eventually.ts';
import { blockWith, PROJECT } from './blocks.ts';

const PAGE = 'docs/examples.md';
const PROGRAMS = `${PROJECT}test/docs/examples`;
/** PHP, Python's libraries and those of Go may have to be fetched. */
const FETCHED_WITHIN_MS = 1_200_000;

interface Stored {
  readonly reference: string;
  readonly sequence: number;
  readonly status: string;
}

interface Result {
  readonly url: string;
  readonly code: string;
  readonly received: readonly { readonly status: number; readonly stored: Stored | null }[];
}

type Command = readonly [program: string, ...args: string[]];

interface Example {
  /** As in the fences of the page. */
  readonly language: string;
  /** What the two examples are saved as, below the folder of the program. */
  readonly files: readonly [calling: string, receiving: string];
  /** A folder in `test/docs/examples`. */
  readonly program: string;
  /** Makes the program ready to run, in its folder. @returns the command */
  readonly prepare: (folder: string) => Promise<Command>;
}

const report = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const EXAMPLES: Readonly<Record<string, Example>> = {
  PHP: {
    language: 'php',
    files: ['onboarding.php', 'notifications.php'],
    program: 'php',
    prepare: async () => [await findPhp(report), 'run.php'],
  },
  Python: {
    language: 'python',
    files: ['onboarding.py', 'notifications.py'],
    program: 'python',
    prepare: async () => {
      await findPythonGenerator(report);
      return [pythonOfClients(), 'run.py'];
    },
  },
  TypeScript: {
    language: 'ts',
    files: ['onboarding.mts', 'notifications.mts'],
    program: 'typescript',
    prepare: async (folder) => {
      await symlink(`${PROJECT}node_modules`, join(folder, 'node_modules'));
      return [process.execPath, 'run.mts'];
    },
  },
  Go: {
    language: 'go',
    files: ['senders/onboarding.go', 'senders/notifications.go'],
    program: 'go',
    prepare: async (folder) => {
      await promisify(execFile)('go', ['build', '-o', 'run', '.'], { cwd: folder });
      return [join(folder, 'run')];
    },
  },
};

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;
let partner: PartnerServer;
/** As a proxy answers whose gateway is down: with a page. */
let proxy: Server;
/** Both as the worker sent them. */
let genuine: Signed;
let testEvent: Signed;
/** What `genuine` has to store. */
let stored: Stored;

beforeAll(async () => {
  partner = await PartnerServer.listen();
  proxy = createServer((_request, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'));
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  await here.startWorker({ policy: { notify: true }, notify: partner.settings });
  gateway = await startGatewayUnderTest(here.temporal);
  await gateway.call('PUT', `/onboardings/${aReference()}`, { body: { email: anAddress() } });
  genuine = await receivedWith('onboarding.updated');
  const { sequence, onboarding } = (JSON.parse(genuine.body) as NotificationEvent).data;
  stored = { reference: onboarding.reference, sequence, status: onboarding.status };
  await gateway.call('POST', '/notifications/test');
  testEvent = await receivedWith('onboarding.test');
});

async function receivedWith(type: string): Promise<Signed> {
  const ofType = () => partner.requests.filter(({ body }) => body.includes(type));
  const [first] = await eventually(
    `received ${type}`,
    () => Promise.resolve(ofType()),
    (requests) => requests.length > 0,
  );
  if (first === undefined) throw new Error('there is one');
  return first;
}

afterAll(async () => {
  proxy.close();
  await partner.close();
});

/** @param key the secret, decoded */
function signed(body: string, at: Date, key: Buffer): Signed {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', key).update(`msg_1.${seconds}.${body}`).digest('base64');
  return {
    body,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature}`,
    },
  };
}

const KEY = Buffer.from(SECRET.replace('whsec_', ''), 'base64');
const NO_KEY = Buffer.alloc(0);
const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

/** Signeds that must be refused, each with its fault. */
function notAuthentic(): Readonly<Record<string, Signed>> {
  const { body, headers } = genuine;
  const withHeader = (name: string, value: string): Signed => ({
    body,
    headers: { ...headers, [name]: value },
  });
  return {
    'another body': { body: body.replace(stored.status, 'ready'), headers },
    'another id': withHeader('webhook-id', 'msg_2'),
    'another secret': signed(body, inMinutes(0), Buffer.alloc(32, 'c')),
    'no secret': signed(body, inMinutes(0), NO_KEY),
    'repeated after six minutes': signed(body, inMinutes(-6), KEY),
    'six minutes from now': signed(body, inMinutes(6), KEY),
    'no headers': { body, headers: {} },
    'an empty signature': withHeader('webhook-signature', ''),
    'a signature without a version': withHeader('webhook-signature', 'AAAA'),
    'a signature that is not base64': withHeader('webhook-signature', 'v1,A'),
    'a time that is no number': withHeader('webhook-timestamp', 'now'),
  };
}

async function run(
  [program, ...args]: Command,
  folder: string,
  requests: readonly Signed[],
  { url = gateway.url, secret = SECRET } = {},
): Promise<Result> {
  const reference = aReference();
  const env = {
    ...process.env,
    GATEWAY_URL: url,
    GATEWAY_KEY: keyFor('start'),
    WEBHOOK_SECRET: secret,
  };
  const running = promisify(execFile)(program, args, { cwd: folder, env });
  const task = { reference, email: anAddress(), otherEmail: anAddress(), requests };
  // It may end before it reads.
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(JSON.stringify(task));
  return JSON.parse((await running).stdout) as Result;
}

describe.each(Object.entries(EXAMPLES))('%s', (_name, { language, files, program, prepare }) => {
  let folder: string;
  let command: Command;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
    await cp(join(PROGRAMS, program), folder, { recursive: true });
    const [calling, receiving] = files;
    await mkdir(dirname(join(folder, calling)), { recursive: true });
    await writeFile(join(folder, calling), await blockWith(PAGE, language, 'GATEWAY_URL'));
    await writeFile(join(folder, receiving), await blockWith(PAGE, language, 'WEBHOOK_SECRET'));
    command = await prepare(folder);
  }, FETCHED_WITHIN_MS);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('starts an onboarding once, makes a link, and gets the code of a problem', async () => {
    const { url, code } = await run(command, folder, []);
    expect((await fetch(url)).status).toBe(200);
    expect(code).toBe('open-differs');
  });

  test('reports an answer that is no problem document, and a server that does not answer', async () => {
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await expect(run(command, folder, [], { url })).rejects.toThrow(/502/);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    await expect(run(command, folder, [], { url: nobody })).rejects.toThrow(/connect|refused/i);
  });

  test('stores a genuine notification, and accepts a test and unknown types', async () => {
    const unknown = JSON.stringify({ type: 'onboarding.new', timestamp: '', data: {} });
    const { received } = await run(command, folder, [
      genuine,
      testEvent,
      signed(unknown, inMinutes(-4), KEY),
    ]);
    expect(received).toEqual([
      { status: 204, stored },
      { status: 204, stored: null },
      { status: 204, stored: null },
    ]);
  });

  test('refuses what is forged or old', async () => {
    const faults = notAuthentic();
    const { received } = await run(command, folder, Object.values(faults));
    const results = Object.keys(faults).map((fault, n) => [fault, received[n]]);
    const refused = Object.keys(faults).map((fault) => [fault, { status: 401, stored: null }]);
    expect(results).toEqual(refused);
  });

  test('without a secret it accepts nothing', async () => {
    const forged = signed(genuine.body, inMinutes(0), NO_KEY);
    const result = await run(command, folder, [forged], { secret: '' }).catch(() => undefined);
    const accepted = result?.received.filter(({ status }) => status < 300) ?? [];
    expect(accepted).toEqual([]);
  });
});

test('the statement stores a notification only if it is newer', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE senders (reference PRIMARY KEY, sequence, onboarding)');
  const statement = database.prepare(await blockWith(PAGE, 'sql', 'senders'));
  const store = (sequence: number) =>
    statement.run({ reference: 'customer-42', sequence, onboarding: `as of ${sequence}` }).changes;
  expect([store(2), store(2), store(1), store(3)]).toEqual([1, 0, 0, 1]);
  const rows = database.prepare('SELECT * FROM senders').all();
  expect(rows).toMatchObject([{ sequence: 3, onboarding: 'as of 3' }]);
});
