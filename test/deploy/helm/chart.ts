/** The chart as Helm renders it. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { findHelm } from '../../../devserver/deploy-tools.ts';
import { PROJECT } from '../compose-file.ts';

const CHART = join(PROJECT, 'deploy/helm/sender-onboarding');
const VALUES = join(PROJECT, 'deploy/helm/values');
export const VALUES_FILES = readdirSync(VALUES).sort();
/** Oldest and newest Kubernetes for which the rendered objects are checked. */
export const KUBERNETES = ['1.30.0', '1.37.0'] as const;

const probe = z.looseObject({
  httpGet: z.strictObject({ path: z.string(), port: z.string() }),
  periodSeconds: z.number(),
  failureThreshold: z.number().optional(),
});

const variable = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) })
    .optional(),
});

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.array(variable),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.number() })).optional(),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
});

const items = z.array(z.strictObject({ key: z.string(), path: z.string() }));
const volume = z.looseObject({
  name: z.string(),
  secret: z.looseObject({ secretName: z.string(), items }).optional(),
  projected: z
    .looseObject({
      sources: z.array(z.strictObject({ secret: z.strictObject({ name: z.string(), items }) })),
    })
    .optional(),
  configMap: z.strictObject({ name: z.string() }).optional(),
});

const podSpec = z.looseObject({
  terminationGracePeriodSeconds: z.number().optional(),
  automountServiceAccountToken: z.boolean(),
  enableServiceLinks: z.boolean(),
  securityContext: z.unknown(),
  topologySpreadConstraints: z.array(z.looseObject({ topologyKey: z.string() })).optional(),
  containers: z.tuple([container]),
  volumes: z.array(volume),
});

const labels = z.record(z.string(), z.string());
const annotations = z.record(z.string(), z.string()).optional();
const metadata = z.looseObject({ name: z.string(), labels });
const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata,
  data: z.record(z.string(), z.string()).optional(),
  spec: z.looseObject({}).optional(),
});
const pod = z.looseObject({ metadata: z.looseObject({ labels, annotations }), spec: podSpec });

export type KubernetesObject = z.output<typeof object>;
export type Pod = z.output<typeof pod>;
export type Container = z.output<typeof container>;

export interface Rendered {
  readonly text: string;
  readonly objects: readonly KubernetesObject[];
}

const run = promisify(execFile);

/** Helm's standard output. @throws an error whose message has its standard error */
export async function helm(...args: readonly string[]): Promise<string> {
  return (await run(await findHelm(), args, { maxBuffer: 2 ** 24 })).stdout;
}

export function argumentsFor(file: string, settings: readonly string[] = []): readonly string[] {
  const set = settings.flatMap((setting) => ['--set-string', setting]);
  return [CHART, '--values', join(VALUES, file), '--kube-version', KUBERNETES[1], ...set];
}

/** @param settings further values, such as `worker.replicas=1`; numbers and booleans need `typed` */
export async function render(
  file: string,
  settings: readonly string[] = [],
  typed: readonly string[] = [],
  release = 'trial',
): Promise<Rendered> {
  const more = typed.flatMap((setting) => ['--set', setting]);
  const text = await helm('template', release, ...argumentsFor(file, settings), ...more);
  const objects = parseAllDocuments(text)
    .map((document) => document.toJS() as unknown)
    .filter((one) => one !== null);
  return { text, objects: objects.map((one) => object.parse(one)) };
}

/** All pods, of deployments, jobs and tests, by the part that they are. */
export function podsIn({ objects }: Rendered): ReadonlyMap<string, Pod> {
  const pods = objects.flatMap((one): readonly unknown[] => {
    if (one.kind === 'Pod') return [one];
    const template: unknown = one.spec?.['template'];
    return one.kind === 'Deployment' || one.kind === 'Job' ? [template] : [];
  });
  return new Map(
    pods.map((one) => {
      const parsed = pod.parse(one);
      return [parsed.metadata.labels['app.kubernetes.io/component'] ?? '', parsed] as const;
    }),
  );
}

export function containerOf(rendered: Rendered, part: string): Container {
  const found = podsIn(rendered).get(part);
  if (found === undefined) throw new Error(`no pod of ${part}`);
  return found.spec.containers[0];
}

export function valueOf({ env }: Container, name: string): string | undefined {
  return env.find((one) => one.name === name)?.value;
}
