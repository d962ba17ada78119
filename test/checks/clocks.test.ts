/** The linter refuses time limits by the system clock. */
import { expect, test } from '@jest/globals';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';

const BY_CONFIG = ['no-restricted-syntax', 'no-restricted-imports'] as const;

async function faultsIn(code: string, file = 'gateway/some.ts'): Promise<readonly string[]> {
  const { rules = {} } = (await new ESLint().calculateConfigForFile(file)) as Linter.Config;
  const own = Object.fromEntries(BY_CONFIG.map((rule) => [rule, rules[rule] ?? 'off']));
  return new Linter()
    .verify(
      code,
      {
        files: ['**/*.ts'],
        languageOptions: { parser: tseslint.parser },
        rules: own,
      },
      file,
    )
    .map(({ message }) => message);
}

test.each([
  'const until = Date.now() + 1_000;',
  'if (Date.now() > until) stop();',
  'const left = until - Date.now();',
  'last = Date.now();',
  'function limiter(now = Date.now) {}',
  'const limiter = createLimiter({ now: Date.now });',
  'const now = () => Date.now();',
  'taken.push(Date.now());',
  'const at = new Date().getTime();',
  'const passed = new Date() - begun;',
  "import pThrottle from 'p-throttle';",
  'app.register(rateLimit, { max: 10 });',
])('%s', async (code) => {
  expect(await faultsIn(code)).toHaveLength(1);
});

test.each([
  'const until = performance.now() + 1_000;',
  'connection.withDeadline(Date.now() + 1_000, call);',
  'show(view, Date.now());',
  'app.register(rateLimit, { max: 10, store: RequestCounts });',
])('%s may be', async (code) => {
  expect(await faultsIn(code)).toEqual([]);
});
