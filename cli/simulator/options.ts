/** The options of `onboard simulator`, as options of the simulator. */
import { z } from 'zod';
import {
  FAULT_NAMES,
  FaultsSchema,
  readAssignment,
  SwitchesSchema,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import { SIMULATOR_VARIABLES } from '../environment/machine-variables.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import { CommandError } from '../failure.ts';

export interface SimulatorCommandOptions {
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  readonly privateKey?: string;
  readonly stateFile?: string;
  readonly publicUrl?: string;
  readonly seed?: number;
  /** The file of a report of `onboard probe`. */
  readonly like?: string;
  /** Each `NAME=VALUE`. */
  readonly switch: readonly string[];
  /** Each `NAME` or `NAME=JSON`. */
  readonly fault: readonly string[];
  readonly json?: boolean;
}

/**
 * Options override SIMULATOR_*, which override the defaults. A switch overrides that of the report.
 *
 * @param like the switches of a report of `onboard probe`
 * @throws CommandError with all that is wrong with switches and faults; EnvironmentError
 */
export function simulatorOptions(
  given: SimulatorCommandOptions,
  environment: Environment,
  like: unknown = {},
): SimulatorOptions {
  const values = readEnvironment(SIMULATOR_VARIABLES, environment);
  const { publicUrl, seed = 1 } = given;
  const stateFile = given.stateFile ?? values.SIMULATOR_STATE_FILE;
  if (!Number.isSafeInteger(seed)) throw new CommandError('--seed needs a whole number');
  const { switch: switches, fault: faults } = settingsOf(given, like);
  return {
    port: given.port ?? values.SIMULATOR_PORT,
    host: given.host ?? values.SIMULATOR_HOST,
    token: given.token ?? values.SIMULATOR_TOKEN,
    privateKey: given.privateKey ?? values.SIMULATOR_PRIVATE_KEY,
    seed,
    switches,
    faults,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(stateFile !== undefined && { stateFile }),
  };
}

const SETTINGS = z.strictObject({ switch: SwitchesSchema.partial(), fault: FaultsSchema });

function settingsOf(given: SimulatorCommandOptions, like: unknown): z.output<typeof SETTINGS> {
  const found = SwitchesSchema.partial().safeParse(like);
  if (!found.success) {
    throw new CommandError(
      `--like: the report has switches that this simulator does not have:\n${z.prettifyError(found.error)}`,
    );
  }
  const parsed = SETTINGS.safeParse({
    switch: { ...found.data, ...assigned(given.switch, true) },
    fault: assigned(given.fault, {}),
  });
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `--switch or --fault is invalid:\n${z.prettifyError(parsed.error)}\n` +
      `The switches are: ${SwitchesSchema.keyof().options.join(', ')}.\n` +
      `The faults are: ${FAULT_NAMES.join(', ')}.\n` +
      'simulator/README.md describes the values of each.',
  );
}

function assigned(texts: readonly string[], alone: unknown): Record<string, unknown> {
  const assignments = texts.map((text) => readAssignment(text, alone));
  return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}
