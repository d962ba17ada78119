/**
 * Drives every failure of every call and searches all that is thrown, in every way it may be
 * printed, for what must stay inside.
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

/** Everything a logger, a debugger or Temporal's failure converter could get out of it. */
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

/** Calls whose result nobody reads take such an answer for what it is: a success. */
const UNREAD: readonly string[] = ['requestAccess', 'requestTerms', 'orderIdentity'];

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  const behaviours = Object.entries(HOSTILE).filter(
    ([what]) => !UNREAD.includes(name) || !what.startsWith('a result'),
  );

  it.each(behaviours)('shows nothing of %s', async (_, behaviour) => {
    const { client } = await ar24(behaviour, { timeoutMs: 250, maxAnswerBytes: 5000 });
    expectClean(await failureOf(call(client)));
  });

  it('shows nothing when nobody listens', async () => {
    expectClean(await failureOf(call(clientOf('http://127.0.0.1:1/api/'))));
  });
});

it('covered every kind of failure above', () => {
  expect([...kinds].sort()).toEqual(KINDS);
});

describe('a program that catches nothing', () => {
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

  it('prints nothing of any failure either', async () => {
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

  it('prints nothing of the failure that ends it', async () => {
    const last = await output('http://127.0.0.1:1/api/', 'throw');
    expect(last).toContain('Ar24NetworkError: AR24 ');
    expect(leaksIn(last)).toEqual([]);
  });
});
