/** Helm accepts the chart, and Kubernetes its objects, with each of the values files. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { findKubernetesValidate } from '../../../devserver/deploy-tools.ts';
import { TASK_QUEUE } from '../../../workflows/contract/names.ts';
import { temporaryFolder } from '../../devserver/temporary-folder.ts';
import { PROJECT, readComposeFile, readText } from '../compose-file.ts';
import {
  argumentsFor,
  helm,
  KUBERNETES,
  podsIn,
  render,
  VALUES_FILES,
  type Rendered,
} from './chart.ts';

const DASHBOARDS = 'deploy/observability/dashboards';

/** Kinds of operators that a cluster may have: Kubernetes has no schema for them. */
const OF_OPERATORS = ['ScaledObject', 'TriggerAuthentication', 'ServiceMonitor', 'PrometheusRule'];

/** What is wrong with a file of Kubernetes objects. */
async function faultsIn(file: string, version: string): Promise<readonly string[]> {
  const program = await findKubernetesValidate();
  const args = ['--strict', '--quiet', '--kubernetes-version', version, file];
  const output = await promisify(execFile)(program, args).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: unknown) => String((error as { stdout?: string }).stdout) + String(error),
  );
  const known = OF_OPERATORS.map((kind) => `Couldn't find schema for kind ${kind} `);
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => !known.some((words) => line.includes(words)));
}

