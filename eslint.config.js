import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

const NOW = "CallExpression[callee.object.name='Date'][callee.property.name='now']";
const NEW = "NewExpression[callee.name='Date'][arguments.length=0]";
const BY_THE_WALL =
  'Reckon by performance.now(): a clock that is set back by half an hour would hold this up for as long. ' +
  'For times of others, such as those of AR24 or Temporal, name the file in eslint.config.js.';

/** Limits, deadlines and pauses by the clock on the wall. What only shows or sends the time may use it. */
const LIMITS_BY_THE_WALL = [
  // gRPC takes its deadlines as times of day.
  `:not(CallExpression[callee.property.name='withDeadline']) > BinaryExpression > :matches(${NOW}, ${NEW})`,
  `:matches(VariableDeclarator, AssignmentExpression, AssignmentPattern, ArrowFunctionExpression, ReturnStatement) > ${NOW}`,
  `CallExpression[callee.property.name=/^(push|set|add)$/] > ${NOW}`,
  ":not(CallExpression) > MemberExpression[object.name='Date'][property.name='now']",
  `MemberExpression[property.name=/^(getTime|valueOf)$/] > ${NEW}`,
].map((selector) => ({ selector, message: BY_THE_WALL }));

const STORE_OF_ITS_OWN = {
  selector:
    "CallExpression[callee.property.name='register'][arguments.0.name='rateLimit']:not(:has(Property[key.name='store'][value.name='RequestCounts']))",
  message: "Set `store: RequestCounts`: the library's own store reckons by Date.now().",
};

const SHARED_STATE = [
  ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind='let']",
  ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet|Array)$/]',
].map((selector) => ({
  selector,
  message:
    'All workflows of a worker share this module (worker/bundle-workflows.ts): keep the state in the workflow function.',
}));

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', '.onboarding'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@temporalio/*/lib/**', '@temporalio/*/src/**', '@temporalio/*/internal*'],
              message:
                'Use the public API of the SDK: its files may move in any release. docs/decisions.md lists the exceptions.',
            },
          ],
        },
      ],
      // A key taken out of an object by destructuring it.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    // Histories as JSON: the SDK does not export the functions for it.
    files: ['test/support/histories.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['workflows/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'setInterval',
        'setTimeout',
        'fetch',
        'require',
      ],
      'no-restricted-syntax': ['error', ...SHARED_STATE],
    },
  },
  {
    files: ['{activities,ar24,cli,client,codec,devserver,gateway,probe,simulator,worker}/**/*.ts'],
    // These compare with times that others took.
    ignores: [
      'activities/{await-change,erase/end-onboarding}.ts',
      'cli/commands/cancel-many.ts',
      'cli/doctor/clock.ts',
      'cli/exporter/{round,run}.ts',
      'client/{find-stuck,pollers}.ts',
      'client/schemas/start-request.ts',
      'gateway/events/read-event.ts',
      'gateway/events/signatures/verdict.ts',
      'gateway/page/actions.ts',
      'gateway/page/pages.ts',
      'probe/dates.ts',
      'probe/steps/window.ts',
    ],
    rules: {
      'no-restricted-syntax': ['error', ...LIMITS_BY_THE_WALL, STORE_OF_ITS_OWN],
      'no-restricted-imports': [
        'error',
        ...['bottleneck', 'limiter', 'p-queue', 'p-throttle', 'rate-limiter-flexible'].map(
          (name) => ({ name, message: BY_THE_WALL }),
        ),
      ],
    },
  },
  {
    files: ['cli/**/*.ts', 'bench/**/*.ts', 'checks/**/*.ts', 'drill/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    plugins: { jest },
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert'] }],
    },
  },
);
