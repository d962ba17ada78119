import type { z } from 'zod';
import { EnvironmentError, type EnvironmentFault } from './environment-error.ts';
import { secretValue, type SecretValue } from './secret-files.ts';
import type { Values, Variable, Variables } from './variable.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads variables of the environment, and the files that hold secrets.
 *
 * @throws EnvironmentError with all faults at once, without values
 */
export function readEnvironment<const V extends Variables>(
  variables: V,
  environment: Environment = process.env,
): Values<V> {
  const faults: EnvironmentFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const set = valueOf(environment, name, variable);
    if (set.kind === 'fault') {
      faults.push(set.fault);
      continue;
    }
    const written = set.kind === 'set' ? set.value : variable.default;
    if (written === null) {
      if (variable.required === true)
        faults.push({ name, message: `is not set: ${variable.meaning}` });
      continue;
    }
    const parsed = variable.schema.safeParse(written, { reportInput: false });
    if (parsed.success) values[name] = parsed.data;
    else faults.push(faultOf(set.kind === 'set' ? set.name : name, name, parsed.error));
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  // The loop above has made a value of its schema's type for each variable that is set.
  return Object.freeze(values) as Values<V>;
}

function valueOf(environment: Environment, name: string, { secret }: Variable): SecretValue {
  if (secret === true) return secretValue(environment, name);
  const value = environment[name];
  return value === undefined || value.trim() === ''
    ? { kind: 'not-set' }
    : { kind: 'set', name, value };
}

/** Several items of a list may have the same fault: it is named once. */
function faultOf(setBy: string, name: string, { issues }: z.ZodError): EnvironmentFault {
  const message = [...new Set(issues.map((issue) => issue.message))].join('; ');
  return {
    name: setBy,
    message: setBy === name ? message : `names a file that is invalid: ${message}`,
  };
}

/** The same for a caller that collects faults: undefined where there are any, which are added to `faults`. */
export function readEnvironmentInto<const V extends Variables>(
  faults: EnvironmentFault[],
  variables: V,
  environment: Environment,
): Values<V> | undefined {
  return faultsInto(faults, () => readEnvironment(variables, environment));
}

/** What `make` returns; undefined where it throws an EnvironmentError, whose faults are added to `faults`. */
export function faultsInto<T>(faults: EnvironmentFault[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
