import { connect } from 'node:net';
import type { Client } from '@temporalio/client';
import { grpcAnswerIn, grpcCodeOf } from '../../client/grpc.ts';
import type { TemporalPlace } from '../connect.ts';
import { RETENTION_VARIABLES } from '../environment/machine-variables.ts';
import { POLICY_VARIABLES } from '../environment/policy-variables.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

/** @param address `HOST:PORT`, as far as known */
export async function checkTemporal(temporal: Client, address: string): Promise<Finding> {
  const { serverVersion } = await temporal.workflowService.getSystemInfo({});
  return ok(`server ${serverVersion} answers at ${address}`);
}

/** Why the connection failed. @param error of the connection */
export async function unreachable({ connection }: TemporalPlace, error: unknown): Promise<Finding> {
  const address = addressOf(connection.address);
  const code = grpcCodeOf(error);
  if (code === 'PERMISSION_DENIED' || code === 'UNAUTHENTICATED') {
    return failed(
      `Temporal at ${address} refuses us: ${whyOf(error)}`,
      'Compare TEMPORAL_API_KEY, or the certificate of TEMPORAL_TLS_*, with those that Temporal accepts.',
    );
  }
  const answer = await portAnswer(address);
  if (answer === 'open') {
    const tls = connection.tls === undefined || connection.tls === false ? 'off' : 'on';
    return failed(
      `a server listens at ${address}, but does not answer as Temporal does; TLS is ${tls}`,
      'Turn TLS on or off as the server has it: TEMPORAL_TLS; TEMPORAL_API_KEY turns it on.',
      'Certificates: TEMPORAL_TLS_*, see `onboard help environment`.',
    );
  }
  return failed(
    `no server listens at ${address} (${answer})`,
    'Is Temporal running, and TEMPORAL_ADDRESS right? `npm start` runs a Temporal here if it is not set.',
  );
}

export function addressOf(address: string | undefined): string {
  return address ?? 'localhost:7233';
}

const DAY_S = 86_400;

const { ONBOARDING_DEADLINE_DAYS } = POLICY_VARIABLES;
const COMPARED = { ...RETENTION_VARIABLES, ONBOARDING_DEADLINE_DAYS };

/** @param environment its faults are reported by another check */
export async function checkNamespace(temporal: Client, environment: Environment): Promise<Finding> {
  const namespace = temporal.options.namespace;
  const { config } = await temporal.workflowService.describeNamespace({ namespace });
  const kept = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_S;
  const found = `${namespace} keeps ended onboardings for ${days(kept)}`;
  const wanted = readEnvironmentInto([], COMPARED, environment);
  const update = `temporal operator namespace update --namespace ${namespace} --retention`;
  const { ONBOARDING_RETENTION_DAYS: most = kept, ONBOARDING_DEADLINE_DAYS: least = kept } =
    wanted ?? {};
  if (kept < least) {
    return warning(
      `${found}, and an onboarding may take ${days(least)}: after that, a late sign-up event starts a new ` +
        'onboarding, and a paid identity check is forgotten, and so ordered again',
      `${update} ${least}d`,
    );
  }
  if (kept > most) {
    return warning(
      `${found}, longer than the ${days(most)} of ONBOARDING_RETENTION_DAYS: personal data is kept for longer ` +
        'than you intend',
      `${update} ${most}d, or another ONBOARDING_RETENTION_DAYS`,
    );
  }
  return ok(found);
}

export function namespaceMissing(error: unknown, namespace: string): Finding {
  return failed(
    `namespace ${namespace} cannot be used: ${whyOf(error)}`,
    `To create it: temporal operator namespace create --namespace ${namespace} --retention 30d`,
    'To use another one: set TEMPORAL_NAMESPACE.',
  );
}

function days(count: number): string {
  const rounded = Math.round(count);
  return rounded === 1 ? '1 day' : `${rounded} days`;
}

const LIMIT_MS = 3_000;

/** @param address `HOST:PORT` @returns `open`, or the system's error code */
function portAnswer(address: string): Promise<string> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === '' || Number(port) > 65_535) return Promise.resolve('no HOST:PORT');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: LIMIT_MS });
    const done = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => {
      done('open');
    });
    socket.on('timeout', () => {
      done('ETIMEDOUT');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      done(error.code ?? 'closed');
    });
  });
}

const MOST_CHARACTERS = 200;

const REASONS: Readonly<Record<string, string>> = {
  DEADLINE_EXCEEDED: 'no answer in time',
  PERMISSION_DENIED: 'our credentials do not permit this',
  UNAUTHENTICATED: 'it refused our credentials',
};

/** Why a call to Temporal failed, without a secret. */
export function whyOf(error: unknown): string {
  const answer = grpcAnswerIn(error);
  if (answer) return REASONS[answer.code ?? ''] ?? firstLine(answer.details);
  if (!(error instanceof Error)) return 'unknown';
  // Messages of other errors may quote their input, such as an API key.
  return error.cause === undefined ? error.name : whyOf(error.cause);
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  return line.slice(0, MOST_CHARACTERS);
}
