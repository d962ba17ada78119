/** The workers of several builds side by side, for Temporal's Worker Versioning. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readText } from '../compose-file.ts';
import { render, type Rendered } from './chart.ts';

const VERSIONED = [
  'worker.versioning.enabled=true',
  'worker.versioning.others[0].replicas=1',
] as const;
const ONE_BEFORE = 'worker.versioning.others[0].buildId=0.1.0';

const deployment = z.looseObject({
  replicas: z.number(),
  selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
  template: z.looseObject({
    metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
    spec: z.looseObject({
      containers: z.tuple([
        z.looseObject({
          image: z.string(),
          env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
        }),
      ]),
    }),
  }),
});

const annotated = z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) });
const annotationsOf = (metadata: object) => annotated.parse(metadata).annotations;

function workersIn({ objects }: Rendered) {
  return objects
    .filter(({ kind, metadata }) => kind === 'Deployment' && /-worker/.test(metadata.name))
    .map(({ metadata, spec }) => {
      const { replicas, selector, template } = deployment.parse(spec);
      const [{ image, env }] = template.spec.containers;
      const versions = env.filter(({ name }) => /DEPLOYMENT|BUILD_ID|BEHAVIOR/.test(name));
      const { labels } = template.metadata;
      const selects = Object.entries(selector.matchLabels);
      return {
        name: metadata.name,
        policy: annotationsOf(metadata)['helm.sh/resource-policy'],
        image,
        replicas,
        variables: Object.fromEntries(versions.map(({ name, value }) => [name, value])),
        labels,
        selects: (other: Readonly<Record<string, string>>) =>
          selects.every(([name, value]) => other[name] === value),
      };
    });
}

test('by default the workers are one deployment without a version', async () => {
  const workers = workersIn(await render('own-temporal.yaml'));
  expect(workers).toMatchObject([{ name: 'trial-sender-onboarding-worker', variables: {} }]);
});

test('each build is a deployment of its own, with its image, and selects only its own pods', async () => {
  const workers = workersIn(await render('own-temporal.yaml', [ONE_BEFORE], VERSIONED));
  const variables = (buildId: string) => ({
    TEMPORAL_DEPLOYMENT_NAME: 'sender-onboarding',
    TEMPORAL_WORKER_BUILD_ID: buildId,
    TEMPORAL_VERSIONING_BEHAVIOR: 'auto-upgrade',
  });
  expect(workers).toMatchObject([
    {
      name: 'trial-sender-onboarding-worker-0-2-0',
      image: 'registry.example.org/sender-onboarding:0.2.0',
      replicas: 2,
      variables: variables('0.2.0'),
    },
    {
      name: 'trial-sender-onboarding-worker-0-1-0',
      image: 'registry.example.org/sender-onboarding:0.1.0',
      replicas: 1,
      variables: variables('0.1.0'),
    },
  ]);
  for (const one of workers) {
    expect(workers.filter(({ labels }) => one.selects(labels))).toEqual([one]);
  }
});

test('Helm deletes no build, which may be the current one; workers without a version it does', async () => {
  const workers = workersIn(await render('own-temporal.yaml', [ONE_BEFORE], VERSIONED));
  expect(workers.map(({ policy }) => policy)).toEqual(['keep', 'keep']);
  const [alone] = workersIn(await render('own-temporal.yaml'));
  expect(alone?.policy).toBeUndefined();
});

describe('refused', () => {
  const versioned = (...settings: readonly string[]) =>
    render('own-temporal.yaml', settings, VERSIONED);

  test.each([
    ['the same build twice', ['image.tag=0.3.0', 'worker.versioning.others[0].buildId=0.3.0']],
    ['ids that give one name', ['image.tag=1.2.3', 'worker.versioning.others[0].buildId=1-2-3']],
    [
      'ids that differ after the part that is in the name',
      [
        'image.tag=2026.11.30-feature-of-the-page.1',
        'worker.versioning.others[0].buildId=2026.11.30-feature-of-the-page.2',
      ],
    ],
  ])('%s', async (_what, settings) => {
    await expect(versioned(...settings)).rejects.toThrow(/two builds would have the name/);
  });

  test('a digest without a build id, which would be the version of the chart', async () => {
    const digest = `image.digest=sha256:${'0'.repeat(64)}`;
    await expect(versioned(digest, ONE_BEFORE)).rejects.toThrow('set worker.versioning.buildId');
    const named = workersIn(await versioned(digest, ONE_BEFORE, 'worker.versioning.buildId=0.3.0'));
    expect(named.map(({ image }) => image)).toEqual([
      `registry.example.org/sender-onboarding@sha256:${'0'.repeat(64)}`,
      'registry.example.org/sender-onboarding:0.1.0',
    ]);
  });
});

test('the notes name no deployment of workers, whose names have their builds', async () => {
  const notes = await readText('deploy/helm/sender-onboarding/templates/NOTES.txt');
  expect(notes.match(/rollout status deployment --selector \{\{ \$workers \}\}/g)).toHaveLength(1);
  expect(notes).not.toContain('-worker');
});

test('KEDA, which would scale one of the builds only, is refused', async () => {
  const both = render('everything.yaml', [ONE_BEFORE], VERSIONED);
  await expect(both).rejects.toThrow('with worker.keda.enabled false');
});
