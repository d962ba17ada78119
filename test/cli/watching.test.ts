import { beforeAll, expect, test } from '@jest/globals';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { Person } from '../support/person.ts';
import type { Running } from './onboard.ts';
import { jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const { testEnv, begin, onboard } = system;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await testEnv.startWorker();
});

async function waitingSender(): Promise<string> {
  const reference = aReference();
  await system.client.start({ reference, email: anAddress() });
  await reaches(system.client, reference, 'awaiting-registration');
  return reference;
}

function printed({ out, err }: Running, text: string): Promise<string> {
  return eventually(
    `printed ${text}`,
    () => Promise.resolve(out() + err()),
    (all) => all.includes(text),
  );
}

const withoutTimes = (out: string): readonly string[] =>
  out
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/, ''));

test('through a pipe, each past and each new event is a line, until the end', async () => {
  const reference = await waitingSender();
  const watching = begin(['watch', reference]);
  await printed(watching, 'waiting for the registration form');
  await system.client.cancel(reference, { reason: 'a mistake', by: 'ana' });
  const { code, out, err } = await watching.end;
  expect(withoutTimes(out)).toEqual([
    'sign-up accepted',
    'AR24 has no account to request access to',
    'waiting for the registration form',
    'cancelled by ana',
    'cancelled',
    `${reference}: cancelled by ana: a mistake`,
  ]);
  expect({ code, err }).toEqual({ code: 6, err: `onboard: ${reference} ended as cancelled\n` });
});

test('the search for other references is no line: its result shows in the status', async () => {
  const reference = aReference();
  const email = anAddress();
  testEnv.simulator.createAccount({ email, confirmed: '1', cgu: '1' });
  await system.client.start({ reference, email });
  await reaches(system.client, reference, 'awaiting-attachment');
  await new Person(testEnv.simulator, email).clicks('access-request', 'accept');
  await system.client.check(reference);
  await reaches(system.client, reference, 'ready');
  const { out } = await onboard(['watch', reference]);
  expect(out).toContain('AR24 mails the access request to the holder');
  expect(out).not.toContain('no success');
  expect(out).not.toContain('findOtherRequesters');
});

test('with --json, events and views are a value a line', async () => {
  const reference = aReference();
  const email = anAddress();
  testEnv.simulator.createAccount({
    ...{ email, custom_ref: reference, attached: true, confirmed: '1', cgu: '1' },
  });
  await system.client.start({ reference, email });
  await reaches(system.client, reference, 'ready');
  const { code, out } = await onboard(['watch', reference, '--json']);
  expect(code).toBe(0);
  const lines = jsonLinesIn(out);
  expect(lines.at(0)).toEqual({
    timeline: { at: expect.stringMatching(/Z$/), what: { kind: 'started' } },
  });
  expect(lines.at(-1)).toMatchObject({ view: { reference, status: 'ready', partial: false } });
});

test('Ctrl-C leaves the onboarding alone', async () => {
  const reference = await waitingSender();
  const watching = begin(['watch', reference]);
  await printed(watching, 'waiting for the registration form');
  watching.child.kill('SIGINT');
  const { code, err } = await watching.end;
  expect(code).toBe(130);
  expect(err).toBe(
    `onboard: no longer watching; the onboarding goes on: onboard watch ${reference}\n`,
  );
});

test('it ends with its reader, and does not exit with 0', async () => {
  const reference = await waitingSender();
  const watching = begin(['watch', reference]);
  await printed(watching, 'waiting for the registration form');
  watching.child.stdout?.destroy();
  await system.client.extend(reference, { until: new Date(Date.now() + 40 * 86_400_000) });
  expect(await watching.end).toMatchObject({ code: 130, err: '' });
});

test('it goes on while no worker answers, with a note', async () => {
  const reference = await waitingSender();
  const watching = begin(['watch', reference]);
  await printed(watching, 'waiting for the registration form');
  await stopWorker();
  await system.client.check(reference);
  await printed(watching, 'no worker answers; watching on');
  stopWorker = await testEnv.startWorker();
  await printed(watching, 'all answer again');
  await system.client.cancel(reference, { reason: 'a mistake' });
  expect((await watching.end).code).toBe(6);
});

test('it goes on while Temporal is away, with a note', async () => {
  const reference = await waitingSender();
  const watching = begin(['watch', reference]);
  const json = begin(['watch', reference, '--json']);
  await printed(watching, 'waiting for the registration form');
  await printed(json, '"view"');
  process.kill(testEnv.server.pid, 'SIGSTOP');
  try {
    await printed(watching, 'no answer within 4 s; watching on');
    await printed(json, '{"lost":"Temporal cannot be used');
  } finally {
    process.kill(testEnv.server.pid, 'SIGCONT');
  }
  await printed(watching, 'all answer again');
  await system.client.cancel(reference, { reason: 'a mistake' });
  for (const { end } of [watching, json]) {
    const { code, out } = await end;
    expect(code).toBe(6);
    // No event is printed twice.
    expect(out.match(/sign-up accepted|"started"/g)).toHaveLength(1);
  }
});
