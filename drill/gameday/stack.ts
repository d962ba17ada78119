/** The processes of one or several incidents: a namespace, AR24's simulator, worker, gateway, exporter, Prometheus. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Customer } from '../people/customers.ts';
import { customersOn } from '../people/customers.ts';
import { signUp } from '../people/sign-up.ts';
import { until } from '../pause.ts';
import { answers } from '../processes/answers.ts';
import { lastingPort } from '../processes/port.ts';
import { temporalTool } from '../processes/temporal-tool.ts';
import type { ProductionTemporal } from '../processes/production-temporal.ts';
import { commonEnvironment, gatewayEnvironment, workerEnvironment } from '../stage/environment.ts';
import { simulatorAt, switchesOf, type SimulatorAt } from '../stage/simulator.ts';
import { startPrometheus, type Prometheus } from './prometheus.ts';
import type { Episodes } from './episodes.ts';
import { role, type Role } from './role.ts';
import type { Scale } from './scale.ts';

/** What all stacks share. */
export interface GameDay {
  readonly temporal: ProductionTemporal;
  /** The `onboard` command of the built package. */
  readonly onboard: string;
  readonly prometheus: string;
  readonly folder: string;
  readonly scale: Scale;
  readonly progress: (line: string) => void;
  /** The alerts of each stack, as it is started. */
  readonly episodes: Map<string, Episodes>;
}

type Environment = Readonly<Record<string, string>>;

export interface StackOptions {
  readonly name: string;
  /** Variables of all processes, beside those of a stage. */
  readonly all?: Environment;
  readonly worker?: Environment;
  readonly gateway?: Environment;
  /** Node's options for the exporter; used to shift its clock. */
  readonly exporterNode?: readonly string[];
}

export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly game: GameDay;
  readonly simulator: SimulatorAt;
  readonly simulatorProcess: Role;
  readonly worker: Role;
  readonly gateway: Role;
  readonly exporter: Role;
  readonly gatewayUrl: string;
  readonly exporterUrl: string;
  readonly prometheus: Prometheus;
  workerReady(): Promise<void>;
  gatewayReady(): Promise<void>;
  /** Opens accounts, and onboards their holders: they wait, as nobody reads the mails. */
  onboard(count: number): Promise<readonly Customer[]>;
  /** Runs Temporal's command line on the namespace of this stack. */
  temporalTool(args: readonly string[]): Promise<string>;
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MS = 120_000;
/** Often enough that few onboardings make calls all the time. */
const POLL = { firstS: 10, maxS: 30 };

export async function startStack(game: GameDay, options: StackOptions): Promise<Stack> {
  const { name } = options;
  const { temporal, scale, progress } = game;
  const folder = join(game.folder, name);
  await mkdir(folder);
  const namespace = `gameday-${name}`;
  await temporal.addNamespace(namespace);
  const [simulatorPort, gatewayPort, health, workerMetrics, gatewayMetrics, exporterPort] = [
    await lastingPort(),
    await lastingPort(),
    await lastingPort(),
    await lastingPort(),
    await lastingPort(),
    await lastingPort(),
  ];
  const ports = { simulator: simulatorPort, gateway: gatewayPort, health };
  const common = {
    ...commonEnvironment({ address: temporal.address, namespace }, folder),
    ...options.all,
  };
  const processOf = (command: string, env: Environment, more: readonly string[] = []): Role =>
    role({
      command: process.execPath,
      args: [
        ...(command === 'exporter' ? (options.exporterNode ?? []) : []),
        game.onboard,
        command,
        ...more,
      ],
      env: { ...common, ...env },
      logFile: join(folder, `${command}.log`),
    });
  const simulatorProcess = processOf(
    'simulator',
    { SIMULATOR_STATE_FILE: join(folder, 'simulator.json') },
    ['--port', String(simulatorPort), ...switches()],
  );
  const worker = processOf('worker', {
    ...workerEnvironment({ poll: POLL }, ports),
    ONBOARDING_METRICS_ADDRESS: `127.0.0.1:${workerMetrics}`,
    ONBOARDING_SHUTDOWN_GRACE_S: '5',
    ...options.worker,
  });
  const gateway = processOf('gateway', {
    ...gatewayEnvironment(ports),
    ONBOARDING_GATEWAY_METRICS_ADDRESS: `127.0.0.1:${gatewayMetrics}`,
    ...options.gateway,
  });
  const exporter = processOf('exporter', {
    ONBOARDING_EXPORTER_ADDRESS: `127.0.0.1:${exporterPort}`,
  });
  const roles = [simulatorProcess, gateway, worker, exporter];
  for (const one of roles) one.start();
  const targets = {
    'onboarding-worker': workerMetrics,
    'onboarding-worker-process': health,
    'onboarding-gateway': gatewayMetrics,
    'onboarding-exporter': exporterPort,
  };
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const exporterUrl = `http://127.0.0.1:${exporterPort}`;
  const simulator = simulatorAt(`http://127.0.0.1:${simulatorPort}`);
  const ready = (what: string, url: string) => () =>
    until(`${name}: ${what} is ready`, READY_WITHIN_MS, () => answers(url));
  const workerReady = ready('the worker', `http://127.0.0.1:${health}/ready`);
  const gatewayReady = ready('the gateway', `${gatewayUrl}/ready`);
  await ready('the simulator', `${simulator.url}/health`)();
  await gatewayReady();
  await workerReady();
  await ready('the exporter', `${exporterUrl}/ready`)();
  const prometheus = await startPrometheus(game.prometheus, folder, targets, scale);
  game.episodes.set(name, prometheus.episodes);
  // Counters are compared with their first values: a trouble before the first scrape would not be seen.
  await until(`${name}: all processes are scraped`, READY_WITHIN_MS, async () => {
    const scraped = await prometheus.query('up == 1');
    return scraped.length === Object.keys(targets).length;
  });
  progress(`${name}: all processes run`);
  let begun = 0;
  return {
    name,
    folder,
    game,
    simulator,
    simulatorProcess,
    worker,
    gateway,
    exporter,
    gatewayUrl,
    exporterUrl,
    prometheus,
    workerReady,
    gatewayReady,
    async onboard(count) {
      const customers = customersOn('attached', begun + count).slice(begun);
      begun += count;
      for (const { email } of customers) await simulator.openAccount(email);
      await signUp(gatewayUrl, customers, 1_000).done;
      return customers;
    },
    temporalTool: (args) =>
      temporalTool({ address: temporal.address, namespace, folder, progress }, args),
    async stop() {
      await prometheus.stop();
      for (const one of roles.toReversed()) await one.stop();
    },
  };
}

function switches(): readonly string[] {
  return Object.entries(switchesOf(null)).flatMap(([name, value]) => [
    '--switch',
    `${name}=${JSON.stringify(value)}`,
  ]);
}