describe.each(VALUES_FILES)('%s', (file) => {
  let rendered: Rendered;

  beforeAll(async () => {
    rendered = await render(file);
  });

  test('Helm finds no fault in the chart', async () => {
    await expect(helm('lint', '--strict', ...argumentsFor(file))).resolves.toContain(
      '0 chart(s) failed',
    );
  });

  test('Kubernetes accepts every object', async () => {
    const path = join(await temporaryFolder(), 'rendered.yaml');
    await writeFile(path, rendered.text);
    for (const version of KUBERNETES) expect(await faultsIn(path, version)).toEqual([]);
  });

  test('there is no Secret, and no ConfigMap has a value of one', () => {
    expect(rendered.objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const data = rendered.objects.flatMap((one) => Object.keys(one.data ?? {}));
    const allowed = /^(set-up-namespace\.sh|event-sources\.json|.+\.json)$/;
    expect(data.filter((name) => !allowed.test(name))).toEqual([]);
    const values = rendered.objects
      .map(({ data: texts }) => JSON.stringify(texts ?? {}))
      .join('\n');
    expect(values).not.toMatch(/whsec_|BEGIN [A-Z ]*KEY|[A-Za-z0-9+/]{43}=/);
  });

  test('every selector finds the pods of one part', () => {
    const pods = [...podsIn(rendered).values()].map(({ metadata }) => metadata.labels);
    for (const { kind, metadata, spec = {} } of rendered.objects) {
      const selector = (spec['podSelector'] ?? spec['selector']) as
        { matchLabels?: Record<string, string> } | undefined;
      if (selector === undefined || kind === 'ServiceMonitor') continue;
      const wanted = Object.entries(selector.matchLabels ?? selector);
      const found = pods.filter((labels) =>
        wanted.every(([name, value]) => labels[name] === value),
      );
      expect([kind, metadata.name, found.length]).toEqual([kind, metadata.name, 1]);
    }
  });
});

test('an object with a misspelt field is refused', async () => {
  const { text } = await render('own-temporal.yaml');
  const path = join(await temporaryFolder(), 'misspelt.yaml');
  await writeFile(path, text.replace('terminationGracePeriodSeconds', 'terminationGraceSeconds'));
  const faults = await faultsIn(path, KUBERNETES[1]);
  expect(faults.join('\n')).toContain('terminationGraceSeconds');
});

test('everything.yaml renders each kind of object that the chart has', async () => {
  const { objects } = await render('everything.yaml');
  expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual(
    expect.arrayContaining([
      ...['ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'NetworkPolicy'],
      ...['Pod', 'PodDisruptionBudget', 'ScaledObject', 'Service', 'ServiceAccount'],
      ...['PrometheusRule', 'ServiceMonitor', 'TriggerAuthentication'],
    ]),
  );
});

test('a budget does not keep pods that are not ready, as workers are while Temporal is away, from being evicted', async () => {
  const { objects } = await render('everything.yaml');
  const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
  expect(budgets).toHaveLength(3);
  for (const { spec } of budgets) {
    expect(spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  }
});

const PLACEHOLDER = 'https://git.example.org/sender-onboarding/docs/runbooks/';

test('the dashboards are in a ConfigMap for the sidecar of Grafana, unless they are turned off; only their links to runbooks are changed, as in the rules', async () => {
  const { objects } = await render('everything.yaml');
  const maps = objects.filter(({ metadata }) => metadata.name.endsWith('-dashboards'));
  expect(maps).toHaveLength(1);
  expect(maps[0]?.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  const files = await readdir(join(PROJECT, DASHBOARDS));
  const texts = await Promise.all(
    files.map(async (file) => [file, await readText(`${DASHBOARDS}/${file}`)] as const),
  );
  expect(files).toHaveLength(3);
  const ours = 'https://wiki.example.org/onboarding/runbooks/';
  const expected = texts.map(([file, text]) => [file, text.replaceAll(PLACEHOLDER, ours)]);
  expect(maps[0]?.data).toEqual(Object.fromEntries(expected));
  const rules = JSON.stringify(objects.find(({ kind }) => kind === 'PrometheusRule'));
  expect(rules).toContain(`${ours}alerts.md#noworker`);
  expect(JSON.stringify(objects)).not.toContain(PLACEHOLDER);
  const without = await render('everything.yaml', [], ['metrics.dashboards.enabled=false']);
  expect(without.text).not.toContain('-dashboards');
});

test('names and labels have at most 63 characters, also with the longest name of a release', async () => {
  const release = 'r'.repeat(53);
  const { objects } = await render('everything.yaml', [], [], release);
  for (const { kind, metadata } of objects) {
    expect([kind, metadata.name, metadata.name.length <= 63]).toEqual([kind, metadata.name, true]);
    const long = Object.values(metadata.labels).filter((label) => label.length > 63);
    expect([metadata.name, long]).toEqual([metadata.name, []]);
  }
  const names = objects.map(({ kind, metadata: { name } }) => `${kind} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test('KEDA scales by the queue of workflows only', async () => {
  const { objects } = await render('everything.yaml');
  const scaled = objects.find(({ kind }) => kind === 'ScaledObject');
  expect(scaled?.spec?.['triggers']).toEqual([
    expect.objectContaining({
      type: 'temporal',
      metadata: expect.objectContaining({
        taskQueue: TASK_QUEUE,
        queueTypes: 'workflow',
        endpoint: 'temporal.example.org:7233',
        namespace: 'sender-onboarding',
      }) as unknown,
    }),
  ]);
});

test('the chart has the version of the package', async () => {
  const { version, appVersion } = parse(
    await readText('deploy/helm/sender-onboarding/Chart.yaml'),
  ) as {
    version: string;
    appVersion: string;
  };
  const manifest = JSON.parse(await readText('package.json')) as { version: string };
  expect([version, appVersion]).toEqual([manifest.version, manifest.version]);
});

test('the job that sets the namespace up is that of docker-compose.yml', async () => {
  const compose = (await readComposeFile()).services['temporal-namespace'];
  const rendered = await render('own-temporal.yaml');
  expect(podsIn(rendered).get('set-up')?.spec.containers[0].image).toBe(compose?.image);
  const script = rendered.objects.find(({ data }) => data?.['set-up-namespace.sh'])?.data;
  expect(script?.['set-up-namespace.sh']).toBe(
    await readText('deploy/temporal/set-up-namespace.sh'),
  );
});

const REFUSED: readonly (readonly [what: string, settings: readonly string[], words: RegExp])[] = [
  ['a part that does not exist', ['wroker.replicas=1'], /wroker/],
  ['an option that does not exist', ['gateway.replica=1'], /replica/],
  ['a variable that does not exist', ['worker.env.ONBOARDING_DEADLINE=30'], /ONBOARDING_DEADLINE/],
  ['a variable of another part', ['codec.env.AR24_BASE_URL=https://a.example'], /AR24_BASE_URL/],
  ['a secret among the values', ['worker.env.AR24_TOKEN=abc'], /AR24_TOKEN/],
  ['a variable that the chart sets', ['gateway.env.ONBOARDING_GATEWAY_PORT=80'], /GATEWAY_PORT/],
  ['no image', ['image.repository='], /image\/repository|image\.repository/],
  ['an address of Temporal with a scheme', ['temporal.address=https://a.example'], /address/],
];

test.each(REFUSED)('refused: %s', async (_what, settings, words) => {
  await expect(render('own-temporal.yaml', settings)).rejects.toThrow(words);
});

test.each([
  [
    'a codec server without an identity provider',
    ['codec.enabled=true'],
    /ONBOARDING_CODEC_JWKS_URL/,
  ],
  [
    'a gateway that ends before its proxy notices',
    ['gateway.shutdownGraceSeconds=5'],
    /shutdownGrace/,
  ],
  [
    'numbers of workers that pods cannot have',
    ['worker.env.AR24_DATE_SHARE=1/1'],
    /set worker\.replicas to 1/,
  ],
  [
    'KEDA with a TLS that it cannot use',
    ['worker.keda.enabled=true', 'temporal.tls.enabled=true'],
    /client certificate or an API key/,
  ],
])('refused: %s', async (_what, typed, words) => {
  await expect(render('own-temporal.yaml', [], typed)).rejects.toThrow(words);
});

test('a single worker may use each date once; it stops before its successor starts', async () => {
  const alone = ['worker.env.AR24_DATE_SHARE=1/1', 'worker.replicas=1'];
  const { objects } = await render('own-temporal.yaml', [], alone);
  const worker = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('worker'),
  );
  expect(worker?.spec?.['strategy']).toEqual({ type: 'Recreate' });
});
