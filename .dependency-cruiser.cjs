/** The arrows of docs/architecture.md: what each folder may import. */
const FOLDERS = [
  'workflows',
  'activities',
  'ar24',
  'codec',
  'client',
  'worker',
  'gateway',
  'cli',
  'simulator',
  'devserver',
  'metrics',
  'probe',
  'tracing',
];

/** folder -> other folders of the project it may reach, at run time or for types. */
const MAY_IMPORT = {
  ar24: [],
  codec: ['metrics'],
  workflows: ['activities', 'metrics'],
  activities: ['ar24', 'workflows', 'client', 'metrics'],
  client: ['workflows', 'codec', 'ar24'],
  worker: ['workflows', 'activities', 'ar24', 'codec', 'client', 'metrics'],
  gateway: ['client', 'workflows', 'codec', 'metrics'],
  simulator: ['ar24', 'devserver'],
  devserver: [],
  metrics: [],
  probe: ['ar24', 'simulator'],
  tracing: [],
  cli: [
    'workflows',
    'activities',
    'ar24',
    'codec',
    'client',
    'worker',
    'gateway',
    'simulator',
    'devserver',
    'metrics',
    'probe',
    'tracing',
  ],
};

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      // The package itself, as a host application has it: there only once it is built. And what a test generates:
      // types, and examples that it extracts from docs/examples.md.
      to: {
        couldNotResolve: true,
        pathNot:
          '^sender-onboarding/|^\\./onboarding\\.d\\.ts$|^\\./(?:onboarding|notifications)\\.mts$',
      },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { pathNot: '^((test|bench|checks|drill)/|jest\\.config\\.js$)' },
      to: { path: '^(test|bench|checks|drill)/' },
    },
    ...FOLDERS.map((folder) => ({
      name: `${folder}-imports`,
      comment: `${folder}/ may import ${MAY_IMPORT[folder].join(', ') || 'nothing else of the project'}`,
      severity: 'error',
      from: { path: `^${folder}/` },
      to: {
        path: `^(${FOLDERS.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other)).join('|')})/`,
      },
    })),
    {
      name: 'workflows-runtime',
      comment:
        'Workflow code reaches Temporal only: no Node, no ky, no zod; of activities/ only types, of metrics/ the recorder',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        pathNot: [
          '^workflows/',
          '^metrics/(sdk|definition)\\.ts$',
          '^node_modules/@temporalio/(workflow|common)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'simulator-imports-three-files-only',
      severity: 'error',
      from: { path: '^simulator/' },
      to: {
        path: '^(ar24|devserver)/',
        pathNot: '^(ar24/(crypto|countries)|devserver/lock)\\.ts$',
      },
    },
    {
      name: 'probe-takes-types-of-simulator',
      comment: 'the probe runs against the real AR24, with no simulator code loaded',
      severity: 'error',
      from: { path: '^probe/' },
      to: { path: '^simulator/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-imports-countries-of-ar24-only',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^ar24/', pathNot: '^ar24/countries\\.ts$' },
    },
    {
      name: 'encrypting-without-a-server',
      comment: 'who encrypts loads no HTTP server: the codec server is an entry of its own',
      severity: 'error',
      from: { pathNot: '^(codec/server|cli/(codec|up)|test)/' },
      to: { path: '^codec/server/' },
    },
    {
      name: 'worker-command-without-simulator',
      comment: '`onboard worker` runs against the real AR24, with no simulator code loaded',
      severity: 'error',
      from: { path: '^cli/(commands/worker\\.ts$|worker/)' },
      to: { path: '^(cli/)?(simulator|devserver)/', reachable: true },
    },
    {
      name: 'gateway-takes-the-contract-of-workflows',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^workflows/', pathNot: '^workflows/contract/' },
    },
    {
      name: 'activities-take-types-of-workflows',
      severity: 'error',
      from: { path: '^activities/' },
      to: {
        path: '^workflows/',
        pathNot: '^workflows/contract/',
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
