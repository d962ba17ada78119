/**
 * Causes every failure of every call, prints the error in every way, and searches the text for secrets and personal
 * data.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { isAr24Error } from '../../ar24/index.ts';
import { CALLS, failureOf } from './calls.ts';
import { HOSTILE, leaksIn } from './hostile.ts';
import { ar24, clientOf } from './server.ts';

const KINDS = [
  'clock',
  'contract',
  'credentials',
  'maintenance',
  'network',
  'refused',
  'throttled',
  'timeout',
  'unknown-slug',
];

/** Everything that a logger, a debugger or Temporal's failure converter can read from an error. */
function printed(thrown: unknown): string {
  const all = [
    String(thrown),
    JSON.stringify(thrown),
    inspect(thrown, { depth: null, showHidden: true, getters: true }),
  ];
  for (let at = thrown; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) {
      all.push(String(key), inspect(Reflect.get(at, key), { depth: null, showHidden: true }));
    }
  }
  return all.join('\n');
}

const kinds = new Set<string>();

function expectClean(failure: unknown): void {
  expect(isAr24Error(failure)).toBe(true);
  if (isAr24Error(failure)) kinds.add(failure.kind);
  expect(leaksIn(printed(failure))).toEqual([]);
  expect(failure).not.toHaveProperty('cause');
}

/** These calls ignore the result, so that an answer with a bad result is a success. */
const WITHOUT_RESULT: readonly string[] = ['requestAccess', 'requestTerms', 'orderIdentity'];

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  const behaviours = Object.entries(HOSTILE).filter(
    ([what]) => !WITHOUT_RESULT.includes(name) || !what.startsWith('a result'),
  );

  it.each(behaviours)('leaks nothing of %s', async (_, behaviour) => {
    const { client } = await ar24(behaviour, { timeoutMs: 250, maxAnswerBytes: 5000 });
    expectClean(await failureOf(call(client)));
  });

  it('leaks nothing if no server listens', async () => {
    expectClean(await failureOf(call(clientOf('http://127.0.0.1:1/api/'))));
  });
});

it('the tests above cover every kind of failure', () => {
  expect([...kinds].sort()).toEqual(KINDS);
});

describe('a program that catches no error', () => {
  const script = fileURLToPath(new URL('./careless-process.ts', import.meta.url));

  async function output(baseUrl: string, unhandled: 'warn' | 'throw'): Promise<string> {
    const child = spawn(
      process.execPath,
      [`--unhandled-rejections=${unhandled}`, '--trace-warnings', script, baseUrl],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [out, err] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return out + err;
  }

  it('leaks nothing in its warnings', async () => {
    let answered = 0;
    const behaviours = Object.values(HOSTILE);
    const { url } = await ar24((seen, reply) => {
      answered += 1;
      return behaviours[answered % behaviours.length]?.(seen, reply);
    });
    const warnings = await output(`${url}/api/`, 'warn');
    for (const name of ['Network', 'Timeout', 'Contract', 'Refused', 'UnknownSlug']) {
      expect(warnings).toContain(`Ar24${name}Error: AR24 `);
    }
    expect(leaksIn(warnings)).toEqual([]);
  });

  it('leaks nothing in the error that ends it', async () => {
    const last = await output('http://127.0.0.1:1/api/', 'throw');
    expect(last).toContain('Ar24NetworkError: AR24 ');
    expect(leaksIn(last)).toEqual([]);
  });
});
