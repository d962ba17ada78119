/** The pods of the chart, run by `podman play kube`. */
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  containerOf,
  podsIn,
  type Container as Described,
  type Pod,
  type Rendered,
} from '../../test/deploy/helm/chart.ts';
import { answers } from '../processes/answers.ts';
import { libertiesOf, stopped, type Container } from './container.ts';
import type { Podman } from './podman.ts';
import type { Ports } from './ports.ts';

/** The `fsGroup` and `defaultMode` of the chart. */
const GROUP = 1000;
const READABLE_BY_GROUP = 0o440;

export interface PodRun {
  readonly rendered: Rendered;
  readonly part: string;
  readonly ports: Ports;
  /** The values of the Secrets' entries, by key. */
  readonly secrets: Readonly<Record<string, string>>;
  /** For the files of Secrets. */
  readonly folder: string;
}

/** Starts the pod of a part; returns the name of its container. */
export async function playPod(podman: Podman, run: PodRun): Promise<string> {
  const { part, ports, folder } = run;
  const file = join(folder, `${part}.json`);
  await writeFile(file, ports.in(JSON.stringify(await playable(run))));
  await podman.run('play', 'kube', '--replace', file);
  return `${part}-${containerOf(run.rendered, part).name}`;
}

/** Starts the pod of a part that runs for ever. */
export async function startPod(podman: Podman, run: PodRun): Promise<Container> {
  const { rendered, part, ports } = run;
  const container = await playPod(podman, run);
  const { readinessProbe, ports: listed = [] } = containerOf(rendered, part);
  const { path, port: portName } = readinessProbe?.httpGet ?? { path: '', port: '' };
  const port = listed.find(({ name }) => name === portName)?.containerPort ?? 0;
  const graceS = podOf(rendered, part).spec.terminationGracePeriodSeconds ?? 30;
  return {
    name: part,
    isReady: () => answers(`http://127.0.0.1:${ports.of(port)}${path}`),
    logs: () => podman.logs(container),
    liberties: () => libertiesOf(podman, container),
    stop: () => stopped(podman, container, ['pod', 'stop', '--time', String(graceS), part]),
  };
}

function podOf(rendered: Rendered, part: string): Pod {
  const pod = podsIn(rendered).get(part);
  if (pod === undefined) throw new Error(`no pod of ${part}`);
  return pod;
}

/**
 * The pod without what podman cannot do: a network of its own with ports, probes, Secrets, accounts of Kubernetes and
 * the choice of machines.
 */
async function playable({ rendered, part, secrets, folder }: PodRun): Promise<object> {
  const { metadata, spec } = podOf(rendered, part);
  const kept = Object.entries(spec).filter(
    ([name]) => !['serviceAccountName', 'topologySpreadConstraints'].includes(name),
  );
  const volumes = spec.volumes.map(async ({ name, secret, projected, ...other }) => {
    if (secret === undefined && projected === undefined) return { name, ...other };
    const path = join(folder, part, name);
    await mkdir(path, { recursive: true });
    const parts = projected?.sources.map((source) => source.secret) ?? [];
    for (const item of [...(secret?.items ?? []), ...parts.flatMap(({ items }) => items)]) {
      const file = join(path, item.path);
      await writeFile(file, valueIn(secrets, item.key));
      // As Kubernetes leaves them with `fsGroup` and `defaultMode`. Without root, only podman could change the group.
      if (process.getuid?.() === 0) {
        await chown(file, 0, GROUP);
        await chmod(file, READABLE_BY_GROUP);
      }
    }
    return { name, hostPath: { path } };
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: part, labels: metadata.labels },
    spec: {
      ...Object.fromEntries(kept),
      hostNetwork: true,
      containers: spec.containers.map((one) => playableContainer(one, secrets)),
      volumes: await Promise.all(volumes),
    },
  };
}

function playableContainer(described: Described, secrets: PodRun['secrets']): object {
  const kept = Object.entries(described).filter(
    ([name]) => name !== 'ports' && !name.endsWith('Probe'),
  );
  const env = described.env.map(({ name, value, valueFrom }) => ({
    name,
    value: value ?? valueIn(secrets, valueFrom?.secretKeyRef.key ?? ''),
  }));
  return { ...Object.fromEntries(kept), env };
}

function valueIn(secrets: PodRun['secrets'], key: string): string {
  const value = secrets[key];
  if (value === undefined) throw new Error(`no value for the secret ${key}`);
  return value;
}
