/** All variables, as `onboard help environment` and docs/configuration.md show them. */
import { AR24_VARIABLES } from './ar24-variables.ts';
import { CLIENT_VARIABLES } from './client-variables.ts';
import { CODEC_VARIABLES } from './codec-variables.ts';
import { ENCRYPTION_VARIABLES } from './encryption-variables.ts';
import { EXPORTER_VARIABLES } from './exporter-variables.ts';
import { GATEWAY_VARIABLES } from './gateway-variables.ts';
import { RETENTION_VARIABLES, SIMULATOR_VARIABLES, STATE_VARIABLES } from './machine-variables.ts';
import { POLICY_VARIABLES } from './policy-variables.ts';
import { TEMPORAL_VARIABLES } from './temporal-variables.ts';
import { TRACING_VARIABLES } from './tracing-variables.ts';
import type { NeededBy, Variable, Variables } from './variable.ts';
import { WORKER_VARIABLES } from './worker-variables.ts';

export interface VariableRow {
  readonly name: string;
  readonly meaning: string;
  readonly default: string | null;
  readonly required: boolean;
  readonly secret: boolean;
  readonly neededBy: readonly NeededBy[];
}

/** The keys come first: without them nothing that matters works. */
const TABLES: readonly Variables[] = [
  ENCRYPTION_VARIABLES,
  CLIENT_VARIABLES,
  TEMPORAL_VARIABLES,
  AR24_VARIABLES,
  POLICY_VARIABLES,
  WORKER_VARIABLES,
  GATEWAY_VARIABLES,
  CODEC_VARIABLES,
  EXPORTER_VARIABLES,
  TRACING_VARIABLES,
  RETENTION_VARIABLES,
  STATE_VARIABLES,
  SIMULATOR_VARIABLES,
];

/** Of every part of the program. */
export const ALL_VARIABLES: Variables = Object.assign({}, ...TABLES) as Variables;

export const SECRETS: readonly string[] = Object.entries(ALL_VARIABLES)
  .filter(([, { secret }]) => secret === true)
  .map(([name]) => name);

export const ENVIRONMENT_TABLE: readonly VariableRow[] = TABLES.flatMap((variables) =>
  Object.entries<Omit<Variable, 'schema'>>(variables).map(([name, variable]) => ({
    name,
    meaning: variable.secret === true ? `${variable.meaning} (secret)` : variable.meaning,
    default: variable.default,
    required: variable.required ?? false,
    secret: variable.secret ?? false,
    neededBy: variable.neededBy,
  })),
);

/** The tables of docs/configuration.md: variables that several programs read, then those of one. */
export const READERS = [
  'several',
  'worker',
  'gateway',
  'codec',
  'exporter',
  'commands',
  'up',
  'simulator',
] as const;

type Reader = (typeof READERS)[number];

/** `up` starts the others in its own process, so it counts as a reader only where it is the only one. */
function readerOf({ neededBy }: VariableRow): Reader {
  const [one, ...more] = neededBy.filter((part) => part !== 'up');
  return more.length > 0 ? 'several' : (one ?? 'up');
}

/** One table of docs/configuration.md: required variables first. */
export function environmentMarkdown(reader: Reader): string {
  const all = ENVIRONMENT_TABLE.filter((row) => readerOf(row) === reader);
  const sorted = [...all.filter((row) => row.required), ...all.filter((row) => !row.required)];
  const rows = sorted.map(({ name, meaning, default: byDefault, required, neededBy }) => {
    const shown = byDefault === null ? (required ? '(required)' : '') : `\`${byDefault}\``;
    return `| \`${name}\` | ${meaning} | ${shown} | ${neededBy.join(', ')} |`;
  });
  return ['| variable | meaning | default | read by |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
