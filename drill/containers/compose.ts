/** The services of docker-compose.yml that have our image, run by podman as Compose would run them. */
import type { Service } from '../../test/deploy/compose-file.ts';
import { libertiesOf, stopped, type Container } from './container.ts';
import type { Podman } from './podman.ts';

export interface ServiceRun {
  readonly name: string;
  /** With the values of all variables. */
  readonly service: Service;
  readonly image: string;
  /** Names of other services, all of which are on this machine. */
  readonly hosts: readonly string[];
  /** More variables. Those of the file win. */
  readonly environment: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

export async function startService(podman: Podman, run: ServiceRun): Promise<Container> {
  const { name, service, image, hosts, environment, args = [] } = run;
  const variables = { ...environment, ...service.environment };
  const each = (option: string, values: readonly string[] | undefined): readonly string[] =>
    (values ?? []).flatMap((value) => [option, value]);
  await podman.run(
    ...['run', '--detach', '--replace', '--name', name, '--pull', 'never', '--network', 'host'],
    ...each(
      '--add-host',
      hosts.map((host) => `${host}:127.0.0.1`),
    ),
    ...(service.init ? ['--init'] : []),
    ...(service.read_only ? ['--read-only', '--read-only-tmpfs=false'] : []),
    ...each('--tmpfs', service.tmpfs),
    ...each('--cap-drop', service.cap_drop),
    ...each('--security-opt', service.security_opt),
    ...each('--volume', service.volumes),
    ...each(
      '--env',
      Object.entries(variables).map(([variable, value]) => `${variable}=${value}`),
    ),
    // Podman adds the word CMD, with which the file's lists begin.
    ...each(
      '--health-cmd',
      service.healthcheck && [JSON.stringify(service.healthcheck.test.slice(1))],
    ),
    ...['--stop-timeout', String(secondsIn(service.stop_grace_period ?? '10s'))],
    ...[image, ...(service.command ?? []), ...args],
  );
  return {
    name,
    isReady: () =>
      podman.run('healthcheck', 'run', name).then(
        () => true,
        () => false,
      ),
    logs: () => podman.logs(name),
    liberties: () => libertiesOf(podman, name),
    stop: () => stopped(podman, name, ['stop', name]),
  };
}

/** A duration as in the file: `1m`, `30s`. */
function secondsIn(duration: string): number {
  const [, count = '', unit] = /^(\d+)([ms])$/.exec(duration) ?? [];
  if (count === '') throw new Error(`not a duration: ${duration}`);
  return Number(count) * (unit === 'm' ? 60 : 1);
}
