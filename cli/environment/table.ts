/** All variables, for the documentation: `onboard help environment` and the README show this. */
import { AR24_VARIABLES } from './ar24-variables.ts';
import { CLIENT_VARIABLES } from './client-variables.ts';
import { CODEC_VARIABLES } from './codec-variables.ts';
import { ENCRYPTION_VARIABLES } from './encryption-variables.ts';
import { GATEWAY_VARIABLES } from './gateway-variables.ts';
import { RETENTION_VARIABLES, SIMULATOR_VARIABLES, STATE_VARIABLES } from './machine-variables.ts';
import { TEMPORAL_VARIABLES } from './temporal-variables.ts';
import type { NeededBy, Variable } from './variable.ts';
import { WORKER_VARIABLES } from './worker-variables.ts';

export interface TableRow {
  readonly name: string;
  readonly meaning: string;
  readonly default: string | null;
  readonly required: boolean;
  readonly neededBy: readonly NeededBy[];
}

export const ENVIRONMENT_TABLE: readonly TableRow[] = [
  AR24_VARIABLES,
  TEMPORAL_VARIABLES,
  ENCRYPTION_VARIABLES,
  CLIENT_VARIABLES,
  WORKER_VARIABLES,
  GATEWAY_VARIABLES,
  CODEC_VARIABLES,
  RETENTION_VARIABLES,
  STATE_VARIABLES,
  SIMULATOR_VARIABLES,
].flatMap((variables) =>
  Object.entries<Omit<Variable, 'schema'>>(variables).map(([name, variable]) => ({
    name,
    meaning: variable.meaning,
    default: variable.default,
    required: variable.required ?? false,
    neededBy: variable.neededBy,
  })),
);

/** As it stands in the README. */
export function environmentMarkdown(): string {
  const rows = ENVIRONMENT_TABLE.map(
    ({ name, meaning, default: byDefault, required, neededBy }) => {
      const shown = byDefault === null ? (required ? '(required)' : '') : `\`${byDefault}\``;
      return `| \`${name}\` | ${meaning} | ${shown} | ${neededBy.join(', ')} |`;
    },
  );
  return [
    '| variable | meaning | default | needed by |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
