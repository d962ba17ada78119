/** The workers of several builds side by side, for Temporal's Worker Versioning. */
import { expect, test } from '@jest/globals';
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

test('the notes name no deployment of workers, whose names have their builds', async () => {
  const notes = await readText('deploy/helm/sender-onboarding/templates/NOTES.txt');
  expect(notes.match(/rollout status deployment --selector \{\{ \$workers \}\}/g)).toHaveLength(1);
  expect(notes).not.toContain('-worker');
});

test('KEDA, which would scale one of the builds only, is refused', async () => {
  const both = render('everything.yaml', [ONE_BEFORE], VERSIONED);
  await expect(both).rejects.toThrow('with worker.keda.enabled false');
});
